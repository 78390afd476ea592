"""The demo's people as they are written in people.yaml."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import yaml


@dataclass(frozen=True, slots=True)
class PersonPlan:
    """A person to be: `posts` are role ids, `show` puts the sign-in into the printed list."""

    person: str
    name: str
    title: str
    posts: tuple[str, ...]
    administrator: bool
    show: bool


@dataclass(frozen=True, slots=True)
class UnitPlan:
    """A unit to be; the first of `people` heads it."""

    key: str
    title: str
    kind: str
    roles: tuple[str, ...]
    people: tuple[PersonPlan, ...]


@dataclass(frozen=True, slots=True)
class BranchPlan:
    """A branch that runs one pack, with the answers and tables it has for it."""

    key: str
    title: str
    pack: str
    units: tuple[UnitPlan, ...]
    answers: Mapping[str, Any]
    tables: Mapping[str, Mapping[str, Mapping[str, Any]]]


@dataclass(frozen=True, slots=True)
class Plan:
    """The whole demo. `contacts`: pack → setting → phone number or address, for every pack there is."""

    slug: str
    title: str
    rehearsal_title: str
    opening_hours: list[list[str]]
    headquarters: UnitPlan
    branches: tuple[BranchPlan, ...]
    reserve: tuple[str, ...]
    contacts: Mapping[str, Mapping[str, str]]

    def people(self) -> Iterator[PersonPlan]:
        """Everybody, in the order of the file."""
        yield from self.headquarters.people
        for branch in self.branches:
            for unit in branch.units:
                yield from unit.people


@cache
def plan() -> Plan:
    """The demo as planned."""
    data, contacts = _read("people.yaml"), _read("contacts.yaml")
    return Plan(
        slug=data["slug"],
        title=data["title"],
        rehearsal_title=data["rehearsal_title"],
        opening_hours=data["opening_hours"],
        headquarters=_unit(data["headquarters"]),
        branches=tuple(_branch(branch, data["packs"].get(branch["pack"], {}), contacts) for branch in data["branches"]),
        reserve=tuple(data["reserve"]),
        contacts=contacts,
    )


def _read(file: str) -> Any:
    text = resources.files("huiyin.organisations.demo").joinpath(file).read_text(encoding="utf-8")
    return yaml.load(text, Loader=yaml.CSafeLoader)


def branch_for(pack: str, title: str) -> BranchPlan:
    """The planned branch of a pack; where none was planned a bare one, whose units and people follow from the roles."""
    planned = next((branch for branch in plan().branches if branch.pack == pack), None)
    answers = plan().contacts.get(pack, {})
    return planned or BranchPlan(key=pack, title=title, pack=pack, units=(), answers=answers, tables={})


def _branch(data: Mapping[str, Any], pack: Mapping[str, Any], contacts: Mapping[str, Mapping[str, str]]) -> BranchPlan:
    return BranchPlan(
        key=data["key"],
        title=data["title"],
        pack=data["pack"],
        units=tuple(map(_unit, data["units"])),
        answers={**contacts.get(data["pack"], {}), **pack.get("answers", {})},
        tables=pack.get("tables", {}),
    )


def _unit(data: Mapping[str, Any]) -> UnitPlan:
    return UnitPlan(
        key=data["key"],
        title=data["title"],
        kind=data.get("kind", "department"),
        roles=tuple(data.get("roles", ())),
        people=tuple(map(_person, data["people"])),
    )


def _person(data: Mapping[str, Any]) -> PersonPlan:
    return PersonPlan(
        person=data["id"],
        name=data["name"],
        title=data["title"],
        posts=tuple(data.get("posts", ())),
        administrator=data.get("administrator", False),
        show=data.get("show", False),
    )
