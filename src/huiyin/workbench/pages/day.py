"""My day: what is owed, grouped by when it is due."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from huiyin.application.turn_lists import TurnCounts
from huiyin.application.world import World
from huiyin.calendars import DayKind
from huiyin.cases.people import Assignee
from huiyin.regime.affairs import AFFAIR_KINDS
from huiyin.regime.model import Regime
from huiyin.site.components import Choice, ObligationRow
from huiyin.store.models import TurnRow
from huiyin.workbench.words.articles import first_cited
from huiyin.workbench.words.moments import clock_words, day_words, due_words
from huiyin.workbench.words.people import assignee_chip


@dataclass(frozen=True, slots=True)
class Group:
    """Rows that share a due day: title, tone, a note about the day, rows; `count` is of all there are, on whatever page."""

    key: str
    title: str
    tone: str
    note: str
    rows: Sequence[ObligationRow]
    count: int | None


@dataclass(frozen=True, slots=True)
class Counter:
    """One of the figures at the top."""

    title: str
    figure: int
    note: str
    icon: str
    tone: str
    anchor: str


_COUNTED = {"overdue": "overdue", "today": "today", "soon": "tomorrow", "later": "later", "paused": "paused"}
"""Groups → their figures of `TurnCounts`."""

TONES = {"overdue": "error", "today": "warning", "soon": "primary"}


def groups(
    rows: Iterable[TurnRow], world: World, me: str, counts: TurnCounts | None = None, *, mine: bool
) -> list[Group]:
    """Rows in groups, in the order overdue, today, tomorrow, later, suspended; without `counts` nothing is counted."""
    sorted_rows: dict[str, list[ObligationRow]] = {key: [] for key in ("overdue", "today", "soon", "later", "paused")}
    first = True
    for row in rows:
        state, words = due_words(row.due, world, paused=row.paused)
        sorted_rows[state].append(_row(row, state, words, world, me, mine=mine, primary=first and mine))
        first = False
    titles = {
        "overdue": _("已超期"),
        "today": _("今天"),
        "soon": _("明天"),
        "later": _("以后"),
        "paused": _("已中止"),
    }
    notes = {
        "today": day_note(world, 0),
        "soon": day_note(world, 1),
        "paused": _("时限停止计算"),
    }
    return [
        Group(key, titles[key], TONES.get(key, ""), notes.get(key, ""), found, getattr(counts, _COUNTED[key], None))
        for key, found in sorted_rows.items()
        if found
    ]


def day_note(world: World, offset: int) -> str:
    """10月10日 周六，补班，算工作日; 10月9日 周五，下班17:30."""
    day = world.calendar.day(world.today + timedelta(days=offset))
    parts = [day_words(day.date, world.today)]
    if day.kind in (DayKind.MAKE_UP, DayKind.EXTRA_WORKDAY):
        parts += [day.title, _("算工作日")]
    elif not day.works:
        parts += [*([day.title] if day.kind is not DayKind.WEEKEND else []), _("不上班")]
    if day.works:
        closing = world.calendar.end_of_day(day.date).astimezone(world.calendar.zone)
        if (closing.hour, closing.minute) != (23, 59):
            parts.append(_("下班%(time)s") % {"time": clock_words(closing)})
    return _("，").join(parts)


def counters(counts: TurnCounts, world: World) -> list[Counter]:
    """The five figures."""
    tomorrow = world.calendar.day(world.today + timedelta(days=1))
    made_up = tomorrow.kind in (DayKind.MAKE_UP, DayKind.EXTRA_WORKDAY)
    return [
        Counter(_("已超期"), counts.overdue, _("要先办") if counts.overdue else _("没有超期"), "alert", "error", "overdue"),
        Counter(_("今天到期"), counts.today, day_words(world.today, world.today), "clock", "warning", "today"),
        Counter(_("明天（补班）") if made_up else _("明天"), counts.tomorrow, day_words(tomorrow.date, world.today), "cal", "", "soon"),
        Counter(_("以后"), counts.later, _("含没有规定天数的"), "cal", "", "later"),
        Counter(_("已中止"), counts.paused, _("时限停止计算"), "pause", "", "paused"),
    ]


def _row(
    row: TurnRow, state: str, words: str, world: World, me: str, *, mine: bool, primary: bool
) -> ObligationRow:
    regime = latest(world, row.regime)
    article = first_cited(regime, row.cite)
    href = reverse("desk-case", args=[row.number])
    return ObligationRow(
        due_state=state,
        due_text=words + (_("（暂定）") if row.provisional else ""),
        what=row.title,
        number=row.number,
        matter=row.case_title or regime.kinds.get(row.case_kind, "") or AFFAIR_KINDS.get(row.case_kind, ""),
        href=href,
        due_at=row.due,
        cite=article.label,
        cite_text=article.text,
        cite_href=article.href,
        severity=min(row.severity_rank, 3),
        severity_word=regime.severity.levels.get(row.severity, ""),
        kind_word=regime.kinds.get(row.case_kind, "") or AFFAIR_KINDS.get(row.case_kind, ""),
        who=assignee_chip(Assignee(row.role, row.unit, row.person), regime, world, me) if row.subject != "nobody" else None,
        act=_act(row, regime, href, me, mine=mine, primary=primary),
    )


def latest(world: World, regime_id: str) -> Regime:
    """The regime in force, for titles and articles of a row."""
    return world.in_force(regime_id)


def _act(row: TurnRow, regime: Regime, href: str, me: str, *, mine: bool, primary: bool) -> Choice:
    """One act: the form of what is owed where it is the reader's, else the case."""
    words = {
        "approval": _("审批"), "sign": _("签名"), "acknowledge": _("确认"), "order": _("回复"), "decide": _("判断"),
        "invite": _("开通链接"),
    }  # fmt: skip
    commands = {
        "approval": "approve", "sign": "sign", "acknowledge": "acknowledge", "order": "answer-order", "decide": "decide",
        "invite": "invite",
    }  # fmt: skip
    if not mine:
        return Choice(_("打开"), href)
    if row.kind == "hearing" and row.person == me:     # what is said about the reader stands on a page of its own
        return Choice(_("陈述意见"), reverse("desk-about-me"), primary)
    if row.kind in commands:
        work, command, title = row.key, commands[row.kind], words[row.kind]
        if row.kind == "invite":
            work = row.work
        if row.kind == "order":
            work, command = f"{row.work}.{row.key}", row.work
            title = _("审核") if row.work == "accept-report" else title
        return Choice(title, reverse("desk-act", args=[row.number, f"{command}.{work}"]), primary)
    if row.work in regime.flow or row.case_kind in AFFAIR_KINDS:
        return Choice(_("办理"), reverse("desk-act", args=[row.number, f"perform.{row.work}"]), primary)
    return Choice(_("看进度"), href)
