"""工作时间 in words: the week, own days, yearly arrangements, what a change says and what it means for cases."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from huiyin.application.working_time import CaseEffect
from huiyin.calendars import Arrangement
from huiyin.calendars.spans import written_hours
from huiyin.organisations.models import ChangeState, WorkingTimeChange
from huiyin.organisations.working_time import WorkingTime, arrangements_of, hours_from
from huiyin.workbench.desk import Desk
from huiyin.workbench.forms.working_time import USUAL_WEEK, WEEKDAYS
from huiyin.workbench.words.moments import full_due_words, moment_words, weekday_words


@dataclass(frozen=True, slots=True)
class YearLine:
    """A year's holidays: (title, days off, make-up days). `entered`: not built in."""

    year: int
    entered: bool
    holidays: Sequence[tuple[str, str, str]]


@dataclass(frozen=True, slots=True)
class EffectLine:
    """A case and the sentences about its limits, each with whether it is past due at once."""

    number: str
    sees: bool
    limits: Sequence[tuple[str, bool]]


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """A change in the history."""

    change: WorkingTimeChange
    who: str
    when: str
    state: str
    tone: str
    what: Sequence[str]


def week_lines(found: WorkingTime) -> list[tuple[Any, bool, str]]:
    """Weekday, whether worked, opening hours."""
    week = found.workweek or USUAL_WEEK
    return [
        (title, number in week, written_hours(hours_from(found.hours.get(str(number), ()))))
        for number, title in enumerate(WEEKDAYS)
    ]


def day_line(day: Mapping[str, Any]) -> str:
    """2026年10月9日 放假：院庆."""
    kind = {"off": _("放假"), "extra": _("加班上班"), "half": _("半天上班")}[day["kind"]]
    hours = written_hours(hours_from(day["hours"]))
    named = f"{date_format(date.fromisoformat(day['day']), 'DATE_FORMAT')} {kind}" + (f" {hours}" if hours else "")
    return _("%(day)s：%(title)s") % {"day": named, "title": day["title"]} if day["title"] else named


def year_lines(found: WorkingTime, today: date) -> list[YearLine]:
    """The years around today, and those entered; newest first."""
    known = arrangements_of(found)
    years = sorted({year for year in known if year >= today.year - 1 or str(year) in found.years}, reverse=True)
    return [YearLine(year, str(year) in found.years, _holidays(known[year])) for year in years]


def change_line(desk: Desk, change: WorkingTimeChange) -> ChangeLine:
    """What was changed, by whom, when and why."""
    by = change.applied_by if change.applied_at else change.proposed_by
    states = {
        ChangeState.CHECKING: (_("正在核对影响：%(done)s/%(total)s"), ""),
        ChangeState.READY: (_("已核对，等待确认"), "warning"),
        ChangeState.APPLYING: (_("已生效，正在改算到期时间：%(done)s/%(total)s"), "primary"),
        ChangeState.DONE: (_("已完成，改了%(changed)s件案件的到期时间"), "success"),
        ChangeState.DROPPED: (_("没有采用"), ""),
    }
    state, tone = states[ChangeState(change.state)]
    counts = {"done": change.checked, "total": change.total, "changed": change.changed}
    when = moment_words(change.applied_at or change.proposed_at, desk.world)
    return ChangeLine(change, by.name if by else _("命令行"), when, state % counts, tone, what_changed(change))


def what_changed(change: WorkingTimeChange) -> list[str]:
    """Each difference as a sentence."""
    before, after = WorkingTime(**change.before), WorkingTime(**change.after)
    lines = []
    for (title, worked, hours), (_title, works, now) in zip(week_lines(before), week_lines(after), strict=True):
        if (worked, hours) != (works, now):
            words = {"day": title, "before": _week_words(hours, works=worked), "after": _week_words(now, works=works)}
            lines.append(_("%(day)s：%(before)s → %(after)s") % words)
    if before.holiday_hours != after.holiday_hours:
        duty = [written_hours(hours_from(each.holiday_hours)) or _("没有") for each in (before, after)]
        lines.append(_("法定假日值班：%(before)s → %(after)s") % {"before": duty[0], "after": duty[1]})
    lines += [_("新增 %(day)s") % {"day": day_line(day)} for day in after.days if day not in before.days]
    lines += [_("删去 %(day)s") % {"day": day_line(day)} for day in before.days if day not in after.days]
    for year, table in after.years.items():
        if table != before.years.get(year):
            holidays = _("；").join(f"{title} {off}" for title, off, _work in _holidays(arrangements_of(after)[int(year)]))
            lines.append(_("%(year)s年放假安排：%(holidays)s") % {"year": year, "holidays": holidays})
    return lines


def effect_lines(desk: Desk, found: Iterable[CaseEffect]) -> list[EffectLine]:
    """What becomes of each case's limits."""
    return [EffectLine(each.number, each.sees, [_limit(desk, limit) for limit in each.limits]) for each in found]


def _limit(desk: Desk, limit: Mapping[str, Any]) -> tuple[str, bool]:
    before, after = (datetime.fromisoformat(limit[name]) for name in ("before", "after"))
    words = {"title": limit["title"], "before": full_due_words(before, desk.world), "after": full_due_words(after, desk.world)}
    if before == after:
        sentence = _("“%(title)s”%(after)s不变") % words
    else:
        sentence = _("“%(title)s”由%(before)s改为%(after)s") % words
    if limit["was_provisional"] and not limit["provisional"]:
        sentence += _("，不再是暂定")
    if limit["provisional"] and not limit["was_provisional"]:
        sentence += _("，成为暂定")
    return sentence + (_("，改定时已过，随即提醒并按超期办理") if limit["late"] else ""), bool(limit["late"])


def _week_words(hours: str, *, works: bool) -> str:
    return " ".join(filter(None, (_("上班") if works else _("不上班"), hours)))


def _holidays(arrangement: Arrangement) -> list[tuple[str, str, str]]:
    titles = dict.fromkeys((*arrangement.off.values(), *arrangement.work.values()))
    return [
        (title, _runs(day for day, name in arrangement.off.items() if name == title),
         _runs(day for day, name in arrangement.work.items() if name == title))
        for title in titles
    ]  # fmt: skip


def _runs(days: Iterable[date]) -> str:
    """10月1日至7日、10月10日; 1–7 Oct, 10 Oct."""
    written = []
    for _key, run in groupby(enumerate(sorted(days)), key=lambda pair: pair[1] - timedelta(days=pair[0])):
        found = [day for _number, day in run]
        first, last = (date_format(day, "MONTH_DAY_FORMAT") for day in (found[0], found[-1]))
        if first == last:
            written.append(first)
        elif found[0].month == found[-1].month:
            written.append(_("%(first)s至%(day)s日") % {"first": first, "number": found[0].day, "day": found[-1].day, "last": last})
        else:
            written.append(_("%(first)s至%(last)s") % {"first": first, "last": last})
    return _("、").join(written)


def upcoming_days(found: WorkingTime, today: date) -> list[str]:
    """Own days that are still to come, with their weekday."""
    coming = [(date.fromisoformat(day["day"]), day) for day in found.days]
    return [f"{weekday_words(at)} {day_line(day)}" for at, day in coming if at >= today]
