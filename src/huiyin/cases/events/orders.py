"""Orders: given, reported back, accepted or sent back, taken back."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from .base import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class Ordered(Event):
    """An order was given, by a person or, when a limit passed, in the name of `role`.

    `kind` is a kind of order of the regime; empty for a plain supervise order. `work` gave it, `obligation` is the key of
    the limit for its report.
    """

    title: ClassVar[str] = "交办"
    key: str
    limit: str
    text: str
    role: str = ""
    kind: str = ""
    order_title: str = ""
    work: str = ""
    to: str = ""
    unit: str = ""
    person: str = ""
    obligation: str = ""
    accepted_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderAnswered(Event):
    """The addressee reported back."""

    title: ClassVar[str] = "报告办理情况"
    key: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportAccepted(Event):
    """The report was accepted; the order is done."""

    title: ClassVar[str] = "认可报告"
    key: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportReturned(Event):
    """The report was sent back; the addressee owes another one, for which `obligation` runs."""

    title: ClassVar[str] = "退回报告"
    key: str
    text: str
    obligation: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportCorrected(Event):
    """Whoever reported put the report right before it was accepted. `old` and `old_fields` are what it said until then.

    `fields` are what the regime asks with the report, as filled in now.
    """

    title: ClassVar[str] = "更正报告"
    key: str
    text: str
    old: str
    new: str
    old_fields: Mapping[str, Any] = field(default_factory=dict)
    fields: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportWithdrawn(Event):
    """Whoever reported took the report back before it was accepted; `old` is what it said. `obligation` runs on for another."""

    title: ClassVar[str] = "撤回报告"
    key: str
    text: str
    old: str
    obligation: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderRecalled(Event):
    """The order was taken back; nothing is owed for it any more."""

    title: ClassVar[str] = "收回交办"
    key: str
    text: str
