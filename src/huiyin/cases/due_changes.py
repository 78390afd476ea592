"""What moved a due time since it was set, in sentences, Chinese and English: stood still, extended, due now, provisional."""

from datetime import datetime

from huiyin.calendars import Calendar
from huiyin.calendars.days import WEEKDAY_TITLES
from huiyin.calendars.written import parse_span

from .state import Obligation


def chinese(item: Obligation, calendar: Calendar) -> tuple[tuple[str, str], ...]:
    """Label and sentence of each change, in the order in which the due time is computed."""
    found = [("中止", f"{_moment(start, calendar)}至{_moment(end, calendar)}，不计入") for start, end in item.pauses]
    found += [("延长", f"获准延长{parse_span(added).title_zh}") for added in item.added]
    if item.paused_at is not None:
        found.append(("中止", f"{_moment(item.paused_at, calendar)}起停止计算，恢复办理后按中止的时间顺延"))
    elif item.due is not None and item.due != item.first_due:
        found.append(("现在", f"{_day(item.due, item.started_at, calendar)}到期"))
    if item.provisional:
        found.append(("暂定", "跨入尚未公布放假安排的年份，公布后重新计算"))
    return tuple(found)


def english(item: Obligation, calendar: Calendar) -> tuple[tuple[str, str], ...]:
    """The same in English."""
    found = [
        ("Suspended", f"{_moment_en(start, calendar)} to {_moment_en(end, calendar)}, not counted")
        for start, end in item.pauses
    ]
    found += [("Extended", f"{parse_span(added)} more were granted") for added in item.added]
    if item.paused_at is not None:
        since = _moment_en(item.paused_at, calendar)
        found.append(("Suspended", f"stands still since {since}; moves on by that time when resumed"))
    elif item.due is not None and item.due != item.first_due:
        found.append(("Now", f"due {item.due.astimezone(calendar.zone):%A, %-d %B %Y, %H:%M}"))
    if item.provisional:
        found.append(("Provisional", "it reaches a year whose holidays are not published; to be computed again"))
    return tuple(found)


def _day(due: datetime, start: datetime, calendar: Calendar) -> str:
    """With weekday, and with its year where that is another than the start's."""
    local = due.astimezone(calendar.zone)
    year = f"{local.year}年" if local.year != start.astimezone(calendar.zone).year else ""
    return f"{year}{local.month}月{local.day}日（{WEEKDAY_TITLES[local.weekday()]}）{local.hour}:{local.minute:02}"


def _moment(value: datetime, calendar: Calendar) -> str:
    local = value.astimezone(calendar.zone)
    return f"{local.month}月{local.day}日{local.hour}:{local.minute:02}"


def _moment_en(value: datetime, calendar: Calendar) -> str:
    return f"{value.astimezone(calendar.zone):%-d %B %H:%M}"
