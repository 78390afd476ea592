"""Work lists: what is owed, by due time."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import reduce
from operator import or_
from typing import Any, Literal
from uuid import UUID

from django.db.models import Q, QuerySet

from huiyin.cases.people import Actor
from huiyin.organisations.models import Organisation
from huiyin.regime.affairs import AFFAIR_KINDS
from huiyin.store.availability import clear_failures
from huiyin.store.compiled_query import MARK
from huiyin.store.models import TurnRow
from huiyin.store.subjects import regime_of

from .asked_turns import Asked, Start, counted, first_turns, key_of
from .paging import Page
from .titles import put_shown_titles
from .viewers import Viewer, viewer_of
from .world import World, world_of

Scope = Literal["mine", "unit", "all"]
MOST_COUNTED = 1_000
_APART = 24     # with more subjects than this, one query over all of them is cheaper than one for each



@dataclass(frozen=True, slots=True)
class TurnFilter:
    """Which turns: `mine` (me and the roles I hold), `unit` (my units), `all` (everything I may see).

    `kinds` as in `huiyin.cases.turns`; `due_from`/`due_before` bound the due time (UTC); `paused` None means both.
    `affairs`: only what is owed in affairs, or only in cases; None means both. `works`: only these steps, acts or limits of
    these regimes.
    """

    scope: Scope = "mine"
    regime: str = ""
    kinds: tuple[str, ...] = ()
    severity: str = ""
    overdue: bool | None = None
    paused: bool | None = None
    due_from: datetime | None = None
    due_before: datetime | None = None
    affairs: bool | None = None
    works: tuple[tuple[str, tuple[str, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class TurnCounts:
    """How many turns by due time, local days; each figure stops at 1,000. Suspended ones are counted apart."""

    overdue: int
    today: int
    tomorrow: int
    later: int
    paused: int


def my_turns(
    organisation: Organisation,
    who: Actor,
    filters: TurnFilter | None = None,
    after: str = "",
    limit: int = 50,
    *,
    world: World | None = None,
) -> Page[TurnRow]:
    """What is owed, soonest first; those without a figure last.

    Raises:
        BadPageKey, StoreUnavailable.
    """
    filters = filters or TurnFilter()
    with clear_failures():
        world = world or world_of(organisation)
        viewer = viewer_of(world, who)
        start = Start.of(after) if after else None
        places: dict[tuple[Any, ...], int] = {}
        for asked in _queries(world, viewer, filters):
            for turn, position in first_turns(asked, start, limit + 2).items():
                places[turn] = min(position, places.get(turn, position))
        if start is not None:
            places.pop(start.turn, None)     # its row for somebody else stands after the one that was shown
        found = sorted((due, case_id, position) for (due, case_id, _, _), position in places.items())
        cases = {case_id for _, case_id, _ in found[:limit]}
        rows = {(row.case_id, row.position): row for row in TurnRow.objects.filter(case_id__in=cases)}
        page = [rows[case_id, position] for _, case_id, position in found[:limit] if (case_id, position) in rows]
        put_shown_titles(world, who, page)
    return Page(tuple(page), key_of(page[-1]) if page and len(found) > limit else "")


def count_turns(
    organisation: Organisation, who: Actor, scope: Scope = "mine", *, regime: str = "", world: World | None = None
) -> TurnCounts:
    """The counters above a work list."""
    with clear_failures():
        world = world or world_of(organisation)
        viewer = viewer_of(world, who)
        midnight = world.now.astimezone(world.calendar.zone).replace(hour=0, minute=0, second=0, microsecond=0)
        tomorrow, after = midnight + timedelta(days=1), midnight + timedelta(days=2)
        queries = list(_queries(world, viewer, TurnFilter(scope=scope, regime=regime), apart=True))

        def count(condition: Q) -> int:
            return counted((each.narrowed(condition) for each in queries), MOST_COUNTED)

        # Each condition is a range of due times or one of the two marks, so that an index leads to its turns.
        going, in_time = Q(paused=False), Q(paused=False, overdue=False)
        late = count(going & Q(due_order__lt=world.now)) + count(going & Q(overdue=True, due_order__gte=world.now))
        return TurnCounts(
            overdue=min(late, MOST_COUNTED),
            today=count(in_time & Q(due_order__gte=world.now, due_order__lt=tomorrow)),
            tomorrow=count(in_time & Q(due_order__gte=max(tomorrow, world.now), due_order__lt=after)),
            later=count(in_time & Q(due_order__gte=after)),
            paused=count(Q(paused=True)),
        )


def how_many(world: World, who: Actor, filters: TurnFilter, most: int) -> int:
    """How many turns there are, counted no further than `most`. Raises StoreUnavailable."""
    with clear_failures():
        return counted(_queries(world, viewer_of(world, who), filters, apart=True), most)


def turns_of(case_id: UUID) -> Sequence[TurnRow]:
    """All turns of one case, soonest first; for a page whose sight has been checked."""
    return list(TurnRow.objects.filter(case_id=case_id, leading=True).order_by("due_order", "position"))


def _queries(world: World, viewer: Viewer, filters: TurnFilter, *, apart: bool = False) -> Iterable[Asked]:
    """Queries that together give what is asked for; each follows an index in the order of due times.

    `apart` keeps the queries from naming the same turns.
    """
    narrowed = _narrowed(TurnRow.objects.filter(viewer.not_barred(), organisation_id=world.organisation.pk), filters)
    if filters.scope == "unit":
        yield from map(Asked, _of_units(world, viewer, narrowed))
        return
    managed = dict(viewer.manages) if filters.scope == "all" else {}
    mine, subjects = narrowed, viewer.subjects
    if apart and managed:
        mine = narrowed.exclude(regime__in=managed)
        subjects = tuple(each for each in subjects if regime_of(each) not in managed)
    if len(subjects) <= _APART:
        yield Asked(mine.filter(subject=MARK), subjects)
    else:
        yield Asked(mine.filter(subject__in=subjects))
    for regime in managed:
        condition = viewer.managed(regime)
        if condition is not None and filters.regime in ("", regime):
            yield Asked(narrowed.filter(condition, leading=True), once=True)


def _of_units(world: World, viewer: Viewer, narrowed: "QuerySet[TurnRow]") -> Iterable["QuerySet[TurnRow]"]:
    """What my units owe, as far as I may see it."""
    visible = Q(subject__in=viewer.subjects) | viewer.visible(case="case_id")
    for unit in viewer.units:
        yield narrowed.filter(visible, unit=unit)


def _narrowed(rows: "QuerySet[TurnRow]", filters: TurnFilter) -> "QuerySet[TurnRow]":
    exact = {
        name: value
        for name, value in (
            ("regime", filters.regime),
            ("severity", filters.severity),
            ("overdue", filters.overdue),
            ("paused", filters.paused),
        )
        if value not in ("", None)
    }
    rows = rows.filter(**exact)
    if len(filters.kinds) == 1:
        rows = rows.filter(kind=filters.kinds[0])
    elif filters.kinds:
        rows = rows.filter(kind__in=filters.kinds)
    if filters.due_from is not None:
        rows = rows.filter(due_order__gte=filters.due_from)
    if filters.due_before is not None:
        rows = rows.filter(due_order__lt=filters.due_before)
    if filters.works:
        rows = rows.filter(reduce(or_, (Q(regime=regime, work__in=works) for regime, works in filters.works)))
    if filters.affairs is not None:
        of_affairs = Q(case_kind__in=AFFAIR_KINDS)
        rows = rows.filter(of_affairs if filters.affairs else ~of_affairs)
    return rows
