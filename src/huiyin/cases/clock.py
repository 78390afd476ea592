"""Limits become obligations: started, met, moved, breached (regime-language 2.5; Civil Code art. 201-203)."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from huiyin.calendars import Due, Span, Unit
from huiyin.calendars.written import parse_span
from huiyin.regime.expressions import Undecided
from huiyin.regime.model import (
    AtField,
    AtOnce,
    BeforeField,
    FromSetting,
    Limit,
    LimitExpression,
    NextWorkdayStart,
    OnField,
    PeriodEnd,
    Rung,
    SameDay,
    SameWorkday,
)

from .draft import Draft
from .events import (
    LeftUndecided,
    ObligationBreached,
    ObligationCancelled,
    ObligationMet,
    ObligationMoved,
    ObligationStarted,
)
from .scope import CaseScope
from .state import Obligation, PlannedRung

AT_ONCE_GRACE = timedelta(minutes=30)
"""What is due at a moment (“立即”, “上班即送”) counts as late only after this, the time it takes to write it down."""

USUAL_START = 9  # o'clock: when a working day begins for an organisation that has entered no opening hours


def due_time(expression: LimitExpression, start: datetime, scope: CaseScope, draft: Draft) -> Due | None:
    """When a limit that starts at `start` is due; None for promptly, permanent, or a field that is still empty."""
    calendar = draft.context.calendar
    match expression:
        case Span():
            return calendar.due(start, expression)
        case AtOnce():
            return Due(start, False)
        case SameDay():
            return calendar.same_day(start)
        case SameWorkday():
            return calendar.same_workday(start)
        case NextWorkdayStart():
            return _opening(calendar.next_workday_start(start), calendar.zone)
        case PeriodEnd(period):
            return calendar.end_of_period(start, period)
        case AtField(path) | OnField(path) | BeforeField(_, path):
            section, _, name = path.partition(".")
            value = getattr(scope, section, {}).get(name)
            if not value:
                return None
            moment = scope.moment(value)
            if isinstance(expression, OnField):
                return Due(calendar.end_of_day(moment.astimezone(calendar.zone).date()), False)
            if isinstance(expression, BeforeField):
                return Due(calendar.before(moment, expression.span), False)
            return Due(moment, False)
        case _:
            return None


def _opening(due: Due, zone: ZoneInfo) -> Due:
    """When the day of a due time begins: its opening, or nine o'clock where no hours are known."""
    local = due.at.astimezone(zone)
    if (local.hour, local.minute) != (0, 0):
        return due
    return Due(local.replace(hour=USUAL_START).astimezone(UTC), due.provisional)


def choose_row(limit: Limit, draft: Draft, scope: CaseScope) -> int:
    """The first row of `within` that fits, by index; -1 if none. One that cannot be decided is passed, and said so."""
    for index, row in enumerate(limit.within):
        if row.when is None:
            return index
        try:
            if row.when.evaluate(scope):
                return index
        except Undecided as trouble:
            rule, missing = f"limits.{limit.id}", tuple(sorted(trouble.missing))
            if draft.case.undecided.get(rule) != missing:
                draft.add(LeftUndecided(**draft.stamp, table=rule, row=str(index), missing=missing))
    return -1


STARTS_WITH_STANDING_STILL = frozenset({"suspend", "suspended", "ask-more", "completion-asked"})
"""A limit that these start measures the standing still itself, so it runs meanwhile."""


def start_limit(draft: Draft, limit: Limit, at: datetime, name: str = "", *, again: bool = False) -> None:
    """Let a limit run from `at`, unless it runs already: limits never restart. `again`: the next period of a repeated one.

    `name` is the event that started it. While the case stands still a limit starts standing still, too.
    """
    case = draft.case
    if not again and any(item.limit == limit.id for item in case.running()):
        return
    if not draft.holds(limit.when, f"limits.{limit.id}", undecided=True):
        return
    number = sum(1 for item in case.obligations.values() if item.limit == limit.id) + 1
    key = limit.id if number == 1 else f"{limit.id}#{number}"
    built = _build(draft, limit, key, at)
    if built is not None:
        if case.state in ("suspended", "waiting") and name not in STARTS_WITH_STANDING_STILL:
            built = replace(built, paused_at=draft.context.now)
        draft.add(
            ObligationStarted(
                **draft.stamp,
                cite=built.cite,
                obligation=built,
                why=draft.reason(f"limits.{limit.id}", limit.within[built.row].when),
            )
        )


