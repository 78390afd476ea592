"""The calendar: due times, counting, suspension, and the reasons for a due time.

Rules: the day of an event does not count (Civil Code art. 201); months end on the same date or the month's last
(art. 202); a limit in days, workdays, weeks, months or years ends with its last day, at the close of business where
the organisation has hours, else at midnight, and a last day that does not work gives way to the next that does
(art. 203). Minutes and hours run through nights and holidays, working hours only while the organisation is open.

Midnight at the end of a day is given as 23:59:59 of that day in the calendar's zone, so that a due time always
prints as its own date. All instants returned are in UTC; naive datetimes are refused with a ValueError.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from huiyin.calendars.arrangements import Arrangement
from huiyin.calendars.counting import Counting, aware, naive
from huiyin.calendars.day_table import DayTable
from huiyin.calendars.explanation import ExplainedDay, Explanation, explain_days
from huiyin.calendars.months import Period, add_months, last_day_of
from huiyin.calendars.opening import MINUTE, Opening, instant
from huiyin.calendars.organisation_time import Hours, OrganisationTime, titled
from huiyin.calendars.units import Span, Unit
from huiyin.records import made_quickly

_NO_OWN_TIME = OrganisationTime()


@made_quickly
@dataclass(frozen=True, slots=True)
class Due:
    """When something is due. `at` is an instant in UTC.

    `provisional` (暂定): the limit touches a year whose arrangement is not published, and was computed with plain
    weeks there; compute it anew when the arrangement is entered.
    """

    at: datetime
    provisional: bool


class Calendar(Counting):
    """Working time of one country or organisation. Immutable; `with_…` methods give a changed copy.

    Covers 1970 to 2149; a date outside raises ValueError. Where a method takes `datetime | date`, an instant counts
    as its date in the calendar's zone.
    """

    __slots__ = ("_arrangements", "_own", "id")

    def __init__(
        self,
        id: str,
        arrangements: Iterable[Arrangement] = (),
        *,
        zone: str = "Asia/Shanghai",
        own: OrganisationTime = _NO_OWN_TIME,
    ) -> None:
        self.id = id
        self._arrangements = {arrangement.year: arrangement for arrangement in arrangements}
        self._own = own
        days, key = DayTable(self._arrangements, own), ZoneInfo(zone)
        super().__init__(days, Opening(days, own, key), key)

    def __repr__(self) -> str:
        return f"Calendar({self.id!r}, zone={self._zone.key!r}, last_published_year={self.last_published_year})"

    # Due times

    def due(self, start: datetime, span: Span, *, roll: bool = True) -> Due:
        """When a limit that starts with an event at `start` is due.

        `roll=False` lets a limit in days, weeks, months or years end on a day that does not work.
        """
        unit = span.unit
        if unit is Unit.WORKDAYS:
            if start.tzinfo is None:
                raise naive(start)
            first = start.astimezone(self._zone).toordinal()
            return self._day_due(start, first, self._days.workday_after(first, span.amount))
        if unit.runs_by_the_minute:
            return self._minute_due(start, span)
        first = self._ordinal(start)
        nominal = self._natural_day_after(first, span)
        last = self._days.workday_after(nominal, 0) if roll else nominal
        return self._day_due(start, nominal, last)

    def same_day(self, start: datetime) -> Due:
        """The end of the day of `start`: close of business, or 23:59:59 if `start` is later than that."""
        day = self._ordinal(start)
        return self._day_due(start, day, day)

    def same_workday(self, start: datetime) -> Due:
        """As `same_day`, but the next working day if the day of `start` does not work."""
        return self._day_due(start, self._ordinal(start), self._days.workday_after(self._ordinal(start), 0))

    def next_workday_start(self, start: datetime) -> Due:
        """次日上班时: the next time a working day opens after `start`.

        During and after office hours that is the next working day's opening; before opening on a working day, and on
        a day off, it is the opening that comes first. A day without hours opens at 00:00.
        """
        first = last = self._ordinal(start)
        if not (self._days.works(first) and start < self._opening.start(first)):
            last = self._days.workday_after(first, 1)
        return Due(self._opening.start(last), self._touches_unpublished(first, last))

    def end_of_period(self, start: datetime, period: Period) -> Due:
        """The end of the last day of the period `start` lies in, working day or not (weeks end on Sunday)."""
        last = last_day_of(period, date.fromordinal(self._ordinal(start))).toordinal()
        return self._day_due(start, last, last)

    def resume(
        self, due: datetime, unit: Unit, suspended_at: datetime, resumed_at: datetime, *, roll: bool = True
    ) -> Due:
        """The due time after a suspension: what was left when the clock stopped is left when it starts again.

        Minutes and hours shift by the time elapsed, working hours by the open time between, workdays by working days,
        days and longer units by calendar days (then to the next working day, unless `roll` is off). A suspension
        after `due` changes nothing: the time was already used up. Raises ValueError if it ends before it begins.
        """
        due, suspended_at, resumed_at = (aware(at).astimezone(UTC) for at in (due, suspended_at, resumed_at))
        if resumed_at < suspended_at:
            raise ValueError("恢复时间早于中止时间，请核对两个时间。 / The resumption is earlier than the suspension.")
        first = self._ordinal(due)
        unchanged = Due(due, self._touches_unpublished(first, first) and unit not in _NATURAL_CLOCK)
        if suspended_at >= due:
            return unchanged
        if unit in _NATURAL_CLOCK:
            return Due(due + (resumed_at - suspended_at), False)
        if unit is Unit.WORKING_HOURS:
            missed = self._working_time(suspended_at, resumed_at)
            at = self._opening.after_open_time(first, instant(due), missed) if missed else unchanged.at
            return Due(at, self._touches_unpublished(self._ordinal(suspended_at), self._ordinal(at)))
        if unit is Unit.WORKDAYS:
            shift = self.workdays_between(suspended_at, resumed_at)
            last = self._days.workday_after(first, shift)
        else:
            shift = self.days_between(suspended_at, resumed_at)
            last = self._days.workday_after(first + shift, 0) if roll else first + shift
        return self._day_due(due, self._ordinal(suspended_at), last) if shift else unchanged

    # Being open

    @property
    def has_hours(self) -> bool:
        """Whether the organisation has set opening hours. Without them a working day counts as open all day."""
        return self._own.has_hours

    def next_open(self, at: datetime) -> datetime:
        """`at` itself when it is open then, else when it opens next (UTC).

        Raises ValueError at the calendar's end, as for an organisation that never opens.
        """
        found = self._opening.after_open_time(self._ordinal(at), instant(aware(at)), 1)
        return found - timedelta(microseconds=1)     # when the first open microsecond has passed, less that one

    def part_way(self, start: datetime, end: datetime, percent: int, *, worked: bool) -> datetime:
        """When so many percent of the time from `start` to `end` are over (UTC); `worked`: of the time that is open.

        Time that is never open counts as it passes by the clock.
        """
        open_time = self._working_time(start, end) if worked else 0
        if not open_time:
            return (start + (end - start) * percent / 100).astimezone(UTC)
        return self._opening.after_open_time(self._ordinal(start), instant(start), open_time * percent // 100)

    # Moving

    def after(self, at: datetime, span: Span) -> datetime:
        """So much later, for a reminder "2 workdays after due"; no rolling. See `before`."""
        return self._moved(at, span, forward=True)

    def before(self, at: datetime, span: Span) -> datetime:
        """So much earlier, for a reminder "1 workday before due".

        Day units keep the local time of day; the end of a day gives the end of the other day, even if they close at
        different times. Use `start_of_day` on the result for a reminder that shall be read that day.
        """
        return self._moved(at, span, forward=False)

    # Reasons

    def explain(self, start: datetime, span: Span, *, roll: bool = True) -> Explanation:
        """Why `due(start, span)` is what it is, day by day, with sentences for the screen."""
        due = self.due(start, span, roll=roll)
        day_units = not span.unit.runs_by_the_minute
        last = self._ordinal(due.at)
        natural = day_units and span.unit is not Unit.WORKDAYS
        return Explanation(
            start=start.astimezone(self._zone),
            span=span,
            due=due.at.astimezone(self._zone),
            provisional=due.provisional,
            at_closing=day_units and due.at != self._opening.last_second(last),
            last_published_year=self.last_published_year,
            days=explain_days(
                self._days.describe,
                span.unit,
                first=self._ordinal(start),
                nominal=self._natural_day_after(self._ordinal(start), span) if natural else last,
                last=last,
            ),
        )

    def workdays_through(
        self, start: datetime, until: datetime, pauses: Iterable[tuple[datetime, datetime]] = ()
    ) -> tuple[ExplainedDay, ...]:
        """Every day from `start` to `until` with its number among the working days, for a due time that was moved.

        `pauses`: when the time stood still; the day it stopped counts, the day it ran again does not, as in `resume`.
        """
        first, last = self._ordinal(start), self._ordinal(until)
        stopped = {day for begin, end in pauses for day in range(self._ordinal(begin) + 1, self._ordinal(end) + 1)}
        return explain_days(self._days.describe, Unit.WORKDAYS, first=first, nominal=last, last=last, stopped=stopped)

    # Changed copies

    def with_organisation(
        self,
        *,
        days_off: Mapping[date, str] | Iterable[date] | None = None,
        extra_workdays: Mapping[date, str] | Iterable[date] | None = None,
        half_days: Mapping[date, Hours] | None = None,
        hours: Mapping[int, Hours] | None = None,
        holiday_hours: Hours | None = None,
        workweek: Iterable[int] | None = None,
    ) -> Calendar:
        """This calendar with the organisation's own working time; what is not given stays as it was.

        Weekdays are 0 (Monday) to 6. Hours for a weekend day open the doors (`works_at`, working hours) without
        making it a working day; put the weekday into `workweek` for that. Make-up and extra working days have the
        hours of the first working weekday. See `OrganisationTime` and `Hours` for shapes; raises ValueError for
        hours that overlap and for a date that is both off and at work.
        """
        before = self._own
        own = OrganisationTime(
            days_off=before.days_off if days_off is None else titled(days_off, "本单位放假"),
            extra_workdays=before.extra_workdays if extra_workdays is None else titled(extra_workdays, "本单位上班"),
            half_days=before.half_days if half_days is None else dict(half_days),
            hours=before.hours if hours is None else dict(hours),
            holiday_hours=before.holiday_hours if holiday_hours is None else holiday_hours,
            workweek=before.workweek if workweek is None else frozenset(workweek),
        )
        return Calendar(self.id, self._arrangements.values(), zone=self._zone.key, own=own)

    def with_year(self, arrangement: Arrangement) -> Calendar:
        """This calendar with a year's arrangement entered, or replaced if it was there."""
        years = {**self._arrangements, arrangement.year: arrangement}
        return Calendar(self.id, years.values(), zone=self._zone.key, own=self._own)

    # Helpers

    def _touches_unpublished(self, first: int, last: int) -> bool:
        days = self._days
        return first < days.published_first or last > days.published_last

    def _day_due(self, start: datetime, first: int, last: int) -> Due:
        """The end of day `last`, never before `start`; provisional by the years from day `first` on."""
        at = self._opening.closing(last)
        if at < start:
            at = max(self._opening.last_second(last), start.astimezone(UTC))
        return Due(at, self._touches_unpublished(first, last))

    def _minute_due(self, start: datetime, span: Span) -> Due:
        if span.unit is Unit.WORKING_HOURS:
            first = self._ordinal(start)
            at = self._opening.after_open_time(first, instant(start), span.amount * 60 * MINUTE)
            return Due(at, self._touches_unpublished(first, self._ordinal(at)))
        at = _by_the_clock(start, span)
        return Due(at, False)

    def _natural_day_after(self, first: int, span: Span, *, forward: bool = True) -> int:
        amount = span.amount if forward else -span.amount
        match span.unit:
            case Unit.DAYS:
                return first + amount
            case Unit.WEEKS:
                return first + 7 * amount
            case Unit.MONTHS:
                return add_months(date.fromordinal(first), amount).toordinal()
            case Unit.YEARS:
                return add_months(date.fromordinal(first), 12 * amount).toordinal()
            case _:
                raise ValueError(f"{span.unit} 不是自然日单位。 / {span.unit} is not a natural unit.")

    def _moved(self, at: datetime, span: Span, *, forward: bool) -> datetime:
        unit = span.unit
        first = self._ordinal(at)
        if span.amount == 0:
            return at.astimezone(UTC)
        if unit is Unit.WORKING_HOURS:
            move = self._opening.after_open_time if forward else self._opening.before_open_time
            return move(first, instant(at), span.amount * 60 * MINUTE)
        if unit in _NATURAL_CLOCK:
            return _by_the_clock(at, span, forward=forward)
        if unit is Unit.WORKDAYS:
            move_days = self._days.workday_after if forward else self._days.workday_before
            last = move_days(first, span.amount)
        else:
            last = self._natural_day_after(first, span, forward=forward)
        if at.astimezone(UTC) == self._opening.closing(first):
            return self._opening.closing(last)
        clock = at.astimezone(self._zone)
        return datetime.combine(date.fromordinal(last), clock.time(), self._zone).astimezone(UTC)


_NATURAL_CLOCK = (Unit.MINUTES, Unit.HOURS)


def _by_the_clock(at: datetime, span: Span, *, forward: bool = True) -> datetime:
    """So many minutes or hours later or earlier, in UTC, where no clock changes."""
    amount = span.amount if forward else -span.amount
    try:
        elapsed = timedelta(minutes=amount) if span.unit is Unit.MINUTES else timedelta(hours=amount)
        return aware(at).astimezone(UTC) + elapsed
    except OverflowError as error:
        raise ValueError(f"时限 {span} 太长。 / The span {span} is too long.") from error
