"""Measures of an organisation that are in force now (当年不评优 …), read once for a page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from huiyin.store.history import in_force

from .world import World


@dataclass(frozen=True, slots=True)
class InForce:
    """A measure in force: of which regime, for whom (person or unit), since when and until when, from which case."""

    regime: str
    measure: str
    against: str
    since: datetime
    until: datetime
    case_id: UUID


def measures_in_force(world: World) -> Sequence[InForce]:
    """All of them, the latest decision first. One query."""
    return [
        InForce(row.regime, name, row.against, row.at, datetime.fromisoformat(until), row.case_id)
        for row in in_force(world.organisation.pk, world.now).order_by("-at", "-sequence")
        for name, until in row.stands.items()
        if datetime.fromisoformat(until) >= world.now
    ]
