"""The words the stories of working time are told in."""

from datetime import datetime
from zoneinfo import ZoneInfo

from huiyin.calendars import Calendar, parse_span

CHINA = ZoneInfo("Asia/Shanghai")


def at(text: str) -> datetime:
    """A moment in China, e.g. "2026-09-28 09:26"."""
    return datetime.fromisoformat(text).replace(tzinfo=CHINA)


def due(calendar: Calendar, start: str, span: str, *, roll: bool = True) -> str:
    """The due time in China as text."""
    return f"{calendar.due(at(start), parse_span(span), roll=roll).at.astimezone(CHINA):%Y-%m-%d %H:%M}"
