"""Yearly arrangements of public holidays and make-up working days, and the table they are kept in.

The table is CSV with the columns `year,holiday,off,work`: one row per holiday of an arrangement, dates as
`2026-10-01`, a run of days as `2026-10-01..2026-10-07`, several separated by blanks. `year` is the year the
arrangement is made for; it may reach into the neighbouring years (2018-12-29 belongs to 2019).
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib import resources

_COLUMNS = ["year", "holiday", "off", "work"]


@dataclass(frozen=True, slots=True)
class Arrangement:
    """One year's public holidays: `off` and `work` give each date the holiday it belongs to.

    `work` holds make-up working days. `source` names the publisher, e.g. "国务院办公厅 2026 安排".
    """

    year: int
    off: Mapping[date, str]
    work: Mapping[date, str]
    source: str

    def __post_init__(self) -> None:
        both = self.off.keys() & self.work.keys()
        if both:
            day = min(both)
            raise ValueError(
                f"{self.year} 年安排中 {day} 既放假又上班，请改正其中一处。"
                f" / {day} is both off and at work in the arrangement for {self.year}."
            )


def read_arrangements(text: str, *, issuer: str = "国务院办公厅") -> tuple[Arrangement, ...]:
    """Read a table of arrangements, sorted by year. Raises ValueError with the line number for a bad row."""
    off: dict[int, dict[date, str]] = {}
    work: dict[int, dict[date, str]] = {}
    reader = csv.DictReader(text.splitlines(), strict=True)
    if reader.fieldnames != _COLUMNS:
        raise ValueError(
            f"第 1 行：列应为 {','.join(_COLUMNS)}，现为 {','.join(reader.fieldnames or [])}。"
            f" / Line 1: the columns must be {','.join(_COLUMNS)}."
        )
    for row in reader:
        try:
            year = int(row["year"])
            off.setdefault(year, {}).update(dict.fromkeys(dates_written(row["off"]), row["holiday"]))
            work.setdefault(year, {}).update(dict.fromkeys(dates_written(row["work"]), row["holiday"]))
        except (ValueError, TypeError, AttributeError) as error:
            raise ValueError(
                f"第 {reader.line_num} 行：年份写作 2026，日期写作 2026-10-01 或 2026-10-01..2026-10-07（{error}）。"
                f" / Line {reader.line_num}: write years as 2026 and dates as 2026-10-01 or 2026-10-01..2026-10-07."
            ) from error
    return tuple(Arrangement(year, off[year], work[year], f"{issuer} {year} 安排") for year in sorted(off))


@cache
def china_arrangements() -> tuple[Arrangement, ...]:
    """The State Council's arrangements for 2007 to 2026, from the table in this package."""
    table = resources.files("huiyin.calendars").joinpath("china.csv").read_text(encoding="utf-8")
    return read_arrangements(table)


def dates_written(cell: str) -> Iterator[date]:
    """The dates of a cell: `2026-10-01`, a run `2026-10-01..2026-10-07`, several separated by blanks. Raises ValueError."""
    for run in cell.split():
        first, _, last = run.partition("..")
        begin = date.fromisoformat(first)
        end = date.fromisoformat(last or first)
        if end < begin:
            raise ValueError(run)
        for offset in range((end - begin).days + 1):
            yield begin + timedelta(days=offset)
