"""Accountability: measures decided, heard, objected to, booked and taken back."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ClassVar

from .base import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class SanctionConfirmed(Event):
    """A sanction or reward proposed by rule was confirmed by a person. `measures`: measure → amount or True.

    `stands_until`: those that are in force for a time → until when, ISO 8601.
    """

    title: ClassVar[str] = "处理决定"
    rule: str
    against_role: str
    against: str
    measures: Mapping[str, Any]
    conduct: tuple[str, ...]
    text: str
    objection_until: datetime | None = None
    stands_until: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerBooked(Event):
    """An entry for a ledger; amounts in the ledger's unit, negative ones take away."""

    title: ClassVar[str] = "记入台账"
    ledger: str
    account: str
    amount: float
    measure: str
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConcernedNamed(Event):
    """Who decides named the person a proposal is about, whom the case did not tell; that person is heard from now on.

    `heard_until`: the last moment to state a view before it can be confirmed; `lapses_at`: when it goes to somebody else.
    """

    title: ClassVar[str] = "确定当事人"
    key: str
    against: str
    heard_until: datetime
    lapses_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewStated(Event):
    """The person concerned stated a view on a proposal; it can be decided now, and goes to somebody else at `lapses_at`."""

    title: ClassVar[str] = "当事人陈述"
    key: str
    text: str
    lapses_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SanctionObjected(Event):
    """The person concerned objects to a confirmed measure; `sanction` is the number of its event."""

    title: ClassVar[str] = "当事人提出异议"
    sanction: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SanctionWithdrawn(Event):
    """An objection was upheld: the measure is taken back, and does not count as an offence any more."""

    title: ClassVar[str] = "撤销处理"
    sanction: int
    rule: str
    against: str
    imposed_at: datetime
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SanctionUpheld(Event):
    """An objection was turned down: the measure stands."""

    title: ClassVar[str] = "维持处理"
    sanction: int
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BookingReversed(Event):
    """A counter-entry: takes back what the event of number `reverses` in the same case booked; the amount is its opposite."""

    title: ClassVar[str] = "冲销入账"
    ledger: str
    account: str
    amount: float
    measure: str
    rule: str
    reverses: int
    text: str
