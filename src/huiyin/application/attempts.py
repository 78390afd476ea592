"""Doors that a code opens: whoever guesses is soon locked out for a while, for the thing, for the address, and for both."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from uuid import UUID

from django.db.models import F
from django.utils import timezone

from huiyin.store.availability import clear_failures
from huiyin.store.errors import TooManyAttempts, UnknownCase
from huiyin.store.models import TrackingAttemptRow

WINDOW = timedelta(minutes=15)
MOST_PER_NUMBER_AND_SOURCE = 5
MOST_PER_NUMBER = 30
MOST_PER_SOURCE = 30


@contextmanager
def counted_door(organisation_id: UUID, number: str, source: str) -> Iterator[None]:
    """Check a code inside: an UnknownCase raised there counts as a wrong one.

    `number` is what the code belongs to; `source` the visitor's address, kept as a digest only.

    Raises:
        TooManyAttempts: too many wrong ones before; the code is not looked at. `retry_after` says how long to wait.
        StoreUnavailable.
    """
    now, subjects = timezone.now(), subjects_of(number, source)
    with clear_failures():
        refuse_if_locked(organisation_id, subjects, now)
        try:
            yield
        except UnknownCase:
            count_failure(organisation_id, subjects, now)
            raise


def subjects_of(number: str, source: str) -> dict[str, int]:
    """What wrong codes are counted under, each with the most that are borne in a window; addresses only as digests."""

    def mark(*parts: str) -> str:
        return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:40]

    return {
        mark("both", number, source): MOST_PER_NUMBER_AND_SOURCE,
        mark("number", number): MOST_PER_NUMBER,
        mark("source", source): MOST_PER_SOURCE,
    }


def refuse_if_locked(organisation_id: UUID, subjects: dict[str, int], now: datetime) -> None:
    """Raises TooManyAttempts, which says how long to wait, when too many wrong codes were tried."""
    counted = TrackingAttemptRow.objects.filter(
        organisation_id=organisation_id, subject__in=list(subjects), window=_window(now)
    )
    for row in counted:
        if row.failures >= subjects[row.subject]:
            raise TooManyAttempts(int((_window(now) + WINDOW - now).total_seconds()) + 1)


def count_failure(organisation_id: UUID, subjects: dict[str, int], now: datetime) -> None:
    """Count one wrong code."""
    window = _window(now)
    for subject in subjects:
        row, new = TrackingAttemptRow.objects.get_or_create(
            organisation_id=organisation_id, subject=subject, window=window, defaults={"failures": 1}
        )
        if not new:
            TrackingAttemptRow.objects.filter(pk=row.pk).update(failures=F("failures") + 1)
    TrackingAttemptRow.objects.filter(window__lt=window - WINDOW).delete()


def _window(now: datetime) -> datetime:
    seconds = int(WINDOW.total_seconds())
    return datetime.fromtimestamp(int(now.timestamp()) // seconds * seconds, UTC)
