"""Judging watches from the rows of what counts for them: when a case has come to count, and as the clock moves on."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from math import ceil
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from huiyin.cases.people import SYSTEM
from huiyin.cases.quiet import NO_HISTORY
from huiyin.cases.scope import CaseScope
from huiyin.cases.state import Case
from huiyin.regime.model import Regime, Watch
from huiyin.standing import watching
from huiyin.standing.opening import Opening
from huiyin.standing.watching import Counted, Judgement, Window
from huiyin.store.loading import load_many
from huiyin.store.models import CaseRow, CountRow, FiringRow
from huiyin.store.recording import Recording
from huiyin.store.watch_counts import count_of_group

from .held_back import HeldBack
from .world import World

BATCH = 500


def newly_counted(
    recording: Recording, world: World, regime: Regime, case: Case, held_back: HeldBack | None = None, *, new: bool = False
) -> Iterator[Opening]:
    """The alarms that a case sets off by coming to count: its rows are recorded, not written yet. `new`: just filed."""
    mine = [row for row in recording.counts if row.case_id == UUID(case.id)]
    if not mine:
        return
    before = set() if new else set(CountRow.objects.filter(case_id=UUID(case.id)).values_list("watch", "group"))
    if held_back is not None:
        held_back.write_counts()
    for row in mine:
        watch, own = regime.watches[row.watch], Counted(case.id, row.at, (row.group,))
        if (row.watch, row.group) not in before and _may_change(world, regime, watch, own):
            if held_back is not None:
                held_back.write_if(lambda _held: True)      # what an alarm opens may concern any case
            yield from _judge(world, regime, watch, row.group, own=own)


def may_set_off(world: World, regime: Regime, counted: Iterable[tuple[str, Counted]]) -> bool:
    """Whether a watch may have to be judged because a case counts for it: (watch, the case in one group)."""
    return any(_may_change(world, regime, regime.watches[watch], own) for watch, own in counted)


def _may_change(world: World, regime: Regime, watch: Watch, own: Counted) -> bool:
    """Whether the group has to be judged, told from the count alone: most cases bring a group nowhere near its mark.

    Where others may be writing at the same time their cases cannot be counted, so the group is always judged.
    """
    window = watching.window_at(watch.over, world.now, world.calendar)
    if connection.features.has_select_for_update or window is None:
        return True
    group, organisation_id = own.groups[0], world.organisation.pk
    most = ceil(watching.figure(regime, watch.at_least) or 0) + 1
    others, stands = count_of_group(organisation_id, regime.id, watch.id, group, window.start, window.end, most)
    stood = stands and _stands_in(world, regime, watch, group, window)
    if stands and not stood:
        return True  # in a period that is over
    return watching.may_change(watch, regime, others + window.holds(own.at), stood=stood)


def _stands_in(world: World, regime: Regime, watch: Watch, group: str, window: Window) -> bool:
    """Whether the group stands at its mark in this window."""
    if not watching.is_calendar(watch.over):
        return True
    here = FiringRow.objects.filter(organisation_id=world.organisation.pk, regime=regime.id, watch=watch.id, group=group)
    return here.filter(window_start=window.start).exists()


def _judge(
    world: World, regime: Regime, watch: Watch, group: str, own: Counted | None = None, rows: list[Counted] | None = None
) -> Iterator[Opening]:
    """Judge a group; who judges it at the same time waits until this transaction has ended."""
    FiringRow.objects.get_or_create(
        organisation_id=world.organisation.pk, regime=regime.id, watch=watch.id, group=group
    )
    here = FiringRow.objects.select_for_update().get(
        organisation_id=world.organisation.pk, regime=regime.id, watch=watch.id, group=group
    )
    counted = _counted(world, regime, watch, group, own) if rows is None else rows
    stood = Window(here.window_start, here.window_end) if here.window_start and here.window_end else None
    newest = own.case if own else ""
    found = watching.judge(watch, regime, counted, world.now, world.calendar, fired_in=stood, newest=newest)
    if found is None:
        return
    _keep(here, stood, found)
    if found.fires:
        yield watching.alarm(watch, regime, group, found, world.now, world.directory(regime.id))


def _keep(row: FiringRow, stood: Window | None, found: Judgement) -> None:
    """Remember in which window it stands at its mark, or that it has fallen."""
    if found.firing == (stood is not None) and not found.fires:
        return
    window = found.window if found.firing else None
    row.window_start, row.window_end = (window.start, window.end) if window else (None, None)
    row.save(update_fields=["window_start", "window_end"])


def _counted(world: World, regime: Regime, watch: Watch, group: str, own: Counted | None) -> list[Counted]:
    """What counts in a group, in the window that runs and the one before."""
    window = watching.window_at(watch.over, world.now, world.calendar)
    if window is None:
        return []
    begins = watching.window_before(watch.over, window, world.calendar).start
    found = _rows(world, regime, watch, begins, window.end, group)
    return [row for row in found if own is None or row.case != own.case] + ([own] if own else [])


def _rows(world: World, regime: Regime, watch: Watch, start: datetime, end: datetime, group: str = "") -> list[Counted]:
    rows = _range(world, regime, watch, start, end, group)
    found = rows.order_by("at", "case_id").values_list("case_id", "at", "group")
    return [Counted(str(case_id), at, (name,)) for case_id, at, name in found]


def _range(
    world: World, regime: Regime, watch: Watch, start: datetime, end: datetime, group: str
) -> "QuerySet[CountRow]":
    rows = CountRow.objects.filter(
        organisation_id=world.organisation.pk, regime=regime.id, watch=watch.id, at__gte=start, at__lt=end
    )
    return rows.filter(group=group) if group else rows


# -- as the clock moves on -----------------------------------------------------------------------------------------------


def look(world: World, regime: Regime, watch: Watch, since: datetime, done_to: datetime | None) -> Iterator[Opening]:
    """The alarms that time sets off: windows that have ended, conditions that read the clock."""
    if watch.at_most is not None:
        yield from _ended(world, regime, watch, since, done_to)
    elif watching.is_standing(watch):
        yield from _standing(world, regime, watch)


def _ended(world: World, regime: Regime, watch: Watch, since: datetime, done_to: datetime | None) -> Iterator[Opening]:
    directory = world.directory(regime.id)
    for window in watching.windows_ended(watch.over, since, done_to, world.now, world.calendar):
        inside = _rows(world, regime, watch, window.start, window.end)
        known = CountRow.objects.filter(organisation_id=world.organisation.pk, regime=regime.id, watch=watch.id)
        groups = known.order_by("group").values_list("group", flat=True).distinct()
        for group in dict.fromkeys((*watching.members(watch, regime, directory), *groups)):
            found = watching.judge_ended(watch, regime, [row for row in inside if group in row.groups], window)
            if found is not None and found.fires:
                yield watching.alarm(watch, regime, group, found, world.now, directory)


def _standing(world: World, regime: Regime, watch: Watch) -> Iterator[Opening]:
    """Cases that are open and fulfil a condition that reads the clock, and groups that did and do no more."""
    by_group: dict[str, list[Counted]] = {}
    for case in open_cases(world, regime.id):
        found = watching.counted(watch, case, scope_of(world, regime, case), world.directory(regime.id))
        for group in found.groups if found else ():
            by_group.setdefault(group, []).append(Counted(case.id, world.now, (group,)))
    stood = FiringRow.objects.filter(
        organisation_id=world.organisation.pk, regime=regime.id, watch=watch.id, window_start__isnull=False
    )
    for group in sorted({*by_group, *stood.values_list("group", flat=True)}):
        yield from _judge(world, regime, watch, group, rows=by_group.get(group, []))


def open_cases(world: World, regime_id: str) -> Iterator[Case]:
    """The open cases of a regime, in batches."""
    after = UUID(int=0)
    here = CaseRow.objects.filter(organisation_id=world.organisation.pk, regime=regime_id).exclude(state="closed")
    while rows := list(here.filter(id__gt=after).order_by("id")[:BATCH]):
        loaded = load_many(rows)
        yield from (loaded[row.id].case for row in rows)
        after = rows[-1].id


def scope_of(world: World, regime: Regime, case: Case) -> CaseScope:
    """What conditions see of a case when nobody acts on it."""
    return CaseScope(regime, case, world.context(SYSTEM, regime, NO_HISTORY, case_id=case.id))
