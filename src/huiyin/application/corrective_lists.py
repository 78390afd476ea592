"""Corrective actions in lists: how far each is, and which closed ones new cases speak against."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Literal
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from huiyin.cases.people import Actor
from huiyin.organisations.models import Organisation
from huiyin.regime.affairs import CORRECTIVE, affair_id, split_affair_id
from huiyin.regime.affairs.corrective import VERIFY
from huiyin.store.availability import clear_failures
from huiyin.store.models import CaseRow, TurnRow

from .affair_lists import page_of
from .paging import Page
from .viewers import Viewer, latest_regimes, viewer_of
from .world import World

Stage = Literal["open", "overdue", "verify", "again", "done"]
"""Not closed; late; waiting to be verified; closed, with similar cases since; closed."""


def list_corrective(
    organisation: Organisation,
    who: Actor,
    stage: Stage = "open",
    *,
    regime: str = "",
    after: str = "",
    limit: int = 50,
    world: World,
) -> Page[CaseRow]:
    """Corrective actions this person may see, newest first.

    Raises:
        BadPageKey, StoreUnavailable.
    """
    with clear_failures():
        viewer = viewer_of(world, who)
        rows = CaseRow.objects.filter(viewer.affairs(), organisation_id=organisation.pk, kind=CORRECTIVE)
        if regime:
            rows = rows.filter(regime__startswith=affair_id(regime, ""))
        return page_of(_at(rows, stage, world, viewer), after, limit)


def _at(rows: QuerySet[CaseRow], stage: Stage, world: World, viewer: Viewer) -> QuerySet[CaseRow]:
    match stage:
        case "done":
            return rows.filter(state="closed")
        case "again":
            return rows.filter(spoken_against(world, viewer))
        case "overdue":
            return rows.filter(~Q(state="closed"), Q(overdue=True) | Q(next_due__lt=world.now))
        case "verify":
            return rows.filter(~Q(state="closed"), Exists(TurnRow.objects.filter(case_id=OuterRef("id"), work=VERIFY)))
        case _:
            return rows.exclude(state="closed")


def spoken_against(world: World, viewer: Viewer) -> Q:
    """Rows of closed corrective actions that may still be taken up again, and had a similar case since they were closed.

    Similar: against the unit concerned, and of the same category where the action has one. Only cases this person may see.
    """
    conditions = []
    for regime in latest_regimes(world):
        since = CaseRow.objects.filter(
            viewer.visible(),
            Q(respondent_unit=OuterRef("respondent_unit")) | Q(respondent_unit=OuterRef("handling_unit")),
            organisation_id=world.organisation.pk,
            regime=regime.id,
            received_at__gt=OuterRef("closed_at"),
        ).exclude(respondent_unit="")
        same_category = since.filter(category=OuterRef("category"))
        similar = (Q(category="") & Q(Exists(since))) | (~Q(category="") & Q(Exists(same_category)))
        for action in regime.corrective.values():
            if action.reopen is not None:
                watched = world.calendar.before(world.now, action.reopen.open_for)
                conditions.append(Q(regime=affair_id(regime.id, action.id), state="closed", closed_at__gte=watched) & similar)
    return reduce(or_, conditions) if conditions else Q(pk__in=[])


def cases_since(world: World, who: Actor, row: CaseRow, *, most: int = 20) -> list[CaseRow]:
    """The similar cases since a corrective action was closed, while it may be taken up again; oldest first."""
    parent, name = split_affair_id(row.regime)
    units = [unit for unit in (row.respondent_unit, row.handling_unit) if unit]
    if row.kind != CORRECTIVE or row.closed_at is None or not units:
        return []
    action = world.regime(parent, row.regime_version).corrective[name]
    if action.reopen is None or row.closed_at < world.calendar.before(world.now, action.reopen.open_for):
        return []
    found = CaseRow.objects.filter(
        viewer_of(world, who).visible(),
        organisation_id=world.organisation.pk,
        regime=parent,
        respondent_unit__in=units,
        received_at__gt=row.closed_at,
    )
    return list((found.filter(category=row.category) if row.category else found).order_by("id")[:most])


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a corrective action is: the work that waits (empty where it is closed), and whether for an approval."""

    work: str = ""
    waits_for_approval: bool = False


def progress_of(rows: Iterable[CaseRow]) -> Mapping[UUID, Progress]:
    """How far each of these is; one query."""
    found: dict[UUID, Progress] = {}
    turns = TurnRow.objects.filter(case_id__in=[row.id for row in rows], leading=True, kind__in=("limit", "step", "approval"))
    for turn in turns.order_by("kind"):
        found.setdefault(turn.case_id, Progress(turn.work, turn.kind == "approval"))
    return found
