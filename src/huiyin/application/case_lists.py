"""Lists of cases: filters, search, counts. Newest first, paged by key, the access policy applied."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Any, Literal, get_args
from uuid import UUID

from django.db.models import Q, QuerySet

from huiyin.cases.access import sight
from huiyin.cases.people import Actor
from huiyin.cases.state import CaseState
from huiyin.organisations.models import Organisation
from huiyin.store import search_index
from huiyin.store.availability import clear_failures
from huiyin.store.compiled_query import MARK, rows_for_each
from huiyin.store.loading import load_many
from huiyin.store.models import AudienceRow, CaseRow, PersonalRow
from huiyin.store.personal.records import COMPLAINANT, cases_of_person, digests_for_words, read_record

from .counting import Asked, count_groups, count_once
from .paging import BadPageKey, Page, page_key, read_page_key
from .searching import find_cases
from .titles import shown_title
from .viewers import Viewer, viewer_of
from .world import World, world_of

View = Literal["all", "mine", "received", "unit"]
MOST_COUNTED = 1_000
_APART = 24     # with more subjects than this, one query over all of them is cheaper than one for each


@dataclass(frozen=True, slots=True)
class CaseFilter:
    """Which cases. Empty values do not narrow. `view`: all I may see, those I handle, those I took in, my units'.

    `state` may be `not-closed`, or `to-transfer` and `transferred` for open cases another body is to have or to receive.
    `received_from`/`received_before` bound the time of receipt (UTC).
    """

    view: View = "all"
    regime: str = ""
    kind: str = ""
    channel: str = ""
    state: str = ""
    phase: str = ""
    severity: str = ""
    category: str = ""
    unit: str = ""
    handler: str = ""
    respondent_unit: str = ""
    overdue: bool | None = None
    received_from: datetime | None = None
    received_before: datetime | None = None


@dataclass(frozen=True, slots=True)
class CaseItem:
    """A case in a list: its row, the complainant's masked name, and what the viewer may not be shown."""

    row: CaseRow
    complainant: str
    hidden: frozenset[str] = frozenset()


def list_cases(
    organisation: Organisation,
    who: Actor,
    filters: CaseFilter | None = None,
    query: str = "",
    after: str = "",
    limit: int = 50,
    *,
    world: World | None = None,
) -> Page[CaseItem]:
    """Cases this person may see, newest first.

    `query` finds numbers, names, telephone numbers and their last four digits, identity numbers and e-mail addresses
    exactly, and any text of one character or more.

    Raises:
        BadPageKey, StoreUnavailable.
    """
    filters = filters or CaseFilter()
    with clear_failures():
        world = world or world_of(organisation)
        viewer = viewer_of(world, who)
        before = _before(after)
        ask = partial(_search, words=query) if query.strip() else _newest
        rows = ask(world, viewer, filters, before=before, most=limit + 1)
        page, more = rows[:limit], len(rows) > limit
        items = _items(world, who, page, searched=bool(query.strip()))
    return Page(tuple(items), page_key(str(page[-1].id)) if more and page else "")


def count_cases(
    organisation: Organisation, who: Actor, filters: CaseFilter | None = None, *, world: World | None = None
) -> int:
    """How many cases the filters leave, counting to 1,000."""
    filters = filters or CaseFilter()
    with clear_failures():
        world = world or world_of(organisation)
        viewer = viewer_of(world, who)
        if _leads_to_few(filters):
            here = CaseRow.objects.filter(_narrowing(viewer, filters), viewer.visible(), organisation_id=organisation.pk)
            return here.order_by()[:MOST_COUNTED].count()
        return count_once(_listed(world, viewer, filters), MOST_COUNTED)


@dataclass(frozen=True, slots=True)
class StateCounts:
    """How many cases there are, how many of them are closed and how many are not; each figure stops at 1,000."""

    total: int
    closed: int
    not_closed: int


def count_by_state(
    organisation: Organisation, who: Actor, filters: CaseFilter, *, world: World | None = None
) -> StateCounts:
    """How many cases the filters leave, whose state is left open. One look gives all figures unless there are more."""
    with clear_failures():
        world = world or world_of(organisation)
        viewer = viewer_of(world, who)
        states, whole = count_groups(_listed(world, viewer, filters, "state"), MOST_COUNTED, "state")
    closed = states.get(("closed",), 0)
    if whole:
        return StateCounts(sum(states.values()), closed, sum(states.values()) - closed)
    return StateCounts(
        MOST_COUNTED,
        count_cases(organisation, who, replace(filters, state="closed"), world=world),
        count_cases(organisation, who, replace(filters, state="not-closed"), world=world),
    )


