"""How much a body outside may file within an hour and a day; whoever wants to file more is told when, and administrators hear of it.

Counted by the machine's time, which the ids of cases carry: a rehearsal's clock may stand still.
"""

from datetime import UTC, datetime, timedelta

import structlog
from django.db import transaction
from django.utils import timezone

from huiyin.organisations.models import Organisation, Source, SourceEntry, SourceEntryKind
from huiyin.organisations.services import now_of
from huiyin.organisations.uuid7 import millisecond_of
from huiyin.store.availability import clear_failures
from huiyin.store.errors import TooManyFilings
from huiyin.store.models import CaseRow

HOUR, DAY = timedelta(hours=1), timedelta(days=1)

_log = structlog.get_logger(__name__)


def refuse_if_full(source: Source) -> None:
    """Raise TooManyFilings where the source has filed as much as it may; two queries."""
    now = timezone.now()
    for most, window in ((source.daily, DAY), (source.hourly, HOUR)):
        newest = CaseRow.objects.filter(organisation_id=source.organisation_id, source=source.name).order_by("-id")
        counted = newest.values_list("id", flat=True)[most - 1 : most].first()
        free_at = datetime.fromtimestamp(millisecond_of(counted) / 1000, UTC) + window if counted else now
        if free_at > now:
            raise TooManyFilings(most, int((free_at - now).total_seconds()) + 1, daily=window is DAY)


def note_full(organisation: Organisation, source: Source) -> None:
    """Let the administrators know; the log of the source says it once an hour."""
    now = now_of(organisation)
    with clear_failures(), transaction.atomic():
        before = SourceEntry.objects.filter(source=source, kind=SourceEntryKind.FULL).order_by("-id").first()
        if before is None or now - before.at >= HOUR or source.full_at is None:
            SourceEntry.objects.create(source=source, kind=SourceEntryKind.FULL, at=now)
        Source.objects.filter(pk=source.pk).update(full_at=now)
    _log.warning("source_full", source=str(source.pk))


def full_sources(organisation: Organisation) -> list[Source]:
    """Sources that wanted to file more than they may, of which no administrator has taken note; one query."""
    return list(Source.objects.filter(organisation=organisation, full_at__isnull=False).order_by("-full_at")[:20])


def take_note(source: Source) -> None:
    """An administrator knows of it."""
    Source.objects.filter(pk=source.pk).update(full_at=None)
