"""People seen from the case: who acts, who is concerned, who is responsible."""

from dataclasses import dataclass
from typing import Literal, Protocol

from huiyin.records import made_quickly
from huiyin.regime.model import Regime


@dataclass(frozen=True, slots=True)
class Holding:
    """A role that somebody holds, in a unit where the role belongs to one."""

    role: str
    unit: str | None = None


@made_quickly
@dataclass(frozen=True, slots=True)
class Actor:
    """Who gives a command. `person` is an id; a complainant acts through a tracking code, an outside party by link."""

    person: str
    holdings: frozenset[Holding] = frozenset()
    kind: Literal["staff", "complainant", "outside", "system"] = "staff"

    def holds(self, role: str, units: frozenset[str] | None = None) -> bool:
        """Whether this person holds the role, in one of `units` if given."""
        for holding in self.holdings:  # noqa: SIM110 - asked many times in a decision, `any` would make a generator each time
            if holding.role == role and (units is None or holding.unit is None or holding.unit in units):
                return True
        return False

    def in_unit(self, unit: str | None) -> bool:
        """Whether this person belongs to the unit."""
        return unit is not None and any(holding.unit == unit for holding in self.holdings)


SYSTEM = Actor("system", kind="system")


@made_quickly
@dataclass(frozen=True, slots=True)
class Complainant:
    """Who complains, without personal data: `party` points to the encrypted record."""

    party: str = ""
    anonymous: bool = False
    reachable: bool = True
    is_staff: bool = False
    is_organisation: bool = False
    people: int = 1


@made_quickly
@dataclass(frozen=True, slots=True)
class Respondent:
    """Who is complained about. `unit` and `person` are ids of the organisation when it is one of ours."""

    kind: Literal["", "person", "unit", "organisation", "outside"] = ""
    unit: str = ""
    person: str = ""
    party: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class OutsideBody:
    """A body outside as it was known at the time: its role in the regime, its name, how it is reached.

    `address`, `phone` … are those of `huiyin.regime.model.Contact`.
    """

    role: str
    name: str
    remit: str = ""
    address: str = ""
    phone: str = ""
    email: str = ""
    website: str = ""
    hours: str = ""


@made_quickly
@dataclass(frozen=True, slots=True)
class Assignee:
    """Whose turn it is: a person, or whoever holds `role` in `unit`."""

    role: str
    unit: str = ""
    person: str = ""


class Directory(Protocol):
    """What the core may ask about the organisation. Ids only; answers hold for the time of the command."""

    def units_of(self, role: str) -> tuple[str, ...]:
        """Units that play this unit role."""
        ...

    def heads_of(self, unit: str) -> tuple[str, ...]:
        """Persons who head the unit."""
        ...

    def holders_of(self, role: str, unit: str | None = None) -> tuple[str, ...]:
        """Persons who hold the role, in the unit if one is given."""
        ...

    def unit_of(self, person: str) -> str | None:
        """The unit the person belongs to."""
        ...

    def parent_of(self, unit: str) -> str | None:
        """The unit above."""
        ...


def known_unit(regime: Regime, directory: Directory, unit: str) -> bool:
    """Whether the organisation has this unit: it plays a role of the regime, has a head, or stands under another."""
    plays = any(unit in directory.units_of(role) for role in regime.roles)
    return bool(unit) and (plays or bool(directory.heads_of(unit)) or directory.parent_of(unit) is not None)


def known_person(regime: Regime, directory: Directory, person: str) -> bool:
    """Whether the organisation has this person: a member of a unit, or a holder of a role."""
    return directory.unit_of(person) is not None or any(person in directory.holders_of(role) for role in regime.roles)
