"""Letting time pass: everything that has come due is acted on once, in order, however long nobody swept."""

from collections.abc import Sequence
from contextlib import ExitStack
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from huiyin.cases.commands import PassTime
from huiyin.cases.decide import decide
from huiyin.cases.people import SYSTEM
from huiyin.organisations.models import Organisation
from huiyin.store.availability import clear_failures
from huiyin.store.history import CaseHistory
from huiyin.store.loading import Loaded, load_many
from huiyin.store.models import CaseRow
from huiyin.store.reading_ahead import ReadingAhead
from huiyin.store.recording import Recording
from huiyin.store.stored_rows import rows_with_ids

from .affairs import follow
from .clock import after_the_last
from .pausing import collector_paused
from .transactions import in_transaction
from .working_time import set_due_times_anew
from .world import World, world_of

BATCH = 200


def sweep(organisation: Organisation | None = None, now: datetime | None = None, *, most: int | None = None) -> int:
    """Pass time for cases that need it, of one organisation or of all; gives the number of cases moved.

    `now` only for tests and rehearsals; otherwise each organisation's own clock counts. `most` bounds the cases.
    """
    organisations = [organisation] if organisation is not None else list(Organisation.objects.all())
    swept = 0
    for each in organisations:
        with ExitStack() as round_of_work:
            swept += _sweep_one(each, now, None if most is None else most - swept, round_of_work)
    return swept


def _sweep_one(organisation: Organisation, now: datetime | None, most: int | None, round_of_work: ExitStack) -> int:
    """Batch after batch; while one is worked on, the next one is read ahead."""
    ahead: ReadingAhead | None = None
    swept = 0
    while most is None or swept < most:
        with clear_failures():
            world = world_of(organisation)
        if now is not None:
            world.now = now
        due = due_cases(organisation.pk, world.now)
        if not due.exists():      # most rounds: no need to lock anything
            break
        if set_due_times_anew(organisation):    # nothing is missed by a calendar that holds no longer
            continue
        left = 2 * BATCH if most is None else most - swept
        size = min(BATCH, left)
        next_ones = list(due.values_list("id", flat=True)[size : min(2 * BATCH, left)])
        if ahead is None and next_ones:
            ahead = round_of_work.enter_context(ReadingAhead())
            ahead.begin(due.values_list("id", flat=True)[:size])
        if ahead is not None:
            ahead.wait()
            ahead.begin(next_ones)
        with collector_paused():
            moved = in_transaction(_Batch(world, size))
        swept += moved
        if moved < size:
            break
    return swept


def due_cases(organisation_id: UUID, now: datetime) -> "QuerySet[CaseRow]":
    """Cases that need the clock by `now`, longest waiting first; one index finds them among any number of open ones."""
    rows = CaseRow.objects.filter(organisation_id=organisation_id, attention_at__isnull=False, attention_at__lte=now)
    return rows.order_by("attention_at", "id")


class _Batch:
    """One transaction's worth of due cases."""

    def __init__(self, world: World, size: int) -> None:
        self.world = world
        self.size = size

    def __call__(self, recording: Recording) -> int:
        due = due_cases(self.world.organisation.pk, self.world.now)
        locked = due.select_for_update(skip_locked=_can_skip_locked()).values_list("id", flat=True)
        rows = rows_with_ids(CaseRow, list(locked[: self.size]))
        pass_time_for(recording, self.world, rows)
        return len(rows)


def pass_time_for(recording: Recording, world: World, rows: Sequence[CaseRow]) -> None:
    """Record the passing of time for these cases."""
    for row, loaded in zip(rows, _loaded(rows), strict=True):
        regime = world.regime(row.regime, row.regime_version)
        history = CaseHistory(world.organisation.pk, regime, world.now, world.calendar.zone)
        now = after_the_last(world.now, loaded.case)
        context = world.context(SYSTEM, regime, history, case_id=str(row.id), now=now)
        decision = decide(regime, loaded.case, PassTime(), context)
        if decision.events:
            recording.add(
                regime,
                context.directory,
                loaded,
                decision.events,
                decision.case,
                people_as_of=world.people_as_of,
                stored=row,
            )
            follow(recording, world, regime, decision.case, decision.events)
        else:  # nothing to do after all: do not ask again until something changes
            CaseRow.objects.filter(id=row.id, version=row.version).update(attention_at=None)


def _loaded(rows: Sequence[CaseRow]) -> list[Loaded]:
    found = load_many(rows)
    return [found[row.id] for row in rows]


def _can_skip_locked() -> bool:
    from django.db import connection

    return bool(connection.features.has_select_for_update_skip_locked)
