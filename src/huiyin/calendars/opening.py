"""Opening hours as instants: when a day closes, what is open, and how working time runs.

Instants are whole microseconds since 1970-01-01T00:00Z, so that nothing is lost to rounding.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, tzinfo

from huiyin.calendars.day_table import DayTable
from huiyin.calendars.days import DayKind
from huiyin.calendars.organisation_time import MINUTES_PER_DAY, Hours, OrganisationTime, minutes_of

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_WHOLE_DAY: Hours = ((time(0), time(0)),)
MINUTE = 60_000_000
SECOND = 1_000_000


def instant(moment: datetime) -> int:
    """Microseconds since 1970 of an aware datetime."""
    return (moment - _EPOCH) // _MICROSECOND


def moment(instant: int) -> datetime:
    """The UTC datetime of an instant."""
    return _EPOCH + timedelta(microseconds=instant)


class Opening:
    """The opening hours of every day, worked out when first asked for."""

    __slots__ = ("_closings", "_days", "_own", "_spans", "_zone")

    def __init__(self, days: DayTable, own: OrganisationTime, zone: tzinfo) -> None:
        self._days = days
        self._own = own
        self._zone = zone
        self._closings: dict[int, datetime] = {}
        self._spans: dict[int, tuple[tuple[int, int], ...]] = {}

    def hours(self, ordinal: int) -> Hours:
        """The day's opening spans in local time; empty if closed, or if the organisation has set none."""
        own = self._own
        match self._days.kind(ordinal):
            case DayKind.HALF_DAY:
                return own.half_days[date.fromordinal(ordinal)]
            case DayKind.HOLIDAY:
                return own.holiday_hours
            case DayKind.DAY_OFF:
                return ()
            case DayKind.MAKE_UP | DayKind.EXTRA_WORKDAY:
                return own.hours_of_make_up_day()
            case DayKind.WORKDAY | DayKind.WEEKEND:
                return own.hours.get((ordinal - 1) % 7, ())

    def closing(self, ordinal: int) -> datetime:
        """The end of the day in UTC: close of business, else 23:59:59 local time. Always on the date itself."""
        closing = self._closings.get(ordinal)
        if closing is None:
            hours = self.hours(ordinal)
            minutes = minutes_of(hours[-1])[1] if hours else MINUTES_PER_DAY
            midnight = self.last_second(ordinal)
            closing = self._closings[ordinal] = (
                midnight if minutes >= MINUTES_PER_DAY else moment(self._local(ordinal, minutes))
            )
        return closing

    def last_second(self, ordinal: int) -> datetime:
        """23:59:59 local time of the day, in UTC."""
        return moment(self._local(ordinal, MINUTES_PER_DAY) - SECOND)

    def start(self, ordinal: int) -> datetime:
        """When the day opens, or its first minute if it has no hours, in UTC."""
        hours = self.hours(ordinal)
        return moment(self._local(ordinal, minutes_of(hours[0])[0] if hours else 0))

    def is_open(self, ordinal: int, at: int) -> bool:
        """Whether it is open at this instant, which falls on this day (or in a night shift of the day before)."""
        return any(opening <= at < closing for day in (ordinal - 1, ordinal) for opening, closing in self.spans(day))

    def spans(self, ordinal: int) -> tuple[tuple[int, int], ...]:
        """The day's opening spans as instants. A working day of an organisation without hours is open all day."""
        spans = self._spans.get(ordinal)
        if spans is None:
            hours = self.hours(ordinal)
            if not self._own.has_hours and not hours and self._days.works(ordinal):
                hours = _WHOLE_DAY
            spans = self._spans[ordinal] = tuple(
                (self._local(ordinal, opening), self._local(ordinal, closing))
                for opening, closing in map(minutes_of, hours)
            )
        return spans

    def open_between(self, first: int, begin: int, last: int, end: int) -> int:
        """Open microseconds between two instants, which fall on the days `first` and `last`."""
        total = 0
        for day in range(first - 1, last + 1):
            for opening, closing in self.spans(day):
                total += max(0, min(closing, end) - max(opening, begin))
        return total

    def after_open_time(self, ordinal: int, at: int, amount: int) -> datetime:
        """When so many open microseconds have passed since `at`, which falls on this day.

        Raises ValueError at the calendar's end, as for an organisation that never opens.
        """
        day = ordinal - 1
        while True:
            for opening, closing in self.spans(day):
                begin = max(opening, at)
                if begin >= closing:
                    continue
                if amount <= closing - begin:
                    return moment(begin + amount)
                amount -= closing - begin
            day += 1

    def before_open_time(self, ordinal: int, at: int, amount: int) -> datetime:
        """The instant from which so many open microseconds pass until `at`; ValueError as in `after_open_time`."""
        day = ordinal
        while True:
            for opening, closing in reversed(self.spans(day)):
                until = min(closing, at)
                if until <= opening:
                    continue
                if amount <= until - opening:
                    return moment(until - amount)
                amount -= until - opening
            day -= 1

    def _local(self, ordinal: int, minutes: int) -> int:
        day, minute = divmod(minutes, MINUTES_PER_DAY)
        local = datetime.combine(date.fromordinal(ordinal + day), time(minute // 60, minute % 60), self._zone)
        return instant(local)
