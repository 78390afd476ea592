"""What an organisation adds to the public calendar: its own days off, extra working days and opening hours."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, time
from itertools import pairwise

Hours = tuple[tuple[time, time], ...]
"""Opening spans of one day in local wall time, e.g. ((08:00, 12:00), (14:00, 17:30)).

An end of 00:00 is midnight at the end of the day; an end earlier than its start is a night shift that runs into
the next day and belongs to the day it starts on.
"""

MINUTES_PER_DAY = 24 * 60


@dataclass(frozen=True, slots=True)
class OrganisationTime:
    """An organisation's own working time; the defaults add nothing.

    days_off: dates with their title (院庆). extra_workdays: dates with their title (义诊日).
    half_days: dates that have opening hours of their own; such a day works, and counts as one working day.
    hours: opening hours by weekday (0 is Monday). holiday_hours: opening hours on public holidays (on-call desks).
    workweek: weekdays that work when nothing else is said.
    """

    days_off: Mapping[date, str] = field(default_factory=dict)
    extra_workdays: Mapping[date, str] = field(default_factory=dict)
    half_days: Mapping[date, Hours] = field(default_factory=dict)
    hours: Mapping[int, Hours] = field(default_factory=dict)
    holiday_hours: Hours = ()
    workweek: frozenset[int] = frozenset(range(5))

    def __post_init__(self) -> None:
        clash = self.days_off.keys() & (self.extra_workdays.keys() | self.half_days.keys())
        if clash:
            raise ValueError(
                f"{min(clash)} 既是本单位放假日又是上班日，请删去一处。 / {min(clash)} is both a day off and a workday."
            )
        if not self.workweek or not (self.workweek | self.hours.keys()) <= set(range(7)):
            raise ValueError("星期须为 0（周一）至 6（周日），且至少有一天上班。 / Weekdays are 0 (Monday) to 6.")
        for hours in (*self.hours.values(), *self.half_days.values(), self.holiday_hours):
            _check(hours)
        _check_night_shifts([*self.hours.values(), *self.half_days.values(), self.holiday_hours])

    @property
    def has_hours(self) -> bool:
        """True if the organisation has said when it is open; without, a working day counts from 0 to 24 o'clock."""
        return bool(self.hours)

    def hours_of_make_up_day(self) -> Hours:
        """Hours of a weekend day on which people work: those of the first working weekday that has any."""
        return next((self.hours[weekday] for weekday in sorted(self.workweek) if self.hours.get(weekday)), ())


def titled(days: Mapping[date, str] | Iterable[date], title: str) -> Mapping[date, str]:
    """Give dates without titles a common one."""
    return dict(days) if isinstance(days, Mapping) else dict.fromkeys(days, title)


def minutes_of(span: tuple[time, time]) -> tuple[int, int]:
    """Opening and closing as minutes from the day's midnight; a night shift closes after 1440."""
    opening, closing = (moment.hour * 60 + moment.minute for moment in span)
    return opening, closing if closing > opening else closing + MINUTES_PER_DAY


def _check(hours: Hours) -> None:
    spans = [minutes_of(span) for span in hours]
    for (_, closing), (opening, _) in pairwise(spans):
        if opening < closing:
            raise ValueError(
                f"营业时间须按先后书写且不重叠：{_written(hours)}。 / Opening hours overlap or are out of order."
            )
    if any(moment.second or moment.microsecond or moment.tzinfo for span in hours for moment in span):
        raise ValueError(f"营业时间写到分钟，不带时区：{_written(hours)}。 / Opening hours are whole local minutes.")


def _check_night_shifts(days: Collection[Hours]) -> None:
    """A night shift must be over before any day opens, so that no minute is counted twice."""
    open_days = [hours for hours in days if hours]
    latest = max((minutes_of(hours[-1])[1] - MINUTES_PER_DAY for hours in open_days), default=0)
    earliest = min((minutes_of(hours[0])[0] for hours in open_days), default=0)
    if latest > max(earliest, 0):
        raise ValueError(
            "夜班结束晚于次日开始营业的时间，请改到不重叠。 / A night shift runs into the next day's hours."
        )


def _written(hours: Hours) -> str:
    return "、".join(f"{opening:%H:%M}-{closing:%H:%M}" for opening, closing in hours)
