"""Whom a row is for, as one word an index can find: a person, a role, a unit, the complainant, or nobody yet.

Role ids belong to a regime, so it is part of the word: `role:health-supervision/handler@ward-east`; without a unit
the role is meant wherever it is held: `role:health-supervision/general-office@`.
"""

from collections.abc import Iterable

from huiyin.cases.people import Actor, Assignee
from huiyin.regime.affairs import split_affair_id

NOBODY = "nobody"
EVERYBODY = "all-staff"
COMPLAINANT = "complainant"
_OUTSIDE_THE_ORGANISATION = {"complainant": COMPLAINANT, "public": "public", "system": "system"}


def subject_of(regime: str, assignee: Assignee) -> str:
    """The subject of an assignee. An affair's roles are those of the regime it belongs to."""
    regime = split_affair_id(regime)[0]
    if assignee.person:
        return f"person:{assignee.person}"
    if assignee.role in _OUTSIDE_THE_ORGANISATION:
        return _OUTSIDE_THE_ORGANISATION[assignee.role]
    if assignee.role:
        return f"role:{regime}/{assignee.role}@{assignee.unit}"
    return f"unit:{assignee.unit}" if assignee.unit else NOBODY


def audience_subject(regime: str, subject: str) -> str:
    """A subject within one regime, as audience rows have it; all affairs of a regime stand together, apart from its cases."""
    parent, affair = split_affair_id(regime)
    return f"{parent}/|{subject}" if affair else f"{regime}|{subject}"


def regime_of(subject: str) -> str:
    """The regime a role's subject belongs to; empty for persons, units and others that may stand under any."""
    return subject.removeprefix("role:").partition("/")[0] if subject.startswith("role:") else ""


def subjects_of(regime: str, assignees: Iterable[Assignee]) -> list[str]:
    """Their subjects, each once; `nobody` when there are none, so that the matter still shows where it is looked for."""
    return list(dict.fromkeys(subject_of(regime, assignee) for assignee in assignees)) or [NOBODY]


def subjects_for(regime: str, actor: Actor, units_of_role: Iterable[tuple[str, str]] = ()) -> set[str]:
    """All subjects that mean this actor under a regime.

    `units_of_role` lists (role, unit) for roles that belong to units: who holds such a role everywhere is meant in each.
    """
    found = {f"person:{actor.person}"}
    everywhere = {holding.role for holding in actor.holdings if holding.unit is None}
    for holding in actor.holdings:
        found.add(f"role:{regime}/{holding.role}@")
        if holding.unit is not None and holding.role != EVERYBODY:
            found.add(f"role:{regime}/{holding.role}@{holding.unit}")
            found.add(f"unit:{holding.unit}")
    found.update(f"role:{regime}/{role}@{unit}" for role, unit in units_of_role if role in everywhere)
    return found
