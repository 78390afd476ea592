"""Transfers to bodies outside: sent with a package, received, returned."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from huiyin.cases.people import OutsideBody
from huiyin.cases.state import Obligation

from .base import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferSent(Event):
    """The case went to the `body` outside. `enclosures` are the keys of the evidence that went along.

    `paused`: limits of ours that stand still meanwhile; `invitation`: the link opened for the body, if any.
    """

    title: ClassVar[str] = "移送发出"
    body: OutsideBody
    enclosures: tuple[str, ...]
    paused: tuple[str, ...] = ()
    invitation: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferReceived(Event):
    """The body outside confirmed that it has the case: who signed, on which day, under which number of theirs."""

    title: ClassVar[str] = "对方签收"
    received_by: str
    received_on: date
    their_number: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferReturned(Event):
    """The body outside gave the case back. `obligations` are our limits as they run from now on."""

    title: ClassVar[str] = "对方退回"
    text: str
    obligations: tuple[Obligation, ...] = ()