def _build(draft: Draft, limit: Limit, key: str, at: datetime) -> Obligation | None:
    scope = draft.scope()
    index = choose_row(limit, draft, scope)
    if index < 0:
        return None
    row = limit.within[index]
    due = due_time(row.within, at, scope, draft)
    return Obligation(
        key=key,
        limit=limit.id,
        title=limit.title,
        owner=limit.by or doers_of(draft, limit),
        started_at=at,
        due=due.at if due else None,
        provisional=bool(due and due.provisional),
        status="running",
        cite=row.cite or limit.cite,
        row=index,
        written=written(row.within),
        first_due=due.at if due else None,
        rungs=plan_rungs(draft, limit.ladder, due.at if due else None),
    )


def doers_of(draft: Draft, limit: Limit) -> tuple[str, ...]:
    """Who owes a limit without `by`: the doers of the steps it leads to, or the handler."""
    roles: list[str] = []
    for name in limit.end:
        work = name.partition(":")[0].partition(".")[0]
        step = draft.regime.flow.get(work)
        marking = [step] if step else [each for each in draft.regime.flow.values() if name in each.marks]
        for each in marking:
            roles.extend(role for role in each.by if role not in roles)
    return tuple(roles) or ("handler",)


def written(expression: LimitExpression) -> str:
    """The expression in the words of the regime language, kept with the obligation to explain it later."""
    match expression:
        case Span():
            return str(expression)
        case AtField(path):
            return f"at {path}"
        case OnField(path):
            return f"on {path}"
        case BeforeField(span, path):
            return f"{span} before {path}"
        case PeriodEnd(period):
            return f"before {period} end"
        case FromSetting(name):
            return f"${name}"
        case _:
            return _WORDS[type(expression).__name__]


_WORDS = {
    "AtOnce": "at once",
    "Promptly": "promptly",
    "SameDay": "same day",
    "SameWorkday": "same workday",
    "NextWorkdayStart": "next workday start",
    "Permanent": "permanent",
}


def plan_rungs(draft: Draft, ladder: Sequence[Rung], due: datetime | None) -> tuple[PlannedRung, ...]:
    """The rungs of a ladder with their times, in order."""
    if due is None:
        return ()
    calendar = draft.context.calendar
    planned = []
    for rung in ladder:
        if rung.span is None or isinstance(rung.span, FromSetting):
            at = due
        elif rung.side == "before":
            at = calendar.before(due, rung.span)
        else:
            at = calendar.due(due, rung.span).at
        planned.append(PlannedRung(at, rung.remind, rung.tell, rung.order_by or ""))
    return tuple(sorted(planned, key=lambda item: item.at))


def end_limit(draft: Draft, limit: Limit, name: str) -> None:
    """What was owed was done."""
    for item in draft.case.running():
        if item.limit != limit.id:
            continue
        if limit.repeat is None:
            meet(draft, item, name)
            continue
        if item.status == "running" and is_late(item, draft.context.now):
            breach(draft, item)
        draft.add(ObligationCancelled(**draft.stamp, key=item.key, cause=name, cite=item.cite))


def meet_repeats(draft: Draft) -> None:
    """Telling progress meets the period of a repeated limit that has begun, and begins the next one."""
    for item in draft.case.running():
        limit = draft.regime.limits.get(item.limit)
        if limit is None or limit.repeat is None or item.started_at > draft.context.now:
            continue
        was_overdue = item.status == "overdue"  # then the next period runs already
        meet(draft, item, "progress-told")
        if not was_overdue:
            begin_next_period(draft, limit, item)


MOST_PERIODS = 1_000  # missed periods that are counted through; after more than these the next one begins now


def begin_next_period(draft: Draft, limit: Limit, item: Obligation) -> None:
    """The next period of a repeated limit that is not over yet; periods missed altogether are caught up as one."""
    if limit.repeat is None:
        return
    calendar, now, start = draft.context.calendar, draft.context.now, item.started_at
    for _ in range(MOST_PERIODS):
        start = calendar.due(start, limit.repeat).at
        if calendar.due(start, limit.repeat).at > now:
            break
    else:
        start = now
    start_limit(draft, limit, start, again=True)


def repeat_after_breach(draft: Draft, limit: Limit, item: Obligation) -> None:
    """A period was missed: it stays overdue until told or missed again, and the next one runs beside it."""
    for other in draft.case.running():
        if other.limit == limit.id and other.key != item.key:
            draft.add(ObligationCancelled(**draft.stamp, key=other.key, cause="next-period", cite=other.cite))
    begin_next_period(draft, limit, item)


def meet(draft: Draft, item: Obligation, name: str) -> None:
    """What was owed was done, by the event of this name; late if it is past due."""
    late = is_late(item, draft.context.now)
    if late and item.status == "running":
        breach(draft, item)
    draft.add(
        ObligationMet(
            **draft.stamp, names=(f"{item.limit}.met",), cite=item.cite, key=item.key, late=late, ended_by=name
        )
    )


