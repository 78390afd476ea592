"""Daily anchors: one digest that seals every chain which grew that day, chained to the day before.

With the anchor kept elsewhere (printed, mailed, published) nobody can rewrite the past of a whole database unnoticed.
"""

import hashlib
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import IntegrityError, transaction
from django.db.models import Max

from .chain import GENESIS
from .models import AnchorRow, EventRow


def seal_day(organisation_id: UUID, day: date, zone: ZoneInfo, sealed_at: datetime) -> AnchorRow | None:
    """Seal one day of an organisation. None when that day or a later one is sealed already.

    Days must be sealed in order; a day without events is sealed by the next anchor having nothing of it.
    """
    last = AnchorRow.objects.filter(organisation_id=organisation_id).order_by("-day").first()
    if last is not None and last.day >= day:
        return None
    heads = "\n".join(heads_of(organisation_id, day, zone))
    previous = last.digest if last else GENESIS
    row = AnchorRow(
        organisation_id=organisation_id,
        day=day,
        heads=heads,
        digest=anchor_digest(previous, day, heads),
        previous=previous,
        sealed_at=sealed_at,
    )
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:      # another worker sealed it
        return None
    return row


def heads_of(organisation_id: UUID, day: date, zone: ZoneInfo) -> Iterable[str]:
    """`case sequence digest` for every chain that grew on the day, as it stood at the day's end."""
    start = datetime.combine(day, time(), zone)
    rows = EventRow.objects.filter(organisation_id=organisation_id, at__gte=start, at__lt=start + timedelta(days=1))
    ends = rows.values("case_id").annotate(last=Max("sequence")).order_by("case_id").values_list("case_id", "last")
    for case_id, sequence in ends:
        digest = EventRow.objects.values_list("digest", flat=True).get(case_id=case_id, sequence=sequence)
        yield f"{case_id} {sequence} {digest}"


def anchor_digest(previous: str, day: date, heads: str) -> str:
    """SHA-256 over the anchor before, the day and the heads."""
    return hashlib.sha256(f"{previous}\n{day.isoformat()}\n{heads}".encode()).hexdigest()
