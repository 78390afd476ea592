"""Who may know which sample is behind a blind code, and what a reader of the case sees of samples."""

from collections.abc import Iterator
from functools import lru_cache

from huiyin.cases.people import Actor, Directory
from huiyin.cases.standing import may
from huiyin.cases.state import Case
from huiyin.regime.model import Regime, Work

from .sample import Result, Sample


def knows_origin(regime: Regime, case: Case, actor: Actor, kind: str, directory: Directory) -> bool:
    """Whether the actor may know where a sample of this kind came from: not whoever may test it under a code.

    Those who give the codes know; that is why they cannot test.
    """
    declared = regime.samples.get(kind)
    if declared is None or not declared.blind:
        return True
    testers, coders = doers(regime, kind, "tests"), doers(regime, kind, "blinds")
    return not may(regime, case, actor, testers, directory) or may(regime, case, actor, coders, directory)


def origins_hidden(regime: Regime, case: Case, actor: Actor, directory: Directory) -> frozenset[str]:
    """Paths `samples.<kind>` whose origin is kept from the actor, as paths of `Sight.hidden`."""
    if actor.kind == "system":
        return frozenset()
    blind = [kind.id for kind in regime.samples.values() if kind.blind]
    hidden = [kind for kind in blind if not knows_origin(regime, case, actor, kind, directory)]
    return frozenset(f"samples.{kind}" for kind in hidden)


def is_origin_hidden(sample: Sample, hidden: frozenset[str]) -> bool:
    """Whether the reader with these hidden paths sees of the sample only its code and what it is."""
    return "samples" in hidden or f"samples.{sample.kind}" in hidden


def in_sight(case: Case, hidden: frozenset[str]) -> Iterator[Sample]:
    """The samples a reader knows of: one whose origin is hidden only once it has a code."""
    return (each for each in case.samples.values() if not is_origin_hidden(each, hidden) or each.code)


def results_in_sight(sample: Sample, reader: str) -> tuple[Result, ...]:
    """The results a reader may see: one's own, and those of rounds in which all are in."""
    return tuple(result for result in sample.results if sample.shows_result(result, reader))


def has_tested(case: Case, person: str, work: str = "") -> bool:
    """Whether this person tested a sample of the case, in this step or act if one is named."""
    results = (result for sample in case.samples.values() for result in sample.results)
    return any(result.tester == person and work in ("", result.work) for result in results)


@lru_cache(maxsize=1024)
def doers(regime: Regime, kind: str, key: str) -> tuple[str, ...]:
    """The roles that may do this (`takes`, `tests` …) with samples of the kind."""
    works: list[Work] = [*regime.flow.values(), *regime.acts.values()]
    return tuple(dict.fromkeys(role for work in works if kind in getattr(work, key) for role in work.by))
