"""Cases as rows: in the list, among similar ones."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.urls import reverse

from huiyin.application.case_lists import CaseItem
from huiyin.application.world import World
from huiyin.regime.model import Regime
from huiyin.site.components import Who
from huiyin.workbench.words.moments import date_words, due_words


@dataclass(frozen=True, slots=True)
class CaseLine:
    """One case in a list."""

    number: str
    title: str
    href: str
    kind: str
    category: str
    state: str
    state_word: str
    severity: int
    severity_word: str
    received: str
    complainant: str
    respondent: str
    turn: Who | None
    due_state: str
    due_text: str
    due_at: object


def similar_rows(items: Iterable[CaseItem], world: World) -> list[CaseLine]:
    """Rows of cases for a list, in words."""
    return [case_line(item, world) for item in items]


def case_line(item: CaseItem, world: World) -> CaseLine:
    """One row in words."""
    from huiyin.workbench.words.states import state_of_row

    row = item.row
    regime = world.regime(row.regime, row.regime_version)
    state, word = state_of_row(row)
    category = regime.categories.get(row.category)
    due_state, due_text = ("", "")
    if row.state != "closed" and row.next_due is not None:
        due_state, due_text = due_words(row.next_due, world, paused=row.state in ("suspended", "waiting"))
    return CaseLine(
        number=row.number,
        title=row.title or regime.kinds.get(row.kind, row.kind),
        href=reverse("desk-case", args=[row.number]),
        kind=regime.kinds.get(row.kind, row.kind),
        category=category.title if category else "",
        state=state,
        state_word=word,
        severity=min(row.severity_rank, 3),
        severity_word=regime.severity.levels.get(row.severity, ""),
        received=date_words(row.received_at.astimezone(world.calendar.zone).date(), world.today),
        complainant=item.complainant,
        respondent=""
        if "respondent" in item.hidden
        else _respondent(row.respondent_unit, row.respondent_person, row.respondent_name, world),
        turn=_turn(regime, row.handler, row.handling_unit, world),
        due_state=due_state,
        due_text=due_text,
        due_at=row.next_due,
    )


def _respondent(unit: str, person: str, name: str, world: World) -> str:
    parts: Sequence[str] = (
        world.people.unit_title(unit) if unit else "",
        world.people.name_of(person) if person else "",
    )
    return " ".join(filter(None, parts)) or name


def _turn(regime: Regime, handler: str, unit: str, world: World) -> Who | None:
    if handler:
        return Who(world.people.name_of(handler))
    return Who(world.people.unit_title(unit), kind="unit") if unit else None
