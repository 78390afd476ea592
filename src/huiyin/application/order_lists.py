"""The list of orders: supervise orders, instructions, resolutions, what higher bodies ask; open, overdue, over."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from django.db.models import Q, QuerySet

from huiyin.cases.people import Actor
from huiyin.organisations.models import Organisation
from huiyin.store.availability import clear_failures
from huiyin.store.models import CaseRow, OrderRow

from .paging import BadPageKey, Page, page_key, read_page_key
from .titles import put_shown_titles
from .viewers import Viewer, viewer_of
from .world import World, world_of

View = Literal["open", "overdue", "reported", "over", "all"]
MOST_COUNTED = 1_000


@dataclass(frozen=True, slots=True)
class OrderFilter:
    """Which orders: `open` waits for a report, `overdue` in vain, `reported` to be accepted, `over` is done with.

    `mine`: given by this person. `kind` is a kind of order of the regime.
    """

    view: View = "all"
    mine: bool = False
    regime: str = ""
    kind: str = ""


def list_orders(
    organisation: Organisation,
    who: Actor,
    filters: OrderFilter | None = None,
    after: str = "",
    limit: int = 50,
    *,
    world: World | None = None,
) -> Page[OrderRow]:
    """Orders of the cases and affairs this person may see, the newest first.

    Raises:
        BadPageKey, StoreUnavailable.
    """
    filters = filters or OrderFilter()
    with clear_failures():
        world = world or world_of(organisation)
        rows = _visible(world, viewer_of(world, who)).filter(_chosen(filters, who, world.now))
        if after:
            rows = rows.filter(_before(after))
        found = list(rows.order_by("-given_at", "case_id", "key")[: limit + 1])
        page = found[:limit]
        put_shown_titles(world, who, page)
    return Page(tuple(page), _key_of(page[-1]) if len(found) > limit else "")


def count_orders(organisation: Organisation, who: Actor, *, world: World | None = None) -> dict[str, int]:
    """View → how many, each figure up to 1,000: the counters above the list."""
    with clear_failures():
        world = world or world_of(organisation)
        rows = _visible(world, viewer_of(world, who))
        views: tuple[View, ...] = ("open", "overdue", "reported")
        return {each: rows.filter(_chosen(OrderFilter(each), who, world.now))[:MOST_COUNTED].count() for each in views}


def left_open(world: World, who: Actor, cases: Iterable[str]) -> list[OrderRow]:
    """Orders of these cases or affairs that are open, the oldest first, as far as this person may see them."""
    ids = [UUID(each) for each in cases if each]
    if not ids:
        return []
    rows = _visible(world, viewer_of(world, who)).filter(case_id__in=ids, state__in=("waiting", "reported"))
    return list(rows.order_by("given_at", "case_id", "key"))


def _visible(world: World, viewer: Viewer) -> "QuerySet[OrderRow]":
    cases = CaseRow.objects.filter(viewer.visible() | viewer.affairs(), organisation_id=world.organisation.pk)
    return OrderRow.objects.filter(organisation_id=world.organisation.pk, case_id__in=cases.values("id"))


def _chosen(filters: OrderFilter, who: Actor, now: datetime) -> Q:
    late = Q(paused=False) & (Q(overdue=True) | Q(due__lt=now))
    condition = {
        "open": Q(state="waiting"),
        "overdue": Q(state="waiting") & late,
        "reported": Q(state="reported"),
        "over": Q(state__in=("done", "recalled", "ended")),
        "all": Q(),
    }[filters.view]
    if filters.mine:
        condition &= Q(given_by=who.person)
    for name in ("regime", "kind"):
        if getattr(filters, name):
            condition &= Q(**{name: getattr(filters, name)})
    return condition


def _key_of(row: OrderRow) -> str:
    return page_key(row.given_at.isoformat(), str(row.case_id), row.key)


def _before(after: str) -> Q:
    given, case_id, key = read_page_key(after, 3)
    try:
        at, case, order = datetime.fromisoformat(str(given)), UUID(str(case_id)), str(key)
    except ValueError as error:
        raise BadPageKey from error
    if at.tzinfo is None or "\x00" in order:
        raise BadPageKey
    later = Q(given_at=at, case_id__gt=case) | Q(given_at=at, case_id=case, key__gt=order)
    return Q(given_at__lt=at) | later
