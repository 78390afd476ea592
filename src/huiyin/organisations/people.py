"""Who is who in an organisation: a snapshot of its people, and the directory the case core asks.

A snapshot costs seven queries and serves until somebody or something of the organisation's people changes (or the day
does, because posts are held from a day to a day, or the roster does); every later call costs one small query.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import TypedDict
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from huiyin.cases.people import Actor
from huiyin.cases.people import Holding as HeldRole
from huiyin.organisations.clock import now_of
from huiyin.organisations.models import Deputy, Holding, Organisation, RosterTurn, Staff, Unit, UnitKind, UnitRole
from huiyin.regime.affairs import split_affair_id

ALL_STAFF = "all-staff"


@dataclass(frozen=True, slots=True)
class UnitEntry:
    """A unit: `key` is its id everywhere outside the database."""

    key: str
    title: str
    kind: str
    parent: str | None
    heads: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PersonEntry:
    """A person: `person` is the id everywhere outside the database."""

    person: str
    name: str
    job_title: str
    unit: str
    outside: bool


@dataclass(frozen=True, slots=True)
class PostEntry:
    """A role held by a person; `regime` is empty for all regimes, `unit` None for everywhere."""

    person: str
    regime: str
    role: str
    unit: str | None


@dataclass(frozen=True, eq=False)
class People:
    """All people and units of an organisation on one day, by their ids.

    `deputies`: person → those who act for the person today; their posts and headships are in `posts` and `units`.
    `on_duty`: (regime, role) → who is on the roster now; `until` is when that changes next, None: not today.
    """

    units: dict[str, UnitEntry]
    persons: dict[str, PersonEntry]
    posts: tuple[PostEntry, ...]
    unit_roles: tuple[tuple[str, str, str], ...]
    deputies: dict[str, tuple[str, ...]] = field(default_factory=dict)
    on_duty: dict[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)
    until: datetime | None = None
    _directories: dict[str, "RegimeDirectory"] = field(default_factory=dict)

    def under(self, regime: str) -> "RegimeDirectory":
        """The directory of one regime, whose role ids it knows; an affair has the people of the regime it belongs to."""
        regime = split_affair_id(regime)[0]
        found = self._directories.get(regime)
        if found is None:
            found = self._directories[regime] = RegimeDirectory(self, regime)
        return found

    def name_of(self, person: str) -> str:
        """The person's name, or the id of somebody unknown."""
        entry = self.persons.get(person)
        return entry.name if entry else person

    def unit_title(self, unit: str) -> str:
        """The unit's title, or the id of a unit unknown."""
        entry = self.units.get(unit)
        return entry.title if entry else unit

    @cached_property
    def members(self) -> dict[str, tuple[str, ...]]:
        """Unit → persons whose home it is, and those who act for one of them."""
        found: dict[str, list[str]] = defaultdict(list)
        for person in self.persons.values():
            found[person.unit] += [person.person, *self.deputies.get(person.person, ())]
        return {unit: tuple(persons) for unit, persons in found.items()}


class RegimeDirectory:
    """The `huiyin.cases.people.Directory` of one organisation under one regime."""

    def __init__(self, people: People, regime: str) -> None:
        self.people = people
        self.regime = regime
        units: dict[str, list[str]] = defaultdict(list)
        holders: dict[str, dict[str, set[str | None]]] = defaultdict(lambda: defaultdict(set))
        for unit, of_regime, role in people.unit_roles:
            if of_regime == regime:
                units[role].append(unit)
                for person in people.members.get(unit, ()):
                    holders[role][person].add(unit)
        for post in people.posts:
            if post.regime in ("", regime) and post.person in people.persons:
                holders[post.role][post.person].add(post.unit)
        for (of_regime, role), persons in people.on_duty.items():
            if of_regime == regime:  # while somebody is on duty the role is nobody else's
                holders[role] = {person: holders[role].get(person, {None}) for person in persons}
        self._units = {role: tuple(keys) for role, keys in units.items()}
        self._holders = {role: dict(persons) for role, persons in holders.items()}

    def units_of(self, role: str) -> tuple[str, ...]:
        """Keys of the units that play this unit role, in the order they were set up."""
        return self._units.get(role, ())

    def heads_of(self, unit: str) -> tuple[str, ...]:
        """Persons who head the unit."""
        entry = self.people.units.get(unit)
        return entry.heads if entry else ()

    def holders_of(self, role: str, unit: str | None = None) -> tuple[str, ...]:
        """Persons who hold the post, or belong to a unit that plays the role; in the unit if one is given.

        A post held everywhere (without unit) counts in every unit.
        """
        holders = self._holders.get(role, {})
        return tuple(person for person, units in holders.items() if unit is None or unit in units or None in units)

    def unit_of(self, person: str) -> str | None:
        """The unit the person belongs to."""
        entry = self.people.persons.get(person)
        return entry.unit if entry else None

    def parent_of(self, unit: str) -> str | None:
        """The unit above."""
        entry = self.people.units.get(unit)
        return entry.parent if entry else None

    def actor(self, person: str) -> Actor:
        """The person as an actor, with all roles under this regime. Raises KeyError for somebody unknown or gone."""
        entry = self.people.persons[person]
        held = {
            HeldRole(role, unit)
            for role, holders in self._holders.items()
            for unit in holders.get(person, ())
        }
        if entry.outside:
            return Actor(person, frozenset(held), "outside")
        return Actor(person, frozenset(held | {HeldRole(ALL_STAFF, entry.unit)}), "staff")


