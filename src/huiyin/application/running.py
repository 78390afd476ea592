"""Giving a command to a case."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

import structlog

from huiyin.cases.access import sight
from huiyin.cases.commands import Accompany, AddEvidence, Command
from huiyin.cases.context import Context
from huiyin.cases.decide import decide
from huiyin.cases.events import AttemptRefused, Event
from huiyin.cases.hearing import speaks_for_oneself
from huiyin.cases.people import Actor
from huiyin.cases.refusals import Refused
from huiyin.cases.reversing import keeps_the_book
from huiyin.cases.state import Case, Evidence
from huiyin.organisations.models import Organisation
from huiyin.records import replace
from huiyin.regime.model import Regime
from huiyin.store.availability import clear_failures
from huiyin.store.command_keys import fingerprint, first_result, remember
from huiyin.store.errors import Change, Conflict, UnknownCase
from huiyin.store.files.storage import Checked, Upload, check_uploads, keep
from huiyin.store.history import CaseHistory
from huiyin.store.loading import Loaded, load
from huiyin.store.log import read_event
from huiyin.store.models import CaseRow, EventRow
from huiyin.store.recording import Recording
from huiyin.store.registers import DocumentNumbers

from .affairs import follow
from .clock import after_the_last
from .evidence import as_evidence, attachments, said_of, taken_keys, with_evidence
from .other_cases import with_known_case
from .outside import actor_on
from .privacy import seal_address, seal_values, without_private
from .transactions import in_transaction
from .world import World, world_of

_log = structlog.get_logger(__name__)

HARMLESS = frozenset({"AttemptRefused", "RungReached", "ObligationBreached", "NoticeQueued", "LeftUndecided"})
"""Events of the clock and of failed attempts: they do not make what somebody saw on the page stale."""

NOT_RECORDED = frozenset({"missing-field", "wrong-value", "future-receipt"})
"""Refusals that only ask to fill in a form properly; they are answered, not kept."""


@dataclass(frozen=True, slots=True)
class Result:
    """The case after a command, and the events it brought (none when it changed nothing)."""

    case: Case
    events: tuple[Event, ...]
    version: int


def run(
    organisation: Organisation,
    who: Actor,
    case_id: UUID,
    command: Command,
    *,
    key: str = "",
    based_on: int | None = None,
    uploads: Sequence[Upload] = (),
    private: Mapping[str, str] | None = None,
) -> Result:
    """Run a command on a case.

    `based_on` is the version the person saw. Files become evidence of the case together with the command. Under a
    `key` used before, the first result is given again.

    Raises:
        Refused: a rule forbids it; the attempt itself is recorded in the case.
        UnknownCase: no such case, or not for this person.
        Conflict: the case has moved on since `based_on`.
        UploadRefused, KeyReused, StoreUnavailable.
    """
    files = check_uploads(uploads)
    with clear_failures():
        keep(files)
        world = world_of(organisation)
    outcome = in_transaction(
        lambda recording: _run_in(recording, world, who, case_id, command, key, based_on, files, private or {})
    )
    if isinstance(outcome, Refused):
        _log.info("refused", command=command_name(command), refusal=outcome.code, case=str(case_id), by=who.kind)
        raise outcome
    _log.info("done", command=command_name(command), number=outcome.case.number, events=len(outcome.events), by=who.kind)
    return outcome


def _run_in(
    recording: Recording,
    world: World,
    who: Actor,
    case_id: UUID,
    command: Command,
    key: str,
    based_on: int | None,
    files: Sequence[Checked],
    private: Mapping[str, str],
) -> Result | Refused:
    row = locked_row(world.organisation, case_id)
    regime = world.regime(row.regime, row.regime_version)
    loaded = load(row)
    actor = actor_on(world, who, regime.id, loaded.case)
    directory = world.directory(regime.id)
    sees = sight(regime, loaded.case, actor, directory).sees
    unseen = speaks_for_oneself(loaded.case, actor, directory, command) or keeps_the_book(
        regime, loaded.case, actor, command
    )
    if not sees and not unseen:
        raise UnknownCase
    print_now = fingerprint(who.person, case_id, command, said_of(files), dict(private)) if key else ""
    first = first_result(world.organisation.pk, key, print_now)
    if first is not None:
        return _again(first.case_id, first.first, first.last, loaded.case)
    refuse_stale(row, based_on)
    history = CaseHistory(world.organisation.pk, regime, world.now, world.calendar.zone)
    numbering = DocumentNumbers(world.organisation.pk)
    now = after_the_last(world.now, loaded.case)
    context = replace(world.context(actor, regime, history, case_id=str(case_id), now=now), numbering=numbering)
    stripped, sealed = without_private(regime, command, private, world.calendar.zone)
    try:
        known = with_known_case(world, actor, case_id, stripped)
        evidence = as_evidence(files, taken_keys(loaded.case, case_id)) if files else ()
        events, after = _decide_all(regime, loaded.case, known, context, evidence)
    except Refused as refused:
        _record_attempt(recording, world, regime, row, loaded, stripped, context, refused)
        return refused
    if not events:
        return Result(loaded.case, (), row.version)
    numbering.write()
    head = recording.add(
        regime,
        context.directory,
        loaded,
        events,
        after,
        people_as_of=world.people_as_of,
        stored=row,
        key=key,
    )
    seal_values(recording, world.organisation.pk, case_id, sealed)
    seal_address(recording, world.organisation.pk, case_id, command, events)
    recording.attachments += attachments(files, evidence, world.organisation.pk, case_id, actor.person, context.now)
    recording.commands += remember(
        world.organisation.pk, key, print_now, case_id, row.version + 1, head.version, context.now
    )
    follow(recording, world, regime, after, events)
    return Result(after, events, head.version)


def locked_row(organisation: Organisation, case_id: UUID) -> CaseRow:
    """The row of a case, locked until the transaction ends (SQLite locks the whole database anyway)."""
    row = CaseRow.objects.select_for_update().filter(id=case_id, organisation_id=organisation.pk).first()
    if row is None:
        raise UnknownCase
    return row


def refuse_stale(row: CaseRow, based_on: int | None) -> None:
    """Raise Conflict when a person changed the case after the version the command was based on."""
    if based_on is None or based_on >= row.version:
        return
    newer = EventRow.objects.filter(case_id=row.id, sequence__gt=based_on).order_by("sequence")
    changed = [event for event in newer if event.kind not in HARMLESS]
    if changed:
        events = [read_event(event) for event in changed]
        raise Conflict(row.version, [Change(event.at, event.by, event.title) for event in events])


def _decide_all(
    regime: Regime, case: Case, command: Command, context: Context, evidence: tuple[Evidence, ...]
) -> tuple[tuple[Event, ...], Case]:
    """Decide the command and take in the evidence that comes with it.

    Evidence goes first, for the command may need it, unless it is the command that takes a closed case up again.
    """
    if isinstance(command, AddEvidence):
        steps: list[Command] = [with_evidence(command, evidence)]
    elif evidence:
        along = Accompany(evidence=evidence, on_behalf=command.on_behalf)
        steps = [command, along] if case.state == "closed" else [along, command]
    else:
        steps = [command]
    events: tuple[Event, ...] = ()
    for step in steps:
        decision = decide(regime, case, step, context)
        events, case = events + decision.events, decision.case
    return events, case


def _again(case_id: UUID, first: int, last: int, case: Case) -> Result:
    rows = EventRow.objects.filter(case_id=case_id, sequence__gte=first, sequence__lte=last).order_by("sequence")
    return Result(case, tuple(read_event(row) for row in rows), last)


def _record_attempt(
    recording: Recording,
    world: World,
    regime: Regime,
    row: CaseRow,
    loaded: Loaded,
    command: Command,
    context: Context,
    refused: Refused,
) -> None:
    """Keep who tried what and which rule forbade it, once for each try in a row."""
    if refused.code in NOT_RECORDED or context.actor.kind == "system":
        return
    from huiyin.cases.evolve import evolve

    attempt = AttemptRefused(
        at=context.now,
        by=context.actor.person,
        cite=refused.cite,
        command=command_name(command),
        code=refused.code,
        message=refused.message,
    )
    last = EventRow.objects.filter(case_id=row.id, sequence=row.version).first()
    if last is not None and last.kind == "AttemptRefused":
        before = read_event(last)
        if isinstance(before, AttemptRefused) and _same(before, attempt):
            return
    recording.add(
        regime,
        context.directory,
        loaded,
        (attempt,),
        evolve(loaded.case, (attempt,)),
        people_as_of=world.people_as_of,
        stored=row,
    )


def _same(before: AttemptRefused, now: AttemptRefused) -> bool:
    return (before.by, before.command, before.code, before.message) == (now.by, now.command, now.code, now.message)


def command_name(command: Command) -> str:
    """The command as records name it: the step, the act, or the command itself."""
    return getattr(command, "work", "") or getattr(command, "kind_of_act", "") or command.act or type(command).__name__
