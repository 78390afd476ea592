"""Open cases go over to a new version of their regime: shown beforehand, then done by a worker in batches.

Every case is looked at first; when one would be left without a next step, none is moved and all such cases are listed.
"""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from huiyin.cases.access import sight
from huiyin.cases.changing_version import Prospect, moving_command, prospect
from huiyin.cases.context import Context
from huiyin.cases.decide import decide
from huiyin.cases.people import SYSTEM, Actor
from huiyin.cases.refusals import Refused
from huiyin.cases.standing import is_concerned
from huiyin.organisations.models import CaseMove, MoveState, RegimeVersion, Staff
from huiyin.organisations.models.regimes import NOWHERE
from huiyin.regime.model import Regime
from huiyin.store.availability import clear_failures
from huiyin.store.history import CaseHistory
from huiyin.store.loading import Loaded, load_many
from huiyin.store.models import CaseRow
from huiyin.store.recording import Recording

from .outside import actor_on
from .running import after_the_last
from .transactions import in_transaction
from .world import World, world_of

BATCH = 100
PAGE = 50
"""Cases shown on a page beforehand."""
MOST_LISTED = 200
"""Cases that cannot go are listed up to this many; that there are more is said."""


MOST_LOOKED_AT = 500
"""Open cases looked at before a version that takes them along is published; the worker looks at all before it moves any."""


