"""Limits: begun, met, missed, standing still."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from huiyin.cases import events as ev
from huiyin.cases.state import Case
from huiyin.records import replace

from .approving import with_lapse


def _obligation(case: Case, event: ev.ObligationStarted | ev.ObligationMoved) -> None:
    case.obligations[event.obligation.key] = event.obligation


def _obligation_met(case: Case, event: ev.ObligationMet) -> None:
    _change_obligation(case, event.key, status="met", ended_at=event.at, ended_by=event.ended_by, paused_at=None)


def _obligation_breached(case: Case, event: ev.ObligationBreached) -> None:
    _change_obligation(case, event.key, status="overdue", breached_at=event.at)


def _obligation_cancelled(case: Case, event: ev.ObligationCancelled) -> None:
    _change_obligation(case, event.key, status="cancelled", ended_at=event.at, ended_by=event.cause, paused_at=None)


def _deadline_moved(case: Case, event: ev.DeadlineMoved) -> None:
    match event.deadline:
        case "approval":
            case.approvals[event.key] = with_lapse(case.approvals[event.key], event.until, event.since)
        case "hearing":
            pending, until = case.approvals[event.key], event.until.isoformat()
            case.approvals[event.key] = replace(pending, payload={**pending.payload, "heard_until": until})
        case "objection":
            number = int(event.key)
            case.sanctions[number] = replace(case.sanctions[number], objection_until=event.until)
        case "link":
            case.invitations[event.key] = replace(case.invitations[event.key], until=event.until)
        case "flag":
            case.flags[event.key] = replace(case.flags[event.key], until=event.until)
        case "sample":
            case.samples[event.key] = replace(case.samples[event.key], keep_until=event.until)


def _rung_reached(case: Case, event: ev.RungReached) -> None:
    _change_obligation(case, event.key, fired=event.rung + 1)


def _change_obligation(case: Case, key: str, **changes: Any) -> None:
    case.obligations[key] = replace(case.obligations[key], **changes)


def pause(case: Case, at: datetime) -> None:
    """Let every limit that runs stand still from this moment."""
    for item in case.running():
        if item.paused_at is None:
            case.obligations[item.key] = replace(item, paused_at=at)


def _suspended(case: Case, event: ev.Suspended) -> None:
    case.state = "suspended"
    case.facts.update(event.fields)
    pause(case, event.at)


def _resumed(case: Case, event: ev.Resumed) -> None:
    case.state = "open"
    for item in event.obligations:
        case.obligations[item.key] = item


def _terminated(case: Case, event: ev.Terminated) -> None:
    case.state = "open"
    case.facts.update(event.fields)


CHANGES: Mapping[type[ev.Event], Callable[[Case, Any], None]] = {
    ev.ObligationStarted: _obligation,
    ev.ObligationMoved: _obligation,
    ev.ObligationMet: _obligation_met,
    ev.ObligationBreached: _obligation_breached,
    ev.ObligationCancelled: _obligation_cancelled,
    ev.DeadlineMoved: _deadline_moved,
    ev.RungReached: _rung_reached,
    ev.Suspended: _suspended,
    ev.Resumed: _resumed,
    ev.Terminated: _terminated,
}
