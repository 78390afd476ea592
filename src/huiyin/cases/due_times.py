"""When a limit is due: expressions, rows and ladders become times (regime-language 2.5 and 4; Civil Code art. 201-203)."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from huiyin.calendars import Calendar, Due, Span, Unit
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
    SameDay,
    SameWorkday,
)

from .draft import Draft
from .events import LeftUndecided
from .scope import CaseScope
from .state import PlannedRung

USUAL_START, USUAL_END = 9, 17  # o'clock: a working day of an organisation that has entered no opening hours


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


def plan_rungs(
    draft: Draft, limit: Limit | None, due: datetime | None, begun: datetime, row: int = 0
) -> tuple[PlannedRung, ...]:
    """The rungs of a limit's ladder with their times, in order. `begun`: from when on its time ran, `row` says which row's."""
    ladder = limit.ladder if limit is not None else ()
    if due is None:
        return ()
    calendar = draft.context.calendar
    planned = []
    for rung in ladder:
        if rung.side == "share" and limit is not None:
            worked = row >= 0 and unit_of(limit.within[row].within) in (Unit.WORKDAYS, Unit.WORKING_HOURS)
            at = calendar.part_way(min(begun, due), due, rung.share, worked=worked)
        elif rung.span is None or isinstance(rung.span, FromSetting):
            at = due
        elif rung.side == "before":
            at = calendar.before(_read_by(due, rung.span, calendar), rung.span)
        else:
            at = calendar.due(due, rung.span).at
        planned.append(PlannedRung(at, rung.remind, rung.tell, rung.order_by or ""))
    return tuple(sorted(planned, key=lambda item: item.at))


def _read_by(due: datetime, span: Span, calendar: Calendar) -> datetime:
    """The moment hours before a due time are counted from: the close of the day where it is due at the end of a day.

    A reminder is to be read while there is time left to act, so where no opening hours are known it is five o'clock, not
    midnight, that ends the day.
    """
    by_the_clock = span.unit in (Unit.HOURS, Unit.MINUTES, Unit.WORKING_HOURS)
    local = due.astimezone(calendar.zone)
    if not by_the_clock or (local.hour, local.minute, local.second) != (23, 59, 59):
        return due
    closing = calendar.end_of_day(due)
    return closing if closing < due else local.replace(hour=USUAL_END, minute=0, second=0, microsecond=0).astimezone(UTC)


def unit_of(expression: LimitExpression) -> Unit:
    """The unit in which a limit counts, for suspension."""
    if isinstance(expression, Span):
        return expression.unit
    if isinstance(expression, SameWorkday | NextWorkdayStart):
        return Unit.WORKDAYS
    return Unit.DAYS
