"""Proposals: asked, voted on, rejected, lapsed; whoever is concerned is heard."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from huiyin.cases import events as ev
from huiyin.cases.state import Case, PendingApproval
from huiyin.records import replace


def _approval_asked(case: Case, event: ev.ApprovalAsked) -> None:
    heard = event.approval.payload.get("heard_until")  # nobody decides before
    since = datetime.fromisoformat(heard) if heard else event.approval.asked_at
    case.approvals[event.approval.key] = replace(event.approval, since=since)
    if event.approval.kind == "work" and event.approval.subject in case.steps:
        run = case.steps[event.approval.subject]
        case.steps[run.key] = replace(run, approval=event.approval.key)


def _approval_voted(case: Case, event: ev.ApprovalVoted) -> None:
    if event.last:
        del case.approvals[event.key]
        return
    pending = case.approvals[event.key]
    stages = list(pending.stages)
    stage = stages[pending.stage]
    voters = (event.by, *event.present)
    stages[pending.stage] = replace(
        stage,
        votes=stage.votes if event.against else (*stage.votes, *voters),
        against=(*stage.against, *voters) if event.against else stage.against,
        voted_roles=(*stage.voted_roles, event.role) if event.role_done else stage.voted_roles,
        signed=(*stage.signed, *((role, event.by) for role in event.signs)),
    )
    number = pending.stage
    if event.stage_done:
        number += 1
        stages[number] = replace(stages[number], lapses_at=event.next_lapses_at)
    payload = {**pending.payload, "choice": event.choice} if event.choice else pending.payload
    since = event.at if event.stage_done else pending.since
    case.approvals[event.key] = replace(pending, stages=tuple(stages), stage=number, payload=payload, since=since)


def _approval_rejected(case: Case, event: ev.ApprovalRejected) -> None:
    pending = case.approvals.pop(event.key)
    run = case.steps.get(pending.subject)
    if pending.kind == "work" and run is not None:
        case.steps[run.key] = replace(run, status="open", approval="", outcome="")


def _approval_lapsed(case: Case, event: ev.ApprovalLapsed) -> None:
    pending = case.approvals[event.key]
    stages = list(pending.stages)
    stages[event.stage] = event.replacement
    case.approvals[event.key] = replace(pending, stages=tuple(stages))


def _approval_cancelled(case: Case, event: ev.ApprovalCancelled) -> None:
    del case.approvals[event.key]


def _heard(case: Case, event: ev.Heard) -> None:
    if event.source not in case.stems:
        case.stems = (*case.stems, event.source)


def _concerned_named(case: Case, event: ev.ConcernedNamed) -> None:
    pending = case.approvals[event.key]
    until = event.heard_until.isoformat()
    named = {"against": event.against, "heard_from": event.at.isoformat(), "heard_until": until, "stated": ""}
    case.approvals[event.key] = _timed(pending, event.lapses_at, named, event.heard_until)


def _view_stated(case: Case, event: ev.ViewStated) -> None:
    pending = case.approvals[event.key]
    since = event.at if event.lapses_at else None  # the time to decide begins with the first words
    case.approvals[event.key] = _timed(pending, event.lapses_at, {"stated": event.text}, since)


def _timed(
    pending: PendingApproval, lapses_at: datetime | None, told: Mapping[str, str], since: datetime | None
) -> PendingApproval:
    """The proposal with what was told about it, and the new time at which its present stage goes to somebody else."""
    changed = with_lapse(pending, lapses_at, since)
    return replace(changed, payload={**pending.payload, **told})


def with_lapse(pending: PendingApproval, lapses_at: datetime | None, since: datetime | None = None) -> PendingApproval:
    """The proposal whose present stage goes to somebody else at `lapses_at`, counted from `since`; None leaves what was."""
    present = pending.stages[pending.stage]
    stages = [*pending.stages]
    stages[pending.stage] = replace(present, lapses_at=lapses_at or present.lapses_at)
    return replace(pending, stages=tuple(stages), since=since or pending.since)


CHANGES: Mapping[type[ev.Event], Callable[[Case, Any], None]] = {
    ev.ApprovalAsked: _approval_asked,
    ev.ApprovalVoted: _approval_voted,
    ev.ApprovalRejected: _approval_rejected,
    ev.ApprovalLapsed: _approval_lapsed,
    ev.ApprovalCancelled: _approval_cancelled,
    ev.Heard: _heard,
    ev.ConcernedNamed: _concerned_named,
    ev.ViewStated: _view_stated,
}
