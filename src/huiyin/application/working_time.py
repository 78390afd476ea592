"""Working time is changed: looked over, shown case by case what it means, taken into effect for a reason.

The due times of open cases are then set anew in batches, each by an event. What is met, missed or closed stays as it is.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from huiyin.calendars.entering import Fault
from huiyin.cases.access import sight
from huiyin.cases.commands import Recalculate
from huiyin.cases.decide import Decision, decide
from huiyin.cases.events import DeadlineMoved, ObligationMoved
from huiyin.cases.people import SYSTEM, Actor
from huiyin.cases.refusals import Refused
from huiyin.cases.standing import is_concerned
from huiyin.cases.state import Case
from huiyin.notices.replanning import plan_anew
from huiyin.organisations.models import ChangeState, Organisation, Staff, WorkingTimeChange, WorkingTimeEffect
from huiyin.organisations.models.regimes import NOWHERE
from huiyin.organisations.working_time import WorkingTime, calendar_with, store_working_time, working_time_of
from huiyin.store.availability import clear_failures
from huiyin.store.history import CaseHistory
from huiyin.store.loading import Loaded, load_many
from huiyin.store.models import CaseRow, SanctionRow, TurnRow
from huiyin.store.recording import Recording

from .clock import after_the_last
from .entering_time import WorkingTimeRefusedError
from .outside import actor_on
from .transactions import in_transaction
from .world import World, world_of

BATCH = 100
AT_ONCE = 200
"""Up to so many open cases are looked at while the administrator waits; of more, the worker looks at all."""
PAGE = 50

WAITS_AT_MOST = timedelta(days=400)
"""What waits in a case that was closed longer ago waits for something other than a working day."""

OBJECTION_LASTS = timedelta(days=120)
"""No regime gives a person concerned more time than this to object to a measure."""


@dataclass(frozen=True, slots=True)
class CaseEffect:
    """What a change means for one case. `sees`: may be opened. Whoever the case is about learns no `number` and no `limits`."""

    number: str
    sees: bool
    limits: Sequence[dict[str, object]]


def propose(world: World, wanted: WorkingTime, by: Staff | None) -> WorkingTimeChange:
    """Let it be looked at what a change would mean; nothing holds yet. Another one that waits is dropped.

    Raises:
        WorkingTimeRefusedError: not an administrator, nothing is different, or it contradicts itself.
    """
    _only_administrators(by, world.organisation.pk)
    before, after = working_time_of(world.organisation).as_json(), wanted.as_json()
    if before == after:
        raise WorkingTimeRefusedError(Fault(0, "与现在的工作时间相同，没有改动。", "This is what holds already."))
    try:
        calendar_with(wanted)
    except ValueError as error:
        zh, _, en = str(error).partition(" / ")
        raise WorkingTimeRefusedError(Fault(0, zh, en or zh)) from error
    mine = WorkingTimeChange.objects.filter(organisation=world.organisation)
    with transaction.atomic():
        mine.filter(state__in=[ChangeState.CHECKING, ChangeState.READY]).update(state=ChangeState.DROPPED)
        total = open_cases(world.organisation.pk, world.now).count()
        change = WorkingTimeChange.objects.create(
            organisation=world.organisation, before=before, after=after, proposed_by=by, proposed_at=world.now, total=total
        )
    if total <= AT_ONCE:
        look_through(change)
    return change


def look_through(change: WorkingTimeChange) -> None:
    """Look at all cases now, without waiting for the worker. Raises StoreUnavailable."""
    while change.state == ChangeState.CHECKING:
        _step(world_of(change.organisation), change)


def apply_change(world: World, change: WorkingTimeChange, by: Staff | None, reason: str) -> None:
    """Take a change into effect; the due times are set anew by the worker.

    Raises:
        WorkingTimeRefusedError: not an administrator, no reason, not looked at yet, or changed by somebody meanwhile.
    """
    _only_administrators(by, world.organisation.pk)
    if not reason.strip():
        raise WorkingTimeRefusedError(Fault(0, "请写明理由；每件受影响的案件里都会记下。", "Give the reason; every case keeps it."))
    try:
        with transaction.atomic():
            organisation = Organisation.objects.select_for_update().get(pk=world.organisation.pk)
            change.refresh_from_db()
            if change.state != ChangeState.READY:
                raise WorkingTimeRefusedError(
                    Fault(0, "这项改动不能执行：还在核对，或者已经处理过。", "It is still looked at, or was dealt with already.")
                )
            if working_time_of(organisation).as_json() != change.before:
                raise WorkingTimeRefusedError(
                    Fault(0, "其间工作时间已有别的改动，请重新修改和核对。", "Working time was changed meanwhile; begin anew.")
                )
            change.state, change.reason = ChangeState.APPLYING, reason.strip()
            change.applied_by, change.applied_at = by, world.now
            change.total, change.checked, change.after_case = open_cases(organisation.pk, world.now).count(), 0, NOWHERE
            change.save(update_fields=["state", "reason", "applied_by", "applied_at", "total", "checked", "after_case"])
            store_working_time(organisation, WorkingTime(**change.after))
            plan_anew(organisation.pk, calendar_with(WorkingTime(**change.after)), timezone.now())
    except IntegrityError as trouble:
        raise WorkingTimeRefusedError(
            Fault(0, "上一项改动还在改算到期时间，请稍后再试。", "The change before is still being carried out; try again later.")
        ) from trouble


def drop_change(change: WorkingTimeChange, by: Staff) -> None:
    """Do without a change that has not taken effect. Raises WorkingTimeRefusedError."""
    _only_administrators(by, change.organisation_id)
    waiting = WorkingTimeChange.objects.filter(pk=change.pk, state__in=[ChangeState.CHECKING, ChangeState.READY])
    if not waiting.update(state=ChangeState.DROPPED):
        raise WorkingTimeRefusedError(Fault(0, "已经生效的改动不能放弃，请另作修改。", "It is in effect; make another change."))


def effects(world: World, change: WorkingTimeChange, who: Staff, after: UUID) -> tuple[list[CaseEffect], UUID | None]:
    """A page of what the preview found, and where the next page begins."""
    found = list(change.effects.filter(case_id__gt=after)[: PAGE + 1])
    shown = found[:PAGE]
    rows = {row.id: row for row in CaseRow.objects.filter(id__in=[each.case_id for each in shown])}
    loaded = load_many(list(rows.values()))
    listed = []
    for each in shown:
        row, case = rows[each.case_id], loaded[each.case_id].case
        actor = actor_on(world, Actor(who.person), row.regime, case)
        sees = sight(world.regime(row.regime, row.regime_version), case, actor, world.directory(row.regime)).sees
        concerned = is_concerned(case, who.person)
        listed.append(CaseEffect("" if concerned else row.number, sees, () if concerned else each.limits))
    return listed, shown[-1].case_id if len(found) > PAGE else None


def open_cases(organisation_id: UUID, now: datetime) -> "QuerySet[CaseRow]":
    """Cases in which something may still fall due, by id.

    Of closed cases those with a limit that runs on, a proposal to be decided, a person to be heard, or a measure so new that
    there may be time to object to it.
    """
    here = OuterRef("id")     # each asked by its key, and only of cases that were closed not long ago
    waits = Exists(TurnRow.objects.filter(case_id=here))
    imposed = Exists(SanctionRow.objects.filter(case_id=here, at__gte=now - OBJECTION_LASTS))
    alive = Q(next_due__isnull=False) | (Q(closed_at__gte=now - WAITS_AT_MOST) & (Q(waits) | Q(imposed)))
    return CaseRow.objects.filter(~Q(state="closed") | alive, organisation_id=organisation_id).order_by("id")


def set_due_times_anew(organisation: Organisation) -> int:
    """Finish what a change in effect has still to do; gives the number of cases looked at. Raises StoreUnavailable."""
    waiting = WorkingTimeChange.objects.filter(organisation=organisation, state=ChangeState.APPLYING)
    done = 0
    while change := waiting.first():
        with clear_failures():
            world = world_of(organisation)
        done += _step(world, change)
    return done


def work_on_working_time() -> int:
    """Changes in effect first and whole, then one batch of the preview that waits longest. Raises StoreUnavailable."""
    with clear_failures():
        unfinished = WorkingTimeChange.objects.filter(state__in=[ChangeState.APPLYING, ChangeState.CHECKING])
        waiting = list(unfinished.select_related("organisation").order_by("proposed_at", "id"))
    done = sum(set_due_times_anew(each.organisation) for each in waiting if each.state == ChangeState.APPLYING)
    checking = next((each for each in waiting if each.state == ChangeState.CHECKING), None)
    return done + (_step(world_of(checking.organisation), checking) if checking else 0)


def _only_administrators(by: Staff | None, organisation_id: UUID) -> None:
    """Whoever sits at the server's command line needs no post."""
    if by is not None and not (by.administrator and by.organisation_id == organisation_id):
        raise WorkingTimeRefusedError(
            Fault(0, "工作时间由本单位的系统管理员修改。", "Working time is changed by the organisation's administrators.")
        )