def _listed(world: World, viewer: Viewer, filters: CaseFilter, *columns: str) -> Asked:
    """Everything the filters leave, each way to see it by itself, for counting: ids and these columns, newest first, since
    what was written last lies together and was read last.
    """
    for query in _scopes(world, viewer, filters):
        yield query.values_list("id", *columns), ("",)
    for mine, subjects in _audiences(world, viewer, filters, None):
        yield mine.order_by("-case_id").values_list("case_id", *columns), subjects


def _leads_to_few(filters: CaseFilter) -> bool:
    """Whether an index leads from the filters alone to few cases, so that sight is better asked of each of them."""
    ended = filters.state == "closed" or bool(filters.overdue)
    return filters.view != "all" or bool(filters.handler) or (filters.received_from is not None and ended)


def similar_cases(
    organisation: Organisation,
    who: Actor,
    *,
    text: str = "",
    phone: str = "",
    name: str = "",
    respondent_unit: str = "",
    respondent_person: str = "",
    without: UUID | None = None,
    limit: int = 10,
    world: World | None = None,
) -> list[CaseItem]:
    """Earlier cases of the same complainant or respondent, or with the same words; newest first, only those visible.

    For intake: called while somebody is typing, so every part may be empty or incomplete.
    """
    with clear_failures():
        world = world or world_of(organisation)
        viewer = viewer_of(world, who)
        found: set[UUID] = set()
        for words in (phone, name):
            if len(words.strip()) >= 2:
                found.update(cases_of_person(organisation.pk, digests_for_words(organisation.pk, words), limit * 3))
        here = CaseRow.objects.filter(organisation_id=organisation.pk)
        about = f"p:{respondent_person}" if respondent_person else f"u:{respondent_unit}" if respondent_unit else ""
        if about:
            found.update(here.filter(respondent_key=about).order_by("-id").values_list("id", flat=True)[: limit * 3])
        condition = Q(id__in=found)
        if len(text.strip()) >= 2:
            condition |= Q(search_id__in=search_index.newest(text.strip()[:40], limit * 3))
        rows = here.filter(condition).filter(viewer.visible()).order_by("-id")
        rows = (rows.exclude(id=without) if without else rows)[:limit]
        return _items(world, who, list(rows), searched=True)


def _newest(world: World, viewer: Viewer, filters: CaseFilter, before: UUID | None, most: int) -> list[CaseRow]:
    return _rows(_newest_ids(world, viewer, filters, before, most))


def _rows(page: Sequence[UUID]) -> list[CaseRow]:
    return sorted(CaseRow.objects.filter(id__in=page), key=lambda row: row.id, reverse=True)


def _newest_ids(world: World, viewer: Viewer, filters: CaseFilter, before: UUID | None, most: int) -> list[UUID]:
    """The newest ids of each way to see cases, merged."""
    found: set[UUID] = set()
    for query in _scopes(world, viewer, filters):
        rows = query.filter(id__lt=before) if before else query
        found.update(rows.order_by("-id").values_list("id", flat=True)[:most])
    for mine, subjects in _audiences(world, viewer, filters, before):
        newest = mine.order_by("-case_id").values_list("case_id")[:most]
        found.update(case_id for (case_id,) in rows_for_each(newest, subjects))
    return sorted(found, reverse=True)[:most]


def _scopes(world: World, viewer: Viewer, filters: CaseFilter) -> Iterable["QuerySet[CaseRow]"]:
    """One query for each regime looked after: each follows an index in the order of ids."""
    rows = CaseRow.objects.filter(viewer.not_barred(), _narrowing(viewer, filters), organisation_id=world.organisation.pk)
    for regime, _ in viewer.manages:
        managed = viewer.managed(regime)
        if managed is not None and filters.regime in ("", regime):
            yield rows.filter(managed)


def _audiences(
    world: World, viewer: Viewer, filters: CaseFilter, before: UUID | None
) -> Iterable[tuple["QuerySet[AudienceRow]", Sequence[str]]]:
    """Cases I see for another reason than looking after the regime: asked for each subject, a query follows an index."""
    rows = AudienceRow.objects.filter(
        _narrowing(viewer, filters, "case__"), viewer.not_barred(), organisation_id=world.organisation.pk
    )
    rows = rows.filter(case_id__lt=before) if before else rows
    elsewhere = viewer.audience(filters.regime, managed=False)
    if len(elsewhere) > _APART:
        yield rows.filter(subject__in=elsewhere).distinct(), ("",)
    else:
        yield rows.filter(subject=MARK), elsewhere
    looked_after = viewer.audience(filters.regime, managed=True)
    if looked_after:        # there only the few matter that are closed to a role of mine
        few = AudienceRow.objects.filter(
            _narrowing(viewer, filters, "case__", own=()), viewer.not_barred(), organisation_id=world.organisation.pk
        )
        few = few.filter(case_id__lt=before) if before else few
        yield few.filter(subject__in=looked_after, closed=True).distinct(), ("",)


