"""Playing what was done to a case in the past: the same commands, decided as of their own time, written once."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from huiyin.cases.commands import AcceptReport, AnswerOrder, Approve, Command, PassTime, Perform
from huiyin.cases.decide import decide
from huiyin.cases.events import Event
from huiyin.cases.people import SYSTEM, Actor, Holding
from huiyin.cases.refusals import Refused
from huiyin.cases.standing import assignees
from huiyin.cases.state import Case
from huiyin.organisations.models import Organisation
from huiyin.regime.model import Regime
from huiyin.store.availability import LOCKED, clear_failures
from huiyin.store.command_keys import remember
from huiyin.store.errors import StoreUnavailable
from huiyin.store.history import CaseHistory
from huiyin.store.loading import load_many
from huiyin.store.models import CaseRow, CommandRow
from huiyin.store.recording import ChangedMeanwhile, Recording

from .transactions import TRIES
from .world import World, world_of

MOST_APPROVALS = 4
"""Stages of approval that one past act may have gone through; they are taken as given at the act's own time."""


@dataclass(frozen=True, slots=True)
class PastAct:
    """Something that was done: when (None: now), in which role (empty: whoever's turn it was), what."""

    at: datetime | None
    as_role: str
    command: Command


@dataclass(frozen=True, slots=True)
class PastOutcome:
    """What became of a case's past: how many acts were taken in, or why the rest was not."""

    case_id: UUID
    done: int
    refused: str = ""
    already: bool = False


def play_past(
    organisation: Organisation, cases: Sequence[tuple[UUID, str, Sequence[PastAct]]]
) -> Iterator[PastOutcome]:
    """Play the past of cases (id, key, acts) in one transaction; a key that was used before is not played again.

    Raises:
        StoreUnavailable: nothing of this batch was written.
    """
    for _ in range(TRIES):
        recording = Recording()
        try:
            with clear_failures(), transaction.atomic():
                outcomes = _play_all(recording, world_of(organisation), cases)
                recording.write()
        except ChangedMeanwhile:
            continue
        transaction.on_commit(recording.keep)
        yield from outcomes
        return
    raise StoreUnavailable(LOCKED)


def _play_all(
    recording: Recording, world: World, cases: Sequence[tuple[UUID, str, Sequence[PastAct]]]
) -> list[PastOutcome]:
    organisation_id = world.organisation.pk
    keys = [key for _case, key, _acts in cases]
    done = set(CommandRow.objects.filter(organisation_id=organisation_id, key__in=keys).values_list("key", flat=True))
    wanted = [case_id for case_id, key, _acts in cases if key not in done]
    rows = {row.id: row for row in CaseRow.objects.select_for_update().filter(id__in=wanted)}
    loaded = load_many(rows.values())
    outcomes = []
    for case_id, key, acts in cases:
        if key in done or case_id not in rows:
            outcomes.append(PastOutcome(case_id, 0, already=True))
            continue
        row, before = rows[case_id], loaded[case_id]
        regime = world.regime(row.regime, row.regime_version)
        events, case, count, trouble = _play(world, regime, before.case, acts)
        if events:
            head = recording.add(
                regime,
                world.directory(regime.id),
                before,
                events,
                case,
                people_as_of=world.people_as_of,
                key=key,
            )
            if not trouble:
                recording.commands += remember(
                    organisation_id, key, "past", case_id, row.version + 1, head.version, world.now
                )
        outcomes.append(PastOutcome(case_id, count, trouble))
    return outcomes


def _play(
    world: World, regime: Regime, case: Case, acts: Sequence[PastAct]
) -> tuple[tuple[Event, ...], Case, int, str]:
    """All acts in order; the first that is refused ends it."""
    events: tuple[Event, ...] = ()
    history = CaseHistory(world.organisation.pk, regime, world.now, world.calendar.zone)
    for number, act in enumerate(acts):
        at = act.at or world.now
        try:
            events, case = _let_time_pass(world, regime, case, history, at, events)
            if _is_behind(case, act.command):
                continue
            for command in (act.command, *(Approve() for _ in range(MOST_APPROVALS))):
                if isinstance(command, Approve) and not _waits(case):
                    break
                actor = _actor(world, regime, case, command, act.as_role)
                context = world.context(actor, regime, history, case_id=case.id, now=at)
                decision = decide(regime, case, command, context)
                events, case = events + decision.events, decision.case
        except Refused as refused:
            name = getattr(act.command, "work", "") or act.command.act
            return events, case, number, f"{name}：{refused.message}"
    return events, case, len(acts), ""


def _let_time_pass(
    world: World, regime: Regime, case: Case, history: CaseHistory, at: datetime, events: tuple[Event, ...]
) -> tuple[tuple[Event, ...], Case]:
    """What had fallen due by then is noted before the act, as it would have been at the time."""
    context = world.context(SYSTEM, regime, history, case_id=case.id, now=at)
    decision = decide(regime, case, PassTime(), context)
    return events + decision.events, decision.case


def _is_behind(case: Case, command: Command) -> bool:
    """Whether an act lies behind already, from an earlier run that broke off, or has nothing to work on."""
    if isinstance(command, AnswerOrder):
        return not any(order.waits for order in case.orders.values())
    if isinstance(command, AcceptReport):
        return not any(order.to_accept for order in case.orders.values())
    if isinstance(command, Perform):
        runs = [run for run in case.steps.values() if run.step == command.work]
        return bool(runs) and all(run.status in ("done", "passed") for run in runs)
    return False


def _waits(case: Case) -> bool:
    return any(pending.kind != "sanction" for pending in case.approvals.values())


def _actor(world: World, regime: Regime, case: Case, command: Command, as_role: str) -> Actor:
    """Whoever's turn it was; where nobody holds the post today, the role itself stands for its former holder."""
    directory = world.directory(regime.id)
    if isinstance(command, Approve):
        stage = next(each for each in case.approvals.values() if each.kind != "sanction")
        roles = stage.stages[stage.stage].all_of or stage.stages[stage.stage].by
    elif as_role:
        roles = (as_role,)
    elif isinstance(command, Perform) and command.work in regime.flow:
        roles = regime.flow[command.work].by
    else:
        roles = ("handler", "first-receiver")
    # Nobody accepts a report of their own.
    kept = {order.answered_by for order in case.orders.values() if order.to_accept} if isinstance(command, AcceptReport) else set()
    for assignee in assignees(regime, case, roles, directory):
        if assignee.person and assignee.person not in kept:
            return directory.actor(assignee.person)
        found = directory.holders_of(assignee.role, assignee.unit or None) if assignee.role else ()
        holders = [person for person in found if person not in kept]
        if holders:
            return directory.actor(holders[0])
        return Actor("import", frozenset({Holding(assignee.role, assignee.unit or None)}))
    return Actor("import")
