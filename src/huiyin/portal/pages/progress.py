"""How far a case is: the headline that says what the complainant does now, the line of steps, what is due and next."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from huiyin.application.loading import Opened
from huiyin.cases.events import CompletionAsked, Event, Suspended
from huiyin.cases.state import Case, Obligation
from huiyin.site.components import Step

from .milestones import Course, ending_of, is_answer, leads_to, milestone_word, running_for_complainant
from .moments import due_words, short_day
from .offers import Offers

WIDE_AT_MOST = 5
"""With more steps than this a phone has no room for 10月16日 below each; they get 10/16."""


@dataclass(frozen=True, slots=True)
class Headline:
    """What is so, what you do now; `state` and `word` are for the pill."""

    title: str
    sentence: str
    state: str
    word: str = ""


@dataclass(frozen=True, slots=True)
class Box:
    """One figure in the strip: what, until when, and how it stands. `tone`: ok, error, warn or empty."""

    label: str
    value: str
    note: str
    tone: str = ""


def headline_of(opened: Opened, offers: Offers, course: Course, events: Sequence[Event]) -> Headline:
    """The first thing the page says."""
    case = opened.case
    if case.state == "waiting":
        return Headline(_("请您补充材料"), _last_text(events, CompletionAsked), "paused", _("等您补充"))
    if case.state == "suspended":
        return Headline(_("暂时停办，您不用做什么"), _last_text(events, Suspended), "paused")
    if offers.rating is not None and not course.anew and (case.answered or offers.rating.step):
        return Headline(_("已经答复您，请您评价"), "", "replied")
    step = next((each for each in offers.others if each.expected), None)
    if step is not None:
        return Headline(_("请您办一件事：%(title)s") % {"title": step.title}, "", "paused", _("等您办理"))
    if case.state == "closed":
        return _ended(opened)
    return _underway(case, course)


def _ended(opened: Opened) -> Headline:
    case = opened.case
    if "withdrawn" in case.signals:
        return Headline(_("您已经撤回，这件事到此为止"), "", "stopped", _("已撤回"))
    ending = ending_of(case)
    if ending and "replied" not in case.signals:
        return Headline(_ending_title(ending), "", "stopped", milestone_word(opened.regime, ending))
    return Headline(_("已经办结，您不用做什么"), "", "closed")


def _ending_title(ending: str) -> str:
    """What became of a case that did not go its usual way."""
    titles = {
        "refused": _("这件事不予受理，理由和依据在下面"),
        "explained": _("已经向您说明情况，依据在下面"),
        "settled": _("当场已经解决，您不用做什么"),
        "merged": _("已经并入正在办理的同一件事，一并答复您"),
        "transferred": _("已经转给有权处理的单位，去向在下面"),
        "terminated": _("已经终止办理，理由在下面"),
    }
    return titles[ending]


def _underway(case: Case, course: Course) -> Headline:
    if course.anew:
        return Headline(_("正在再次处理，您不用做什么"), "", "investigate", _("再次处理"))
    if course.answered:
        return Headline(_("已经答复您"), _("如果还有话要说，可以在下面写给我们。"), "replied")
    if case.transfer is not None and case.transfer.stage in ("decided", "sent"):
        if case.transfer.stage == "decided":
            return Headline(_("这件事将移送有权处理的单位，您不用做什么"), "", "stopped", _("待移送"))
        return Headline(_("已经移送有权处理的单位，您不用做什么"), _("等对方签收；去向和联系方式在下面。"), "stopped", _("已移送"))
    if case.transfer is not None and case.transfer.stage == "received":
        return Headline(_("已经移送，由有权处理的单位办理并答复您"), _("联系方式在下面。"), "stopped", _("已移送"))
    if case.transfer is not None and case.transfer.stage == "returned" and not case.assessment:
        return Headline(_("对方退回了，正在重新审查"), _("您不用做什么；怎样办理会在这里告诉您。"), "assess")
    if ending_of(case):
        return Headline(_("这件事有了结果，理由在下面"), "", "stopped")
    if "assigned" in case.signals or "accepted" in case.signals:
        return Headline(_("正在核实，您不用做什么"), _("需要您补充时会在这里告诉您。"), "investigate")
    return Headline(_("已经登记，正在看是否受理"), _("您不用做什么；需要补充时会在这里告诉您。"), "assess")


def steps_of(opened: Opened, course: Course) -> list[Step]:
    """The milestones the regime shows, with the day each was reached or is due."""
    case, regime = opened.case, opened.regime
    names = list(regime.portal.progress)
    ending = "" if "replied" in case.signals else ending_of(case)
    if ending:
        names = [name for name in names if name in case.signals and name != "closed"] + [ending]
        names += ["closed"] if case.state == "closed" else []
    narrow = len(names) > WIDE_AT_MOST
    last = max((place for place, name in enumerate(names) if _is_reached(case, course, name)), default=-1)
    now = last + 1 if case.state != "closed" else len(names)
    return [
        Step(
            milestone_word(regime, name),
            "done" if place <= last else "now" if place == now else "todo",
            _when(opened, course, name, reached=place <= last, narrow=narrow),
        )
        for place, name in enumerate(names)
    ]


def _when(opened: Opened, course: Course, milestone: str, *, reached: bool, narrow: bool) -> str:
    zone, today = opened.world.calendar.zone, opened.world.today
    if reached:
        at = course.reached.get(milestone) or (opened.case.filed_at if milestone == "registered" else None)
        return _day(at.astimezone(zone).date(), today, narrow=narrow) if at else ""
    due = _last_due(opened, milestone)
    return _("%(day)s前") % {"day": _day(due.astimezone(zone).date(), today, narrow=narrow)} if due else ""


def _last_due(opened: Opened, milestone: str) -> datetime | None:
    """The latest of the limits that lead to a milestone: an earlier one may only be about the way there."""
    limits = opened.regime.limits
    return max(
        (
            item.due
            for item in running_for_complainant(opened.regime, opened.case)
            if item.due and not item.paused_at and item.limit in limits and leads_to(opened.regime, limits[item.limit], (milestone,))
        ),
        default=None,
    )


def _day(day: date, today: date, *, narrow: bool) -> str:
    return f"{day.month}/{day.day}" if narrow else short_day(day, today)


def boxes_of(opened: Opened, offers: Offers) -> list[Box]:
    """What is due, and what comes next."""
    running = running_for_complainant(opened.regime, opened.case)
    answers = [item for item in opened.case.obligations.values() if _answers(opened, item)]
    live = [item for item in answers if item in running]
    ended = sorted((item for item in answers if item.ended_at and item.due), key=lambda item: item.ended_at or item.started_at)
    first = live[0] if live else ended[-1] if ended else None
    found = [_box(opened, first)] if first else []
    found += [_box(opened, item) for item in running if item is not first][:1]
    look = offers.second_look
    if len(found) < 2 and look is not None and look.open and look.until is not None:
        found.append(Box(_("不满意可以要求再处理"), _due(opened, look.until), ""))
    return found


def _answers(opened: Opened, item: Obligation) -> bool:
    limit = opened.regime.limits.get(item.limit)
    return limit is not None and is_answer(opened.regime, limit) and item.status != "cancelled"


def _due(opened: Opened, due: datetime) -> str:
    return due_words(due, opened.world.calendar.zone, opened.world.now)


def _box(opened: Opened, item: Obligation) -> Box:
    if item.paused_at is not None:
        return Box(item.title, _("暂停计算"), _("恢复办理后顺延，新的日期会写在这里"), "warn")
    value = _due(opened, item.due) if item.due else _("尽快")
    if item.due is None:
        return Box(item.title, value, _("制度没有定天数"))
    calendar, now = opened.world.calendar, opened.world.now
    if item.ended_at is not None:
        late = item.ended_at > item.due
        days = calendar.workdays_between(min(item.ended_at, item.due), max(item.ended_at, item.due))
        if late:
            return Box(item.title, value, _("晚了%(days)s") % {"days": _workdays(days)}, "warn")
        return Box(item.title, value, _("提前%(days)s") % {"days": _workdays(days)} if days else _("按期"), "ok")
    if now > item.due:
        days = calendar.workdays_between(item.due, now)
        words = _("超期%(days)s") % {"days": _workdays(days)} if days else _("已经到期")
        return Box(item.title, value, words, "error")
    days = calendar.workdays_between(now, item.due)
    return Box(item.title, value, _("还剩%(days)s") % {"days": _workdays(days)} if days else _("今天到期"))


def _workdays(days: int) -> str:
    return _("%(count)s个工作日") % {"count": days}


def _is_reached(case: Case, course: Course, milestone: str) -> bool:
    """Somebody with a number in hand is registered, whatever desk work that still takes; a transfer is made when it is sent."""
    if milestone == "transferred" and case.transfer is not None and case.transfer.stage == "decided":
        return False
    return milestone == "registered" or milestone in course.reached


def _last_text(events: Sequence[Event], kind: type[CompletionAsked] | type[Suspended]) -> str:
    return next((event.text for event in reversed(events) if isinstance(event, kind)), "")
