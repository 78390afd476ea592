"""Measures against persons and units: what they say to them, and bookings taken back."""

from dataclasses import dataclass

from .base import Command


@dataclass(frozen=True, slots=True, kw_only=True)
class ReverseBooking(Command):
    """Take an entry of a ledger back by a counter-entry.

    `booking` is the number of the event that booked it; without one, the only entry (of `ledger`) not taken back yet.
    """

    booking: int = 0
    ledger: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StateView(Command):
    """State one's view on a measure proposed against oneself; without `key` or `rule` the only one that waits."""

    text: str
    key: str = ""
    rule: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectTo(Command):
    """Object to a measure decided against oneself.

    `sanction` is the number of its event in the case, or `rule` tells which; 0: the only one that can still be objected to.
    """

    text: str
    sanction: int = 0
    rule: str = ""
