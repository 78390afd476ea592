"""Lengths of time as regimes write them: "15 workdays", "2 working hours", "3 months"."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Unit(StrEnum):
    """The units of a limit. The value is the plural word of the regime language."""

    MINUTES = "minutes"
    HOURS = "hours"
    WORKING_HOURS = "working hours"
    DAYS = "days"
    WORKDAYS = "workdays"
    WEEKS = "weeks"
    MONTHS = "months"
    YEARS = "years"

    @property
    def singular(self) -> str:
        """The word for one: "workday"."""
        return self.value[:-1]

    @property
    def title_zh(self) -> str:
        """The unit as it follows a number in Chinese: "个工作日"."""
        return _TITLES_ZH[self]

    @property
    def runs_by_the_minute(self) -> bool:
        """True if a limit in this unit ends at a minute, false if it ends with a whole day."""
        return self in (Unit.MINUTES, Unit.HOURS, Unit.WORKING_HOURS)


_TITLES_ZH = {
    Unit.MINUTES: "分钟",
    Unit.HOURS: "小时",
    Unit.WORKING_HOURS: "个工作小时",
    Unit.DAYS: "天",
    Unit.WORKDAYS: "个工作日",
    Unit.WEEKS: "周",
    Unit.MONTHS: "个月",
    Unit.YEARS: "年",
}


@dataclass(frozen=True, slots=True)
class Span:
    """So much time in one unit. `amount` is never negative; use `Calendar.before` to go back."""

    amount: int
    unit: Unit

    def __post_init__(self) -> None:
        if self.amount < 0:
            raise ValueError(f"时长不能是负数：{self.amount}。 / A span cannot be negative: {self.amount}.")

    def __str__(self) -> str:
        return f"{self.amount} {self.unit.singular if self.amount == 1 else self.unit.value}"

    @property
    def title_zh(self) -> str:
        """As the screen shows it: "15个工作日"."""
        return f"{self.amount}{self.unit.title_zh}"
