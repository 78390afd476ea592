"""What is proposed or decided against somebody, gathered over all cases: the one thing of such a case the person sees."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from huiyin.cases.hearing import Concern, concerns
from huiyin.cases.people import Actor
from huiyin.cases.state import Case
from huiyin.organisations.models import Organisation
from huiyin.regime.affairs import CONFIRM, affair_id
from huiyin.regime.model import Regime
from huiyin.standing.opening import measure_key
from huiyin.store.availability import clear_failures
from huiyin.store.loading import load_many
from huiyin.store.models import CaseRow, SanctionRow, TurnRow

from .world import World, world_of

MOST = 50
"""Cases looked through, those waiting to be heard first, then the latest decisions."""


@dataclass(frozen=True, slots=True)
class MyDuty:
    """What has to be done for a measure. `stage`: to-do, to-confirm, done, or off (the measure was taken back).

    `number` leads to the affair where it is mine to do. `until`: how long the measure lasts, None: it does not last.
    """

    measure: str
    stage: str
    due: datetime | None
    until: datetime | None = None
    number: str = ""


@dataclass(frozen=True, slots=True)
class MyConcern:
    """A proposal or decision about me, with what I have to do. `case_id` serves the forms; nothing else of the case is shown."""

    case_id: UUID
    regime: Regime
    concern: Concern
    duties: tuple[MyDuty, ...] = ()


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
        found = _with_duties(organisation, who, found)
    return sorted(found, key=lambda each: each.concern.at, reverse=True)


def _with_duties(organisation: Organisation, who: Actor, found: list[MyConcern]) -> list[MyConcern]:
    """The same, each with how far its measures have been carried out."""
    wanted = {
        measure_key(str(mine.case_id), int(mine.concern.key), name): (affair_id(parent_of(mine.regime).id, name), name)
        for mine in found
        if mine.concern.stage == "decided"
        for name in mine.concern.measures
    }
    regimes = {regime for regime, _name in wanted.values()}
    rows = CaseRow.objects.filter(organisation_id=organisation.pk, regime__in=regimes, occasion__in=wanted)
    loaded = load_many(list(rows))
    duties = {row.occasion: _duty(wanted[row.occasion][1], loaded[row.id].case, who) for row in rows}
    return [
        replace(mine, duties=tuple(duty for key, duty in duties.items() if key.startswith(f"{mine.case_id}/{mine.concern.key}/")))
        for mine in found
    ]


def parent_of(regime: Regime) -> Regime:
    """The regime that declares the measures: the parent where the sanction was imposed in an affair."""
    return regime.parent or regime


def _duty(measure: str, case: Case, who: Actor) -> MyDuty:
    occasion = case.occasion
    assert occasion is not None
    if case.happened(f"{measure}.done"):
        stage = "done"
    elif case.state == "closed":
        stage = "off"
    else:
        stage = "to-confirm" if case.open_runs(CONFIRM) else "to-do"
    running = [item.due for item in case.running()]
    number = case.number if case.handler == who.person else ""
    return MyDuty(measure, stage, running[0] if running else None, occasion.end, number)
