"""An organisation's calendar, built from its rows once for every change."""

from collections.abc import Iterable
from datetime import time
from uuid import UUID

from huiyin.calendars import Calendar, Hours, china, read_arrangements
from huiyin.organisations.models import HolidayArrangement, Organisation, OwnDay, OwnDayKind
from huiyin.organisations.stamps import calendar_changed

_calendars: dict[UUID, tuple[str, Calendar]] = {}


def calendar_of(organisation: Organisation, stamp: str = "") -> Calendar:
    """The organisation's calendar: public holidays, its own days and its opening hours. One small query when cached.

    `stamp` is the calendar's stamp if just read; then there is none.
    """
    stamp = stamp or Organisation.objects.values_list("calendar_stamp", flat=True).get(pk=organisation.pk)
    known = _calendars.get(organisation.pk)
    if known is None or known[0] != stamp:
        known = _calendars[organisation.pk] = (stamp, _build(Organisation.objects.get(pk=organisation.pk)))
    return known[1]


def enter_arrangement(organisation: Organisation, table: str) -> tuple[int, ...]:
    """Enter the holidays of one or more years, announced after this version of Huiyin; gives the years.

    `table` is CSV with the columns year,holiday,off,work (see `huiyin.calendars.arrangements`). Raises ValueError
    naming the line that is wrong. Due times computed provisionally are for the caller to recalculate.
    """
    years = read_arrangements(table)
    header, *rows = [line for line in table.splitlines() if line.strip()]
    for arrangement in years:
        lines = [row for row in rows if row.split(",", 1)[0].strip() == str(arrangement.year)]
        HolidayArrangement.objects.update_or_create(
            organisation=organisation,
            year=arrangement.year,
            defaults={"table": "\n".join([header, *lines])},
        )
    calendar_changed(organisation.pk)
    return tuple(arrangement.year for arrangement in years)


def hours_from(spans: Iterable[Iterable[str]]) -> Hours:
    """Opening spans as the database keeps them ([["08:30", "12:00"]]) turned into times."""
    return tuple((time.fromisoformat(opening), time.fromisoformat(closing)) for opening, closing in spans)


def _build(organisation: Organisation) -> Calendar:
    calendar = china()
    for entered in HolidayArrangement.objects.filter(organisation=organisation):
        for arrangement in read_arrangements(entered.table):
            calendar = calendar.with_year(arrangement)
    own: dict[str, list[OwnDay]] = {kind: [] for kind in OwnDayKind.values}
    for day in OwnDay.objects.filter(organisation=organisation):
        own[day.kind].append(day)
    return calendar.with_organisation(
        days_off={day.day: day.title or "本单位放假" for day in own[OwnDayKind.OFF]},
        extra_workdays={day.day: day.title or "本单位上班" for day in own[OwnDayKind.EXTRA]},
        half_days={day.day: hours_from(day.hours) for day in own[OwnDayKind.HALF]},
        hours={int(weekday): hours_from(spans) for weekday, spans in organisation.opening_hours.items()},
        holiday_hours=hours_from(organisation.holiday_hours),
        workweek=organisation.workweek or None,
    )