class MoveRefusedError(ValueError):
    """A move cannot be asked for; the message (Chinese) says why."""


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What a move would mean for one case. `number` is empty for whoever the case is about; `sees`: may be opened."""

    number: str
    sees: bool
    version: str
    prospect: Prospect


def open_cases(version: RegimeVersion) -> "QuerySet[CaseRow]":
    """Open cases of the regime that go by another version, by id."""
    rows = CaseRow.objects.filter(organisation_id=version.organisation_id, regime=version.regime)
    return rows.exclude(state="closed").exclude(regime_version=version.version).order_by("id")


def foresee(world: World, version: RegimeVersion, who: Staff, after: UUID) -> tuple[list[Foreseen], UUID | None]:
    """A page of open cases as they would be under the version, and where the next page begins."""
    rows = list(open_cases(version).filter(id__gt=after)[: PAGE + 1])
    shown = rows[:PAGE]
    loaded = load_many(shown)
    new = world.regime(version.regime, version.version)
    found = []
    for row in shown:
        case = loaded[row.id].case
        actor = actor_on(world, Actor(who.person), row.regime, case)
        old = world.regime(row.regime, row.regime_version)
        sees = sight(old, case, actor, world.directory(row.regime)).sees
        number = "" if is_concerned(case, who.person) else row.number
        found.append(Foreseen(number, sees, row.regime_version, _prospect(world, old, new, loaded[row.id])))
    return found, shown[-1].id if len(rows) > PAGE else None


def stranded_by(world: World, new: Regime, who: Staff) -> list[dict[str, str]]:
    """Cases among the first open ones that would have no next step under a regime that is not published yet, with why.

    The number of a case about `who` is left out.
    """
    rows = CaseRow.objects.filter(organisation_id=world.organisation.pk, regime=new.id).exclude(state="closed")
    return _without_own(_check(world, new, list(rows.order_by("id")[:MOST_LOOKED_AT])), world.organisation.pk, who)


def listed(move: CaseMove, who: Staff) -> list[dict[str, str]]:
    """The cases that cannot go, with why; the number of a case about this person is left out."""
    return _without_own(move.blocked, move.organisation_id, who)


def _without_own(found: Sequence[dict[str, str]], organisation_id: UUID, who: Staff) -> list[dict[str, str]]:
    numbers = [each["number"] for each in found]
    rows = CaseRow.objects.filter(organisation_id=organisation_id, number__in=numbers, respondent_person=who.person)
    own = set(rows.values_list("number", flat=True)) if numbers else set()
    return [{**each, "number": "" if each["number"] in own else each["number"]} for each in found]


def ask_move(version: RegimeVersion, *, by: Staff, reason: str, world: World) -> CaseMove:
    """Let the worker move all open cases of the regime to a version that is in force. Raises MoveRefusedError."""
    if not by.administrator or by.organisation_id != version.organisation_id:
        raise MoveRefusedError("改用新版由系统管理员安排。")
    if not reason.strip():
        raise MoveRefusedError("请写明为什么让在办案件改用新版；每件案件里都会记下。")
    if world.in_force(version.regime).version != version.version:
        raise MoveRefusedError("只能改用施行中的版本。")
    total = open_cases(version).count()
    if not total:
        raise MoveRefusedError("没有按其他版本办理的在办案件。")
    try:
        with transaction.atomic():
            return CaseMove.objects.create(
                organisation_id=version.organisation_id, version=version, reason=reason.strip(), asked_by=by,
                asked_at=world.now, total=total,
            )  # fmt: skip
    except IntegrityError as trouble:
        raise MoveRefusedError("已经安排过，正在办理。") from trouble


def work_on_moves() -> int:
    """One batch of the move that waits longest; gives the number of cases looked at or moved. Raises StoreUnavailable."""
    with clear_failures():
        _begin_what_regimes_say()
    unfinished = CaseMove.objects.filter(state__in=[MoveState.CHECKING, MoveState.MOVING])
    with clear_failures():
        waiting = unfinished.select_related("organisation").order_by("asked_at", "id").first()
        if waiting is None:
            return 0
        world = world_of(waiting.organisation)
    return in_transaction(lambda recording: _batch(recording, world, waiting.pk))


def _begin_what_regimes_say() -> None:
    """Begin the moves that regimes themselves order, on the day a version takes effect; whoever published it answers for them.

    A version is moved to of itself once; a move that was refused waits for a person.
    """
    due = RegimeVersion.objects.filter(takes_open_cases=True, active=True, moves__isnull=True, published_by__isnull=False)
    for version in due.select_related("organisation", "published_by"):
        world = world_of(version.organisation)
        by = version.published_by
        if by is None or version.effective_on > world.today:
            continue
        with suppress(MoveRefusedError):  # nothing to move, or another version is in force by now
            ask_move(version, by=by, reason=f"制度规定在办案件改用新版。{version.reason}", world=world)


def _batch(recording: Recording, world: World, move_id: UUID) -> int:
    move = CaseMove.objects.select_for_update(of=("self",)).select_related("version").get(pk=move_id)
    if move.state not in (MoveState.CHECKING, MoveState.MOVING):
        return 0
    version = move.version
    rows = list(open_cases(version).filter(id__gt=move.after).select_for_update()[:BATCH])
    new = world.regime(version.regime, version.version)
    blocked = _check(world, new, rows) if move.state == MoveState.CHECKING else _move(recording, world, new, rows, move.reason)
    move.blocked = [*move.blocked, *blocked][:MOST_LISTED]
    if move.state == MoveState.CHECKING:
        move.checked += len(rows)
    else:
        move.moved += len(rows) - len(blocked)
    move.after = rows[-1].id if rows else move.after
    if len(rows) < BATCH:
        _end_pass(move)
    move.save()
    return max(len(rows), 1)


def _end_pass(move: CaseMove) -> None:
    """After all cases were looked at they are moved, or none is; after all were moved the move is done."""
    if move.state == MoveState.MOVING:
        move.state = MoveState.DONE
    elif move.blocked:
        move.state = MoveState.REFUSED
    else:
        move.state, move.after = MoveState.MOVING, NOWHERE


def _check(world: World, new: Regime, rows: Sequence[CaseRow]) -> list[dict[str, str]]:
    loaded = load_many(rows)
    found = ((row, _prospect(world, world.regime(row.regime, row.regime_version), new, loaded[row.id])) for row in rows)
    return [{"number": row.number, "why": each.refused} for row, each in found if each.refused]


def _move(recording: Recording, world: World, new: Regime, rows: Sequence[CaseRow], reason: str) -> list[dict[str, str]]:
    """Move these cases; one that changed since it was looked at and cannot go any more stays and is listed."""
    loaded = load_many(rows)
    stayed = []
    for row in rows:
        before = loaded[row.id]
        old = world.regime(row.regime, row.regime_version)
        context = _context(world, new, before)
        try:
            decision = decide(new, before.case, moving_command(old, new, reason), context)
        except Refused as refused:
            stayed.append({"number": row.number, "why": refused.message})
            continue
        recording.add(
            new, context.directory, before, decision.events, decision.case, people_as_of=world.people_as_of
        )
    return stayed


def _prospect(world: World, old: Regime, new: Regime, loaded: Loaded) -> Prospect:
    return prospect(old, new, loaded.case, _context(world, new, loaded))


def _context(world: World, regime: Regime, loaded: Loaded) -> Context:
    history = CaseHistory(world.organisation.pk, regime, world.now, world.calendar.zone)
    now = after_the_last(world.now, loaded.case)
    return world.context(SYSTEM, regime, history, case_id=loaded.case.id, now=now)
