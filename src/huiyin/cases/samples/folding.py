"""Folding the events of samples into the case."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from huiyin.cases.events.base import Event
from huiyin.cases.events.samples import SampleCoded, SampleHandedOver, SampleTaken, SampleTested
from huiyin.records import replace

from .sample import Coding, Passage, Result, Sample

if TYPE_CHECKING:
    from huiyin.cases.state import Case


def _taken(case: "Case", event: SampleTaken) -> None:
    case.samples[event.key] = Sample(
        key=event.key,
        kind=event.kind,
        number=event.number,
        name=event.name,
        quantity=event.quantity,
        place=event.place,
        taken_at=event.taken_at,
        taken_by=event.by,
        keeper=event.keeper,
        needs=event.needs,
        seal=event.seal,
        state=event.state,
        present=event.present,
        keep_until=event.keep_until,
    )


def _handed_over(case: "Case", event: SampleHandedOver) -> None:
    before = case.samples[event.key]
    passage = Passage(
        event.handed_at, event.giver, event.taker, event.by, event.state, event.condition, event.gap
    )  # fmt: skip
    case.samples[event.key] = replace(before, passages=(*before.passages, passage), keeper=event.taker)


def _coded(case: "Case", event: SampleCoded) -> None:
    before = case.samples[event.key]
    coding = Coding(event.round, event.code, event.by, event.at, event.state)
    case.samples[event.key] = replace(before, codings=(*before.codings, coding), round=event.round)


def _tested(case: "Case", event: SampleTested) -> None:
    before = case.samples[event.key]
    result = Result(event.round, event.by, event.at, event.fields, event.work, event.code, event.state)
    case.samples[event.key] = replace(before, results=(*before.results, result), round=event.round)


CHANGES: Mapping[type[Event], Callable[["Case", Any], None]] = {
    SampleTaken: _taken,
    SampleHandedOver: _handed_over,
    SampleCoded: _coded,
    SampleTested: _tested,
}
"""What each event changes."""
