"""What an approval tells: those who decide that something waits for them, and whoever asked what was decided."""

from collections.abc import Iterator
from typing import Any

from huiyin.cases.events import ApprovalAsked, ApprovalLapsed, ApprovalRejected, ApprovalVoted, Event
from huiyin.cases.people import SYSTEM, Assignee, Directory
from huiyin.cases.state import Case, PendingApproval
from huiyin.cases.turns import voters
from huiyin.regime.model import Regime

from .subjects import subjects_of

Effect = tuple[str, dict[str, Any]]


def approval_effects(
    regime: Regime, before: Case | None, case: Case, directory: Directory, event: Event
) -> Iterator[Effect]:
    """Effects of an event about an approval, none of any other. `before` and `case`: without and with all that happened.

    What is asked for may name a person, so it stands in the text, which open ways leave out, and never in the title.
    """
    match event:
        case ApprovalAsked():
            yield from _waits(regime, case, directory, event.approval.key)
        case ApprovalVoted() if event.stage_done and not event.last:
            yield from _waits(regime, case, directory, event.key)
        case ApprovalLapsed():
            yield from _waits(regime, case, directory, event.key)
        case ApprovalVoted() if event.last:
            yield from _decided(case, _asked_before(before, event.key), event, "已经同意", event.text)
        case ApprovalRejected():
            yield from _decided(case, _asked_before(before, event.key), event, "没有同意", event.text)


def _waits(regime: Regime, case: Case, directory: Directory, key: str) -> Iterator[Effect]:
    """Nothing where it was decided in the same breath."""
    pending = case.approvals.get(key)
    if pending is None:
        return
    to = subjects_of(case.regime, voters(regime, case, directory, pending))
    yield "approval", {"title": f"请审批：{case.number}", "text": pending.title, "to": to}


def _asked_before(before: Case | None, key: str) -> PendingApproval | None:
    return before.approvals.get(key) if before else None


def _decided(
    case: Case, pending: PendingApproval | None, event: Event, outcome: str, words: str
) -> Iterator[Effect]:
    """Told to whoever asked, unless that person decided, or nobody asked but the rules."""
    if pending is None or pending.key in case.approvals or pending.asked_by in ("", SYSTEM.person, event.by):
        return
    text = f"{pending.title}：{outcome}" + (f"。{words}" if words else "")
    to = subjects_of(case.regime, (Assignee("", person=pending.asked_by),))
    yield "approval", {"title": f"{outcome}：{case.number}", "text": text, "to": to}
