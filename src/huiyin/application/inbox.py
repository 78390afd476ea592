"""What somebody was told, newest first, and how much of it is unread."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from huiyin.cases.people import Actor
from huiyin.notices.models import ReadMark
from huiyin.notices.models.marks import BEFORE_ALL
from huiyin.organisations.models import Staff
from huiyin.store.availability import clear_failures
from huiyin.store.models import CaseRow, NoticeRow

from .paging import BadPageKey, Page, page_key, read_page_key
from .viewers import viewer_of
from .world import World

MOST_COUNTED = 99


@dataclass(frozen=True, slots=True)
class Told:
    """A notice, and whether it had been on the person's screen before."""

    row: NoticeRow
    unread: bool


def inbox(world: World, staff: Staff, after: str = "", limit: int = 50) -> Page[Told]:
    """A page of what this person was told, alone or in a role held now. Cases about the person are left out.

    Raises:
        BadPageKey, StoreUnavailable.
    """
    with clear_failures():
        rows = _mine(world, staff)
        if after:
            rows = rows.filter(id__lt=_id_in(after))
        found = list(rows.order_by("-id")[: limit + 1])
        mark = _mark(staff)
    page, more = found[:limit], len(found) > limit
    items = tuple(Told(row, row.id > mark) for row in page)
    return Page(items, page_key(str(page[-1].id)) if more else "")


def unread(world: World, staff: Staff) -> int:
    """How many notices are unread, counting to 99."""
    with clear_failures():
        newer = _mine(world, staff).filter(id__gt=_mark(staff))
        return newer.order_by("-id").values("id")[:MOST_COUNTED].count()


def mark_read(staff: Staff, read_to: UUID) -> None:
    """The person has had everything up to this notice on the screen; a mark never goes back."""
    with clear_failures():
        ReadMark.objects.get_or_create(staff=staff)
        ReadMark.objects.filter(staff=staff, read_to__lt=read_to).update(read_to=read_to)


def _mark(staff: Staff) -> UUID:
    return ReadMark.objects.filter(staff=staff).values_list("read_to", flat=True).first() or BEFORE_ALL


def _mine(world: World, staff: Staff) -> "QuerySet[NoticeRow]":
    viewer = viewer_of(world, Actor(staff.person))
    allowed = CaseRow.objects.filter(viewer.not_barred(), id=OuterRef("case_id"))
    rows = NoticeRow.objects.filter(organisation_id=world.organisation.pk, subject__in=viewer.subjects)
    return rows.filter(Exists(allowed))


def _id_in(key: str) -> UUID:
    (text,) = read_page_key(key, 1)
    try:
        return UUID(text)
    except (AttributeError, TypeError, ValueError) as error:
        raise BadPageKey from error
