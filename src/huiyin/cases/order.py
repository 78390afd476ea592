"""An order on a case: who charged whom with what, until when, and what was reported back."""

from dataclasses import dataclass
from datetime import datetime

from huiyin.records import made_quickly


@made_quickly
@dataclass(frozen=True, slots=True)
class Order:
    """Something somebody was charged with: a supervise order, an instruction, a resolution of a meeting.

    `kind` is that of the regime, empty for a plain supervise order, which whoever handles the case answers without a time.
    `to`, `unit`, `person` are the addressee, `obligation` the key of the limit that runs for the report. `role` issued it
    where it came of itself as a limit passed; `work` gave it. `accepted_by`: who has to accept the report; `returned`
    counts how often it was sent back. `limit`: the limit it is about, if it is about one.
    """

    key: str
    limit: str
    by: str
    text: str
    ordered_at: datetime
    answered_at: datetime | None = None
    role: str = ""
    kind: str = ""
    title: str = ""
    work: str = ""
    to: str = ""
    unit: str = ""
    person: str = ""
    obligation: str = ""
    accepted_by: tuple[str, ...] = ()
    report: str = ""
    answered_by: str = ""
    accepted_at: datetime | None = None
    recalled_at: datetime | None = None
    returned: int = 0

    @property
    def waits(self) -> bool:
        """Whether the report is still to come."""
        return self.answered_at is None and self.recalled_at is None

    @property
    def to_accept(self) -> bool:
        """Whether a report waits to be accepted or sent back."""
        came = self.answered_at is not None and self.recalled_at is None
        return came and bool(self.accepted_by) and self.accepted_at is None

    @property
    def is_open(self) -> bool:
        """Whether something is left to do for it."""
        return self.waits or self.to_accept

    @property
    def name(self) -> str:
        """What it is called: the title of its kind."""
        return self.title or "督办单"


def was_over(order: Order, at: datetime) -> bool:
    """Whether nothing was left to do for an order at a time: reported, accepted where that is asked, or taken back."""
    ends = [order.recalled_at, order.accepted_at if order.accepted_by else order.answered_at]
    return any(end is not None and end <= at for end in ends)
