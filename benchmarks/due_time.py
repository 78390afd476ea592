"""What a due time costs: `calendar.due` beside a day-by-day loop over chinesecalendar, in one run.

Run with `python -m benchmarks.due_time`. Ends with status 1 if "15 workdays" costs more than the budget.
"""

import sys
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from statistics import median
from time import perf_counter

import chinese_calendar

from huiyin.calendars import Calendar, Span, Unit, china, parse_span

BUDGET_IN_MICROSECONDS = 5.0
BATCH = 100_000
PEER_BATCH = 1_000
ROUNDS = 5


def starts(amount: int) -> list[datetime]:
    """Moments spread over 2019 to 2025, each different."""
    step = timedelta(days=365 * 7) / amount
    return [datetime(2019, 1, 2, 1, 30, tzinfo=UTC) + step * number for number in range(amount)]


def microseconds_a_call(work: Callable[[datetime], object], moments: list[datetime]) -> float:
    """The median over several rounds of the time one call takes."""
    rounds = []
    for _ in range(ROUNDS):
        begin = perf_counter()
        for moment in moments:
            work(moment)
        rounds.append((perf_counter() - begin) / len(moments) * 1e6)
    return median(rounds)


def peer_loop(start: datetime, amount: int) -> date:
    """How one adds working days with a library that only answers for single days."""
    day = start.astimezone(china().zone).date()
    while amount:
        day += timedelta(days=1)
        amount -= chinese_calendar.is_workday(day)
    return day


def office() -> Calendar:
    day = ((time(8), time(12)), (time(14), time(17, 30)))
    return china().with_organisation(hours=dict.fromkeys(range(5), day))


def main() -> int:
    span = parse_span("15 workdays")
    calendar, with_hours = china(), office()
    sample = starts(PEER_BATCH)
    assert all(calendar.due(s, span).at.astimezone(calendar.zone).date() == peer_loop(s, 15) for s in sample)

    moments = starts(BATCH)
    measured = {
        "15 workdays, state calendar": microseconds_a_call(lambda start: calendar.due(start, span), moments),
        "15 workdays, office hours": microseconds_a_call(lambda start: with_hours.due(start, span), moments),
    }
    worst = max(measured.values())
    for unit in (Unit.DAYS, Unit.MONTHS, Unit.HOURS, Unit.WORKING_HOURS):
        other = Span(15, unit)
        label = f"{other}, office hours"
        measured[label] = microseconds_a_call(lambda start, other=other: with_hours.due(start, other), moments)
    measured["workdays between, 15 workdays apart"] = microseconds_a_call(
        lambda start: calendar.workdays_between(start, start + timedelta(days=21)), moments
    )
    peer = microseconds_a_call(lambda start: peer_loop(start, 15), sample)

    for label, cost in measured.items():
        print(f"{label:<38} {cost:9.2f} µs a call   {peer / cost:7.1f} × the peer")
    print(f"{'peer: chinesecalendar loop, 15 workdays':<38} {peer:8.2f} µs a call")
    print(f"batch of {BATCH:,}: {worst * BATCH / 1e6:.2f} s")
    print(
        f"budget {BUDGET_IN_MICROSECONDS} µs: {'kept' if worst <= BUDGET_IN_MICROSECONDS else 'MISSED'} ({worst:.2f})"
    )
    return 0 if worst <= BUDGET_IN_MICROSECONDS else 1


if __name__ == "__main__":
    sys.exit(main())
