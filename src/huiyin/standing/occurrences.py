"""When recurring duties are owed: periods that follow each other without a gap, by the organisation's calendar.

A period depends on the rhythm and the calendar alone, never on when somebody looked or when a version was published:
months, quarters, half-years and years are those of the calendar, weeks begin on Monday, `2 weeks` and the like are counted
from Monday 1 January 2024. So nothing can open twice, and nothing is forgotten after downtime of any length.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache

from dateutil.rrule import rrule, rrulestr

from huiyin.calendars import Calendar, Span, Unit, parse_span
from huiyin.calendars.months import add_months

EPOCH = date(2024, 1, 1)  # a Monday, and the first of a month, quarter, half-year and year
LAST = date(2149, 12, 31)  # the calendar's last day

WORKDAY = "workday"
"""The rhythm of what is done each working day: what has to be done on Friday is not left until Sunday."""

_SPANS = {
    "day": Span(1, Unit.DAYS),
    "week": Span(1, Unit.WEEKS),
    "month": Span(1, Unit.MONTHS),
    "quarter": Span(3, Unit.MONTHS),
    "half-year": Span(6, Unit.MONTHS),
    "year": Span(1, Unit.YEARS),
}


@dataclass(frozen=True, slots=True)
class Period:
    """One period. `end` is not part of it, `due` is its last moment; all in UTC. `missed`: periods folded into this one."""

    start: datetime
    end: datetime
    due: datetime
    missed: int = 0


def occurrences(every: str, since: datetime, until: datetime, calendar: Calendar) -> Iterator[Period]:
    """The periods that begin from `since` to `until`, both included, in order.

    Args:
        every: a rhythm as `huiyin.regime.limits_written.parse_every` gives it; `calendar year` and the like mean the same as
            `year`. A setting without an answer has no periods.
    """
    every = every.removeprefix("calendar ")
    if every.startswith("$"):
        return
    begins: date | None = _begin(every, _day(since, calendar), calendar)
    while begins is not None:
        start = _midnight(begins, calendar)
        if start > until:
            return
        following = _following(every, begins, calendar)
        if following is None:
            return
        if start >= since:
            yield Period(start, _midnight(following, calendar), _due(every, begins, following, calendar))
        begins = following


def periods_to_open(
    every: str, since: datetime, opened_to: datetime | None, now: datetime, calendar: Calendar
) -> list[Period]:
    """What has to be opened now: the period that runs, and one for all that are over and were not opened in their time.

    Args:
        since: when the duty began to be owed; the first whole period from then on counts.
        opened_to: the end of the last period that was opened, or None.
    """
    begun = list(occurrences(every, max(since, opened_to or since), now, calendar))
    over = [period for period in begun if period.end <= now]
    running = begun[len(over) :]
    return ([Period(over[0].start, over[-1].end, over[0].due, len(over))] if over else []) + running


def latest(every: str, count: int, now: datetime, calendar: Calendar) -> list[Period]:
    """The period that runs and those before it, so many in all, oldest first; none for a setting without an answer."""
    every = every.removeprefix("calendar ")
    found: list[Period] = []
    day = _day(now, calendar)
    while len(found) < count and not every.startswith("$"):
        begins = _begin(every, day, calendar)
        following = None if begins is None else _following(every, begins, calendar)
        if begins is None or following is None or begins > day:
            break
        end = _midnight(following, calendar)
        found.append(Period(_midnight(begins, calendar), end, _due(every, begins, following, calendar)))
        day = begins - timedelta(days=1)
    return found[::-1]


def is_short(period: Period) -> bool:
    """Whether it is shorter than a month, so that a new period takes the place of one that was not done."""
    return period.end - period.start < timedelta(days=28)


def span_of(every: str) -> Span:
    """How long a rhythm that is neither of working days nor an RRULE takes from one time to the next."""
    return _SPANS.get(every) or parse_span(every)


def next_start(every: str, now: datetime, calendar: Calendar) -> datetime | None:
    """When the next period begins after now."""
    every = every.removeprefix("calendar ")
    if every.startswith("$"):
        return None
    today = _day(now, calendar)
    following = _following(every, _begin(every, today, calendar) or today, calendar)
    return None if following is None else _midnight(following, calendar)


def _day(at: datetime, calendar: Calendar) -> date:
    return at.astimezone(calendar.zone).date()


def _midnight(day: date, calendar: Calendar) -> datetime:
    return datetime.combine(day, time(), calendar.zone).astimezone(UTC)


def _due(every: str, begins: date, following: date, calendar: Calendar) -> datetime:
    """The end of the last day of a period; of a working day its own end, not that of the days off after it."""
    return calendar.end_of_day(begins if every == WORKDAY else following - timedelta(days=1))


def _begin(every: str, day: date, calendar: Calendar) -> date | None:
    """The first day of the period this day lies in; for recurrences before the first one, the first."""
    if every == WORKDAY:
        while not calendar.is_workday(day):
            day -= timedelta(days=1)
        return day
    if every.startswith("RRULE:"):
        rule, moment = _rule(every), datetime.combine(day, time())
        found = rule.before(moment, inc=True) or rule.after(moment)
        return None if found is None else found.date()
    span = span_of(every)
    if span.unit in (Unit.DAYS, Unit.WEEKS):
        days = span.amount * (7 if span.unit is Unit.WEEKS else 1)
        return day - timedelta(days=(day - EPOCH).days % days)
    months = span.amount * (12 if span.unit is Unit.YEARS else 1)
    since = (day.year - EPOCH.year) * 12 + day.month - 1
    return add_months(EPOCH, since - since % months)


def _following(every: str, begins: date, calendar: Calendar) -> date | None:
    """The first day of the next period; None when the rhythm has none."""
    if every == WORKDAY:
        day = begins + timedelta(days=1)
        while not calendar.is_workday(day):
            day += timedelta(days=1)
        return day
    if every.startswith("RRULE:"):
        found = _rule(every).after(datetime.combine(begins, time()))
        return None if found is None else found.date()
    span = span_of(every)
    if span.unit in (Unit.DAYS, Unit.WEEKS):
        return begins + timedelta(days=span.amount * (7 if span.unit is Unit.WEEKS else 1))
    return add_months(begins, span.amount * (12 if span.unit is Unit.YEARS else 1))


@lru_cache(maxsize=256)
def _rule(every: str) -> rrule:
    rule = rrulestr(every, dtstart=datetime.combine(EPOCH, time()), cache=True)
    assert isinstance(rule, rrule)
    bounded: rrule = rule.replace(until=datetime.combine(LAST, time()))
    return bounded
