"""The cases that a body outside filed on its own page: how far each is, in words, and until when what is awaited."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from huiyin.application.source_cases import SourceCase
from huiyin.application.world import World
from huiyin.cases.state import Case
from huiyin.cases.turns import turns

from .milestones import ending_of, milestone_word, running_for_complainant
from .moments import due_words, moment_words


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A case in the list. `state` and `word` are for the pill; `due` says what is awaited until when; `asks`: of the source.

    `opens`: whether the source may look into it.
    """

    number: str
    reference: str
    regime: str
    filed: str
    state: str
    word: str
    due: str
    late: bool
    asks: str
    opens: bool


def source_line(world: World, each: SourceCase) -> SourceLine:
    """A case as its source sees it in the list; what it may not see into is not told."""
    row, case, regime, zone = each.row, each.case, each.regime, world.calendar.zone
    filed = moment_words(case.filed_at, zone, world.now)
    if each.actor is None:
        return SourceLine(row.number, "", regime.title, filed, "", "", "", late=False, asks="", opens=False)
    state, word = _state(each)
    awaited = next((item for item in running_for_complainant(regime, case) if item.due is not None), None)
    due, late = "", False
    if awaited is not None and awaited.due is not None:
        due = f"{awaited.title}{_('：')}{due_words(awaited.due, zone, world.now)}"
        late = awaited.due < world.now
    return SourceLine(
        row.number, row.reference, regime.title, filed, state, word, due, late, _asked(world, each), opens=True
    )


def _asked(world: World, each: SourceCase) -> str:
    """What the regime waits for from the source, in words."""
    roles = {holding.role for holding in each.actor.holdings} if each.actor else set()
    owed = turns(each.regime, each.case, world.directory(each.regime.id))
    mine = next((turn for turn in owed if any(who.role in roles for who in turn.assignees)), None)
    if mine is None:
        return ""
    until = due_words(mine.due, world.calendar.zone, world.now) if mine.due else ""
    return _("请贵单位%(until)s办理：%(title)s") % {"until": until, "title": mine.title}


def _state(each: SourceCase) -> tuple[str, str]:
    """The pill of a case, and its word where it has one of its own."""
    case, ending = each.case, ending_of(each.case)
    if case.state == "suspended":
        return "paused", ""
    if case.state == "waiting":
        return "paused", _("等补充材料")
    if ending and "replied" not in case.signals:
        return "stopped", milestone_word(each.regime, ending)
    if case.state == "closed":
        return "closed", ""
    return _underway(case), ""


def _underway(case: Case) -> str:
    if "replied" in case.signals:
        return "replied"
    return "investigate" if "assigned" in case.signals or "accepted" in case.signals else "assess"
