"""Replies that everybody may read, the newest first."""

from datetime import datetime
from uuid import UUID

from django.db.models import Q

from huiyin.organisations.models import Organisation
from huiyin.store.models import PublishedRow

from .paging import BadPageKey, Page, page_key, read_page_key

SIZE = 20


def published_replies(organisation: Organisation, after: str = "") -> Page[PublishedRow]:
    """A page of them; one query. Raises BadPageKey."""
    rows = PublishedRow.objects.filter(organisation_id=organisation.pk)
    found = list((rows.filter(_before(after)) if after else rows).order_by("-published_at", "-case_id")[: SIZE + 1])
    shown = tuple(found[:SIZE])
    return Page(shown, page_key(shown[-1].published_at.isoformat(), str(shown[-1].case_id)) if len(found) > SIZE else "")


def _before(after: str) -> Q:
    published, case = read_page_key(after, 2)
    try:
        at, case_id = datetime.fromisoformat(str(published)), UUID(str(case))
    except ValueError as error:
        raise BadPageKey from error
    if at.tzinfo is None:
        raise BadPageKey
    return Q(published_at__lt=at) | Q(published_at=at, case_id__lt=case_id)
