"""Tracking: number and code open the complainant's view of one case. Wrong codes are counted and soon locked out."""

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from django.db.models import F
from django.utils import timezone

from huiyin.cases.people import Actor
from huiyin.organisations.models import Organisation
from huiyin.store.availability import clear_failures
from huiyin.store.errors import TooManyAttempts, UnknownCase
from huiyin.store.models import CaseRow, TrackingAttemptRow
from huiyin.store.receipts import code_fits

COMPLAINANT = Actor("complainant", kind="complainant")
"""Who acts after number and code were right. The face keeps the case id in the session, and for that case alone."""

WINDOW = timedelta(minutes=15)
MOST_PER_NUMBER_AND_SOURCE = 5
MOST_PER_NUMBER = 30
MOST_PER_SOURCE = 30


@dataclass(frozen=True, slots=True)
class Tracked:
    """The case that number and code opened."""

    case_id: UUID
    number: str


def track(organisation: Organisation, number: str, code: str, *, source: str) -> Tracked:
    """Check number and code. `source` is the visitor's address, used for counting only and kept as a digest.

    Raises:
        UnknownCase: number or code is wrong; which of them is not told.
        TooManyAttempts: too many wrong ones; `retry_after` says how long to wait.
        StoreUnavailable.
    """
    now = timezone.now()
    subjects = _subjects(number.strip().upper(), source)
    with clear_failures():
        _refuse_if_locked(organisation.pk, subjects, now)
        row = CaseRow.objects.filter(organisation_id=organisation.pk, number__in={number.strip(), number.strip().upper()}).first()
        nowhere = UUID(int=0)
        fits = code_fits(row.id if row else nowhere, code)
        if row is None or not fits:
            _count(organisation.pk, subjects, now)
            raise UnknownCase("编号或查询码不对；请照回执核对，查询码不分大小写。")
    return Tracked(row.id, row.number)


def _subjects(number: str, source: str) -> dict[str, int]:
    def mark(*parts: str) -> str:
        return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:40]

    return {
        mark("both", number, source): MOST_PER_NUMBER_AND_SOURCE,
        mark("number", number): MOST_PER_NUMBER,
        mark("source", source): MOST_PER_SOURCE,
    }


def _window(now: datetime) -> datetime:
    seconds = int(WINDOW.total_seconds())
    return datetime.fromtimestamp(int(now.timestamp()) // seconds * seconds, UTC)


def _refuse_if_locked(organisation_id: UUID, subjects: dict[str, int], now: datetime) -> None:
    counted = TrackingAttemptRow.objects.filter(
        organisation_id=organisation_id, subject__in=list(subjects), window=_window(now)
    )
    for row in counted:
        if row.failures >= subjects[row.subject]:
            raise TooManyAttempts(int((_window(now) + WINDOW - now).total_seconds()) + 1)


def _count(organisation_id: UUID, subjects: dict[str, int], now: datetime) -> None:
    window = _window(now)
    for subject in subjects:
        row, new = TrackingAttemptRow.objects.get_or_create(
            organisation_id=organisation_id, subject=subject, window=window, defaults={"failures": 1}
        )
        if not new:
            TrackingAttemptRow.objects.filter(pk=row.pk).update(failures=F("failures") + 1)
    TrackingAttemptRow.objects.filter(window__lt=window - WINDOW).delete()
