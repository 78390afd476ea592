"""Sealing finished days of all organisations."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

from huiyin.organisations.models import Organisation
from huiyin.organisations.services import calendar_of, now_of
from huiyin.store.anchors import seal_day
from huiyin.store.models import AnchorRow, EventRow


def seal_finished_days() -> int:
    """Seal every day with events that is over by its organisation's clock and not sealed yet; gives the number sealed."""
    return sum(_seal(organisation) for organisation in Organisation.objects.all())


def _seal(organisation: Organisation) -> int:
    zone = calendar_of(organisation).zone
    today = now_of(organisation).astimezone(zone).date()
    last = AnchorRow.objects.filter(organisation_id=organisation.pk).order_by("-day").values_list("day", flat=True).first()
    if last is not None and last >= today - timedelta(days=1):
        return 0
    return sum(
        seal_day(organisation.pk, day, zone, timezone.now()) is not None
        for day in _days_with_events(organisation, last, today, zone)
    )


def _days_with_events(organisation: Organisation, after: date | None, before: date, zone: ZoneInfo) -> list[date]:
    events = EventRow.objects.filter(organisation_id=organisation.pk)
    days: list[date] = []
    while True:
        later = events if after is None else events.filter(at__gte=_end(after, zone))
        first = later.order_by("at").values_list("at", flat=True).first()
        if first is None or (day := first.astimezone(zone).date()) >= before:
            return days
        days.append(day)
        after = day


def _end(day: date, zone: ZoneInfo) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=zone) + timedelta(days=1)
