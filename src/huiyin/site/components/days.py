"""Why this day: working days as weeks from Monday, each day with what it counts for."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _


@dataclass(frozen=True, slots=True)
class DayCell:
    """A day in the grid. `kind` is start, count, skip, due or none; `note` is the ordinal or the reason (第3天, 国庆)."""

    day: date
    kind: str
    note: str
    today: bool = False

    @property
    def label(self) -> str:
        """The day's number; the first of a month and the start carry the month as well (10/1)."""
        return f"{self.day.month}/{self.day.day}" if self.day.day == 1 or self.kind == "start" else str(self.day.day)


def day_weeks(cells: Iterable[DayCell]) -> Sequence[DayCell]:
    """The cells filled up to whole weeks from Monday to Sunday; days before, after and between are `none`."""
    given = {cell.day: cell for cell in cells}
    if not given:
        return []
    first = min(given) - timedelta(days=min(given).weekday())
    last = max(given) + timedelta(days=6 - max(given).weekday())
    days = (first + timedelta(days=offset) for offset in range((last - first).days + 1))
    return [given.get(day, DayCell(day, "none", "")) for day in days]


def spoken(cells: Iterable[DayCell]) -> str:
    """The grid in one sentence for people who do not see it: 9月28日受理；9月29日第1天；…"""
    parts = (
        _("%(day)s%(note)s") % {"day": date_format(cell.day, "MONTH_DAY_FORMAT"), "note": cell.note}
        for cell in cells
        if cell.kind != "none"
    )
    return _("；").join(parts)
