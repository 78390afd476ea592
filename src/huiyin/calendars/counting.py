"""What days are, and how much time lies between two moments."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from huiyin.calendars.day_table import DayTable
from huiyin.calendars.days import Day
from huiyin.calendars.months import whole_months
from huiyin.calendars.opening import MINUTE, Opening, instant


class Counting:
    """The questions a calendar answers without adding: is it open, how many working days between.

    An instant counts as its date in the calendar's zone. All counts are whole and signed.
    """

    __slots__ = ("_days", "_opening", "_zone")

    def __init__(self, days: DayTable, opening: Opening, zone: ZoneInfo) -> None:
        self._days = days
        self._opening = opening
        self._zone = zone

    @property
    def zone(self) -> ZoneInfo:
        return self._zone

    @property
    def last_published_year(self) -> int:
        """The last year published without a gap since the first."""
        return self._days.last_published_year

    def day(self, day: date) -> Day:
        """What kind of day this is, with its title and source."""
        return self._days.describe(self._ordinal(day))

    def is_workday(self, day: datetime | date) -> bool:
        return self._days.works(self._ordinal(day))

    def works_at(self, at: datetime) -> bool:
        """Whether the organisation is open at this instant; without opening hours, whether the day works."""
        return self._opening.is_open(self._ordinal(at), instant(at))

    def end_of_day(self, day: datetime | date) -> datetime:
        """Close of business if the organisation has hours that day, else 23:59:59 local time."""
        return self._opening.closing(self._ordinal(day))

    def start_of_day(self, day: datetime | date) -> datetime:
        """Opening of business if the organisation has hours that day, else 00:00 local time."""
        return self._opening.start(self._ordinal(day))

    def workdays_between(self, a: datetime | date, b: datetime | date) -> int:
        """Working days after the date of `a` up to and including that of `b`; negative if `b` is earlier."""
        return self._days.workdays_until(self._ordinal(b)) - self._days.workdays_until(self._ordinal(a))

    def days_between(self, a: datetime | date, b: datetime | date) -> int:
        """Dates from `a` to `b`; negative if `b` is earlier."""
        return self._ordinal(b) - self._ordinal(a)

    def hours_between(self, a: datetime, b: datetime) -> int:
        """Whole hours elapsed; negative if `b` is earlier."""
        elapsed = instant(aware(b)) - instant(aware(a))
        return elapsed // (60 * MINUTE) if elapsed >= 0 else -(-elapsed // (60 * MINUTE))

    def months_between(self, a: datetime | date, b: datetime | date) -> int:
        """Whole months by date; negative if `b` is earlier. 31 January to 28 February is one month."""
        first, last = date.fromordinal(self._ordinal(a)), date.fromordinal(self._ordinal(b))
        return whole_months(first, last) if first <= last else -whole_months(last, first)

    def working_minutes_between(self, a: datetime, b: datetime) -> int:
        """Whole minutes of open time; negative if `b` is earlier."""
        if instant(aware(b)) < instant(aware(a)):
            return -(self._working_time(b, a) // MINUTE)
        return self._working_time(a, b) // MINUTE

    def _ordinal(self, day: datetime | date) -> int:
        if isinstance(day, datetime):
            return aware(day).astimezone(self._zone).toordinal()
        return day.toordinal()

    def _working_time(self, a: datetime, b: datetime) -> int:
        """Open microseconds from `a` to `b`, which is not earlier."""
        return self._opening.open_between(self._ordinal(a), instant(a), self._ordinal(b), instant(b))


def aware(at: datetime) -> datetime:
    """The moment itself; ValueError if it has no time zone."""
    if at.tzinfo is None or at.utcoffset() is None:
        raise naive(at)
    return at


def naive(at: datetime) -> ValueError:
    """The refusal of a moment without time zone."""
    return ValueError(f"时间 {at} 没有时区，请带上时区，例如 +08:00。 / The time {at} has no time zone; add one.")
