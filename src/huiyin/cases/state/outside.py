"""Parties and bodies outside: invitations, transfers."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from huiyin.cases.people import OutsideBody


@dataclass(frozen=True, slots=True)
class Invitation:
    """A party outside that works on the case through a link. `unit` is the party's id where the organisation knows it.

    `until`: the last moment at which the link opens the case, None for ever; `issue`: 0 for the first code, then one more
    for each new one, which was given `issued_at`.
    """

    key: str
    role: str
    unit: str
    name: str
    invited_by: str
    invited_at: datetime
    ended_at: datetime | None = None
    until: datetime | None = None
    issue: int = 0
    issued_at: datetime | None = None

    def opens(self, now: datetime) -> bool:
        """Whether the link opens the case: it was not ended and has not run out."""
        return self.ended_at is None and (self.until is None or now <= self.until)


@dataclass(frozen=True, slots=True)
class TransferOut:
    """A transfer to a body outside under the regime's rules of transfers.

    `enclosures` are keys of evidence; `invitation` the link opened for the body; `received_on` the day on its receipt.
    """

    body: OutsideBody
    decided_at: datetime
    sent_at: datetime | None = None
    enclosures: tuple[str, ...] = ()
    invitation: str = ""
    received_at: datetime | None = None
    received_on: date | None = None
    received_by: str = ""
    their_number: str = ""
    returned_at: datetime | None = None
    reason: str = ""

    @property
    def stage(self) -> Literal["decided", "sent", "received", "returned"]:
        """How far it has come."""
        if self.returned_at is not None:
            return "returned"
        if self.received_at is not None:
            return "received"
        return "decided" if self.sent_at is None else "sent"
