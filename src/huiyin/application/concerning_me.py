"""What is proposed or decided against somebody, gathered over all cases: the one thing of such a case the person sees."""

from dataclasses import dataclass
from uuid import UUID

from huiyin.cases.hearing import Concern, concerns
from huiyin.cases.people import Actor
from huiyin.organisations.models import Organisation
from huiyin.regime.model import Regime
from huiyin.store.availability import clear_failures
from huiyin.store.loading import load_many
from huiyin.store.models import CaseRow, SanctionRow, TurnRow

from .world import World, world_of

MOST = 50
"""Cases looked through, those waiting to be heard first, then the latest decisions."""


@dataclass(frozen=True, slots=True)
class MyConcern:
    """A proposal or decision about me. `case_id` serves the forms; nothing else of the case is shown."""

    case_id: UUID
    regime: Regime
    concern: Concern


def concerning_me(organisation: Organisation, who: Actor, world: World | None = None) -> list[MyConcern]:
    """Everything proposed or decided against this person, or against a unit the person heads; newest first."""
    with clear_failures():
        world = world or world_of(organisation)
        headed = [unit.key for unit in world.people.units.values() if who.person in unit.heads]
        waiting = TurnRow.objects.filter(organisation_id=organisation.pk, kind="hearing", person=who.person)
        decided = SanctionRow.objects.filter(organisation_id=organisation.pk, against__in=[who.person, *headed], withdraws=0)
        ids = [
            *waiting.order_by("-since").values_list("case_id", flat=True)[:MOST],
            *decided.order_by("-at").values_list("case_id", flat=True)[:MOST],
        ]
        rows = list(CaseRow.objects.filter(id__in=set(ids[:MOST])))
        loaded = load_many(rows)
        found = []
        for row in rows:
            regime = world.regime(row.regime, row.regime_version)
            actor, directory = world.actor(who, regime.id), world.directory(regime.id)
            found += [
                MyConcern(row.id, regime, each) for each in concerns(regime, loaded[row.id].case, actor, directory)
            ]
    return sorted(found, key=lambda each: each.concern.at, reverse=True)
