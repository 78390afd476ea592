"""Which events have effects outside the case, and for whom: the rows of the outbox written with them."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from huiyin.cases.clock import is_late
from huiyin.cases.events import (
    ActDone,
    CompletionAsked,
    DocumentProduced,
    Event,
    LinkRenewed,
    NoticeQueued,
    Ordered,
    OutsideInvited,
    RungReached,
)
from huiyin.cases.inviting import OUTSIDE
from huiyin.cases.people import Directory
from huiyin.cases.sources import hears_of, reference_of
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


Effect = tuple[str, dict[str, Any]]
"""Its kind, and what whoever carries it out has to know."""


def _effects(regime: Regime, case: Case, directory: Directory, event: Event) -> Iterator[Effect]:
    match event:
        case NoticeQueued():
            yield _notice(regime, case, directory, event)
        case RungReached() if event.remind or event.tell:
            yield _reminder(regime, case, directory, event)
        case Ordered():
            yield _order(regime, case, directory, event)
        case CompletionAsked() if case.source:
            yield _asked_of_the_source(case, event)
        case OutsideInvited() if event.by == OUTSIDE + event.key:
            yield _received_from_the_source(regime, case, event)
        case OutsideInvited() | LinkRenewed():
            yield "invitation", _to_party(case, event.key, f"请办理：{case.number}", event.text)
        case ActDone(act="tell-outside") if event.to in case.invitations:
            yield "notice", _to_party(case, event.to, f"告知：{case.number}", event.text)
        case DocumentProduced():
            yield "document", {"document": event.key, "form": event.form, "title": event.form_title, "to": []}
        case _:
            return


def _notice(regime: Regime, case: Case, directory: Directory, event: NoticeQueued) -> Effect:
    return (
        "notice",
        {
            "title": event.notice_title,
            "text": event.text,
            "to": _subjects(regime, case, directory, event.to),
            "notice": event.notice,
            "form": event.form,
            **_parties(regime, case, event.to, event.at, besides=_of_the_complainant(case, event)),
        },
    )


def _reminder(regime: Regime, case: Case, directory: Directory, event: RungReached) -> Effect:
    owed = case.obligations[event.key]
    due = _local(owed.due)
    told = (*event.remind, *event.tell)
    late = owed.status == "overdue" or is_late(owed, event.at)
    return (
        "reminder",
        {
            "title": f"{'已超期' if late else '即将到期'}：{owed.title}",
            "text": f"{_owed_in(regime, case, owed.title)}{'已于' if late else '应于'}{due}到期。",
            "to": _subjects(regime, case, directory, told),
            "due": due,
            **_parties(regime, case, told, event.at, besides=_source(case, event.at) if "complainant" in told else ()),
        },
    )


def _order(regime: Regime, case: Case, directory: Directory, event: Ordered) -> Effect:
    return (
        "order",
        {
            "title": f"{event.order_title or '督办'}：{case.number}",
            "text": event.text,
            "to": _subjects(regime, case, directory, _charged(event)),
            **_parties(regime, case, (event.to,), event.at),
        },
    )


def _asked_of_the_source(case: Case, event: CompletionAsked) -> Effect:
    until = f"请在{_local(event.due)}前补充。" if event.due else ""
    return (
        "notice",
        {
            "title": f"请补充材料：{case.number}",
            "text": "\n".join(filter(None, (event.text, until))),
            "to": [],
            "parties": _source(case, event.at),
        },
    )


def _received_from_the_source(regime: Regime, case: Case, event: OutsideInvited) -> Effect:
    reference = reference_of(regime, case)
    title = f"收到贵单位提交的{regime.kinds.get(case.kind, '案件')}：{case.number}"
    return "invitation", _to_party(case, event.key, title, f"贵单位编号：{reference}" if reference else "")


def _to_party(case: Case, invitation: str, title: str, text: str) -> dict[str, Any]:
    return {"title": title, "text": text, "to": [], "parties": [_party(case.invitations[invitation])]}


def _charged(event: Ordered) -> tuple[str, ...]:
    """Whom an order is for: its addressee; a plain supervise order is for whoever handles the case, and their head."""
    return (f"addressee:{event.key}",) if event.kind else ("handler", "handling-head")


def _subjects(regime: Regime, case: Case, directory: Directory, roles: Iterable[str]) -> list[str]:
    return subjects_of(case.regime, assignees(regime, case, roles, directory))


def _parties(
    regime: Regime, case: Case, roles: Iterable[str], at: datetime, besides: Iterable[dict[str, Any]] = ()
) -> dict[str, list[dict[str, Any]]]:
    """Parties outside that hold one of these roles through a link, for messages, and those `besides` that are not among them;
    nothing where there are none.
    """
    found = [
        _party(each)
        for each in case.invitations.values()
        if each.role in roles and each.opens(at) and regime.roles[each.role].group is RoleGroup.OUTSIDE
    ]
    addressed = {party["key"] for party in found}
    found += [party for party in besides if party["key"] not in addressed]
    return {"parties": found} if found else {}


def _of_the_complainant(case: Case, event: NoticeQueued) -> list[dict[str, Any]]:
    """The body that filed the case itself hears that the complainant was told something, not in which words."""
    if not hears_of(event):
        return []
    title = f"已告知投诉人：{event.notice_title}"
    return [party | {"title": title, "text": ""} for party in _source(case, event.at)]


def _source(case: Case, at: datetime) -> list[dict[str, Any]]:
    """The body that filed the case itself, as a party that is written to; none where its link is over."""
    return [_party(each) for each in case.invitations.values() if case.source and each.name == case.source and each.opens(at)]


def _party(invitation: Invitation) -> dict[str, Any]:
    """Who is reached through a link: its place in the case, what the party is called, which code is the valid one.

    A `title` and `text` beside these are what this party is told instead of what all are.
    """
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
