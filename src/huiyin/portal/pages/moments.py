"""Days and times in people's words: 10月16日 周五, 今天 17:30, 10月16日前."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

_WEEKDAYS = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")
_LAST_MINUTE = (23, 59)


def day_words(day: date, today: date | None = None) -> str:
    """10月16日 周五; with `today` given, 今天 and 明天 by name and the year where it is another one."""
    if today is not None and (day - today).days in (0, 1):
        return _("今天") if day == today else _("明天")
    if _english():
        return date_format(day, "D j M Y" if today and day.year != today.year else "D j M")
    year = f"{day.year}年" if today and day.year != today.year else ""
    return f"{year}{day.month}月{day.day}日 {_WEEKDAYS[day.weekday()]}"


def short_day(day: date, today: date | None = None) -> str:
    """10月16日, for narrow places."""
    if _english():
        return date_format(day, "j M Y" if today and day.year != today.year else "j M")
    year = f"{day.year}年" if today and day.year != today.year else ""
    return f"{year}{day.month}月{day.day}日"


def clock_words(at: datetime) -> str:
    """17:30, of a time that is local already."""
    return f"{at.hour}:{at.minute:02}"


def moment_words(at: datetime, zone: ZoneInfo, now: datetime) -> str:
    """When something happened: 今天 10:32, 10月8日 11:05."""
    local, today = at.astimezone(zone), now.astimezone(zone).date()
    day = _("今天") if local.date() == today else short_day(local.date(), today)
    return f"{day} {clock_words(local)}"


def due_words(due: datetime, zone: ZoneInfo, now: datetime, *, weekday: bool = True) -> str:
    """Until when: 今天 17:30前, 10月16日 周五前. The hour counts on the last day only."""
    local, today = due.astimezone(zone), now.astimezone(zone).date()
    near = (local.date() - today).days in (0, 1)
    words = day_words(local.date(), today) if weekday or near else short_day(local.date(), today)
    if local.date() == today and (local.hour, local.minute) != _LAST_MINUTE:
        words = f"{words} {clock_words(local)}"
    return _("%(day)s前") % {"day": words}


def _english() -> bool:
    return (get_language() or "").startswith("en")
