"""The manual's examples are one regime, and it checks clean."""

import re
from pathlib import Path

import pytest

from huiyin.regime import Severity, check, load
from huiyin.regime.checking.not_yet import NOT_YET
from huiyin.regime.messages import MESSAGES
from huiyin.regime.schema import RegimeFile
from huiyin.regime.vocabulary import CATALOGUE, CORE_ACTS
from huiyin.scenarios.expectations import EXPECTATIONS

MANUAL = Path(__file__).parents[2] / "docs" / "regime-language.md"
TEXT = MANUAL.read_text(encoding="utf-8")


def blocks(kind: str) -> list[str]:
    return re.findall(rf"^```{kind}\n(.*?)^```", TEXT, re.DOTALL | re.MULTILINE)


@pytest.fixture
def sample(tmp_path):
    file = tmp_path / "service-complaints.yaml"
    file.write_text("\n".join(blocks("yaml")), encoding="utf-8")
    return file


def test_the_examples_joined_are_a_regime_with_nothing_to_mend(sample):
    report = check(sample, publishing=True)
    assert [str(problem) for problem in report.errors] == []
    assert [str(problem) for problem in report.of(Severity.WARNING) if problem.code != "W7"] == []


def test_the_number_that_may_stay_empty_has_no_value_until_it_is_filled_in(sample):
    unfilled, filled = load(sample), load(sample, answers={"mediation_phone": "0571-00000001"})
    assert [(regime.portal.paths["mediation"].title, regime.portal.paths["mediation"].contact) for regime in (unfilled, filled)] == [
        ("人民调解", ""), ("人民调解", "0571-00000001")
    ]  # fmt: skip
    report = check(sample, publishing=True)
    assert [problem.message_zh for problem in report.problems if problem.code == "I6"] == [
        "1项还没有填写，填写以前门户和文书不显示：人民调解委员会电话。"
    ]


def test_the_variant_changes_what_it_says(sample):
    file = sample.with_name("service-complaints-branch.yaml")
    file.write_text(blocks("yaml variant")[0], encoding="utf-8")
    whole, branch = load(sample), load(file)
    assert str(branch.limits["conclude"].within[0].within) == "10 workdays"
    assert set(whole.limits) - set(branch.limits) == {"progress"}
    assert [rule.id for rule in branch.severity.rules] == ["harmed", "referred"]


def test_every_section_has_an_example():
    sections = {
        line.split(":")[0] for block in blocks("yaml") for line in block.splitlines() if re.match(r"[a-z_]+:", line)
    }
    optional = {"scope", "organisation", "calendar", "extends"}
    assert set(RegimeFile.model_fields) - optional <= sections


@pytest.mark.parametrize("word", [*CATALOGUE, *CORE_ACTS, *sorted({message.code for message in MESSAGES.values()})])
def test_every_event_act_and_message_is_in_the_manual(word):
    assert re.search(rf"(?<![a-zA-Z0-9-]){re.escape(word)}(?![a-zA-Z0-9-])", TEXT)


def test_what_is_not_carried_out_yet_is_said():
    for construct in NOT_YET:
        assert construct.zh in TEXT


def test_every_expectation_of_a_story_is_in_the_manual():
    chapter = TEXT[TEXT.index("## 9. 情景") :]
    assert {name for name in EXPECTATIONS if not re.search(rf"`[^`]*\b{name}\b", chapter)} == set()
