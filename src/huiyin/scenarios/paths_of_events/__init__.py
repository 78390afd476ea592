"""Which rules of the regime an event comes from, as dotted paths."""

from collections.abc import Iterator

from huiyin.cases import events as ev

from . import approvals, following, limits, orders, papers, receiving, samples, working
from .known import Known, in_file, paths_by_kind

SUBJECTS = (approvals, following, limits, orders, papers, receiving, samples, working)
"""The modules whose kinds of events are registered."""


def paths_of(event: ev.Event, known: Known) -> Iterator[str]:
    """Every path an event bears witness to: the rule that it says made it, and what its kind tells."""
    if event.why is not None:
        yield in_file(event.why.rule)
    yield from paths_by_kind(event, known)


__all__ = ["SUBJECTS", "Known", "paths_of"]
