"""Confidentiality, records, portal, governance (regime-language 2.8)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from .condition import Condition
from .limits import LimitExpression


@dataclass(frozen=True, slots=True)
class Confidentiality:
    """Who alone may `see` a case, and which fields are hidden `hidden_from` whom."""

    id: str
    title: str
    when: Condition | None
    see: tuple[str, ...]
    hide: tuple[str, ...]
    hidden_from: tuple[str, ...]
    cite: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RecordsRow:
    """How long a case is kept; the first row that fits."""

    id: str
    title: str
    keep: LimitExpression
    cite: tuple[str, ...]
    when: Condition | None = None
    start: str = "archived"
    read_by: tuple[str, ...] = ()
    code: str = ""


@dataclass(frozen=True, slots=True)
class LegalPath:
    """A legal or higher way with its contact."""

    id: str
    title: str
    contact: str = ""


@dataclass(frozen=True, slots=True)
class PublishedReplies:
    """Replies are published by the act `act`, with what is filled in for it, and taken back by `withdrawn_by` (empty: never)."""

    act: str
    withdrawn_by: str = ""


@dataclass(frozen=True, slots=True)
class Portal:
    """What the public sees. `progress`: the milestones shown to the complainant; `replies` None: none are published."""

    show: tuple[str, ...] = ()
    progress: tuple[str, ...] = ("registered", "accepted", "assigned", "concluded", "replied", "closed")
    replies: PublishedReplies | None = None
    paths: Mapping[str, LegalPath] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Governance:
    """Who issued it, from when, what applies to open cases; how often it is looked at again (`revise_every`), and by whom."""

    issuer: str = ""
    author: str = ""
    document_number: str = ""
    issued_on: date | None = None
    effective_on: date | str | None = None
    revised_on: date | None = None
    revise_every: str = ""
    revised_by: tuple[str, ...] = ()
    approval: str | None = None
    announce_to: tuple[str, ...] = ()
    copies: int = 0
    copies_to: tuple[str, ...] = ()
    interpretation: str = ""
    basis: tuple[str, ...] = ()
    gaps: str = ""
    overrides: str = ""
    open_cases: str = "stay"
