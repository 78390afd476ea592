"""Filing a case."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from huiyin.cases.commands import File
from huiyin.cases.decide import decide
from huiyin.cases.people import Actor
from huiyin.organisations.models import Organisation
from huiyin.organisations.uuid7 import uuid7
from huiyin.store.availability import clear_failures
from huiyin.store.command_keys import fingerprint, first_result, remember
from huiyin.store.files.storage import Checked, Upload, check_uploads, keep
from huiyin.store.history import CaseHistory
from huiyin.store.models import CaseRow
from huiyin.store.personal.blind import digests_of
from huiyin.store.personal.data import PersonalData
from huiyin.store.receipts import code_of, new_salt
from huiyin.store.recording import Recording
from huiyin.store.registers import next_number

from .evidence import as_evidence, attachments, with_evidence
from .privacy import seal_parties, seal_values, without_private
from .transactions import in_transaction
from .world import World, world_of


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the complainant takes home: the number and the secret code that opens the tracking page."""

    case_id: UUID
    number: str
    code: str
    version: int


@dataclass(frozen=True, slots=True)
class Filing:
    """Everything that comes with one filing."""

    regime: str
    command: File
    personal: PersonalData | None = None
    respondent_personal: PersonalData | None = None
    private: Mapping[str, str] | None = None
    key: str = ""


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
) -> Receipt:
    """Enter a matter in the register.

    `personal` is sealed and never reaches the events; so are `private` values (fields the regime declares private).
    Under a `key` that was used before, the first receipt is given again and nothing is filed.

    Raises:
        Refused: the filing does not fit the regime; nothing was written.
        NoSuchRegimeError, UploadRefused, KeyReused, StoreUnavailable.
    """
    files = check_uploads(uploads)
    filing = Filing(regime_id, command, personal, respondent_personal, private, key)
    with clear_failures():
        keep(files)
        world = world_of(organisation)
    return in_transaction(lambda recording: file_in(recording, world, who, filing, files))


def file_in(
    recording: Recording, world: World, who: Actor, filing: Filing, files: Sequence[Checked] = (), number: str = ""
) -> Receipt:
    """One filing inside a transaction; `number` is given when a batch has drawn its numbers already."""
    organisation_id = world.organisation.pk
    digests = [file.digest for file in files]
    parties = [_said(filing.personal), _said(filing.respondent_personal), dict(filing.private or {})]
    print_now = fingerprint(who.person, None, filing.command, filing.regime, parties, digests) if filing.key else ""
    first = first_result(organisation_id, filing.key, print_now)
    if first is not None:
        return receipt_of(CaseRow.objects.get(id=first.case_id), first.last)
    regime = world.in_force(filing.regime)
    actor = world.actor(who, regime.id)
    case_id, salt = uuid7(), new_salt()
    stripped, sealed = without_private(regime, filing.command, filing.private or {})
    assert isinstance(stripped, File)
    command = seal_parties(
        recording, organisation_id, case_id, stripped, filing.personal, filing.respondent_personal
    )
    seal_values(recording, organisation_id, case_id, sealed)
    evidence = as_evidence(files, command.evidence)
    history = CaseHistory(organisation_id, regime, world.now, world.calendar.zone, _identity(world, filing.personal))
    drawn = number or next_number(organisation_id, regime.intake.number, world.today)
    context = world.context(actor, regime, history, case_id=str(case_id), number=drawn)
    decision = decide(regime, None, with_evidence(command, evidence), context)
    head = recording.add(
        regime,
        context.directory,
        None,
        decision.events,
        decision.case,
        receipt_salt=salt,
        people_as_of=world.people_as_of,
        key=filing.key,
    )
    recording.attachments += attachments(files, evidence, organisation_id, case_id, actor.person, world.now)
    recording.commands += remember(organisation_id, filing.key, print_now, case_id, 1, head.version, world.now)
    return Receipt(case_id, drawn, code_of(case_id, salt), head.version)


def receipt_of(row: CaseRow, version: int | None = None) -> Receipt:
    """The receipt of a case already filed."""
    return Receipt(row.id, row.number, code_of(row.id, row.receipt_salt), version or row.version)


def _said(data: PersonalData | None) -> list[object]:
    if not data:
        return []
    return [data.name, data.phone, data.address, data.id_number, data.email, dict(data.other)]


def _identity(world: World, personal: PersonalData | None) -> dict[str, str]:
    return digests_of(world.organisation.pk, personal) if personal else {}
