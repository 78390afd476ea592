"""Looking at one case: the only door to it."""

from dataclasses import dataclass
from uuid import UUID

from huiyin.cases.access import Sight, sight
from huiyin.cases.context import Context
from huiyin.cases.evidence import is_closed_to
from huiyin.cases.people import Actor
from huiyin.cases.state import Case
from huiyin.organisations.models import Organisation
from huiyin.regime.model import Regime
from huiyin.store.availability import clear_failures
from huiyin.store.errors import UnknownCase
from huiyin.store.history import CaseHistory
from huiyin.store.loading import load
from huiyin.store.models import CaseRow

from .outside import actor_on
from .titles import shown_title
from .world import World, world_of


@dataclass(frozen=True, slots=True)
class Opened:
    """A case as somebody sees it: with the regime it was filed under, what is hidden, and the organisation around it.

    `row` is for reading only; its title is the one this person may read.
    """

    regime: Regime
    case: Case
    sight: Sight
    actor: Actor
    world: World
    row: CaseRow

    def open_to(self) -> frozenset[str]:
        """Keys of the evidence that came in sealed for some, of whom this person is one."""
        directory = self.world.directory(self.regime.id)
        return frozenset(
            item.key
            for item in self.case.evidence
            if item.for_some and not is_closed_to(self.regime, self.case, self.actor, directory, item)
        )

    def context(self) -> Context:
        """What `decide` and `available` would look at if this person acted now."""
        world = self.world
        history = CaseHistory(world.organisation.pk, self.regime, world.now, world.calendar.zone)
        return world.context(self.actor, self.regime, history, case_id=self.case.id)


def open_case(organisation: Organisation, who: Actor, case_id: UUID, world: World | None = None) -> Opened:
    """A case by its id, with everything a page needs. Raises UnknownCase when there is none for this person."""
    with clear_failures():
        row = CaseRow.objects.filter(id=case_id, organisation_id=organisation.pk).first()
        return _open(organisation, who, row, world)


def open_by_number(organisation: Organisation, who: Actor, number: str, world: World | None = None) -> Opened:
    """A case by its register number. Raises UnknownCase when there is none for this person."""
    with clear_failures():
        asked = number.strip()  # PostgreSQL would not even look for a NUL
        row = None if "\x00" in asked else CaseRow.objects.filter(organisation_id=organisation.pk, number=asked).first()
        return _open(organisation, who, row, world)


def load_case(organisation: Organisation, who: Actor, case_id: UUID) -> tuple[Regime, Case, Sight]:
    """Regime, case and sight by id. Raises UnknownCase."""
    opened = open_case(organisation, who, case_id)
    return opened.regime, opened.case, opened.sight


def case_by_number(organisation: Organisation, who: Actor, number: str) -> tuple[Regime, Case, Sight]:
    """Regime, case and sight by register number. Raises UnknownCase."""
    opened = open_by_number(organisation, who, number)
    return opened.regime, opened.case, opened.sight


def _open(organisation: Organisation, who: Actor, row: CaseRow | None, world: World | None) -> Opened:
    if row is None:
        raise UnknownCase
    world = world or world_of(organisation)
    regime = world.regime(row.regime, row.regime_version)
    case = load(row).case
    actor = actor_on(world, who, regime.id, case)
    view = sight(regime, case, actor, world.directory(regime.id))
    if not view.sees:
        raise UnknownCase
    if view.hidden:
        row.title = shown_title(regime, case, view.hidden)
    return Opened(regime, case, view, actor, world, row)
