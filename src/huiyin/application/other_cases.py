"""Commands that name another case: it must be one of this organisation, and one the person may see."""

from uuid import UUID

from django.db.models import Q

from huiyin.cases.access import sight
from huiyin.cases.commands import Command, DecideTable, Link, Merge, Perform
from huiyin.cases.people import Actor
from huiyin.cases.principles import COMPLETE_RECORDS
from huiyin.cases.refusals import Refused
from huiyin.records import replace
from huiyin.store.loading import load
from huiyin.store.models import CaseRow

from .world import World


def with_known_case(world: World, actor: Actor, case_id: UUID, command: Command) -> Command:
    """The command with the other case's id, whether it was named by id or by register number.

    Raises:
        Refused: there is no such case, it is this one, or the person may not see it (which are told alike).
    """
    match command:
        case Link(other=named) if named:
            return replace(command, other=_known(world, actor, case_id, named, "other"))
        case Merge(into=named) | Perform(into=named) | DecideTable(into=named) if named:
            return replace(command, into=_known(world, actor, case_id, named, "into"))
        case _:
            return command


def _known(world: World, actor: Actor, case_id: UUID, named: str, field: str) -> str:
    row = CaseRow.objects.filter(_called(named), organisation_id=world.organisation.pk).exclude(id=case_id).first()
    if row is not None:
        regime = world.regime(row.regime, row.regime_version)
        if sight(regime, load(row).case, world.actor(actor, regime.id), world.directory(regime.id)).sees:
            return str(row.id)
    message = f"没有“{named[:40]}”这件案件，或者您不能查看；请填写案件编号。"
    raise Refused("wrong-value", message, cite=COMPLETE_RECORDS, fields={field: "请填写另一件案件的编号"})


def _called(named: str) -> Q:
    try:
        return Q(id=UUID(named))
    except ValueError:
        return Q(number=named.strip())
