"""Limits of a case: what runs and what ended, each with the reason of its due time, day by day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from huiyin.application.loading import Opened
from huiyin.application.world import World
from huiyin.calendars import DayKind, ExplainedDay, Unit
from huiyin.cases.explaining import DueReason, explain_due, other_deadlines
from huiyin.cases.state import Obligation
from huiyin.cases.turns import Turn
from huiyin.site.components import DayCell, Who
from huiyin.workbench.words.articles import Cited, all_cited
from huiyin.workbench.words.moments import due_words, full_due_words, late_by, moment_words
from huiyin.workbench.words.people import assignee_chip

MOST_BOXES = 20
MOST_DAYS = 45
"""Days beyond which the grid would be longer than the page; the sentences say it all."""


@dataclass(frozen=True, slots=True)
class LimitRow:
    """One limit in the panel at the right."""

    title: str
    cites: Sequence[Cited]
    state: str
    words: str
    due: datetime | None
    who: Who | None
    provisional: bool
    sentences: Sequence[tuple[str, str]]
    changes: Sequence[tuple[str, str]]
    days: Sequence[DayCell]
    ended: bool = False


@dataclass(frozen=True, slots=True)
class Strip:
    """The line of working days at the top: `boxes` are done, today or left; words beside it."""

    title: str
    boxes: Sequence[str]
    left: str
    until: str
    late: bool


def limit_rows(opened: Opened, turns: Sequence[Turn]) -> list[LimitRow]:
    """Running limits by due time, other times that run, then limits that ended, latest first."""
    running = sorted(opened.case.running(), key=lambda item: (item.due is None, item.due or item.started_at))
    ended = [item for item in opened.case.obligations.values() if item.status == "met" and item.ended_at]
    ended.sort(key=lambda item: item.ended_at or item.started_at, reverse=True)
    owed_for = {order.key: order.obligation for order in opened.case.orders.values()}
    by_key = {owed_for.get(turn.key, turn.key): turn for turn in turns if turn.kind in ("limit", "order")}
    waiting = {turn.title: turn for turn in turns if turn.kind in ("approval", "hearing")}
    others = (_running(opened, item, waiting.get(item.title)) for item in other_deadlines(opened.regime, opened.case))
    return [
        *(_running(opened, item, by_key.get(item.key)) for item in running),
        *others,
        *(_ended(opened, item) for item in ended),
    ]


def _running(opened: Opened, item: Obligation, turn: Turn | None) -> LimitRow:
    world = opened.world
    state, words = due_words(item.due, world, paused=item.paused_at is not None)
    if state == "later" and item.due is not None:
        words = full_due_words(item.due, world).removesuffix("前")
    who = None
    if turn and turn.assignees:
        who = assignee_chip(turn.assignees[0], opened.regime, world, opened.actor.person)
    return _row(opened, item, state, words, who)


def _ended(opened: Opened, item: Obligation) -> LimitRow:
    world = opened.world
    ended = item.ended_at or item.started_at
    late = item.breached_at is not None
    if late and item.due is not None:
        words = _("晚%(time)s完成") % {"time": _late_between(item.due, ended, world)}
        return _row(opened, item, "overdue", words, None, ended=True)
    return _row(opened, item, "done", _("%(when)s完成") % {"when": moment_words(ended, world)}, None, ended=True)


def _late_between(due: datetime, ended: datetime, world: World) -> str:
    days = world.calendar.workdays_between(due, ended)
    return _("%(count)s个工作日") % {"count": days} if days else _("不到1个工作日")


def _row(opened: Opened, item: Obligation, state: str, words: str, who: Who | None, *, ended: bool = False) -> LimitRow:
    why = explain_due(opened.case, item, opened.world.calendar)
    cells: list[DayCell] = []
    if why.days is not None and not why.days.span.unit.runs_by_the_minute and len(why.through) <= MOST_DAYS:
        cells = [_cell(day, opened.world) for day in why.through]
    return LimitRow(
        title=item.title,
        cites=all_cited(opened.regime, item.cite),
        state=state,
        words=words,
        due=item.due,
        who=who,
        provisional=item.provisional,
        sentences=_sentences(why),
        changes=why.changes_en if get_language() == "en" else why.changes,
        days=cells,
        ended=ended,
    )


def _sentences(why: DueReason) -> Sequence[tuple[str, str]]:
    """The reason of a due time in the reader's language, where there is one."""
    if why.days is not None and get_language() == "en":
        return why.days.sentences_en()
    return why.sentences


def _cell(day: ExplainedDay, world: World) -> DayCell:
    today = day.date == world.today
    if day.kind == "start":
        return DayCell(day.date, "start", _("起"), today)
    if day.ordinal is not None:
        made_up = day.day_kind in (DayKind.MAKE_UP, DayKind.EXTRA_WORKDAY)
        note = _("补班%(number)s") if made_up else _("第%(number)s天")
        return DayCell(day.date, "due" if day.kind == "due" else "count", note % {"number": day.ordinal}, today)
    if day.kind == "due":
        return DayCell(day.date, "due", _("到期"), today)
    if day.kind == "stop":
        return DayCell(day.date, "skip", _("停"), today)
    return DayCell(day.date, "skip", _skipped(day), today)


def _skipped(day: ExplainedDay) -> str:
    return _("休") if day.day_kind is DayKind.WEEKEND else day.title.removesuffix("节")[:3]


def strip(opened: Opened) -> Strip | None:
    """The soonest limit counted in days, as boxes; None when nothing like that runs."""
    world = opened.world
    dated = [item for item in opened.case.running() if item.due is not None and item.paused_at is None]
    for item in sorted(dated, key=lambda each: (each.due, each.title)):
        assert item.due is not None
        why = explain_due(opened.case, item, world.calendar)
        if why.days is None or why.days.span.unit not in (Unit.WORKDAYS, Unit.DAYS):
            continue
        counted = [day for day in why.through if day.ordinal is not None]
        return Strip(
            title=_strip_title(item, counted, world),
            boxes=[_box(day, world) for day in counted] if len(counted) <= MOST_BOXES else [],
            left=_left(item.due, world),
            until=full_due_words(item.due, world),
            late=item.due < world.now,
        )
    return None


def _box(day: ExplainedDay, world: World) -> str:
    if day.date == world.today:
        return "today"
    return "done" if day.date < world.today else "left"


def _strip_title(item: Obligation, counted: Sequence[ExplainedDay], world: World) -> str:
    number = sum(1 for day in counted if day.date <= world.today)
    words = {"title": item.title, "number": number, "count": len(counted)}
    if not number:
        return _("%(title)s：共%(count)s天，从明天算起") % words
    return _("%(title)s：第%(number)s天，共%(count)s天") % words


def _left(due: datetime, world: World) -> str:
    if due < world.now:
        return _("超期%(time)s") % {"time": late_by(due, world)}
    days = world.calendar.workdays_between(world.now, due)
    return _("还剩%(count)s个工作日") % {"count": days} if days else _("今天到期")
