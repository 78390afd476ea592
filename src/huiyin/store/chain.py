"""The hash chain of a case: each event carries the digest of the one before, so nothing can be changed unnoticed."""

import hashlib
import json
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

GENESIS = "0" * 64
"""What the first event of a case gives as the digest before it."""

_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def canonical(value: Any) -> str:
    """JSON in the one form we hash: sorted keys, no spaces, characters as they are."""
    return _ENCODER.encode(value)


def moment(at: datetime) -> str:
    """An instant as hashed: UTC with microseconds."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def event_digest(case_id: UUID, sequence: int, kind: str, at: datetime, by: str, body: str, previous: str) -> str:
    """SHA-256 (hexadecimal) over the canonical JSON array of everything an event row says.

    `body` is canonical JSON text already and enters as it is stored.
    """
    head = canonical([str(case_id), sequence, kind, moment(at), by])[:-1]
    return hashlib.sha256(f'{head},{body},"{previous}"]'.encode()).hexdigest()
