"""When somebody may be disturbed: staff in their working hours, complainants not at night."""

from datetime import datetime, time, timedelta

from huiyin.calendars import Calendar

QUIET_FROM, QUIET_TO = time(21), time(8)
"""Between these hours no complainant is sent a message, nor staff of an organisation without opening hours."""


def for_staff(calendar: Calendar, at: datetime, *, at_once: bool) -> datetime:
    """When a member of staff may be told: now if it cannot wait (on duty, or the regime says so), else in office hours."""
    if at_once:
        return at
    try:
        return calendar.next_open(at) if calendar.has_hours else by_day(calendar, at)
    except ValueError:      # it never opens: better at night than never
        return at


def by_day(calendar: Calendar, at: datetime) -> datetime:
    """`at`, or eight in the morning (local time) after a night."""
    local = at.astimezone(calendar.zone)
    if QUIET_TO <= local.time() < QUIET_FROM:
        return at
    day = local.date() + timedelta(days=local.time() >= QUIET_FROM)
    return datetime.combine(day, QUIET_TO, calendar.zone)
