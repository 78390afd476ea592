"""Orders: given, reported back, accepted or sent back, taken back."""

from dataclasses import dataclass
from typing import ClassVar

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
class OrderRecalled(Event):
    """The order was taken back; nothing is owed for it any more."""

    title: ClassVar[str] = "收回交办"
    key: str
    text: str
