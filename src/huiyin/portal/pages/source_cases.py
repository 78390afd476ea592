"""The cases that a body outside filed on its own page: how far each is, in words, and until when what is awaited."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from huiyin.application.source_cases import SourceCase
from huiyin.application.world import World
from huiyin.cases.standing_still import COMPLETION
from huiyin.cases.turns import turns

from .milestones import running_for_complainant
from .moments import due_words, moment_words
from .standing_words import pill_of


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
    state, word = pill_of(regime, case)
    awaited = next((item for item in running_for_complainant(regime, case) if item.due is not None), None)
    due, late = "", False
    if awaited is not None and awaited.due is not None and case.state != "waiting":
        due = f"{awaited.title}{_('：')}{due_words(awaited.due, zone, world.now)}"
        late = awaited.due < world.now
    return SourceLine(
        row.number, row.reference, regime.title, filed, state, word, due, late, _asked(world, each), opens=True
    )


def _asked(world: World, each: SourceCase) -> str:
    """What the regime waits for from the source, in words."""
    roles = {holding.role for holding in each.actor.holdings} if each.actor else set()
    owed = turns(each.regime, each.case, world.directory(each.regime.id))
    if each.case.state == "waiting":
        due = next((item.due for item in each.case.running() if item.limit == COMPLETION), None)
        until = due_words(due, world.calendar.zone, world.now) if due else _("尽快")
        return _("请贵单位%(until)s补充材料") % {"until": until}
    mine = next((turn for turn in owed if any(who.role in roles for who in turn.assignees)), None)
    if mine is None:
        return ""
    until = due_words(mine.due, world.calendar.zone, world.now) if mine.due else ""
    return _("请贵单位%(until)s办理：%(title)s") % {"until": until, "title": mine.title}
