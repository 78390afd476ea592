"""What is peculiar to the page of an affair: what it was opened for, and what belongs together."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from huiyin.application.affair_lists import related, stems_of
from huiyin.application.affair_words import occasion_facts
from huiyin.application.corrective_lists import cases_since
from huiyin.application.loading import Opened
from huiyin.application.story_words import Words
from huiyin.cases.people import Assignee
from huiyin.regime.affairs import AFFAIR_KINDS
from huiyin.regime.affairs.keeping import keeping_duties
from huiyin.regime.vocabulary import REVISION
from huiyin.site.components import Fact
from huiyin.store.models import CaseRow
from huiyin.workbench.words.moments import moment_words
from huiyin.workbench.words.people import assignee_chip
from huiyin.workbench.words.states import state_of_row


@dataclass(frozen=True, slots=True)
class RelatedRow:
    """A case or affair that belongs to this one: how, and how far it is."""

    how: str
    number: str
    title: str
    href: str
    state: str
    state_word: str


def affair_facts(opened: Opened) -> list[Fact]:
    """What it was opened for, when, and who owes it."""
    case, world = opened.case, opened.world
    words = Words(opened.regime, case, world)
    found = occasion_facts(case.occasion, words) if case.occasion else {}
    rows = [Fact(title, text) for title, text in found.items()]
    rows.append(Fact(_("立项"), moment_words(case.filed_at, world)))
    who = Assignee(case.handler_role or case.handling_role, case.handling_unit, case.handler)
    if who.role or who.unit or who.person:
        rows.append(Fact(_("负责"), assignee_chip(who, opened.regime, world, opened.actor.person).name))
    if case.also:
        rows.append(Fact(_("共同办理"), "、".join(world.people.unit_title(unit) for unit in case.also)))
    return rows


def relations(opened: Opened) -> dict[str, Any]:
    """What belongs together with a case or affair.

    For a duty from which cases are filed, where to file one; for the revision of a regime, where a new version is begun.
    """
    case, world, who = opened.case, opened.world, opened.actor
    occasion = case.occasion
    rows = [*_rows(_("来自"), related(world, who, [case.origin]))]
    if occasion is not None:
        rows += _rows(_("上期未了"), related(world, who, occasion.carried))
        rows += _rows(_("所统计的案件"), related(world, who, occasion.cases[-20:]))
    stems = list(stems_of(world, who, opened.row.id)) if case.stems or occasion or _called(opened) else []
    known = {str(row.id) for row in stems}
    heard = [stem for stem in case.stems if stem not in known]
    rows += _rows(_("由此而来"), stems)
    rows += _rows(_("列入"), related(world, who, heard[-20:]) if not opened.regime.is_affair else ())
    rows += _rows(_("结束后的同类案件"), cases_since(world, who, opened.row))
    return {
        "related": rows,
        "file_href": _file_href(opened),
        "draft_href": _draft_href(opened),
        "is_affair": opened.regime.is_affair,
    }


def _called(opened: Opened) -> bool:
    """Whether something in the case may have called for an affair."""
    regime = opened.regime
    keeping = (duty.id for duty in keeping_duties(regime))
    names = (*regime.corrective, *regime.duties, *regime.watches, *regime.accountability.measures, *keeping)
    return any(f"{name}.opened" in opened.case.signals for name in names)


def _rows(how: str, rows: Sequence[CaseRow] | Iterable[CaseRow]) -> list[RelatedRow]:
    found = []
    for row in rows:
        state, word = state_of_row(row)
        kind = AFFAIR_KINDS.get(row.kind, "")
        title = f"{kind}{_('：')}{row.title}" if kind and kind != row.title else row.title
        found.append(RelatedRow(how, row.number, title, reverse("desk-case", args=[row.number]), state, word))
    return found


def _draft_href(opened: Opened) -> str:
    """Where a new version of the regime is begun, while its revision is owed; empty elsewhere."""
    regime, parent = opened.regime, opened.regime.parent
    if parent is None or regime.affair != REVISION or opened.case.state == "closed":
        return ""
    return reverse("desk-regime-versions", args=[parent.id])


def _file_href(opened: Opened) -> str:
    """The form that files a case from this duty; empty where there is none, or the duty is not open."""
    regime, parent = opened.regime, opened.regime.parent
    duty = parent.duties.get(regime.affair) if parent else None
    if parent is None or duty is None or not duty.files or opened.case.state == "closed":
        return ""
    return f"{reverse('desk-intake-regime', args=[parent.id])}?from={opened.case.number}"
