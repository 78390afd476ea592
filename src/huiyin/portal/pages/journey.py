"""“交上去以后”: what happens after filing, with real days and the articles they rest on."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from huiyin.calendars import Calendar, DayKind, ExplainedDay
from huiyin.cases.events import Assessed
from huiyin.cases.explaining import explain_due
from huiyin.cases.state import Case, Obligation
from huiyin.portal.place import Place
from huiyin.regime.model import Limit, Promptly, Regime
from huiyin.regime.saying import event_title, say_limit, say_rows
from huiyin.site.components import DayCell, StoryEntry

from .articles import article_title
from .milestones import is_answer, milestone_word, rating_of, running_for_complainant, second_look, used_here
from .moments import due_words

_STARTS = ("registered", "accepted", "assigned", "reassigned", "concluded")
MOST_LATER_LIMITS = 3


class Journey:
    """The way of one case ahead, as entries of a story."""

    def __init__(self, place: Place, regime: Regime, case: Case, assessed: Sequence[Assessed] = ()) -> None:
        self.place = place
        self.regime = regime
        self.case = case
        self._assessed = assessed
        self._zone = place.world.calendar.zone

    def entries(self, first: str) -> list[StoryEntry]:
        """From now to the rating; `first` says what happens at once."""
        waiting = running_for_complainant(self.regime, self.case)
        found = [self._entry(_("现在"), "check", first, (), _("查进度、补材料都用它"))]
        found += [self._decided(event) for event in self._assessed if event.outcome != "accept"]
        if self.case.state == "open":
            found += [self._waited_for(item) for item in waiting]
            if not any(self._answers(item) for item in waiting):
                found += [self._later(limit) for limit in self._later_limits()]
            found += self._afterwards()
        return found

    def _entry(
        self, when: str, icon: str, title: str, cite: tuple[str, ...], note: str = "", tone: str = "act"
    ) -> StoryEntry:
        known = next((article for article in cite if article in self.regime.articles), "")
        return StoryEntry(
            when=when,
            icon=icon,
            title=title,
            tone=tone,
            cite=article_title(known) if known else "",
            cite_text=self.regime.articles.get(known, ""),
            cite_href=self.place.article_url(self.regime, cite),
            body=note,
        )

    def _decided(self, event: Assessed) -> StoryEntry:
        row = next((row.title for row in self.regime.assessment if row.id == event.row), "")
        titles = {
            "ask-more": _("会请您补充材料"),
            "refuse": _("按规定可能不予受理"),
            "explain": _("会向您说明情况，不立案"),
            "merge": _("会并入您正在办理的那一件"),
            "transfer": _("会转给有权处理的部门"),
            "settle": _("当场解决"),
        }
        return self._entry(_("现在"), "alert", titles.get(event.outcome, row), event.cite, row, "warn")

    def _waited_for(self, item: Obligation) -> StoryEntry:
        when = due_words(item.due, self._zone, self.place.world.now, weekday=False) if item.due else _("尽快")
        icon = "send" if self._answers(item) else "search"
        return self._entry(when, icon, item.title, item.cite, due_note(self.case, item, self.place.world.calendar))

    def _answers(self, item: Obligation) -> bool:
        limit = self.regime.limits.get(item.limit)
        return limit is not None and is_answer(self.regime, limit)

    def _later_limits(self) -> list[Limit]:
        """Limits up to the answer that start with something still to come."""
        happened = self.case.signals
        return [
            limit
            for limit in self.regime.limits.values()
            if is_answer(self.regime, limit)
            and used_here(self.regime, limit)
            and not isinstance(limit.within[-1].within, Promptly)
            and not any(start in happened for start in limit.start)
            and not any(start.partition(":")[0] in ("appeal", "reopen") for start in limit.start[:1])
        ][:MOST_LATER_LIMITS]

    def _later(self, limit: Limit) -> StoryEntry:
        start = limit.start[0]
        word = milestone_word(self.regime, start) if start in _STARTS else event_title(self.regime, start)
        when = _("%(event)s以后") % {"event": word}
        return self._entry(when, "send", limit.title, limit.cite, say_rows(self.regime, limit.within))

    def _afterwards(self) -> list[StoryEntry]:
        found = []
        questions, act = rating_of(self.regime), second_look(self.regime)
        if questions is not None:
            found.append(self._entry(_("答复以后"), "star", _("请您评价"), (), questions.title))
        if act is not None:
            days = _("%(span)s以内") % {"span": say_limit(self.regime, act.open_for)} if act.open_for else ""
            found.append(self._entry(_("不满意"), "repeat", _("可以要求再处理"), act.cite, days))
        return found


def due_note(case: Case, item: Obligation, calendar: Calendar) -> str:
    """How much time was given, and the unusual days in it: 5个工作日；10月10日周六补班，算一天."""
    days = explain_due(case, item, calendar).days
    if days is None:
        return ""
    notes = [days.span.title_zh]
    holidays = [day for day in days.skipped if day.day_kind in (DayKind.HOLIDAY, DayKind.DAY_OFF)]
    if holidays:
        first, last = holidays[0].date, holidays[-1].date
        notes.append(
            _("%(first)s至%(last)s放假，不算") % {"first": f"{first.month}月{first.day}日", "last": f"{last.month}月{last.day}日"}
            if first != last
            else _("%(first)s放假，不算") % {"first": f"{first.month}月{first.day}日"}
        )
    notes += [_("%(day)s补班，算一天") % {"day": f"{day.date.month}月{day.date.day}日"} for day in days.made_up]
    if item.provisional:
        notes.append(_("跨到还没公布放假安排的年份，日期是暂定的"))
    return _("；").join(notes)


def day_cells(days: Iterable[ExplainedDay], today: object) -> list[DayCell]:
    """The days of a limit for the grid."""
    cells = []
    for day in days:
        if day.kind == "start":
            note = _("起算")
        elif day.ordinal is not None:
            note = _("第%(number)s天") % {"number": day.ordinal}
        else:
            note = _("停") if day.kind == "stop" else day.title
        cells.append(DayCell(day.date, "skip" if day.kind == "stop" else day.kind, note, today=day.date == today))
    return cells
