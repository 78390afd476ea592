"""The hash chain of a case: each event carries the digest of the one before, so nothing can be changed unnoticed."""

import hashlib
from datetime import UTC, datetime
from functools import lru_cache
from uuid import UUID

from huiyin.cases.normal_json import normal_json

GENESIS = "0" * 64
"""What the first event of a case gives as the digest before it."""

def moment(at: datetime) -> str:
    """An instant as hashed: UTC with microseconds."""
    return _moment(at, at.fold)


@lru_cache(maxsize=1024)
def _moment(at: datetime, _fold: int) -> str:
    """Written once for all events of a decision. Without the fold, the hour that clocks go through twice would be one."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


@lru_cache(maxsize=1024)
def _id(case_id: UUID) -> str:
    """Written once for all events of a case."""
    return str(case_id)


@lru_cache(maxsize=1024)
def _word(text: str) -> str:
    """The kind of an event, or who did it, as JSON: few words that come again and again."""
    return normal_json(text)


def event_digest(case_id: UUID, sequence: int, kind: str, at: datetime, by: str, body: str, previous: str) -> str:
    """SHA-256 (hexadecimal) over the normal JSON array of everything an event row says.

    `body` is JSON text in the normal form already and enters as it is stored.
    """
    said = f'["{_id(case_id)}",{sequence},{_word(kind)},"{moment(at)}",{_word(by)},{body},"{previous}"]'
    return hashlib.sha256(said.encode()).hexdigest()
