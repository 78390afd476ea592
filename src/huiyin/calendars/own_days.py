"""Looking over an organisation's own days before they are entered: days written twice, and days that change nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from huiyin.calendars.calendar import Calendar
from huiyin.calendars.entering import Fault
from huiyin.calendars.organisation_time import Hours


@dataclass(frozen=True, slots=True)
class OwnDayLine:
    """A day as somebody wrote it into a line: `kind` is off, extra or half; only a half day has `hours`."""

    line: int
    day: date
    kind: str
    title: str
    hours: Hours = ()


def look_over_days(
    lines: Sequence[OwnDayLine], public: Calendar, *, known: frozenset[tuple[date, str]], first: date, last: date
) -> tuple[Fault, ...]:
    """What is wrong with these days. `public` is the calendar without own days; `known` stood there before and may stay.

    New days must lie from `first` to `last`, and must differ from what holds anyway.
    """
    faults: list[Fault] = []
    seen: dict[date, int] = {}
    for each in lines:
        day, line = each.day, each.line
        before = seen.setdefault(day, line)
        if before != line:
            faults.append(Fault(line, f"{day}在第{before}行已经写过，一天只能有一种安排。",
                                f"{day} stands in line {before} already; a day has one arrangement."))
        if each.kind == "half" and not each.hours:
            faults.append(Fault(line, "请写明半天的办公时间，例如 08:30-12:00。", "Give the hours of the half day, such as 08:30-12:00."))
        if each.kind != "half" and each.hours:
            faults.append(Fault(line, "只有半天上班才写办公时间。", "Only a half day has hours of its own."))
        if (day, each.kind) in known:
            continue
        if not first <= day <= last:
            faults.append(Fault(line, f"{day}不在{first}至{last}之间，请核对年份。",
                                f"{day} is not between {first} and {last}; check the year."))
            continue
        works = public.day(day)
        if each.kind == "extra" and works.works:
            faults.append(Fault(line, f"{day}（{works.title}）本来就上班。", f"{day} is a working day anyway."))
        if each.kind == "off" and not works.works:
            faults.append(Fault(line, f"{day}（{works.title}）本来就不上班。", f"Nobody works on {day} anyway."))
    return tuple(faults)
