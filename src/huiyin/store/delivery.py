"""The outbox at work: rows are claimed under a lease, delivered inside, and marked done in one transaction.

Inside are the inboxes of the staff and the complainant's tracking page; what goes out of the house is planned in the same
transaction by the caller (`also`). A worker that dies leaves its lease to run out; the notice's unique key makes a
second delivery of the same row have no effect.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection, transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from huiyin.organisations.uuid7 import uuid7

from .models import NoticeRow, OutboxRow

LEASE = timedelta(minutes=2)
BATCH = 200
MOST_ATTEMPTS = 10


Delivered = Sequence[tuple[OutboxRow, Sequence[NoticeRow]]]


def deliver_once(now: datetime | None = None, also: Callable[[Delivered, datetime], None] | None = None) -> int:
    """Claim and deliver one batch; gives the number of rows done. `now` is the machine's time.

    `also` gets the rows with their notices in the transaction that marks them done.
    """
    now = now or timezone.now()
    claimed = claim(now) if _waiting(now).exists() else ()
    if claimed:
        delivered = [(row, list(_notices(row))) for row in claimed]
        with transaction.atomic():
            NoticeRow.objects.bulk_create(
                [notice for _, notices in delivered for notice in notices], ignore_conflicts=True
            )
            if also is not None:
                also(delivered, now)
            OutboxRow.objects.filter(id__in=[row.id for row in claimed]).update(done_at=now, lease_until=None, error="")
    return len(claimed)


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
