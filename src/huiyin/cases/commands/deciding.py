"""Where the case belongs: rule tables decided by a person, transfers, units, severity, links, recusal."""

from dataclasses import dataclass
from typing import ClassVar

from .base import Command, CoreAct


@dataclass(frozen=True, slots=True, kw_only=True)
class DecideTable(Command):
    """Decide an assessment or routing that the engine left undecided. `body` as in `Perform`."""

    table: str
    row: str
    to: str = ""
    unit: str = ""
    handler: str = ""
    also: tuple[str, ...] = ()
    into: str = ""
    body: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Transfer(CoreAct):
    """Hand the case to another body or unit. `unit`: which of many, for a body outside its name in the table."""

    act: ClassVar[str] = "transfer"
    to: str
    unit: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Return(CoreAct):
    """Give the case back to where it came from."""

    act: ClassVar[str] = "return"
    to: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reassign(CoreAct):
    """Make somebody else responsible."""

    act: ClassVar[str] = "reassign"
    to: str = ""
    unit: str = ""
    handler: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AddUnit(CoreAct):
    """Add a co-handling unit."""

    act: ClassVar[str] = "add-unit"
    unit: str
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Merge(CoreAct):
    """Join this case to another that is handled already; `into` is its id."""

    act: ClassVar[str] = "merge"
    into: str
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Link(CoreAct):
    """Link another case; `other` is its id."""

    act: ClassVar[str] = "link"
    other: str
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Regrade(CoreAct):
    """Set severity or category by hand."""

    act: ClassVar[str] = "regrade"
    severity: str = ""
    category: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recuse(CoreAct):
    """Step back from the case, or keep `person` from it."""

    act: ClassVar[str] = "recuse"
    person: str = ""
    text: str = ""
