"""Filing a case."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import structlog

from huiyin.cases.commands import Command, File
from huiyin.cases.context import History
from huiyin.cases.decide import decide
from huiyin.cases.events import Event
from huiyin.cases.inviting import came_by_link
from huiyin.cases.people import Actor, Respondent
from huiyin.cases.principles import COMPLETE_RECORDS
from huiyin.cases.refusals import Refused
from huiyin.cases.sources import source_actor
from huiyin.cases.state import Case
from huiyin.organisations.models import Organisation
from huiyin.organisations.uuid7 import uuid7
from huiyin.records import made_quickly, replace
from huiyin.standing.telling import filed
from huiyin.store.availability import clear_failures
from huiyin.store.command_keys import fingerprint, first_result, remember
from huiyin.store.files.storage import Checked, Upload, check_uploads, keep
from huiyin.store.history import CaseHistory
from huiyin.store.models import CaseRow
from huiyin.store.personal.data import PersonalData
from huiyin.store.receipts import code_of
from huiyin.store.recording import Recording
from huiyin.store.registers import DocumentNumbers, next_number

from .affairs import duty_filed_from, follow, tell
from .evidence import as_evidence, attachments, said_of, with_evidence
from .held_back import HeldBack
from .privacy import seal_parties, seal_values, without_private
from .transactions import in_transaction
from .world import World, world_of

_log = structlog.get_logger(__name__)


@made_quickly
@dataclass(frozen=True, slots=True)
class Receipt:
    """What the complainant takes home: the number and the secret code that opens the tracking page."""

    case_id: UUID
    number: str
    code: str
    version: int


@made_quickly
@dataclass(frozen=True, slots=True)
class Filing:
    """Everything that comes with one filing."""

    regime: str
    command: File
    personal: PersonalData | None = None
    respondent_personal: PersonalData | None = None
    private: Mapping[str, str] | None = None
    key: str = ""


@made_quickly
@dataclass(frozen=True, slots=True)
class Ready:
    """A filing as it is decided: nothing private is in it any more. `mark` is the fingerprint of all that was filed."""

    case_id: UUID
    regime: str
    command: File
    key: str
    mark: str


@made_quickly
@dataclass(frozen=True, slots=True)
class Entered:
    """A case that was recorded: its version, as it is now, and what happened."""

    version: int
    case: Case
    events: tuple[Event, ...]


@made_quickly
@dataclass(frozen=True, slots=True)
class Afterwards:
    """A command given to a past case after its filing, as of its own time (aware)."""

    at: datetime
    who: Actor
    command: Command


def file_case(
    organisation: Organisation,
    regime_id: str,
    who: Actor,
    command: File,
    *,
    personal: PersonalData | None = None,
    respondent_personal: PersonalData | None = None,
    private: Mapping[str, str] | None = None,
    uploads: Sequence[Upload] = (),
    key: str = "",
    world: World | None = None,
    allowed: Callable[[], None] | None = None,
) -> Receipt:
    """Enter a matter in the register.

    `personal` is sealed and never reaches the events; so are `private` values (fields the regime declares private).
    Under a `key` that was used before, the first receipt is given again and nothing is filed. `allowed` is asked before something
    new is filed, and again while the register is locked, so that filings of others at the same moment are counted; it may raise.

    Raises:
        Refused: the filing does not fit the regime; nothing was written.
        NoSuchRegimeError, UploadRefused, KeyReused, StoreUnavailable.
    """
    files = check_uploads(uploads)
    filing = Filing(regime_id, command, personal, respondent_personal, private, key)
    mark = fingerprint_of(who, filing, files)
    with clear_failures():
        if allowed is not None and first_result(organisation.pk, key, mark) is None:
            allowed()       # before its files take up room
        keep(files)
        here = world or world_of(organisation)
    pattern = here.in_force(regime_id).intake.number

    def work(recording: Recording) -> Receipt:
        first = first_result(organisation.pk, key, mark)
        if first is not None:
            return first_receipt_of(CaseRow.objects.get(id=first.case_id), first.last)
        refuse_strangers(here, command.respondent)
        number = next_number(organisation.pk, pattern, here.today)
        if allowed is not None:
            allowed()
        return enter(recording, here, who, filing, number, files, mark=mark)

    receipt = in_transaction(work)
    _log.info("filed", number=receipt.number, regime=regime_id, channel=command.channel, by=who.kind)
    return receipt


def refuse_strangers(world: World, respondent: Respondent) -> None:
    """Raise Refused when a unit or person of ours is complained about that there is not."""
    unknown = (respondent.unit and respondent.unit not in world.people.units) or (
        respondent.person and respondent.person not in world.people.persons
    )
    if unknown:
        message = "本单位没有这个部门或人员，请重新选择；外部的人请写名称。"
        raise Refused("wrong-value", message, cite=COMPLETE_RECORDS, fields={"respondent": message})


def enter(
    recording: Recording,
    world: World,
    who: Actor,
    filing: Filing,
    number: str,
    files: Sequence[Checked] = (),
    *,
    mark: str,
    ready: Ready | None = None,
    afterwards: Sequence[Afterwards] = (),
    held_back: HeldBack | None = None,
    past: bool = False,
) -> Receipt:
    """One filing, decided and recorded under a register number, inside a transaction of the caller.

    `mark` is the filing's fingerprint; `ready` what `make_ready` gave for it, if it was called before. `afterwards` are
    commands given to the case later on, for past cases that come in whole. `held_back` is what a batch has not written
    yet when rules look at other cases. A `past` case calls for no affairs and sets off no watch: what it called for was
    done in its time.
    """
    ready = ready or make_ready(recording, world, filing, mark)
    regime, zone = world.in_force(filing.regime), world.calendar.zone
    looking = held_back.write_if if held_back is not None else None
    history = CaseHistory(world.organisation.pk, regime, world.now, zone, filing.personal, looking)
    entered = record(recording, world, who, ready, number, history, files, afterwards)
    if not past:
        follow(recording, world, regime, entered.case, entered.events, held_back=held_back, new=True)
    return Receipt(ready.case_id, number, code_of(ready.case_id), entered.version)


def make_ready(recording: Recording, world: World, filing: Filing, mark: str) -> Ready:
    """What can be done for a filing before it has a number: an id, and what is private sealed into the recording.

    Raises:
        Refused: a private value does not fit its field.
        NoSuchRegimeError.
    """
    organisation_id, case_id = world.organisation.pk, uuid7()
    regime = world.in_force(filing.regime)
    stripped, sealed = without_private(regime, filing.command, filing.private or {}, world.calendar.zone)
    assert isinstance(stripped, File)
    command = seal_parties(recording, organisation_id, case_id, stripped, filing.personal, filing.respondent_personal)
    seal_values(recording, organisation_id, case_id, sealed)
    return Ready(case_id, filing.regime, command, filing.key, mark)


def record(
    recording: Recording,
    world: World,
    who: Actor,
    ready: Ready,
    number: str,
    history: History,
    files: Sequence[Checked] = (),
    afterwards: Sequence[Afterwards] = (),
) -> Entered:
    """Decide a filing that is ready and record it, without what follows beside the case. See `enter`."""
    organisation_id, case_id, regime = world.organisation.pk, ready.case_id, world.in_force(ready.regime)
    command = ready.command
    actor = source_actor(regime, command.channel) if came_by_link(who) else world.actor(who, regime.id)
    evidence = as_evidence(files, {item.key for item in command.evidence})
    context = world.context(actor, regime, history, case_id=str(case_id), number=number)
    origin = duty_filed_from(world, actor, regime, command) if command.origin else None
    decision = decide(regime, None, with_evidence(command, evidence), context)
    events, case = decision.events, decision.case
    if afterwards:
        numbering = DocumentNumbers(organisation_id)
        for later in sorted(afterwards, key=lambda each: each.at):
            context = world.context(world.actor(later.who, regime.id), regime, history, case_id=str(case_id), now=later.at)
            context = replace(context, numbering=numbering)
            further = decide(regime, case, later.command, context)
            events, case = events + further.events, further.case
        numbering.write()
    head = recording.add(
        regime,
        context.directory,
        None,
        events,
        case,
        people_as_of=world.people_as_of,
        key=ready.key,
    )
    recording.attachments += attachments(files, evidence, organisation_id, case_id, actor.person, world.now)
    recording.commands += remember(organisation_id, ready.key, ready.mark, case_id, 1, head.version, world.now)
    if origin is not None:
        tell(recording, world, origin, filed(case, regime.title))
    return Entered(head.version, case, events)


def fingerprint_of(who: Actor, filing: Filing, files: Sequence[Checked] = ()) -> str:
    """The fingerprint of a filing with everything that comes with it; empty without a key."""
    if not filing.key:
        return ""
    parties = [_said(filing.personal), _said(filing.respondent_personal), dict(filing.private or {})]
    return fingerprint(who.person, None, filing.command, filing.regime, parties, said_of(files))


def receipt_of(row: CaseRow) -> Receipt:
    """The receipt of a case already filed, with the code that is valid now."""
    return Receipt(row.id, row.number, code_of(row.id, row.code_issue), row.version)


def first_receipt_of(row: CaseRow, version: int) -> Receipt:
    """The receipt as it was first given: whoever knows the key of a filing does not learn a code issued later."""
    return Receipt(row.id, row.number, code_of(row.id), version)


def _said(data: PersonalData | None) -> list[object]:
    if not data:
        return []
    return [data.name, data.phone, data.address, data.id_number, data.email, dict(data.other)]
