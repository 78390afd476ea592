"""The stories beside a regime with what playing them gave."""

from typing import Any

from huiyin.application.stories import story_run
from huiyin.organisations.models import RegimeDraft, RegimeVersion


def stories_words(subject: RegimeVersion | RegimeDraft) -> dict[str, Any]:
    """Results in the order of the file, how many passed, what the pack's inventory asks."""
    run = story_run(subject) if subject.scenarios else None
    results = run.results if run else []
    return {
        "has_stories": bool(subject.scenarios),
        "run": run,
        "results": results,
        "passed": sum(1 for each in results if each["passed"]),
        "coverage": run.coverage if run else {},
    }
