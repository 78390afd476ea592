"""The trial of a small regime: what its stories notice, what they do not, and what was explained."""

import pytest

from huiyin.scenarios import ScriptError
from huiyin.trial import try_stories

HEAD = "regime: desk\ninventory: S0-07\nfacts: {}\n"
UNNOTICED = ["intake.fields.account.required true → （删去）", "settings.mark.default 1000 → 999"]


def told(report):
    return sorted(str(change) for change in report.survivors)


def test_what_no_story_notices_is_listed(folder):
    report = try_stories("desk", folder)
    assert told(report) == UNNOTICED
    assert report.tried == report.noticed + 2
    assert report.invalid == 1  # without its only row, nothing assigns the case and the regime does not check


def test_a_story_on_the_other_side_of_the_boundary_notices(folder):
    file = folder / "scenarios.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("amount: 900", "amount: 1000"), encoding="utf-8")
    assert told(try_stories("desk", folder)) == UNNOTICED[:1]


def test_only_one_place(folder):
    report = try_stories("desk", folder, only="limits.reply")
    assert report.tried == 3
    assert report.survivors == ()


def test_several_processes_find_the_same(folder):
    assert told(try_stories("desk", folder, processes=2)) == UNNOTICED


@pytest.mark.parametrize("place", ["settings.mark.default", "settings.mark.default → 999"])
def test_what_is_explained_is_no_trouble(folder, place):
    (folder / "coverage.yaml").write_text(f"{HEAD}trial:\n  {place}: 差一元没有意义\n", encoding="utf-8")
    report = try_stories("desk", folder)
    assert told(report) == UNNOTICED[:1]
    assert [(str(change), reason) for change, reason in report.on_purpose] == [(UNNOTICED[1], "差一元没有意义")]
    assert report.stale == ()


def test_an_explanation_that_explains_nothing_is_told(folder):
    (folder / "coverage.yaml").write_text(f"{HEAD}trial: {{limits.reply.within: 不要紧}}\n", encoding="utf-8")
    assert try_stories("desk", folder).stale == ("limits.reply.within",)
    assert try_stories("desk", folder, only="settings").stale == ()


def test_stories_that_fail_already_can_notice_nothing(folder):
    file = folder / "scenarios.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("reply: 2026-08-31", "reply: 2026-09-01"), encoding="utf-8")
    with pytest.raises(ScriptError, match="五个工作日内答复"):
        try_stories("desk", folder)
