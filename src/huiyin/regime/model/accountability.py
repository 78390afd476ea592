"""Sanctions, rewards, ledgers, corrective action (regime-language 2.7)."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from huiyin.calendars import Span

from .condition import Condition
from .fields import Field
from .limits import LimitExpression

Amount = bool | float | tuple[float, float]
"""True: the measure as such; a number: so much; a pair: a bracket decided by the confirmer."""


@dataclass(frozen=True, slots=True)
class MeasureDuty:
    """What has to be done for a measure (书面检查、离岗学习、停发奖金), as an affair of its own.

    `by` carries it out, nobody named: the person concerned. `lasts`: how long the measure holds from its confirmation; it is
    reported as carried out when that time is `over`. `within`: so long after the confirmation, or after the time is over.
    `confirmed_by` checks and may send it back; once it was `sent_back` there is as much time again.
    """

    within: LimitExpression
    by: tuple[str, ...] = ()
    lasts: LimitExpression | None = None
    fields: Mapping[str, Field] = field(default_factory=dict)
    required: tuple[str, ...] = ()
    produces: tuple[str, ...] = ()
    confirmed_by: tuple[str, ...] = ()
    confirm_fields: Mapping[str, Field] = field(default_factory=dict)
    confirm_required: tuple[str, ...] = ()
    confirm_produces: tuple[str, ...] = ()
    over: Condition | None = None
    sent_back: Condition | None = None


@dataclass(frozen=True, slots=True)
class Measure:
    """What may be proposed; `unit` such as 元 or 分; booked in `ledger` when one is named; `duty`: what is to be done for it.

    `stands`: how long it is in force from its confirmation; None: it is over once it is decided. `not_under`: measures that
    bar this one for a person (or unit) while they are in force.
    """

    id: str
    title: str
    unit: str = ""
    ledger: str | None = None
    reward: bool = False
    duty: MeasureDuty | None = None
    stands: LimitExpression | None = None
    not_under: tuple[str, ...] = ()
    cite: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ledger:
    """An append-only book. `of`: person, unit, part or case; `period`: month, quarter, year resets it, or None."""

    id: str
    title: str
    of: str
    unit: str = ""
    opens_with: float = 0.0
    period: str | None = None
    kept_by: str = ""


@dataclass(frozen=True, slots=True)
class Objection:
    """The person concerned may object `within` so long; `approval` decides on it."""

    within: LimitExpression
    approval: str
    cite: tuple[str, ...] = ()


_FACTS = "facts."


def field_against(against: str) -> str:
    """The name of the person or unit field that says whom a rule is about, empty where `against` is a role."""
    return against.removeprefix(_FACTS) if against.startswith(_FACTS) else ""


@dataclass(frozen=True, slots=True)
class AccountabilityRule:
    """Proposes measures against somebody after an event; `approval` confirms.

    `against`: roles, or fields of the work that found out who it was (`facts.person_responsible`), see `field_against`.
    `heard`: how long the person concerned has to state a view before anybody confirms, None: need not be heard.
    """

    id: str
    title: str
    after: tuple[str, ...]
    against: tuple[str, ...]
    propose: Mapping[str, Amount | str]
    approval: str
    cite: tuple[str, ...]
    when: Condition | None = None
    conduct: Mapping[str, str] = field(default_factory=dict)
    heard: LimitExpression | None = None
    objection: Objection | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Accountability:
    """The whole section."""

    measures: Mapping[str, Measure] = field(default_factory=dict)
    ledgers: Mapping[str, Ledger] = field(default_factory=dict)
    rules: Mapping[str, AccountabilityRule] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reopening:
    """A closed corrective action whose effect is missing may be taken up again by these roles, so long after it was closed."""

    by: tuple[str, ...]
    open_for: Span
    cite: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CorrectiveAction:
    """整改: opened → approved → done → effective, or ineffective and done again.

    `reopen` None: once closed it stays closed.
    """

    id: str
    title: str
    after: tuple[str, ...]
    owner: tuple[str, ...]
    cite: tuple[str, ...]
    when: Condition | None = None
    together_with: tuple[str, ...] = ()
    fields: Mapping[str, Field] = field(default_factory=dict)
    approval: str | None = None
    within: LimitExpression | None = None
    verified_by: tuple[str, ...] = ()
    produces: tuple[str, ...] = ()
    reopen: Reopening | None = None
