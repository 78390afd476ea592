"""The regimes that ship: each checks without errors and every one of its stories comes out as told."""

from functools import cache

import pytest

from huiyin.coverage import check_coverage
from huiyin.regime import check, packs
from huiyin.regime.source import read
from huiyin.scenarios import run_folder
from huiyin.scenarios.script import read_script

PACKS = [(name, file.parent) for name, file in sorted(packs().items())]
SEVEN = {
    "company-quality",
    "efficiency-network",
    "health-supervision",
    "lab-appeals",
    "patient-relations",
    "platform-food-safety",
    "property-staff-service",
}


@cache
def played(folder):
    """The results of a pack's stories, told once for all tests."""
    return run_folder(folder)


def test_the_seven_regimes_of_the_foundation_ship():
    assert {name for name, _folder in PACKS} >= SEVEN


@pytest.mark.parametrize(("name", "folder"), PACKS)
def test_a_pack_checks_without_errors(name, folder):
    report = check(folder)
    assert [str(problem) for problem in report.errors] == []


@pytest.mark.parametrize(("name", "folder"), PACKS)
def test_the_stories_of_a_pack_come_out_as_told(name, folder):
    result = played(folder)
    assert [story.failure for story in result.stories if not story.passed] == []
    assert result.passed >= 10


@pytest.mark.parametrize(("name", "folder"), PACKS)
def test_every_rule_that_decides_something_is_touched_by_a_story(name, folder):
    """Assessment, routing and sanction rows that no story reaches are rules nobody has tried.

    What a variant takes over is reached by the stories of its base.
    """
    own = read(folder / "regime.yaml").data
    fired = {rule for story in played(folder).stories for rule in story.fired}
    rows = {f"{table}.{row}" for table in ("assessment", "routing") for row in own.get(table) or {}}
    rows |= {f"accountability.rules.{rule}" for rule in (own.get("accountability") or {}).get("rules") or {}}
    assert sorted(rows - fired) == []


@pytest.mark.parametrize(("name", "folder"), PACKS)
def test_stories_have_titles_of_their_own(name, folder):
    titles = [story.title for story in read_script(folder / "scenarios.yaml").stories]
    assert len(titles) == len(set(titles))


@pytest.mark.parametrize(("name", "folder"), PACKS)
def test_a_pack_carries_out_its_inventory(name, folder):
    """Every fact has a rule that exists and runs, and a story or test that shows it."""
    report = check_coverage(name, folder, played(folder).stories)
    assert [problem.say() for problem in report.problems] == []
