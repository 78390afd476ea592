"""Every day of the calendar, laid out once so that counting working days is two look-ups in an array.

Days are named by their proleptic ordinal (`date.toordinal()`). The table runs from 1970 to 2149.
"""

from __future__ import annotations

from array import array
from collections.abc import Mapping
from datetime import date
from itertools import accumulate, compress

from huiyin.calendars.arrangements import Arrangement
from huiyin.calendars.days import WEEKDAY_TITLES, Day, DayKind
from huiyin.calendars.organisation_time import OrganisationTime

FIRST_DAY = date(1970, 1, 1)
LAST_DAY = date(2149, 12, 31)
_FIRST = FIRST_DAY.toordinal()
_LAST = LAST_DAY.toordinal()
OWN_SOURCE = "本单位"


class DayTable:
    """Which days work, and why. `published_first` and `published_last` are the ordinals of the published years."""

    __slots__ = ("_named", "_rank", "_workdays", "_works", "last_published_year", "published_first", "published_last")

    def __init__(self, arrangements: Mapping[int, Arrangement], own: OrganisationTime) -> None:
        self._named = _named_days(arrangements, own)
        self._works = _works(self._named, own)
        self._rank = array("i", accumulate(self._works))
        self._workdays = array("i", compress(range(_FIRST, _LAST + 1), self._works))
        first, last = _published_years(arrangements)
        self.last_published_year = last
        self.published_first = date(first, 1, 1).toordinal()
        self.published_last = date(last, 12, 31).toordinal()

    def works(self, ordinal: int) -> bool:
        return self._works[self._index(ordinal)] == 1

    def workdays_until(self, ordinal: int) -> int:
        """How many working days the table has up to and including this day."""
        return self._rank[self._index(ordinal)]

    def workday_after(self, ordinal: int, amount: int) -> int:
        """The `amount`-th working day after this day; 0 gives this day, or the next working day if it is none."""
        index = self._index(ordinal)
        target = self._rank[index] + amount - 1
        if amount == 0 and not self._works[index]:
            target += 1
        if target >= len(self._workdays):
            raise _outside()
        return self._workdays[target]

    def workday_before(self, ordinal: int, amount: int) -> int:
        """The `amount`-th working day before this day; 0 gives this day, or the last working day if it is none."""
        index = self._index(ordinal)
        target = self._rank[index] - 1 - (amount if self._works[index] or amount == 0 else amount - 1)
        if target < 0:
            raise _outside()
        return self._workdays[target]

    def is_published(self, ordinal: int) -> bool:
        return self.published_first <= ordinal <= self.published_last

    def describe(self, ordinal: int) -> Day:
        """The day with its title and source, for people to read."""
        self._index(ordinal)
        named = self._named.get(ordinal)
        if named is not None:
            return named
        day = date.fromordinal(ordinal)
        works = self.works(ordinal)
        kind = DayKind.WORKDAY if works else DayKind.WEEKEND
        source = "每周作息" if self.is_published(ordinal) else f"{day.year} 年安排未公布，按每周作息"
        return Day(day, kind, works, WEEKDAY_TITLES[day.weekday()], source)

    def kind(self, ordinal: int) -> DayKind:
        named = self._named.get(ordinal)
        if named is not None:
            return named.kind
        return DayKind.WORKDAY if self.works(ordinal) else DayKind.WEEKEND

    def _index(self, ordinal: int) -> int:
        if not _FIRST <= ordinal <= _LAST:
            raise _outside()
        return ordinal - _FIRST


def _outside() -> ValueError:
    return ValueError(
        f"日期超出日历范围（{FIRST_DAY.year} 至 {LAST_DAY.year} 年），请检查日期或时限的数字。"
        f" / The date is outside the calendar ({FIRST_DAY.year} to {LAST_DAY.year})."
    )


def _published_years(arrangements: Mapping[int, Arrangement]) -> tuple[int, int]:
    """The years published without a gap, from the first on; none at all if there are no arrangements."""
    if not arrangements:
        return FIRST_DAY.year, FIRST_DAY.year - 1
    first = last = min(arrangements)
    while last + 1 in arrangements:
        last += 1
    return first, last


def _works(named: Mapping[int, Day], own: OrganisationTime) -> bytearray:
    week = bytes(1 if (FIRST_DAY.weekday() + offset) % 7 in own.workweek else 0 for offset in range(7))
    days = _LAST - _FIRST + 1
    works = bytearray((week * (days // 7 + 1))[:days])
    for ordinal, day in named.items():
        works[ordinal - _FIRST] = day.works
    return works


def _named_days(arrangements: Mapping[int, Arrangement], own: OrganisationTime) -> dict[int, Day]:
    """Days that are not what their weekday says. Later entries win: the organisation's word is the last."""
    days: list[Day] = []
    for arrangement in arrangements.values():
        source = arrangement.source
        days += (Day(day, DayKind.HOLIDAY, False, title, source) for day, title in arrangement.off.items())
        days += (
            Day(day, DayKind.MAKE_UP, True, "补班", source)
            for day in arrangement.work
            if day.weekday() not in own.workweek
        )
    days += (Day(day, DayKind.DAY_OFF, False, title, OWN_SOURCE) for day, title in own.days_off.items())
    days += (Day(day, DayKind.EXTRA_WORKDAY, True, title, OWN_SOURCE) for day, title in own.extra_workdays.items())
    days += (Day(day, DayKind.HALF_DAY, True, own.extra_workdays.get(day, "半天"), OWN_SOURCE) for day in own.half_days)
    named = {day.date.toordinal(): day for day in days}
    if any(not _FIRST <= ordinal <= _LAST for ordinal in named):
        raise _outside()
    return named
