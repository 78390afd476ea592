"""The outbox at work: rows are claimed under a lease, delivered inside, and marked done in one transaction.

Inside are the inboxes of the staff and the complainant's tracking page; what goes out of the house is planned in the same
transaction by the caller (`also`). A worker that dies leaves its lease to run out; the notice's unique key makes a
second delivery of the same row have no effect.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from uuid import UUID

import structlog
from django.db import DatabaseError, connection, transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from huiyin.organisations.uuid7 import uuid7

from .availability import sentence_for
from .models import NoticeRow, OutboxRow

LEASE = timedelta(minutes=2)
BATCH = 200
MOST_ATTEMPTS = 10

_log = structlog.get_logger(__name__)

Delivered = Sequence[tuple[OutboxRow, Sequence[NoticeRow]]]
Also = Callable[[Delivered, datetime], None]


def deliver_once(now: datetime | None = None, also: Also | None = None) -> int:
    """Claim and deliver one batch; gives the number of rows done. `now` is the machine's time.

    `also` gets the rows with their notices in the transaction that marks them done.
    """
    now = now or timezone.now()
    claimed = claim(now) if _waiting(now).exists() else ()
    delivered = [(row, list(_notices(row))) for row in claimed]
    try:
        _deliver(delivered, also, now)
    except Exception as error:
        if isinstance(error, DatabaseError) and sentence_for(error) is not None:
            raise       # the database is away: all of them later
        return sum(_deliver_alone(each, also, now) for each in delivered)
    return len(delivered)


def _deliver(delivered: Delivered, also: Also | None, now: datetime) -> None:
    if not delivered:
        return
    with transaction.atomic():
        _tell_inside(delivered)
        if also is not None:
            also(delivered, now)
        rows = OutboxRow.objects.filter(id__in=[row.id for row, _ in delivered])
        rows.update(done_at=now, lease_until=None, error="")


def _deliver_alone(each: tuple[OutboxRow, Sequence[NoticeRow]], also: Also | None, now: datetime) -> int:
    """One row by itself, so that one in trouble keeps no other back; what it tells inside is told whatever else fails."""
    row, _notices_of_row = each
    try:
        _deliver([each], also, now)
    except Exception as error:      # noqa: BLE001 - tried again when the lease has run out, then given up and shown
        _log.exception("effect-not-delivered", row=str(row.pk), kind=row.kind, number=row.payload.get("number", ""))
        with transaction.atomic():
            _tell_inside([each])
            OutboxRow.objects.filter(id=row.id).update(error=type(error).__name__)
        return 0
    return 1


def _tell_inside(delivered: Delivered) -> None:
    NoticeRow.objects.bulk_create([notice for _, notices in delivered for notice in notices], ignore_conflicts=True)


def given_up(organisation_id: UUID) -> "QuerySet[OutboxRow]":
    """Rows that were tried too often."""
    return OutboxRow.objects.filter(organisation_id=organisation_id, done_at__isnull=True, attempts__gte=MOST_ATTEMPTS)


def deliver_again(organisation_id: UUID) -> int:
    """Try what was given up from the beginning; gives the number of rows."""
    return given_up(organisation_id).update(attempts=0, lease_until=None)


@transaction.atomic
def claim(now: datetime, most: int = BATCH) -> Sequence[OutboxRow]:
    """Take rows nobody works on. Rehearsal clocks run apart, so `available_at` is not compared with the machine's time."""
    skip = bool(connection.features.has_select_for_update_skip_locked)
    claimed = list(_waiting(now).order_by("available_at", "id").select_for_update(skip_locked=skip)[:most])
    OutboxRow.objects.filter(id__in=[row.id for row in claimed]).update(
        lease_until=now + LEASE, attempts=F("attempts") + 1
    )
    return claimed


def _waiting(now: datetime) -> "QuerySet[OutboxRow]":
    """Rows to be delivered that nobody works on."""
    free = Q(lease_until__isnull=True) | Q(lease_until__lt=now) | Q(lease_until__gt=now + 2 * LEASE)    # a clock gone back
    return OutboxRow.objects.filter(free, done_at__isnull=True, attempts__lt=MOST_ATTEMPTS)


def _notices(row: OutboxRow) -> Iterator[NoticeRow]:
    for subject in row.payload.get("to", ()):
        yield NoticeRow(
            id=uuid7(),
            organisation_id=row.organisation_id,
            case_id=row.case_id,
            subject=subject,
            key=f"{row.key}:{subject}",
            number=row.payload["number"],
            title=row.payload["title"][:200],
            text=row.payload.get("text", ""),
            cite=row.payload.get("cite", []),
            at=datetime.fromisoformat(row.payload["at"]),
        )


def notices_on_tracking_page(case_id: UUID) -> list[NoticeRow]:
    """What the complainant was told, newest first."""
    return list(NoticeRow.objects.filter(case_id=case_id, subject="complainant").order_by("-id"))
