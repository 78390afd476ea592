"""Due times that move: another row applies, time stood still, more was granted."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from huiyin.calendars import Calendar, Due, Unit
from huiyin.calendars.written import parse_span
from huiyin.records import replace
from huiyin.regime.model import AtField, BeforeField, Limit, LimitExpression, OnField

from .draft import Draft
from .due_times import choose_row, due_time, plan_rungs, unit_of, written
from .events import ObligationMoved
from .state import Obligation


def move(draft: Draft, item: Obligation, due: Due, cause: str, **event: Any) -> None:
    """Give an obligation another due time, with new rungs; rungs that lie behind do not fire again."""
    limit = draft.regime.limit_of(item.limit)
    changes = event.pop("changes", {})
    rungs = plan_rungs(draft, limit, due.at, began(item), changes.get("row", item.row))
    behind = sum(1 for rung in rungs if rung.at <= draft.context.now)
    moved = replace(item, due=due.at, provisional=due.provisional, **{"rungs": rungs, "fired": behind, **changes})
    draft.add(ObligationMoved(**draft.stamp, key=item.key, obligation=moved, cause=cause, cite=moved.cite, **event))


def began(item: Obligation) -> datetime:
    """From when on the time of an obligation ran, as if it had stood still before that and not in between."""
    return item.started_at + sum((end - begin for begin, end in item.pauses), timedelta(0))


def review_rows(draft: Draft) -> None:
    """Look at the rows again after facts changed; a due time that differs is moved by an event."""
    for item in draft.case.running():
        limit = draft.regime.limit_of(item.limit)
        if limit is None or item.row < 0 or item.paused_at is not None or not may_differ(limit):
            continue
        scope = draft.scope()
        index = choose_row(limit, draft, scope)
        if index < 0 or (index == item.row and not _reads_a_field(limit.within[index].within)):
            continue
        first = due_time(limit.within[index].within, item.started_at, scope, draft)
        if first is None or (index == item.row and first.at == item.first_due):
            continue
        move(
            draft,
            item,
            afresh(draft, item, limit.within[index].within, first),
            "另一档时限适用" if index != item.row else "约定时间变更",
            changes={
                "row": index,
                "written": written(limit.within[index].within),
                "first_due": first.at,
                "cite": limit.within[index].cite or limit.cite,
            },
            why=draft.reason(f"limits.{limit.id}", limit.within[index].when),
        )


def afresh(draft: Draft, item: Obligation, expression: LimitExpression, first: Due) -> Due:
    """A due time computed from the start: moved by every time that stood still and every extension granted."""
    return moved_on(draft.context.calendar, expression, first, item.pauses, item.added)


def moved_on(
    calendar: Calendar,
    expression: LimitExpression,
    first: Due,
    pauses: Iterable[tuple[datetime, datetime]],
    added: Iterable[str] = (),
) -> Due:
    """A first due time, moved by every time that stood still and then by every extension (`10 workdays`)."""
    due = first
    for start, end in pauses:
        due = calendar.resume(due.at, unit_of(expression), start, end)
    for span in added:
        due = calendar.due(due.at, parse_span(span))
    return due


def may_differ(limit: Limit) -> bool:
    """Whether facts that come later can change the due time: another row may apply, or a field gives it."""
    return len(limit.within) > 1 or _reads_a_field(limit.within[0].within)


def _reads_a_field(expression: LimitExpression) -> bool:
    return isinstance(expression, AtField | OnField | BeforeField)


def resumed(draft: Draft) -> tuple[Obligation, ...]:
    """Running obligations with the due times they have after standing still."""
    now, calendar = draft.context.now, draft.context.calendar
    shifted = []
    for item in draft.case.running():
        if item.paused_at is None:
            continue
        if item.due is None:
            shifted.append(replace(item, paused_at=None))
            continue
        limit = draft.regime.limit_of(item.limit)
        unit = unit_of(limit.within[item.row].within) if limit and item.row >= 0 else Unit.DAYS
        due = calendar.resume(item.due, unit, item.paused_at, now)
        pauses = (*item.pauses, (item.paused_at, now))
        rungs = plan_rungs(draft, limit, due.at, began(replace(item, pauses=pauses)), item.row)
        shifted.append(
            replace(
                item,
                due=due.at,
                provisional=due.provisional,
                paused_at=None,
                pauses=pauses,
                rungs=rungs,
                fired=sum(1 for rung in rungs if rung.at <= now),
            )
        )
    return tuple(shifted)
