"""What was decided against or for somebody, and what was booked."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

FOREVER = datetime.max.replace(tzinfo=UTC)
"""Until when a measure stands that has no end."""


@dataclass(frozen=True, slots=True)
class Imposed:
    """A sanction or reward that was confirmed. `number` is that of its event in the case.

    `objection_until`: the last moment to object, None where the regime knows no objection; `settled`: `withdrawn` or
    `upheld` once an objection was decided. `stands_until`: measures that are in force for a time → until when, ISO 8601.
    """

    number: int
    rule: str
    against: str
    measures: Mapping[str, Any]
    by: str
    at: datetime
    objection_until: datetime | None = None
    objected_at: datetime | None = None
    objection: str = ""
    settled: str = ""
    stands_until: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Booking:
    """An entry of a ledger. `number` is that of its event in the case; `reverses` and `reversed_by` are 0 for none."""

    number: int
    ledger: str
    account: str
    amount: float
    measure: str
    rule: str
    at: datetime
    reverses: int = 0
    reversed_by: int = 0