def _step(world: World, change: WorkingTimeChange) -> int:
    """One batch of looking or of setting anew, in a transaction; gives at least 1."""
    looked = in_transaction(lambda recording: _batch(recording, world, change.pk))
    change.refresh_from_db()
    return looked


def _batch(recording: Recording, world: World, change_id: UUID) -> int:
    change = WorkingTimeChange.objects.select_for_update().get(pk=change_id)
    if change.state not in (ChangeState.CHECKING, ChangeState.APPLYING):
        return 1
    applying = change.state == ChangeState.APPLYING
    rows = open_cases(change.organisation_id, world.now).filter(id__gt=change.after_case)
    batch = list((rows.select_for_update() if applying else rows)[:BATCH])
    if applying:
        change.changed += _set_anew(recording, world, change, batch)
    else:
        change.affected += _foresee(replace(world, calendar=calendar_with(WorkingTime(**change.after))), change, batch)
    change.checked += len(batch)
    change.after_case = batch[-1].id if batch else change.after_case
    if len(batch) < BATCH:
        change.state = ChangeState.DONE if applying else ChangeState.READY
        change.done_at = world.now if applying else None
    change.save(update_fields=["state", "checked", "affected", "changed", "after_case", "done_at"])
    return max(len(batch), 1)


def _foresee(world: World, change: WorkingTimeChange, rows: Sequence[CaseRow]) -> int:
    loaded = load_many(rows)
    found = []
    for row in rows:
        case = loaded[row.id].case
        decision = _recalculated(world, row, loaded[row.id], Recalculate(reason="核对"))
        limits = _differences(case, decision) if decision else []
        if limits:
            found.append(WorkingTimeEffect(change=change, case_id=row.id, limits=limits))
    WorkingTimeEffect.objects.bulk_create(found)
    return len(found)


