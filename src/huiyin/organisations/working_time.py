"""An organisation's working time, and the calendar that is built from it once for every change."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, time
from functools import lru_cache
from typing import Any
from uuid import UUID

from huiyin.calendars import Arrangement, Calendar, Hours, china, read_arrangements
from huiyin.calendars.arrangements import china_arrangements
from huiyin.organisations.models import HolidayArrangement, Organisation, OwnDay, OwnDayKind
from huiyin.organisations.stamps import calendar_changed

Spans = Sequence[Sequence[str]]

_calendars: dict[UUID, tuple[str, Calendar]] = {}


def calendar_of(organisation: Organisation, stamp: str = "") -> Calendar:
    """The organisation's calendar: public holidays, its own days and its opening hours. One small query when cached.

    `stamp` is the calendar's stamp if just read; then there is none.
    """
    stamp = stamp or Organisation.objects.values_list("calendar_stamp", flat=True).get(pk=organisation.pk)
    known = _calendars.get(organisation.pk)
    if known is None or known[0] != stamp:
        known = _calendars[organisation.pk] = (stamp, _build(organisation))
    return known[1]


@dataclass(frozen=True, slots=True)
class WorkingTime:
    """The whole working time of an organisation as it is kept: what people change, and what a history remembers.

    hours: weekday "0" (Monday) to "6" → [["08:30", "12:00"]]; workweek: weekdays, empty for Monday to Friday;
    days: {"day": "2026-10-09", "kind", "title", "hours"} by date; years: year → table (see `calendars.arrangements`).
    """

    hours: Mapping[str, Spans] = field(default_factory=dict)
    workweek: Sequence[int] = ()
    holiday_hours: Spans = ()
    days: Sequence[Mapping[str, Any]] = ()
    years: Mapping[str, str] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """As the database keeps it."""
        return {"hours": dict(self.hours), "workweek": list(self.workweek), "holiday_hours": list(self.holiday_hours),
                "days": [dict(day) for day in self.days], "years": dict(self.years)}  # fmt: skip


def working_time_of(organisation: Organisation) -> WorkingTime:
    """The working time in force; three queries."""
    found = Organisation.objects.only("opening_hours", "workweek", "holiday_hours").get(pk=organisation.pk)
    days = [
        {"day": day.day.isoformat(), "kind": day.kind, "title": day.title, "hours": day.hours}
        for day in OwnDay.objects.filter(organisation=organisation)
    ]
    years = {str(entered.year): entered.table for entered in HolidayArrangement.objects.filter(organisation=organisation)}
    return WorkingTime(found.opening_hours, found.workweek, found.holiday_hours, days, years)


def store_working_time(organisation: Organisation, wanted: WorkingTime) -> None:
    """Put another working time in force. Due times are for the caller to set anew. In a transaction of the caller's."""
    Organisation.objects.filter(pk=organisation.pk).update(
        opening_hours=dict(wanted.hours), workweek=list(wanted.workweek), holiday_hours=list(wanted.holiday_hours)
    )
    before = working_time_of(organisation).days
    gone = [day["day"] for day in before if day not in wanted.days]
    OwnDay.objects.filter(organisation=organisation, day__in=gone).delete()
    OwnDay.objects.bulk_create([OwnDay(organisation=organisation, **day) for day in wanted.days if day not in before])
    entered = HolidayArrangement.objects.filter(organisation=organisation)
    entered.exclude(year__in=[int(year) for year in wanted.years]).delete()
    known = dict(entered.values_list("year", "table"))
    for year, table in wanted.years.items():
        if known.get(int(year)) != table:
            HolidayArrangement.objects.update_or_create(
                organisation=organisation, year=int(year), defaults={"table": table}
            )
    calendar_changed(organisation.pk)


def arrangements_of(wanted: WorkingTime) -> dict[int, Arrangement]:
    """The yearly arrangements known: those built in, replaced and added to by those entered."""
    known = {arrangement.year: arrangement for arrangement in china_arrangements()}
    for table in wanted.years.values():
        known |= {arrangement.year: arrangement for arrangement in read_arrangements(table)}
    return known


def with_years(wanted: WorkingTime, table: str) -> WorkingTime:
    """The working time with the years of a table entered, or replaced. Raises ValueError naming the line that is wrong."""
    header, *rows = [line for line in table.splitlines() if line.strip()]
    years = dict(wanted.years)
    for arrangement in read_arrangements("\n".join([header, *rows])):
        lines = [row for row in rows if row.split(",", 1)[0].strip() == str(arrangement.year)]
        years[str(arrangement.year)] = "\n".join([header, *lines])
    return replace(wanted, years=dict(sorted(years.items())))


def calendar_with(wanted: WorkingTime) -> Calendar:
    """The calendar of a working time. Raises ValueError for what contradicts itself."""
    calendar = china()
    for table in wanted.years.values():
        for arrangement in read_arrangements(table):
            calendar = calendar.with_year(arrangement)
    own: dict[str, list[Mapping[str, Any]]] = {kind: [] for kind in OwnDayKind.values}
    for day in wanted.days:
        own[day["kind"]].append(day)
    return calendar.with_organisation(
        days_off={_date(day): day["title"] or "本单位放假" for day in own[OwnDayKind.OFF]},
        extra_workdays={_date(day): day["title"] or "本单位上班" for day in own[OwnDayKind.EXTRA]},
        half_days={_date(day): hours_from(day["hours"]) for day in own[OwnDayKind.HALF]},
        hours={int(weekday): hours_from(spans) for weekday, spans in wanted.hours.items()},
        holiday_hours=hours_from(wanted.holiday_hours),
        workweek=wanted.workweek or None,
    )


def hours_from(spans: Iterable[Iterable[str]]) -> Hours:
    """Opening spans as the database keeps them ([["08:30", "12:00"]]) turned into times."""
    return tuple((time.fromisoformat(opening), time.fromisoformat(closing)) for opening, closing in spans)


def hours_kept(hours: Hours) -> list[list[str]]:
    """Times turned into opening spans as the database keeps them."""
    return [[f"{opening:%H:%M}", f"{closing:%H:%M}"] for opening, closing in hours]


def _build(organisation: Organisation) -> Calendar:
    return _built(json.dumps(working_time_of(organisation).as_json(), sort_keys=True))


@lru_cache(maxsize=64)
def _built(working_time: str) -> Calendar:
    """Organisations that work at the same times share one calendar: its tables of days are large, and it never changes."""
    return calendar_with(WorkingTime(**json.loads(working_time)))


def _date(day: Mapping[str, Any]) -> date:
    return date.fromisoformat(day["day"])
