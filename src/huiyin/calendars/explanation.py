"""Why a limit is due on that day: the days counted and skipped, and the sentences that say so."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from huiyin.calendars import sentences
from huiyin.calendars.days import Day, DayKind
from huiyin.calendars.units import Span, Unit

Role = Literal["start", "count", "skip", "stop", "due"]


@dataclass(frozen=True, slots=True)
class ExplainedDay:
    """One day between start and due.

    `kind`: the start, a day that counts, one that does not, one on which the time stood still (`stop`), or the due day.
    `ordinal`: the how-manieth counted day it is, None if it does not count. `title`, `day_kind` and `source` are those of
    the calendar's `Day`.
    """

    date: date
    kind: Role
    ordinal: int | None
    title: str
    day_kind: DayKind
    source: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """The reasons for one due time; `start` and `due` are in the calendar's zone.

    `days` holds every day from start to due. `at_closing`: due at the close of business, not at midnight or a minute.
    """

    start: datetime
    span: Span
    due: datetime
    provisional: bool
    at_closing: bool
    last_published_year: int
    days: tuple[ExplainedDay, ...]

    @property
    def counted(self) -> tuple[ExplainedDay, ...]:
        return tuple(day for day in self.days if day.ordinal is not None)

    @property
    def skipped(self) -> tuple[ExplainedDay, ...]:
        return tuple(day for day in self.days if day.kind == "skip")

    @property
    def made_up(self) -> tuple[ExplainedDay, ...]:
        """Working days counted although their weekday would not: make-up days and the organisation's extra days."""
        if self.span.unit is not Unit.WORKDAYS:
            return ()
        special = (DayKind.MAKE_UP, DayKind.EXTRA_WORKDAY)
        return tuple(day for day in self.counted if day.day_kind in special)

    @property
    def rolled_from(self) -> ExplainedDay | None:
        """The last counted day, if it does not work and the due day moved on from it."""
        counted = self.counted
        return counted[-1] if counted and counted[-1].kind != "due" else None

    def sentences_zh(self, event: str = "") -> list[tuple[str, str]]:
        """Label and sentence: 从、给、跳过、计入、顺延、到、暂定, where they apply. `event` names the start (受理)."""
        return sentences.chinese(self, event)

    def sentences_en(self, event: str = "") -> list[tuple[str, str]]:
        """The same in English: From, Allowed, Skipped, Counted, Moved, Due, Provisional."""
        return sentences.english(self, event)


def explain_days(
    describe: Callable[[int], Day], unit: Unit, *, first: int, nominal: int, last: int, stopped: Collection[int] = ()
) -> tuple[ExplainedDay, ...]:
    """The days from ordinal `first` to `last`; natural units count every day up to `nominal` and skip after it.

    On the days in `stopped` the time stood still: they do not count, whatever day they are.
    """
    days: list[ExplainedDay] = []
    counted = 0
    for ordinal in range(first, last + 1):
        day = describe(ordinal)
        stands = ordinal in stopped
        counts = ordinal > first and not stands and (day.works if unit is Unit.WORKDAYS else ordinal <= nominal)
        numbered = counts and not unit.runs_by_the_minute
        counted += numbered
        role: Role = "count" if counts else "stop" if stands else "skip"
        if unit is Unit.WORKING_HOURS and not day.works:
            role = "skip"
        if ordinal in (first, last):
            role = "due" if ordinal == last else "start"
        days.append(ExplainedDay(day.date, role, counted if numbered else None, day.title, day.kind, day.source))
    return tuple(days)
