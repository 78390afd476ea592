"""Looking over a table of holidays that somebody typed before it is entered: every line that cannot be right is named."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from huiyin.calendars.arrangements import Arrangement, dates_written, read_arrangements

COLUMNS = ("year", "holiday", "off", "work")
MOST_DAYS_OFF = 10
"""No holiday has had more days off in a row than nine; a longer run is a slip in a date."""

# Where the fixed holidays lie (State Council, 全国年节及纪念日放假办法), by month and day; the lunar ones move within these bounds.
_ON = {"元旦": ((1, 1), (1, 1)), "春节": ((1, 20), (2, 22)), "清明节": ((4, 3), (4, 6)), "劳动节": ((5, 1), (5, 1)),
       "端午节": ((5, 25), (6, 26)), "中秋节": ((9, 6), (10, 10)), "国庆节": ((10, 1), (10, 1))}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in a line (0: in the whole), in Chinese and in English."""

    line: int
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class _Row:
    line: int
    year: int
    holiday: str
    off: tuple[date, ...]
    work: tuple[date, ...]


def look_over(table: str, known: Mapping[int, Arrangement]) -> tuple[tuple[Arrangement, ...], tuple[Fault, ...]]:
    """The arrangements of a table, or what is wrong with it; one of both is empty. `known` are the arrangements by year."""
    faults: list[Fault] = []
    rows = list(_rows(table, faults))
    seen: dict[date, int] = {}
    names: dict[tuple[int, str], int] = {}
    for row in rows:
        faults += _of_row(row, known)
        before = names.setdefault((row.year, row.holiday), row.line)
        if before != row.line:
            faults.append(Fault(row.line, f"{row.year}年的“{row.holiday}”第{before}行已经写过，请合成一行。",
                                f"{row.holiday} of {row.year} stands in line {before} already; make it one line."))
        for day in (*row.off, *row.work):
            first = seen.setdefault(day, row.line)
            if first != row.line or (row.off + row.work).count(day) > 1:
                faults.append(Fault(row.line, f"{day}写了两次（第{first}行也有），请只留一处。",
                                    f"{day} is named twice (line {first} has it, too)."))
                break
    if not rows and not faults:
        faults.append(Fault(0, "没有一行安排。", "There is no arrangement in it."))
    if faults:
        return (), tuple(sorted(faults, key=lambda fault: fault.line))
    return read_arrangements("\n".join(line for line in table.splitlines() if line.strip())), ()


def _rows(table: str, faults: list[Fault]) -> Iterator[_Row]:
    reader = csv.reader(table.splitlines())
    header = [cell.strip() for cell in next(reader, [])]
    if tuple(header) != COLUMNS:
        faults.append(Fault(1, f"第一行应为 {','.join(COLUMNS)}。", f"The first line must be {','.join(COLUMNS)}."))
        return
    for cells in reader:
        if not any(cell.strip() for cell in cells):
            continue
        line = reader.line_num
        if len(cells) != len(COLUMNS):
            faults.append(Fault(line, f"应有{len(COLUMNS)}列，现有{len(cells)}列。",
                                f"There must be {len(COLUMNS)} columns, not {len(cells)}."))
            continue
        year, holiday, off, work = (cell.strip() for cell in cells)
        try:
            row = _Row(line, int(year), holiday, tuple(dates_written(off)), tuple(dates_written(work)))
        except ValueError as error:
            faults.append(Fault(line, f"年份写作 2027，日期写作 2027-10-01 或 2027-10-01..2027-10-07（{error}）。",
                                f"Write years as 2027 and dates as 2027-10-01 or 2027-10-01..2027-10-07 ({error})."))
            continue
        yield row


def _of_row(row: _Row, known: Mapping[int, Arrangement]) -> Iterator[Fault]:
    if not row.holiday or not row.off:
        yield Fault(row.line, "请写明节日名称和放假日期。", "Name the holiday and its days off.")
    outside = [day for day in (*row.off, *row.work) if not date(row.year - 1, 12, 1) <= day <= date(row.year + 1, 1, 31)]
    if outside:
        yield Fault(row.line, f"{outside[0]}不在{row.year}年前后。", f"{outside[0]} lies nowhere near {row.year}.")
        return
    if len(row.off) > MOST_DAYS_OFF:
        yield Fault(row.line, f"“{row.holiday}”放假{len(row.off)}天，太多了，请核对日期。",
                    f"{len(row.off)} days off for one holiday are too many; check the dates.")
    for name in row.holiday.split("、"):
        if name in _ON and row.off and not any(_lies(day, row.year, name) for day in row.off):
            yield Fault(row.line, f"{row.year}年的“{name}”不在所写的日子里，请核对名称和日期。",
                        f"{name} of {row.year} does not fall on these days; check name and dates.")
    for day in row.work:
        if day.weekday() < 5 and not any(day in each.off for each in known.values()):
            yield Fault(row.line, f"{day}本来就是工作日，不是补班。", f"{day} is a working day anyway, not a make-up day.")
    for other in known.values():
        if other.year == row.year:
            continue
        clash = next((day for day in row.off if day in other.work), None) or next((d for d in row.work if d in other.off), None)
        if clash:
            yield Fault(row.line, f"{clash}与{other.year}年的安排矛盾。", f"{clash} contradicts the arrangement for {other.year}.")


def _lies(day: date, year: int, name: str) -> bool:
    first, last = _ON[name]
    return day.year == year and first <= (day.month, day.day) <= last
