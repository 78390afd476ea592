"""Which events have effects outside the case, and for whom: the rows of the outbox written with them."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from huiyin.cases.events import DocumentProduced, Event, NoticeQueued, Ordered, RungReached
from huiyin.cases.people import Directory
from huiyin.cases.standing import assignees
from huiyin.cases.state import Case
from huiyin.organisations.uuid7 import uuid7
from huiyin.regime.model import Regime

from .models import CaseRow, OutboxRow
from .rows import new_row
from .subjects import subjects_of


def outbox_rows(
    regime: Regime, case: Case, row: CaseRow, directory: Directory, numbered: Iterable[tuple[int, Event]]
) -> list[OutboxRow]:
    """Effects of events with their sequence numbers. Who is meant is settled now, as of the event."""
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
        for kind, payload in _effects(regime, case, directory, event)
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
                },
            )
        case RungReached() if event.remind or event.tell:
            owed = case.obligations[event.key]
            due = _local(owed.due)
            late = owed.status == "overdue"
            yield (
                "reminder",
                {
                    "title": f"{'已超期' if late else '即将到期'}：{owed.title}",
                    "text": f"案件 {case.number} 的“{owed.title}”{'已于' if late else '应于'}{due}到期。",
                    "to": _subjects(regime, case, directory, (*event.remind, *event.tell)),
                    "due": due,
                },
            )
        case Ordered():
            yield (
                "order",
                {
                    "title": f"{event.order_title or '督办'}：{case.number}",
                    "text": event.text,
                    "to": _subjects(regime, case, directory, _charged(event)),
                },
            )
        case DocumentProduced():
            yield "document", {"document": event.key, "form": event.form, "title": event.form_title, "to": []}
        case _:
            return


def _charged(event: Ordered) -> tuple[str, ...]:
    """Whom an order is for: its addressee; a plain supervise order is for whoever handles the case, and their head."""
    return (f"addressee:{event.key}",) if event.kind else ("handler", "handling-head")


def _subjects(regime: Regime, case: Case, directory: Directory, roles: Iterable[str]) -> list[str]:
    return subjects_of(case.regime, assignees(regime, case, roles, directory))


def _local(due: datetime | None) -> str:
    from zoneinfo import ZoneInfo

    return f"{due.astimezone(ZoneInfo('Asia/Shanghai')):%m月%d日 %H:%M}" if due else "规定时间"