def _set_anew(recording: Recording, world: World, change: WorkingTimeChange, rows: Sequence[CaseRow]) -> int:
    loaded, changed = load_many(rows), 0
    for row in rows:
        command = Recalculate(reason=change.reason, as_of=change.applied_at)
        decision = _recalculated(world, row, loaded[row.id], command)
        if decision is None or not decision.events:
            continue
        changed += 1
        regime = world.regime(row.regime, row.regime_version)
        recording.add(
            regime, world.directory(regime.id), loaded[row.id], decision.events, decision.case,
            people_as_of=world.people_as_of, stored=row,
        )  # fmt: skip
    return changed


def _recalculated(world: World, row: CaseRow, loaded: Loaded, command: Recalculate) -> Decision | None:
    regime = world.regime(row.regime, row.regime_version)
    history = CaseHistory(world.organisation.pk, regime, world.now, world.calendar.zone)
    now = after_the_last(world.now, loaded.case)
    context = world.context(SYSTEM, regime, history, case_id=str(row.id), now=now)
    try:
        return decide(regime, loaded.case, command, context)
    except Refused:  # a regime may insist on something no calendar can answer; the due times stay
        return None


def _differences(case: Case, decision: Decision) -> list[dict[str, object]]:
    found: list[dict[str, object]] = []
    for event in decision.events:
        if isinstance(event, DeadlineMoved):
            found.append({
                "title": event.about, "before": event.before.isoformat(), "after": event.until.isoformat(),
                "was_provisional": False, "provisional": False, "late": event.late,
            })  # fmt: skip
        elif isinstance(event, ObligationMoved):
            before, after = case.obligations[event.key], event.obligation
            assert before.due is not None
            assert after.due is not None
            found.append({
                "title": after.title, "before": before.due.isoformat(), "after": after.due.isoformat(),
                "was_provisional": before.provisional, "provisional": after.provisional, "late": event.late,
            })  # fmt: skip
    return found
