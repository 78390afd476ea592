"""What an administrator types becomes a working time, or is refused with every line that cannot be right."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from huiyin.calendars.entering import Fault, look_over
from huiyin.calendars.own_days import OwnDayLine, look_over_days
from huiyin.organisations.working_time import WorkingTime, arrangements_of, calendar_with, hours_kept, with_years

FIRST_YEAR = 2007
YEARS_AHEAD, YEARS_BACK = 5, 1


class WorkingTimeRefusedError(ValueError):
    """A change cannot be made; `faults` say where and why."""

    def __init__(self, *faults: Fault) -> None:
        super().__init__("；".join(f"第{each.line}行：{each.zh}" if each.line else each.zh for each in faults))
        self.faults = faults


def with_table(current: WorkingTime, table: str, today: date, *, correct: bool = False) -> WorkingTime:
    """Working time with the years of a table entered. `correct` lets a year that is known already be replaced.

    Raises:
        WorkingTimeRefusedError: with every line that cannot be right.
    """
    known = arrangements_of(current)
    found, faults = look_over(table, known)
    if faults:
        raise WorkingTimeRefusedError(*faults)
    for each in found:
        if not FIRST_YEAR <= each.year <= today.year + YEARS_AHEAD:
            raise WorkingTimeRefusedError(
                Fault(0, f"{each.year}年不能录入，请核对年份。", f"{each.year} cannot be entered; check the year.")
            )
        before = known.get(each.year)
        if before is not None and (before.off, before.work) == (each.off, each.work):
            raise WorkingTimeRefusedError(
                Fault(0, f"{each.year}年的安排已经收录，内容相同。", f"The arrangement for {each.year} is known already.")
            )
        if before is not None and not correct:
            raise WorkingTimeRefusedError(
                Fault(0, f"{each.year}年已有一份内容不同的安排；确实要更正的，请选“更正已有的安排”。",
                      f"There is a different arrangement for {each.year}; to replace it, choose to correct it.")
            )  # fmt: skip
    return with_years(current, table)


def with_days(current: WorkingTime, lines: Sequence[OwnDayLine], today: date) -> WorkingTime:
    """Working time with these days in place of the organisation's own from `shown_from` on; earlier ones stay.

    Raises:
        WorkingTimeRefusedError: with every line that cannot be right.
    """
    first = shown_from(today)
    known = frozenset((date.fromisoformat(day["day"]), str(day["kind"])) for day in current.days)
    public = calendar_with(replace(current, days=()))
    last = date(today.year + YEARS_AHEAD, 12, 31)
    faults = look_over_days(lines, public, known=known, first=first, last=last)
    if faults:
        raise WorkingTimeRefusedError(*faults)
    earlier = [day for day in current.days if date.fromisoformat(day["day"]) < first]
    written = [
        {"day": each.day.isoformat(), "kind": each.kind, "title": each.title, "hours": hours_kept(each.hours)}
        for each in sorted(lines, key=lambda each: each.day)
    ]
    return replace(current, days=[*earlier, *written])


def shown_from(today: date) -> date:
    """Own days from here on can be changed; those before are history."""
    return date(today.year - YEARS_BACK, 1, 1)
