"""Months, quarters and years as dates: adding with clipping to the month's end, counting whole ones, finding ends."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import Literal

Period = Literal["day", "week", "month", "quarter", "half-year", "year"]
_MONTHS_IN = {"month": 1, "quarter": 3, "half-year": 6, "year": 12}


def add_months(day: date, months: int) -> date:
    """The same date so many months on (or back), or the month's last date (Civil Code art. 202)."""
    years, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not 1 <= years <= 9999:
        raise ValueError("日期超出日历范围，请检查时限的数字。 / The date is outside the calendar.")
    return date(years, month + 1, min(day.day, monthrange(years, month + 1)[1]))


def whole_months(earlier: date, later: date) -> int:
    """The most months that can be added to `earlier` without passing `later`, which is not before it."""
    months = (later.year - earlier.year) * 12 + later.month - earlier.month
    return months if add_months(earlier, months) <= later else months - 1


def last_day_of(period: Period, day: date) -> date:
    """The last date of the day, week (Sunday), month, quarter, half-year or year this date lies in."""
    if period == "day":
        return day
    if period == "week":
        return day + timedelta(days=6 - day.weekday())
    length = _MONTHS_IN.get(period)
    if length is None:
        raise ValueError(
            f"不认识周期“{period}”；请写 day、week、month、quarter、half-year 或 year。 / Unknown period: {period}."
        )
    month = (day.month - 1) // length * length + length
    return date(day.year, month, monthrange(day.year, month)[1])
