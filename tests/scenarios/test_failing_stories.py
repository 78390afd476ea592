"""A story that fails tells the person who wrote it what was expected, what happened and how it came about."""

import shutil

import pytest

from huiyin.regime import packs
from huiyin.scenarios import ScriptError, run_folder

PACK = packs()["property-staff-service"].parent


@pytest.fixture
def folder(tmp_path):
    """A regime whose stories a test may rewrite."""
    shutil.copy(PACK / "regime.yaml", tmp_path / "regime.yaml")
    return tmp_path


def tell(folder, steps: str, given: str = "") -> str:
    """Play one story; gives its failure, empty when it passed."""
    text = f"regime: property-staff-service\nstories:\n- story: 试一试\n{given}  steps:\n{steps}"
    (folder / "scenarios.yaml").write_text(text, encoding="utf-8")
    (story,) = run_folder(folder).stories
    return story.failure


FILED = (
    "    - {at: 2026-09-28 09:00, hr-manager: file, kind: complaint, channel: phone, subject: attitude, account: 前台冷淡,"
    " respondent: {unit: department}}\n"
)


def test_a_story_that_comes_out_as_told_passes(folder):
    assert tell(folder, FILED + "    - {expect: {state: open}}\n") == ""


def test_a_failure_shows_the_line_both_values_and_the_timeline(folder):
    failure = tell(folder, FILED + "    - {expect: {state: closed}}\n    - {expect: {state: open}}\n")
    assert "scenarios.yaml:6" in failure
    assert "期望  state closed" in failure
    assert "实际  state open" in failure
    assert "其余1行未执行" in failure
    assert "收件登记" in failure


def test_an_unexpected_refusal_is_a_failure_with_its_article(folder):
    failure = tell(folder, FILED + "    - {at: 2026-09-28 10:00, general-manager: evaluate}\n")
    assert "被拒绝 not-open-now" in failure


def test_an_expected_refusal_that_does_not_come_is_a_failure(folder):
    failure = tell(folder, FILED + "    - {expect: {refused: not-yours}}\n")
    assert "没有被拒绝" in failure


def test_a_key_that_is_no_expectation_is_told_with_those_there_are(folder):
    failure = tell(folder, FILED + "    - {expect: {stat: open}}\n")
    assert "不认识这个期望" in failure
    assert "state" in failure


def test_a_line_that_cannot_be_carried_out_is_told_and_does_not_break_the_run(folder):
    failure = tell(folder, FILED + "    - {at: 后天, hr-manager: record}\n")
    assert "这一行不能执行" in failure


def test_a_file_with_a_slip_is_refused_with_its_place(folder):
    with pytest.raises(ScriptError, match=r"scenarios\.yaml:5"):
        tell(folder, "    - {hr-manager: file}\n")
    with pytest.raises(ScriptError, match="不认识 wenn"):
        tell(folder, FILED, given="  wenn: 现在\n")


def test_a_folder_without_stories_says_so(folder):
    with pytest.raises(ScriptError, match=r"没有 scenarios\.yaml"):
        run_folder(folder)


def test_rules_that_fired_are_recorded_for_coverage():
    result = run_folder(PACK)
    fired = {rule for story in result.stories for rule in story.fired}
    assert any(rule.startswith("routing.") for rule in fired)
    assert any(rule.startswith("limits.") for rule in fired)


LATE = FILED + "    - {at: 2026-10-20 09:00, system: wait}\n"


def test_waiting_is_an_action_whose_articles_can_be_expected(folder):
    assert tell(folder, LATE + '    - {expect: {cite: "五(1)"}}\n') == ""
    assert "实际  cite 五(1)" in tell(folder, LATE + '    - {expect: {cite: "九十九"}}\n')


def test_who_was_reminded_or_told_by_a_ladder_can_be_expected(folder):
    assert tell(folder, LATE + "    - {expect: {told: {hr-manager: [start]}}}\n") == ""
    assert "没有提醒" in tell(folder, LATE + "    - {expect: {reminded: {general-manager: [start]}}}\n")


def test_who_signed_a_paper_is_told(folder):
    failure = tell(folder, FILED + "    - {expect: {signed: {registration-form: staff}}}\n")
    assert "期望  signed.registration-form staff" in failure
    assert "实际  signed.registration-form 没有签名" in failure


def test_what_nobody_should_have_been_told_yet_is_a_failure_when_it_was(folder):
    assert tell(folder, FILED + "    - {expect: {not_tells: {complainant: core.closed}}}\n") == ""
    failure = tell(folder, FILED + "    - {expect: {not_tells: {complainant: receipt}}}\n")
    assert "期望  not_tells.complainant 没有 receipt" in failure


def test_a_ladder_that_should_not_have_spoken_yet_is_a_failure_when_it_did(folder):
    assert tell(folder, FILED + "    - {expect: {not_told: {hr-manager: start}}}\n") == ""
    assert "没有 start" in tell(folder, LATE + "    - {expect: {not_told: {hr-manager: start}}}\n")
    assert tell(folder, LATE + "    - {expect: {not_reminded: {general-manager: start}}}\n") == ""


def test_exactly_the_fields_that_are_missing_can_be_expected(folder):
    unfilled = "    - {at: 2026-09-28 09:00, hr-manager: file, kind: complaint, channel: phone}\n"
    refused = "    - {expect: {refused: missing-field, missing: [account, subject]}}\n"
    assert tell(folder, unfilled + refused) == ""
    assert "实际  missing ['account', 'subject']" in tell(folder, unfilled + refused.replace(", subject", ""))


def test_that_nothing_is_left_undecided_can_be_expected(folder):
    assert tell(folder, FILED + "    - {expect: {undecided: []}}\n") == ""
    regime = (folder / "regime.yaml").read_text(encoding="utf-8")
    asks_for_more = regime.replace("complainant.people >= settings.serious_people", "matter.demand == '更换员工'")
    (folder / "regime.yaml").write_text(asks_for_more, encoding="utf-8")
    failure = tell(folder, FILED + "    - {expect: {undecided: []}}\n")
    assert "实际  undecided ['matter.demand']" in failure


BEATEN = FILED.replace("{unit: department}", "{unit: department, person: 牛门岗}") + (
    "    - {at: 2026-09-28 10:00, hr-manager: record, reason_sufficient: true, demand_reasonable: true}\n"
    "    - {at: 2026-09-28 10:10, hr-manager: report-misconduct, misconduct_note: 打人, misconduct: [retaliate],"
    " person_responsible: 牛门岗}\n"
)


def test_whom_a_proposal_is_against_can_be_expected(folder):
    assert tell(folder, BEATEN + "    - {expect: {proposes: {level-5: {against: 牛门岗, dismissal: true}}}}\n") == ""
    failure = tell(folder, BEATEN + "    - {expect: {proposes: {level-5: {against: hr-manager}}}}\n")
    assert "实际  proposes.level-5.against 牛门岗" in failure
