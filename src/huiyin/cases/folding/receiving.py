"""Receiving, assessing, assigning: what a case begins with."""

from collections.abc import Callable, Mapping
from typing import Any

from huiyin.cases import events as ev
from huiyin.cases.state import Case, TransferOut
from huiyin.records import replace

from .timing import pause


def begun(event: ev.Filed) -> Case:
    """A case as it begins."""
    return Case(
        id=event.case,
        organisation=event.organisation,
        regime=event.regime,
        regime_version=event.regime_version,
        number=event.number,
        kind=event.kind,
        channel=event.channel,
        passed_on_by=event.passed_on_by,
        source=event.source,
        received_at=event.received_at,
        filed_at=event.at,
        category=event.category,
        severity=event.severity,
        complainant=event.complainant,
        respondent=event.respondent,
        first_receiver="" if event.source or event.by in ("complainant", "system") else event.by,
        off_hours=event.off_hours,
        points=event.points,
        matter=dict(event.matter),
        evidence=tuple(replace(item, added_by=item.added_by or event.by) for item in event.evidence),
        origin=event.origin,
        occasion=event.occasion,
    )


def _completion_asked(case: Case, event: ev.CompletionAsked) -> None:
    case.state = "waiting"
    pause(case, event.at)


def _completed(case: Case, event: ev.Completed) -> None:
    case.matter.update(event.matter)


def _graded(case: Case, event: ev.Graded) -> None:
    case.severity, case.category = event.severity, event.category
    case.severity_by_hand = case.severity_by_hand or event.by_hand


def _withdrawn(case: Case, _event: ev.Withdrawn) -> None:
    case.state = "open"  # what is left to do for the end can be done, even if the case stood still before


def _assessed(case: Case, event: ev.Assessed) -> None:
    case.assessment = event.outcome
    case.decided["assessment"] = event.row  # empty when it was an act that decided
    case.undecided.pop("assessment", None)
    if event.into:
        case.merged_into = event.into
    case.body = event.body
    if event.to_send and event.body is not None:
        case.transfer = TransferOut(event.body, event.at)


def _left_undecided(case: Case, event: ev.LeftUndecided) -> None:
    case.undecided[event.table] = event.missing
    if event.table == "routing":
        case.row_to_choose = "" if event.missing else event.row


def _assigned(case: Case, event: ev.Assigned) -> None:
    case.handling_role, case.handling_unit = event.role, event.unit
    case.handler_role, case.handler = event.handler_role, event.handler
    case.also = event.also
    if event.row:
        case.decided["routing"] = event.row
    case.undecided.pop("routing", None)
    case.row_to_choose = ""


def _recused(case: Case, event: ev.Recused) -> None:
    case.recused = (*case.recused, event.person)
    if case.handler == event.person:
        case.handler = ""


CHANGES: Mapping[type[ev.Event], Callable[[Case, Any], None]] = {
    ev.CompletionAsked: _completion_asked,
    ev.Completed: _completed,
    ev.Withdrawn: _withdrawn,
    ev.Graded: _graded,
    ev.Assessed: _assessed,
    ev.LeftUndecided: _left_undecided,
    ev.Assigned: _assigned,
    ev.Recused: _recused,
}
