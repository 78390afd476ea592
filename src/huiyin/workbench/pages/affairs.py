"""Affairs as rows of a list."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from huiyin.application.world import World
from huiyin.cases.state import GROUP_JOINT
from huiyin.organisations.people import People
from huiyin.regime.affairs import AFFAIR_KINDS
from huiyin.regime.model import Regime
from huiyin.site.components import Who
from huiyin.store.models import CaseRow
from huiyin.workbench.words.moments import date_words, due_words
from huiyin.workbench.words.states import state_of_row


@dataclass(frozen=True, slots=True)
class AffairLine:
    """One affair: what it is, about whom, whose turn, how far."""

    number: str
    title: str
    about: str
    href: str
    kind: str
    regime: str
    opened: str
    who: Who | None
    state: str
    state_word: str
    due_state: str
    due_text: str
    due_at: object


def affair_lines(rows: Iterable[CaseRow], world: World) -> list[AffairLine]:
    """The rows in words."""
    return [_line(row, world) for row in rows]


def _about(name: str, regime: Regime, people: People) -> str:
    """The category, person, unit or place of this name, in words."""
    category = regime.categories.get(name)
    if category is not None:
        return category.title
    return people.name_of(name) if name in people.persons else people.unit_title(name)


def _line(row: CaseRow, world: World) -> AffairLine:
    regime, people = world.regime(row.regime, row.regime_version), world.people
    state, word = state_of_row(row)
    due_state, due_text = ("", "")
    if row.state != "closed" and row.next_due is not None:
        due_state, due_text = due_words(row.next_due, world, paused=row.state == "suspended")
    about = _("、").join(_about(part, regime, people) for part in row.member.split(GROUP_JOINT)) if row.member else ""
    who = Who(people.name_of(row.handler)) if row.handler else None
    if who is None and row.handling_unit:
        who = Who(people.unit_title(row.handling_unit), kind="unit")
    return AffairLine(
        number=row.number,
        title=row.title,
        about=about,
        href=reverse("desk-case", args=[row.number]),
        kind=AFFAIR_KINDS.get(row.kind, ""),
        regime=(regime.parent or regime).title,
        opened=date_words(row.received_at.astimezone(world.calendar.zone).date(), world.today),
        who=who,
        state=state,
        state_word=word,
        due_state=due_state,
        due_text=due_text,
        due_at=row.next_due,
    )
