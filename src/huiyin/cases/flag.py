"""A flag on the person who complains, as a case knows it."""

from dataclasses import dataclass
from datetime import datetime

from huiyin.records import made_quickly


@made_quickly
@dataclass(frozen=True, slots=True)
class Flag:
    """A flag of a case as it stands: who put it up first and when, when it was renewed last, until when it stands."""

    by: str
    at: datetime
    until: datetime | None
    renewed_at: datetime | None = None

    def stands(self, now: datetime) -> bool:
        """Whether it has not run out."""
        return self.until is None or now <= self.until