_EXACT = {
    "regime": "regime",
    "kind": "kind",
    "channel": "channel",
    "phase": "phase",
    "severity": "severity",
    "category": "category",
    "handler": "handler",
    "respondent_unit": "respondent_unit",
    "unit": "handling_unit",
    "received_from": "received_at__gte",
    "received_before": "received_at__lt",
    "overdue": "overdue",
}


_STATES = get_args(CaseState)
_NOT_CLOSED = [state for state in _STATES if state != "closed"]


_TRANSFERS = {"to-transfer": "decided", "transferred": "sent"}


_IN_AUDIENCE = ("state", "received_at")
"""Columns that audience rows have of their own."""


def _narrowing(
    viewer: Viewer, filters: CaseFilter, case: str = "", own: Sequence[str] = _IN_AUDIENCE
) -> Q:
    """The filters as a condition on cases, or on audience rows where `case` leads to theirs (`case__`).

    `own` are columns that audience rows are asked for themselves; for the few of the index by `closed` there are none, or
    SQLite would rather go through a month of all others.
    """
    wanted = {column: getattr(filters, name) for name, column in _EXACT.items()}
    views: dict[str, dict[str, Any]] = {
        "mine": {"handler": viewer.person},
        "received": {"first_receiver": viewer.person},
        "unit": {"handling_unit__in": viewer.units},
    }
    wanted |= views.get(filters.view, {})
    if filters.state == "not-closed":
        wanted["state__in"] = _NOT_CLOSED
    elif filters.state in _TRANSFERS:
        wanted["transfer"] = _TRANSFERS[filters.state]
    elif filters.state:
        wanted["state"] = filters.state
    elif filters.received_from is not None and filters.overdue is None and not case:
        wanted["state__in"] = _STATES       # so that the index of cases by state and receipt serves
    return Q(**{
        column if not case or column.partition("__")[0] in own else case + column: value
        for column, value in wanted.items()
        if value not in ("", None)
    })


def _search(
    world: World, viewer: Viewer, filters: CaseFilter, words: str, before: UUID | None, most: int
) -> list[CaseRow]:
    """What the words find; a number is found as such, too, and an affair by its number alone."""
    here = CaseRow.objects.filter(_narrowing(viewer, filters), organisation_id=world.organisation.pk)
    here = here.filter(id__lt=before) if before else here
    numbered = here.filter(viewer.visible() | viewer.affairs(), number__in={words.strip(), words.strip().upper()})
    found = {
        *numbered.values_list("id", flat=True),
        *find_cases(
            here.filter(viewer.visible()),
            world.organisation.pk,
            words,
            lambda enough: _newest_ids(world, viewer, filters, before, enough),
            before,
            most,
        ),
    }
    return _rows(sorted(found, reverse=True)[:most])


def _items(world: World, who: Actor, rows: Sequence[CaseRow], *, searched: bool) -> list[CaseItem]:
    """Rows as the viewer may see them. Confidential ones are put before the policy one by one, from two queries."""
    sealed = [row for row in rows if row.confidential]
    cases = load_many(sealed) if sealed else {}
    names = _names(rows)
    items = []
    for row in rows:
        hidden: frozenset[str] = frozenset()
        if row.id in cases:
            regime = world.regime(row.regime, row.regime_version)
            view = sight(regime, cases[row.id].case, world.actor(who, regime.id), world.directory(regime.id))
            if not view.sees or (searched and view.hidden):
                continue        # a hit would tell what is hidden
            hidden = view.hidden
            row.title = shown_title(regime, cases[row.id].case, hidden)
        name = "" if "complainant" in hidden else names.get(row.id, "")
        items.append(CaseItem(row, "匿名" if row.anonymous else name, hidden))
    return items


def _names(rows: Sequence[CaseRow]) -> dict[UUID, str]:
    records = PersonalRow.objects.filter(case_id__in=[row.id for row in rows], role=COMPLAINANT)
    return {record.case_id: read_record(record).masked().name for record in records}


def _before(after: str) -> UUID | None:
    if not after:
        return None
    try:
        return UUID(str(read_page_key(after, 1)[0]))
    except ValueError as error:
        raise BadPageKey from error


__all__ = ["CaseFilter", "CaseItem", "StateCounts", "count_by_state", "count_cases", "list_cases", "similar_cases"]
