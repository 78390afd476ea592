"""What a calendar says about one day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

WEEKDAY_TITLES = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")


class DayKind(StrEnum):
    """Why a day works or not."""

    WORKDAY = "workday"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    MAKE_UP = "make-up"
    """调休上班: a weekend day on which the yearly arrangement has people work."""
    DAY_OFF = "day-off"
    """The organisation's own day off."""
    EXTRA_WORKDAY = "extra-workday"
    """The organisation's own working day on a weekend or holiday."""
    HALF_DAY = "half-day"
    """A working day of the organisation with opening hours of its own; it counts as one working day."""


@dataclass(frozen=True, slots=True)
class Day:
    """One day of a calendar.

    `title` is what a person would call it (国庆节, 周六, 补班); `source` is who said so
    (国务院办公厅 2026 安排, 本单位, 每周作息, or that the year's arrangement is not published).
    """

    date: date
    kind: DayKind
    works: bool
    title: str
    source: str
