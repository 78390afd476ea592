"""Which events have effects outside the case, and for whom: the rows of the outbox written with them."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from huiyin.cases.clock import is_late
from huiyin.cases.events import (
    ActDone,
    DocumentProduced,
    Event,
    LinkRenewed,
    NoticeQueued,
    Ordered,
    OutsideInvited,
    RungReached,
)
from huiyin.cases.people import Directory
from huiyin.cases.standing import assignees
from huiyin.cases.state import Case, Invitation
from huiyin.organisations.uuid7 import uuid7
from huiyin.regime.model import Regime, RoleGroup

from .approval_effects import approval_effects
from .models import CaseRow, OutboxRow
from .rows import new_row
from .subjects import subjects_of


def outbox_rows(
    regime: Regime,
    before: Case | None,
    case: Case,
    row: CaseRow,
    directory: Directory,
    numbered: Iterable[tuple[int, Event]],
) -> list[OutboxRow]:
    """Effects of events with their sequence numbers. Who is meant is settled now, as of the event.

    `before` is the case without these events, None for a new one.
    """
    return [
        new_row(
            OutboxRow,
            id=uuid7(),
            organisation_id=row.organisation_id,
            case_id=row.id,
            kind=kind,
            key=f"{row.id}:{sequence}:{kind}",
            payload=payload | {"number": case.number, "cite": list(event.cite), "at": event.at.isoformat()},
            available_at=event.at,
        )
        for sequence, event in numbered
        for kind, payload in (
            *_effects(regime, case, directory, event),
            *approval_effects(regime, before, case, directory, event),
        )
    ]


def _effects(
    regime: Regime, case: Case, directory: Directory, event: Event
) -> Iterator[tuple[str, dict[str, Any]]]:
    match event:
        case NoticeQueued():
            yield (
                "notice",
                {
                    "title": event.notice_title,
                    "text": event.text,
                    "to": _subjects(regime, case, directory, event.to),
                    "notice": event.notice,
                    "form": event.form,
                    **_parties(regime, case, event.to, event.at),
                },
            )
        case RungReached() if event.remind or event.tell:
            owed = case.obligations[event.key]
            due = _local(owed.due)
            late = owed.status == "overdue" or is_late(owed, event.at)
            yield (
                "reminder",
                {
                    "title": f"{'已超期' if late else '即将到期'}：{owed.title}",
                    "text": f"{_owed_in(regime, case, owed.title)}{'已于' if late else '应于'}{due}到期。",
                    "to": _subjects(regime, case, directory, (*event.remind, *event.tell)),
                    "due": due,
                    **_parties(regime, case, (*event.remind, *event.tell), event.at),
                },
            )
        case Ordered():
            yield (
                "order",
                {
                    "title": f"{event.order_title or '督办'}：{case.number}",
                    "text": event.text,
                    "to": _subjects(regime, case, directory, _charged(event)),
                    **_parties(regime, case, (event.to,), event.at),
                },
            )
        case OutsideInvited() | LinkRenewed():
            invitation = case.invitations[event.key]
            yield (
                "invitation",
                {
                    "title": f"请办理：{case.number}",
                    "text": event.text,
                    "to": [],
                    "parties": [_party(invitation)],
                },
            )
        case ActDone(act="tell-outside") if event.to in case.invitations:
            party = _party(case.invitations[event.to])
            yield "notice", {"title": f"告知：{case.number}", "text": event.text, "to": [], "parties": [party]}
        case DocumentProduced():
            yield "document", {"document": event.key, "form": event.form, "title": event.form_title, "to": []}
        case _:
            return


def _charged(event: Ordered) -> tuple[str, ...]:
    """Whom an order is for: its addressee; a plain supervise order is for whoever handles the case, and their head."""
    return (f"addressee:{event.key}",) if event.kind else ("handler", "handling-head")


def _subjects(regime: Regime, case: Case, directory: Directory, roles: Iterable[str]) -> list[str]:
    return subjects_of(case.regime, assignees(regime, case, roles, directory))


def _parties(regime: Regime, case: Case, roles: Iterable[str], at: datetime) -> dict[str, list[dict[str, Any]]]:
    """Parties outside that hold one of these roles through a link, for messages: nothing where there are none."""
    found = [
        _party(each)
        for each in case.invitations.values()
        if each.role in roles and each.opens(at) and regime.roles[each.role].group is RoleGroup.OUTSIDE
    ]
    return {"parties": found} if found else {}


def _party(invitation: Invitation) -> dict[str, Any]:
    """Who is reached through a link: its place in the case, what the party is called, which code is the valid one."""
    return {"key": invitation.key, "name": invitation.name, "issue": invitation.issue}


def _owed_in(regime: Regime, case: Case, title: str) -> str:
    """What is owed and where: in a case by its number, in an affair (职责、整改、预警) by its title and number."""
    if not regime.is_affair:
        return f"案件 {case.number} 的“{title}”"
    affair = f"“{regime.title}”（{case.number}）"
    return affair if title == regime.title else f"{affair}的“{title}”"


_BEIJING = ZoneInfo("Asia/Shanghai")


def _local(due: datetime | None) -> str:
    return f"{due.astimezone(_BEIJING):%-m月%-d日 %-H:%M}" if due else "规定时间"