_snapshots: dict[UUID, tuple[str, date, People]] = {}


def people_of(organisation: Organisation, stamp: str = "") -> People:
    """Everybody who is in the organisation today (by its own clock). `stamp` is the people's stamp if just read."""
    stamp = stamp or Organisation.objects.values_list("people_stamp", flat=True).get(pk=organisation.pk)
    now = now_of(organisation)
    today = timezone.localdate(now)
    known = _snapshots.get(organisation.pk)
    if known is None or known[:2] != (stamp, today) or (known[2].until is not None and now >= known[2].until):
        known = _snapshots[organisation.pk] = (stamp, today, _read(organisation, today, now))
    return known[2]


def directory(organisation: Organisation, regime_id: str) -> RegimeDirectory:
    """The directory the case core asks, for one regime."""
    return people_of(organisation).under(regime_id)


def actor_of(staff: Staff, regime_id: str) -> Actor:
    """A member of staff as an actor under this regime. Raises KeyError when the person has left."""
    return directory(staff.organisation, regime_id).actor(staff.person)


def _read(organisation: Organisation, today: date, now: datetime) -> People:
    units = list(Unit.objects.filter(organisation=organisation).order_by("id"))
    keys = {unit.pk: unit.key for unit in units}
    still_here = Q(until__isnull=True) | Q(until__gte=today)
    outside = {unit.pk for unit in units if unit.kind == UnitKind.OUTSIDE}
    staff = list(Staff.objects.filter(still_here, organisation=organisation).order_by("id"))
    persons = {one.pk: one.person for one in staff}
    deputies = _deputies(organisation, today, persons)
    heads: dict[UUID, list[str]] = defaultdict(list)
    for unit_id, staff_id in (
        Unit.heads.through.objects.filter(unit__organisation=organisation)
        .order_by("id")
        .values_list("unit_id", "staff_id")
    ):
        if staff_id in persons:
            heads[unit_id] += [persons[staff_id], *deputies.get(persons[staff_id], ())]
    begun = Q(since__isnull=True) | Q(since__lte=today)
    held = Holding.objects.filter(begun & still_here, staff__organisation=organisation).order_by("id")
    roles = UnitRole.objects.filter(unit__organisation=organisation).order_by("id")
    return People(
        units={
            unit.key: UnitEntry(
                unit.key,
                unit.title,
                unit.kind,
                keys[unit.parent_id] if unit.parent_id else None,
                tuple(heads[unit.pk]),
            )
            for unit in units
        },
        persons={
            one.person: PersonEntry(one.person, one.name, one.job_title, keys[one.unit_id], one.unit_id in outside)
            for one in staff
        },
        posts=tuple(_with_deputies(_posts(held, persons, keys), deputies)),
        unit_roles=tuple((keys[one.unit_id], one.regime, one.role) for one in roles),
        deputies=deputies,
        **_roster(organisation, now, persons),
    )


def _deputies(organisation: Organisation, today: date, persons: dict[UUID, str]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = defaultdict(list)
    acting = Deputy.objects.filter(staff__organisation=organisation, since__lte=today, until__gte=today).order_by("id")
    for one in acting:
        if one.staff_id in persons and one.deputy_id in persons:
            found[persons[one.staff_id]].append(persons[one.deputy_id])
    return {person: tuple(dict.fromkeys(each)) for person, each in found.items()}


def _with_deputies(posts: Iterable[PostEntry], deputies: dict[str, tuple[str, ...]]) -> Iterable[PostEntry]:
    for post in posts:
        yield post
        for deputy in deputies.get(post.person, ()):
            yield replace(post, person=deputy)


class _Roster(TypedDict):
    on_duty: dict[tuple[str, str], tuple[str, ...]]
    until: datetime | None


def _roster(organisation: Organisation, now: datetime, persons: dict[UUID, str]) -> _Roster:
    """Who is on duty now, and when that changes next within a day."""
    turns = RosterTurn.objects.filter(
        staff__organisation=organisation, ends_at__gt=now, starts_at__lt=now + timedelta(days=1)
    )
    on_duty: dict[tuple[str, str], list[str]] = defaultdict(list)
    changes = []
    for turn in turns.order_by("starts_at", "id"):
        begun = turn.starts_at <= now
        changes.append(turn.ends_at if begun else turn.starts_at)
        if begun and turn.staff_id in persons:
            on_duty[turn.regime, turn.role].append(persons[turn.staff_id])
    return {"on_duty": {key: tuple(each) for key, each in on_duty.items()}, "until": min(changes, default=None)}


def _posts(held: Iterable[Holding], persons: dict[UUID, str], keys: dict[UUID, str]) -> Iterable[PostEntry]:
    for one in held:
        if one.staff_id in persons:
            yield PostEntry(
                persons[one.staff_id], one.regime, one.role, keys[one.unit_id] if one.unit_id else None
            )
