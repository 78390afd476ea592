"""What a due time costs: `calendar.due` beside a day-by-day loop over the library chinesecalendar, in one run."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from time import perf_counter

import chinese_calendar

from huiyin.calendars import Calendar, Span, Unit, china, parse_span

from .figures import Figure
from .sizes import Sizes
from .timing import median

BUDGET_MICROSECONDS = 5.0
PEER_SHARE = 100
ROUNDS = 5


def measure(sizes: Sizes) -> list[Figure]:
    """ "15 workdays" with and without office hours, other units, and the peer."""
    span, calendar, with_hours = parse_span("15 workdays"), china(), office()
    sample = starts(max(sizes.moments // PEER_SHARE, 50))
    assert all(calendar.due(s, span).at.astimezone(calendar.zone).date() == peer_loop(s, 15) for s in sample)

    moments = starts(sizes.moments)
    peer = microseconds_a_call(lambda start: peer_loop(start, 15), sample)

    def figure(what: str, work: Callable[[datetime], object], budget: float | None = None) -> Figure:
        cost = microseconds_a_call(work, moments)
        return Figure("due time", what, cost, "µs", budget, beside=f"day-by-day loop {peer:.1f} µs, {peer / cost:.1f} ×")

    found = [
        figure("15 workdays, state calendar", lambda start: calendar.due(start, span), BUDGET_MICROSECONDS),
        figure("15 workdays, office hours", lambda start: with_hours.due(start, span), BUDGET_MICROSECONDS),
    ]
    for unit in (Unit.DAYS, Unit.MONTHS, Unit.HOURS, Unit.WORKING_HOURS):
        other = Span(15, unit)
        found.append(figure(f"{other}, office hours", lambda start, other=other: with_hours.due(start, other)))
    return found


def starts(amount: int) -> list[datetime]:
    """Moments spread over 2019 to 2025, each different."""
    step = timedelta(days=365 * 7) / amount
    return [datetime(2019, 1, 2, 1, 30, tzinfo=UTC) + step * number for number in range(amount)]


def microseconds_a_call(work: Callable[[datetime], object], moments: list[datetime]) -> float:
    """The median over several rounds of the time one call takes."""
    rounds = []
    for _ in range(ROUNDS):
        begun = perf_counter()
        for moment in moments:
            work(moment)
        rounds.append((perf_counter() - begun) / len(moments) * 1e6)
    return median(rounds)


def peer_loop(start: datetime, amount: int) -> date:
    """How one adds working days with a library that only answers for single days."""
    day = start.astimezone(china().zone).date()
    while amount:
        day += timedelta(days=1)
        amount -= chinese_calendar.is_workday(day)
    return day


def office() -> Calendar:
    """A calendar with business hours in the morning and in the afternoon."""
    day = ((time(8), time(12)), (time(14), time(17, 30)))
    return china().with_organisation(hours=dict.fromkeys(range(5), day))
