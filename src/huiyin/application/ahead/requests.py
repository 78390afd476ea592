"""What goes to the helper and what comes back."""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.conf import settings
from django.utils.translation import get_language

from huiyin.application.filing import Ready
from huiyin.application.world import World
from huiyin.cases.people import Actor
from huiyin.organisations.models import RegimeVersion
from huiyin.records import replace
from huiyin.standing.watching import Counted
from huiyin.store.recording import Packed

Register = tuple[str, int]
"""Pattern and year."""


@dataclass(frozen=True, slots=True)
class Setting:
    """The world in which the helper decides filings under one version of a regime, by whom, in which language."""

    world: World
    version: RegimeVersion
    who: Actor
    language: str

    @classmethod
    def of(cls, world: World, regime_id: str, who: Actor) -> "Setting":
        """The world as it is, as far as it can be sent. Raises NoSuchRegimeError."""
        regime = world.in_force(regime_id)
        version = RegimeVersion.objects.get(
            organisation=world.organisation, regime=regime.id, version=regime.version
        )
        tables = {regime.id: world.tables(regime.id)}
        sent = replace(world, viewers={}, _versions={}, _in_force={}, _once={}, _tables=tables)
        return cls(sent, version, who, get_language() or settings.LANGUAGE_CODE)

    def holds_in(self, world: World) -> bool:
        """Whether what was decided in this setting would be decided in the world, too, at the same time."""
        sent, regime_id = self.world, self.version.regime
        return (
            world.people is sent.people         # both are kept until their stamp changes
            and world.calendar is sent.calendar
            and world.published == sent.published
            and world.in_force(regime_id).version == self.version.version
            and world.tables(regime_id) == sent.tables(regime_id)
        )


class Item(NamedTuple):
    """A filing to decide: as of `filed_at`, or as of the request (None)."""

    ready: Ready
    filed_at: datetime | None


class Request(NamedTuple):
    """Filings to decide in order at one time. `last`: the last number used in each register, None: as the helper knows."""

    now: datetime
    items: list[Item]
    last: dict[Register, int] | None


class Decided(NamedTuple):
    """A filing as it is entered under this number: the version of the case, and everything to be written.

    `counts`: the watches it counts for, each with one group; the writer tells whether one has to be judged.
    """

    number: str
    version: int
    packed: Packed
    counts: list[tuple[str, Counted]]


class Refusal(NamedTuple):
    """A filing that does not fit the regime, as `huiyin.cases.refusals.Refused` says it."""

    message: str
    fields: tuple[tuple[str, str], ...]


Answer = Decided | Refusal | None
"""None: the helper cannot tell."""
