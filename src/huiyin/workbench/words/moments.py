"""Days and times as people say them: 今天17:30, 10月16日 周五, 超期1个工作日."""

from datetime import date, datetime, timedelta

from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from huiyin.application.world import World
from huiyin.calendars.entering import Fault


def weekday_words(day: date) -> str:
    """周一 to 周日."""
    return (_("周一"), _("周二"), _("周三"), _("周四"), _("周五"), _("周六"), _("周日"))[day.weekday()]


def date_words(day: date, today: date) -> str:
    """10月16日; with the year when it is not this one."""
    return date_format(day, "MONTH_DAY_FORMAT" if day.year == today.year else "DATE_FORMAT")


def day_words(day: date, today: date) -> str:
    """10月16日 周五."""
    return _("%(date)s %(weekday)s") % {"date": date_words(day, today), "weekday": weekday_words(day)}


def now_words(world: World) -> str:
    """2026年10月9日 周五 10:20: the moment of the page, with its year."""
    local = world.now.astimezone(world.calendar.zone)
    words = {"date": date_format(local, "DATE_FORMAT"), "weekday": weekday_words(local.date())}
    return f"{_('%(date)s %(weekday)s') % words} {clock_words(local)}"


def clock_words(moment: datetime) -> str:
    """9:05, in the zone the moment carries."""
    return f"{moment.hour}:{moment.minute:02}"


def moment_words(moment: datetime, world: World) -> str:
    """今天9:15, 昨天11:05, 9月30日16:20."""
    local = moment.astimezone(world.calendar.zone)
    apart = (world.today - local.date()).days
    if apart == 0:
        return _("今天%(time)s") % {"time": clock_words(local)}
    if apart == 1:
        return _("昨天%(time)s") % {"time": clock_words(local)}
    if apart == -1:
        return _("明天%(time)s") % {"time": clock_words(local)}
    return _("%(day)s%(time)s") % {"day": date_words(local.date(), world.today), "time": clock_words(local)}


def due_words(due: datetime | None, world: World, *, paused: bool = False) -> tuple[str, str]:
    """The state of the due component and its words. Without a due time: 及时, which has no figure."""
    if paused:
        return "paused", _("已中止")
    if due is None:
        return "later", _("及时办理")
    if due < world.now:
        return "overdue", _("超期%(time)s") % {"time": late_by(due, world)}
    local = due.astimezone(world.calendar.zone)
    until = _until(local)
    if local.date() == world.today:
        return "today", _("今天%(time)s") % {"time": until}
    if local.date() == world.today + timedelta(days=1):
        return "soon", _("明天%(time)s") % {"time": until}
    return "later", day_words(local.date(), world.today)


def _until(local: datetime) -> str:
    """The clock time; the last second of a day is said as 24:00."""
    return "24:00" if (local.hour, local.minute, local.second) == (23, 59, 59) else clock_words(local)


def full_due_words(due: datetime, world: World) -> str:
    """10月16日 周五17:30前."""
    local = due.astimezone(world.calendar.zone)
    return _("%(day)s%(time)s前") % {"day": day_words(local.date(), world.today), "time": _until(local)}


def late_by(due: datetime, world: World) -> str:
    """How late something is: working days; natural ones over days off; hours and minutes within the first."""
    workdays = world.calendar.workdays_between(due, world.now)
    if workdays:
        return _("1个工作日") if workdays == 1 else _("%(count)s个工作日") % {"count": workdays}
    days = (world.now - due).days
    if days:
        return _("1天") if days == 1 else _("%(count)s天") % {"count": days}
    minutes = int((world.now - due).total_seconds() // 60)
    hours, rest = divmod(minutes, 60)
    if hours and rest:
        return _("%(hours)s小时%(minutes)s分") % {"hours": hours, "minutes": rest}
    if hours:
        return _("1小时") if hours == 1 else _("%(hours)s小时") % {"hours": hours}
    return _("1分钟") if rest <= 1 else _("%(minutes)s分钟") % {"minutes": rest}


def fault_words(fault: Fault) -> str:
    """第2行：…, in the language of the page."""
    said = fault.zh if (get_language() or "zh").startswith("zh") else fault.en
    return _("第%(line)s行：%(said)s") % {"line": fault.line, "said": said} if fault.line else said
