"""Whom a subject means: the people behind a person, a unit or a role, less those who must not hear of the case."""

from collections.abc import Iterable

from huiyin.organisations.people import People


def persons_of(people: People, subject: str, barred: str) -> tuple[str, ...]:
    """Ids of the staff a subject means today. `barred` lists the accused and recused as the case's row does."""
    found = tuple(dict.fromkeys(_persons(people, subject)))
    return tuple(person for person in found if f"|{person}|" not in barred and _is_staff(people, person))


def _persons(people: People, subject: str) -> Iterable[str]:
    kind, _, name = subject.partition(":")
    if kind == "person":
        return (name,)
    if kind == "unit":
        return people.members.get(name, ())
    if kind == "role":
        regime, _, place = name.partition("/")
        role, _, unit = place.rpartition("@")
        return people.under(regime).holders_of(role, unit or None)
    return ()


def _is_staff(people: People, person: str) -> bool:
    entry = people.persons.get(person)
    return entry is not None and not entry.outside


def is_on_duty(people: People, subject: str, person: str) -> bool:
    """Whether the person is on the roster now in the role the subject names: then it cannot wait for office hours."""
    kind, _, name = subject.partition(":")
    regime, _, place = name.partition("/")
    return kind == "role" and person in people.on_duty.get((regime, place.rpartition("@")[0]), ())


def units_of(people: People, subject: str) -> frozenset[str]:
    """Units (keys) a subject belongs to, for groups that get what a unit is told."""
    kind, _, name = subject.partition(":")
    if kind == "unit":
        return frozenset({name})
    if kind == "role":
        regime, _, place = name.partition("/")
        role, _, unit = place.rpartition("@")
        return frozenset({unit}) if unit else frozenset(people.under(regime).units_of(role))
    entry = people.persons.get(name) if kind == "person" else None
    return frozenset({entry.unit}) if entry else frozenset()
