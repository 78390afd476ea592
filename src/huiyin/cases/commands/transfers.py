"""Transfers to bodies outside, once decided: sent, received, returned."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from .base import CoreAct


@dataclass(frozen=True, slots=True, kw_only=True)
class SendTransfer(CoreAct):
    """Send the case to the body outside.

    `body` changes whom it goes to (a role, or `role/name` for one of many); `without` are the keys of evidence that stays.
    """

    act: ClassVar[str] = "send-transfer"
    body: str = ""
    without: tuple[str, ...] = ()
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmTransfer(CoreAct):
    """Record that the body has the case. `received_on`: the day on its receipt, today where nothing is said."""

    act: ClassVar[str] = "confirm-transfer"
    received_by: str = ""
    received_on: date | None = None
    their_number: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnTransfer(CoreAct):
    """Record that the body gave the case back, and why."""

    act: ClassVar[str] = "return-transfer"
    text: str = ""
