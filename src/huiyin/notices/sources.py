"""Where a body outside that files itself is written to. Whoever's code was revoked or has run out is not written to."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

import structlog

from huiyin.organisations.models import Source
from huiyin.store.personal.data import PersonalData, normal_email
from huiyin.store.personal.sealing import SealBroken

from .models import SourceContact

_log = structlog.get_logger(__name__)


def leave_address(source: Source, email: str) -> None:
    """Keep its address; empty: it is written to no more."""
    if not email.strip():
        SourceContact.objects.filter(source=source).delete()
        return
    row = SourceContact.objects.filter(source=source).first() or SourceContact(source=source)
    row.put(source.organisation_id, PersonalData(email=normal_email(email)))
    row.save()


def address_of(source: Source) -> str:
    """Its address; empty when it left none, or one that cannot be opened."""
    row = SourceContact.objects.filter(source=source).select_related("source").first()
    return _email(row) if row is not None else ""


def reached_by_mail(organisation_id: UUID, names: Iterable[str], now: datetime) -> dict[str, UUID]:
    """Of the sources of these names those that can be written to now: name → its id. One query; `now`: the organisation's."""
    rows = SourceContact.objects.filter(source__organisation_id=organisation_id, source__name__in=set(names))
    return {row.source.name: row.source.pk for row in rows.select_related("source") if row.source.is_open(now)}


def addresses_of(organisation_id: UUID, ids: Iterable[str], now: datetime) -> Mapping[str, str]:
    """Source (its id as text) → address, of those that can be written to now. One query."""
    rows = SourceContact.objects.filter(source__organisation_id=organisation_id, source__in=set(ids))
    return {str(row.source.pk): _email(row) for row in rows.select_related("source") if row.source.is_open(now)}


def _email(row: SourceContact) -> str:
    try:
        return row.contact(row.source.organisation_id).email
    except SealBroken:      # an administrator enters it anew; nobody else waits for that
        _log.error("address-unreadable", row=str(row.pk))
        return ""
