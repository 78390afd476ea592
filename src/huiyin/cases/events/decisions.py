"""Decisions by rule tables: graded, assessed, assigned, recused."""

from dataclasses import dataclass
from typing import ClassVar

from huiyin.cases.people import OutsideBody

from .base import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class Graded(Event):
    """Severity or category was set, by rule or by hand."""

    title: ClassVar[str] = "定级"
    severity: str
    category: str
    by_hand: bool = False
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessed(Event):
    """Assessment was decided: accept, refuse, explain, settle, merge, transfer or ask-more.

    `body` is who a case goes to, or who the complainant is told to turn to; `to_send`: the transfer is still to be sent.
    """

    title: ClassVar[str] = "受理审查"
    row: str
    outcome: str
    to: str = ""
    to_regime: str = ""
    into: str = ""
    text: str = ""
    body: OutsideBody | None = None
    to_send: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftUndecided(Event):
    """A rule could not be evaluated for want of a fact; a person decides."""

    title: ClassVar[str] = "未能判断"
    table: str
    row: str
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Assigned(Event):
    """Somebody was made responsible. `also` are co-handling units."""

    title: ClassVar[str] = "分派"
    row: str
    role: str
    unit: str
    handler_role: str
    handler: str
    also: tuple[str, ...]
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recused(Event):
    """Somebody stepped back from the case, or was kept from it."""

    title: ClassVar[str] = "回避"
    person: str
    text: str