def is_late(item: Obligation, now: datetime) -> bool:
    """Whether the due time has passed; what waits is never late."""
    return item.due is not None and item.paused_at is None and now > counted_due(item)


def counted_due(item: Obligation) -> datetime:
    """The due time that counts for lateness: `at once` and `next workday start` have a little grace.

    Raises:
        ValueError: the obligation has no due time.
    """
    if item.due is None:
        raise ValueError("没有到期时间")
    return item.due + AT_ONCE_GRACE if item.written in _AT_A_MOMENT else item.due


_AT_A_MOMENT = frozenset({"at once", "next workday start"})


def breach(draft: Draft, item: Obligation) -> None:
    """The due time passed and nothing had happened."""
    draft.add(ObligationBreached(**draft.stamp, names=(f"{item.limit}.overdue",), cite=item.cite, key=item.key))


def move(draft: Draft, item: Obligation, due: Due, cause: str, **event: Any) -> None:
    """Give an obligation another due time, with new rungs; rungs that lie behind do not fire again."""
    limit = draft.regime.limits.get(item.limit)
    rungs = plan_rungs(draft, limit.ladder if limit else (), due.at)
    moved = replace(
        item,
        due=due.at,
        provisional=due.provisional,
        rungs=rungs,
        fired=sum(1 for rung in rungs if rung.at <= draft.context.now),
        **event.pop("changes", {}),
    )
    draft.add(ObligationMoved(**draft.stamp, key=item.key, obligation=moved, cause=cause, cite=moved.cite, **event))


def review_rows(draft: Draft) -> None:
    """Look at the rows again after facts changed; a due time that differs is moved by an event."""
    for item in draft.case.running():
        limit = draft.regime.limits.get(item.limit)
        if limit is None or item.paused_at is not None or not _may_differ(limit):
            continue
        scope = draft.scope()
        index = choose_row(limit, draft, scope)
        if index < 0:
            continue
        first = due_time(limit.within[index].within, item.started_at, scope, draft)
        if first is None or (index == item.row and first.at == item.first_due):
            continue
        move(
            draft,
            item,
            _afresh(draft, item, limit.within[index].within, first),
            "另一档时限适用" if index != item.row else "约定时间变更",
            changes={
                "row": index,
                "written": written(limit.within[index].within),
                "first_due": first.at,
                "cite": limit.within[index].cite or limit.cite,
            },
            why=draft.reason(f"limits.{limit.id}", limit.within[index].when),
        )


def _afresh(draft: Draft, item: Obligation, expression: LimitExpression, first: Due) -> Due:
    """A due time computed from the start: moved by every time that stood still and every extension granted."""
    due, calendar = first, draft.context.calendar
    for start, end in item.pauses:
        due = calendar.resume(due.at, unit_of(expression), start, end)
    for span in item.added:
        due = calendar.due(due.at, parse_span(span))
    return due


def _may_differ(limit: Limit) -> bool:
    return len(limit.within) > 1 or isinstance(limit.within[0].within, AtField | OnField | BeforeField)


def unit_of(expression: LimitExpression) -> Unit:
    """The unit in which a limit counts, for suspension."""
    if isinstance(expression, Span):
        return expression.unit
    if isinstance(expression, SameWorkday | NextWorkdayStart):
        return Unit.WORKDAYS
    return Unit.DAYS


def recalculate(draft: Draft, cause: str) -> None:
    """Set running due times anew after the calendar changed."""
    for item in draft.case.running():
        limit = draft.regime.limits.get(item.limit)
        if limit is None or item.due is None:
            continue
        expression = limit.within[item.row].within
        first = due_time(expression, item.started_at, draft.scope(), draft)
        if first is None:
            continue
        due = _afresh(draft, item, expression, first)
        if due.at != item.due or due.provisional != item.provisional:
            move(draft, item, due, cause, changes={"first_due": first.at})


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
        limit = draft.regime.limits.get(item.limit)
        unit = unit_of(limit.within[item.row].within) if limit else Unit.DAYS
        due = calendar.resume(item.due, unit, item.paused_at, now)
        rungs = plan_rungs(draft, limit.ladder if limit else (), due.at)
        shifted.append(
            replace(
                item,
                due=due.at,
                provisional=due.provisional,
                paused_at=None,
                pauses=(*item.pauses, (item.paused_at, now)),
                rungs=rungs,
                fired=sum(1 for rung in rungs if rung.at <= now),
            )
        )
    return tuple(shifted)
