"""Values in the words of Chinese paperwork: 286.00元, 2026年9月28日9时05分, ☑来电　☐来访."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from huiyin.cases.values import is_empty
from huiyin.regime.model import Field, FieldType

TICKED, UNTICKED = "☑", "☐"
MOST_BOXES, WIDEST_BOXES = 6, 26
"""Choices are printed as boxes to tick while they are few and fit on a line (characters)."""


def has_boxes(field: Field) -> bool:
    """Whether a field's choices are few and short enough to be printed as boxes."""
    if field.type is FieldType.YES_NO:
        return True
    titles = tuple(field.choices.values())
    few = 1 < len(titles) <= MOST_BOXES and sum(len(title) + 2 for title in titles) <= WIDEST_BOXES
    return few and field.type in (FieldType.CHOICE, FieldType.CHOICES)


def ticked(field: Field, value: Any) -> str:
    """All choices, those chosen ticked."""
    if field.type is FieldType.YES_NO:
        choices = {True: "是", False: "否"}
        chosen: tuple[Any, ...] = () if value is None else (bool(value),)
        return "　".join(f"{TICKED if each in chosen else UNTICKED}{title}" for each, title in choices.items())
    chosen = tuple(value) if isinstance(value, list | tuple) else (value,)
    return "　".join(f"{TICKED if each in chosen else UNTICKED}{title}" for each, title in field.choices.items())


def plain_value(value: Any, field: Field | None, zone: ZoneInfo) -> str:
    """A value as people write it: 286.00元, 2026年9月28日, 收费、服务."""
    if is_empty(value):
        return ""
    if isinstance(value, bool):
        return yes_no(value)
    if isinstance(value, list | tuple):
        return "、".join(plain_value(each, field, zone) for each in value)
    if field is not None and field.type is FieldType.MONEY and isinstance(value, int | float):
        return f"{value:,.2f}元"
    if isinstance(value, int | float):
        return f"{value:g}" if abs(value) < 1e6 else f"{value:,.0f}"
    if field is not None and field.type is FieldType.DATE:
        return day_words(date.fromisoformat(value))
    if field is not None and field.type is FieldType.DATETIME:
        return moment_words(datetime.fromisoformat(value), zone)
    return field.choices.get(value, value) if field is not None else str(value)


def yes_no(value: bool) -> str:
    """是 or 否."""
    return "是" if value else "否"


def day_words(day: date) -> str:
    """2026年9月28日."""
    return f"{day.year}年{day.month}月{day.day}日"


def moment_words(at: datetime | None, zone: ZoneInfo) -> str:
    """2026年9月28日9时05分; the last minute of a day is the day itself."""
    if at is None:
        return ""
    local = at.astimezone(zone)
    if (local.hour, local.minute) == (23, 59):
        return day_words(local.date())
    minutes = f"{local.minute:02}分" if local.minute else ""
    return f"{day_words(local.date())}{local.hour}时{minutes}"
