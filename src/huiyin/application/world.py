"""What a command needs to know of its organisation, read once."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeVar

from django.utils import timezone

from huiyin.calendars import Calendar
from huiyin.cases.context import Context, History, Tables
from huiyin.cases.people import SYSTEM, Actor
from huiyin.organisations.models import Organisation
from huiyin.organisations.people import People, RegimeDirectory
from huiyin.organisations.services import (
    Published,
    calendar_of,
    compiled,
    glance,
    now_of,
    people_of,
    regime_in_force,
    regime_version,
    tables_of,
)
from huiyin.records import replace
from huiyin.regime.affairs import affairs_of, split_affair_id
from huiyin.regime.model import Regime

if TYPE_CHECKING:
    from .viewers import Viewer

T = TypeVar("T")


@dataclass(slots=True)
class World:
    """An organisation at one moment: its time, calendar, people, regimes and lists. Made per command, page or batch.

    `published` are its regimes' versions in the order they took effect; `viewers` remembers what people see in lists.
    """

    organisation: Organisation
    now: datetime
    calendar: Calendar
    people: People
    people_as_of: str
    published: tuple[Published, ...] = ()
    viewers: dict[Actor, "Viewer"] = field(default_factory=dict)
    _versions: dict[tuple[str, str], Regime] = field(default_factory=dict)
    _in_force: dict[str, Regime] = field(default_factory=dict)
    _tables: dict[str, Tables] = field(default_factory=dict)
    _once: dict[str, Any] = field(default_factory=dict)

    def once(self, name: str, read: "Callable[[World], T]") -> T:
        """What `read` gives, read once for a page whatever the number of its rows; `name` tells it from other things."""
        if name not in self._once:
            self._once[name] = read(self)
        found: T = self._once[name]
        return found

    @property
    def today(self) -> date:
        """The local date."""
        return self.now.astimezone(self.calendar.zone).date()

    def in_force(self, regime_id: str) -> Regime:
        """The version a case filed now falls under. Raises NoSuchRegimeError."""
        found = self._in_force.get(regime_id)
        if found is None:
            today = timezone.localdate(now_of(self.organisation))
            known = [
                each.id for each in self.published if each.regime == regime_id and each.active and each.effective_on <= today
            ]
            found = compiled(known[-1]) if known else regime_in_force(self.organisation, regime_id)
            self._in_force[regime_id] = found
            self._versions[found.id, found.version] = found
        return found

    def regime(self, regime_id: str, version: str) -> Regime:
        """The version a case was filed under, or an affair opened under. Raises NoSuchRegimeError."""
        parent, affair = split_affair_id(regime_id)
        if affair:
            return affairs_of(self.regime(parent, version))[affair]
        found = self._versions.get((regime_id, version))
        if found is None:
            known = [each.id for each in self.published if (each.regime, each.version) == (regime_id, version)]
            found = compiled(known[0]) if known else regime_version(self.organisation, regime_id, version)
            self._versions[regime_id, version] = found
        return found

    def directory(self, regime_id: str) -> RegimeDirectory:
        """Who is who under a regime."""
        return self.people.under(regime_id)

    def tables(self, regime_id: str) -> Tables:
        """The organisation's lists for a regime, and for its affairs."""
        regime_id = split_affair_id(regime_id)[0]
        found = self._tables.get(regime_id)
        if found is None:
            found = self._tables[regime_id] = tables_of(self.organisation, regime_id)
        return found

    def actor(self, who: Actor, regime_id: str) -> Actor:
        """The actor with the roles held now under this regime, whatever the caller believed; a stranger holds none."""
        if who.kind in ("complainant", "system"):
            return who
        if who.person not in self.people.persons:
            return replace(who, holdings=frozenset())
        return self.directory(regime_id).actor(who.person)

    def context(
        self, actor: Actor, regime: Regime, history: History, *, case_id: str = "", number: str = "", now: datetime | None = None
    ) -> Context:
        """What `decide` may look at."""
        return Context(
            now=now or self.now,
            actor=actor,
            calendar=self.calendar,
            directory=self.directory(regime.id),
            history=history,
            tables=self.tables(regime.id),
            case_id=case_id,
            organisation=str(self.organisation.pk),
            number=number,
        )


def world_of(organisation: Organisation) -> World:
    """The organisation as it is now. One query, but after a change of people or working time."""
    seen = glance(organisation)
    people = people_of(organisation, seen.people_stamp)
    calendar = calendar_of(organisation, seen.calendar_stamp)
    return World(organisation, now_of(organisation), calendar, people, _digest(people), seen.published)


@lru_cache(maxsize=64)
def _digest(people: People) -> str:
    """A digest of who holds what: the same as long as nothing changes that assignments depend on."""
    heads = [(unit.key, unit.parent, unit.heads) for unit in people.units.values()]
    homes = [(person.person, person.unit) for person in people.persons.values()]
    known = (heads, homes, people.posts, people.unit_roles, *([people.deputies] if people.deputies else []))
    return hashlib.sha256(repr(known).encode()).hexdigest()[:32]


__all__ = ["SYSTEM", "World", "world_of"]
