"""The stories of a variant go on where those of the regime it varies end."""

import pytest
from tests.trial.desk import REGIME, STORIES

from huiyin.scenarios import ScriptError, run_folder
from huiyin.trial import try_stories

VARIANT = "regime: branch\ntitle: 分院窗口投诉制度\nversion: '1.0'\nextends: desk\n"
ANEW = """\
- story: 五个工作日内答复
  steps:
    - {at: 2026-08-24 09:00, complainant: file, channel: visit, account: 排队}
    - {expect: {due: {reply: 2026-08-27}}}
"""


@pytest.fixture
def branch(tmp_path):
    """A variant with stories of its own, beside the regime it varies."""
    for name, regime, stories in (("desk", REGIME, STORIES), ("branch", VARIANT, "stories: []\n")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "regime.yaml").write_text(regime, encoding="utf-8")
        (tmp_path / name / "scenarios.yaml").write_text(stories, encoding="utf-8")
    return tmp_path / "branch"


def tell(folder, head, stories="stories: []\n"):
    (folder / "scenarios.yaml").write_text(f"regime: branch\n{head}{stories}", encoding="utf-8")
    return run_folder(folder).stories


def test_all_stories_of_the_base_are_played_under_the_variant(branch):
    assert tell(branch, "") == ()
    base = [story.title for story in run_folder(branch.parent / "desk").stories]
    told = tell(branch, "extends: desk\n")
    assert [story.title for story in told] == base
    assert all(story.passed for story in told)


def test_a_story_of_the_base_that_no_longer_holds_fails_where_it_is_told(branch):
    (branch / "regime.yaml").write_text(f"{VARIANT}limits: {{reply: {{within: 3 workdays}}}}\n", encoding="utf-8")
    failures = [story.failure for story in tell(branch, "extends: desk\n") if not story.passed]
    assert failures
    assert "desk/scenarios.yaml:" in failures[0]


def test_a_story_of_the_same_title_is_told_anew(branch):
    (branch / "regime.yaml").write_text(f"{VARIANT}limits: {{reply: {{within: 3 workdays}}}}\n", encoding="utf-8")
    told = tell(branch, "extends: desk\n", f"stories:\n{ANEW}")
    assert [story.title for story in told].count("五个工作日内答复") == 1
    assert next(story for story in told if story.title == "五个工作日内答复").passed


def test_of_a_variant_only_what_it_states_is_tried(branch):
    (branch / "regime.yaml").write_text(f"{VARIANT}limits: {{reply: {{within: 3 workdays}}}}\n", encoding="utf-8")
    tell(branch, "extends: desk\n", f"stories:\n{ANEW}")
    report = try_stories("branch", branch)
    assert (report.tried, report.survivors) == (2, ())


@pytest.mark.parametrize(
    ("head", "said"),
    [
        ("extends: nowhere\n", "没有名为“nowhere”的制度"),
        ("extends: branch\n", "没有名为“branch”的制度"),
        ("extends: bare\n", "旁边没有 scenarios.yaml"),
        ("extends: loop\n", "绕成了圈：loop → back → loop"),
    ],
)
def test_what_cannot_be_taken_over_is_told_with_its_line(branch, head, said):
    for name, text in (("bare", ""), ("loop", "extends: back\nstories: []\n"), ("back", "extends: loop\nstories: []\n")):
        (branch.parent / name).mkdir()
        (branch.parent / name / "regime.yaml").write_text(REGIME, encoding="utf-8")
        if text:
            (branch.parent / name / "scenarios.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(ScriptError, match=said):
        tell(branch, head)
