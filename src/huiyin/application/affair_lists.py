"""Lists of affairs: what was opened, what came of it, what belongs to a case."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from django.db.models import Q, QuerySet

from huiyin.cases.people import Actor
from huiyin.organisations.models import Organisation
from huiyin.regime.affairs import AFFAIR_KINDS, affair_id
from huiyin.store.availability import clear_failures
from huiyin.store.models import CaseRow

from .paging import BadPageKey, Page, page_key, read_page_key
from .viewers import viewer_of
from .world import World, world_of


def list_affairs(
    organisation: Organisation,
    who: Actor,
    *,
    closed: bool | None = None,
    kind: str = "",
    regime: str = "",
    after: str = "",
    limit: int = 50,
    world: World | None = None,
) -> Page[CaseRow]:
    """Affairs this person may see, newest first.

    Raises:
        BadPageKey, StoreUnavailable.
    """
    with clear_failures():
        world = world or world_of(organisation)
        kinds = [kind] if kind in AFFAIR_KINDS else list(AFFAIR_KINDS)
        rows = CaseRow.objects.filter(
            viewer_of(world, who).affairs(), organisation_id=organisation.pk, kind__in=kinds
        )
        if closed is not None:
            rows = rows.filter(Q(state="closed") if closed else ~Q(state="closed"))
        if regime:
            rows = rows.filter(regime__startswith=affair_id(regime, ""))
        return page_of(rows, after, limit)


def page_of(rows: QuerySet[CaseRow], after: str, limit: int) -> Page[CaseRow]:
    """A page of rows, newest first. Raises BadPageKey."""
    if after:
        rows = rows.filter(id__lt=_before(after))
    found = list(rows.order_by("-id")[: limit + 1])
    page = found[:limit]
    return Page(tuple(page), page_key(str(page[-1].id)) if len(found) > limit else "")


def related(world: World, who: Actor, ids: Iterable[str]) -> Sequence[CaseRow]:
    """Cases and affairs by id, as far as this person may see them, oldest first."""
    wanted = [UUID(each) for each in ids if each]
    if not wanted:
        return []
    viewer = viewer_of(world, who)
    rows = CaseRow.objects.filter(viewer.visible() | viewer.affairs(), organisation_id=world.organisation.pk, id__in=wanted)
    return list(rows.order_by("id"))


def stems_of(world: World, who: Actor, case_id: UUID) -> Sequence[CaseRow]:
    """Cases and affairs that came from one, as far as this person may see them, oldest first; at most a hundred."""
    viewer = viewer_of(world, who)
    rows = CaseRow.objects.filter(viewer.visible() | viewer.affairs(), organisation_id=world.organisation.pk, origin=case_id)
    return list(rows.order_by("id")[:100])


def _before(after: str) -> UUID:
    try:
        return UUID(str(read_page_key(after, 1)[0]))
    except ValueError as error:
        raise BadPageKey from error
