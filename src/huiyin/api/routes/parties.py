"""Bodies outside with a code: a party with a link, and a body that files itself, have here what they have on their pages.

Codes travel in bodies, never in addresses. Wrong ones are counted for the token and the thing together.
"""

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Annotated, Any
from uuid import UUID

from django.http import FileResponse, HttpRequest, HttpResponse
from ninja import Body, File, Router, Status, UploadedFile
from pydantic import create_model

from huiyin.api.access import Bearer, Caller, caller_of
from huiyin.api.papers import pdf_logged
from huiyin.api.problems import PROBLEMS, Trouble, citing
from huiyin.api.schemas.commands import COMMAND_SCHEMAS, ON_CASES, TITLES
from huiyin.api.schemas.outcomes import Outcome
from huiyin.api.schemas.parties import (
    PartyOpening,
    PartyOut,
    SourceFiling,
    SourceList,
    SourceOpening,
    SourceOut,
    SourceReceipt,
)
from huiyin.api.showing.outcomes import outcome_of
from huiyin.api.showing.parties import party_out, source_out
from huiyin.api.uploads import read
from huiyin.application.attachments import download
from huiyin.application.loading import Opened, open_case
from huiyin.application.outside import Invited, open_invitation
from huiyin.application.personal import log_access
from huiyin.application.running import run
from huiyin.application.source_cases import cases_of, file_from_source, open_case_of
from huiyin.application.sources import open_source, own_pages, pages_of
from huiyin.application.world import world_of
from huiyin.organisations.models import Source
from huiyin.organisations.services import regimes_in_force
from huiyin.store.errors import UnknownCase
from huiyin.store.files.storage import Upload

from .commands import add_files_to
from .headers import EvidenceData, EvidenceKinds, IdempotencyKey, PaperKey

router = Router(tags=["外部单位"], auth=Bearer("track"))

OF_A_PARTY = (
    "perform", "approve", "reject", "sign", "acknowledge", "answer-order", "confirm-transfer", "return-transfer", "ask-back",
    "add-evidence", "complete", "state-view", "object-to",
)  # fmt: skip
"""Commands parties outside have something to say with; the regime decides on each of them as everywhere."""

VISIT = timedelta(minutes=30)
"""A program that asks again within this time is one visit in the log of a body, as a browser is."""


def _address(caller: Caller) -> str:
    return f"token:{caller.token.pk}"


def _source(caller: Caller, opening: SourceOpening) -> Source:
    """The body whose standing address and code these are. Raises Trouble."""
    try:
        return open_source(caller.organisation, opening.source, opening.code, address=_address(caller), visit=VISIT)
    except UnknownCase as error:
        en = "Address or code is wrong, or the code was revoked or has run out."
        raise Trouble(404, "wrong-code", error.message_zh, en) from error


def _party(caller: Caller, opening: PartyOpening) -> tuple[Invited, Opened]:
    """The case that the opening leads to, and as whose party. Raises Trouble, UnknownCase."""
    if bool(opening.link) == (opening.source is not None):
        zh, en = "link 和 source 请写其中一个。", "Give either link or source."
        raise Trouble(422, "wrong-value", zh, en, fields={"opening.link": zh})
    world = world_of(caller.organisation)
    if opening.source is not None:
        source = _source(caller, SourceOpening(source=opening.source, code=opening.code))
        invited = open_case_of(world, source, opening.number.strip())
    else:
        try:
            invited = open_invitation(
                caller.organisation, opening.number.strip(), opening.link, opening.code, source=_address(caller)
            )
        except UnknownCase as error:
            en = "Link or code is wrong, or the link was ended or has run out."
            raise Trouble(404, "wrong-code", error.message_zh, en) from error
    return invited, open_case(caller.organisation, invited.who, invited.case_id, world)


# -- one case ----------------------------------------------------------------------------------------------------------


@router.post("/party", response={200: PartyOut, **PROBLEMS}, summary="外部单位：一件案件")
def look(request: HttpRequest, opening: PartyOpening) -> PartyOut:
    """What you are asked to do, what was said to you, and what you may see of the matter."""
    invited, opened = _party(caller_of(request), opening)
    return party_out(opened, invited.key)


@router.post("/party/papers", response=PROBLEMS, summary="外部单位：一份文书，PDF")
def paper(request: HttpRequest, opening: Annotated[PartyOpening, Body(...)], document: Annotated[PaperKey, Body(...)]) -> HttpResponse:
    """A document you may read (`documents[].key`), as a PDF file; taking it out is logged."""
    return pdf_logged(_party(caller_of(request), opening)[1], document)


@router.post("/party/attachments", response=PROBLEMS, summary="外部单位：一份材料的文件")
def attachment(
    request: HttpRequest, opening: Annotated[PartyOpening, Body(...)], file: Annotated[UUID, Body(...)]
) -> FileResponse:
    """A file you gave, or one the regime lets you see (`materials[].file.id`); taking it out is logged."""
    caller = caller_of(request)
    invited, opened = _party(caller, opening)
    found = download(caller.organisation, invited.who, invited.case_id, file)
    log_access(opened, "download", found.row.name)
    response = FileResponse(found.path.open("rb"))
    for name, value in found.headers.items():
        response.headers[name] = value
    return response


def _operation(name: str) -> Callable[..., Outcome]:
    def command(request: HttpRequest, order: Any, idempotency_key: IdempotencyKey = "") -> Outcome:
        caller = caller_of(request)
        invited, opened = _party(caller, order.opening)
        with citing(opened.regime):
            result = run(
                caller.organisation,
                invited.who,
                opened.row.id,
                order.to_core(),
                key=caller.key(idempotency_key),
                based_on=order.based_on,
            )
        return outcome_of(result, opened.regime)

    command.__name__ = f"party_{name.replace('-', '_')}"
    command.__doc__ = ON_CASES[name].__doc__
    known = COMMAND_SCHEMAS[name]
    command.__annotations__["order"] = create_model(f"Party{known.__name__}", __base__=known, opening=(PartyOpening, ...))
    return command


for _name in OF_A_PARTY:
    router.post(
        f"/party/commands/{_name}",
        response={200: Outcome, **PROBLEMS},
        summary=f"外部单位：{TITLES[_name]}",
        operation_id=f"party_{_name.replace('-', '_')}",
    )(_operation(_name))


@router.post("/party/files", response={200: Outcome, **PROBLEMS}, summary="外部单位：补充材料（文件）")
def add_files(
    request: HttpRequest,
    opening: Annotated[PartyOpening, Body(...)],
    files: Annotated[list[UploadedFile], File(...)],
    evidence_kind: EvidenceKinds,
    evidence_data: EvidenceData,
    idempotency_key: IdempotencyKey = "",
) -> Outcome:
    """The command add-evidence with files, as a multipart form: `opening` holds the opening as JSON."""
    caller = caller_of(request)
    opened = _party(caller, opening)[1]
    return add_files_to(caller, opened, read(files, evidence_kind, evidence_data), idempotency_key)


# -- a body that files itself ------------------------------------------------------------------------------------------


@router.post("/source", response={200: SourceOut, **PROBLEMS}, summary="来文单位：可以提交的渠道和提交过的案件")
def source(request: HttpRequest, asked: SourceList) -> SourceOut:
    """Where the body may file, and the cases it has filed, page by page; one by itself is had at `/party`."""
    caller = caller_of(request)
    found, world = _source(caller, asked.opening), world_of(caller.organisation)
    return source_out(found, pages_of(found, regimes_in_force(caller.organisation)), cases_of(world, found, asked.after))


@router.post("/source/file", auth=Bearer("file"), response={201: SourceReceipt, **PROBLEMS}, summary="来文单位：提交案件")
def file(request: HttpRequest, said: SourceFiling, idempotency_key: IdempotencyKey = "") -> Status[SourceReceipt]:
    """Enter a matter in the body's own name; it is a party of the case from then on. So many an hour and a day, then 429."""
    return Status(201, _file(request, said.opening, said.filing, (), idempotency_key))


@router.post(
    "/source/file/with-files", auth=Bearer("file"), response={201: SourceReceipt, **PROBLEMS}, summary="来文单位：提交案件，附材料"
)
def file_with_files(
    request: HttpRequest,
    said: SourceFiling,
    files: Annotated[list[UploadedFile], File(...)],
    evidence_kind: EvidenceKinds,
    evidence_data: EvidenceData,
    idempotency_key: IdempotencyKey = "",
) -> Status[SourceReceipt]:
    """The same as a multipart form: `said` holds the JSON, `files` one part for each file."""
    uploads = read(files, evidence_kind, evidence_data)
    return Status(201, _file(request, said.opening, said.filing, uploads, idempotency_key))


def _file(request: HttpRequest, opening: SourceOpening, filing: Any, uploads: Sequence[Upload], key: str) -> SourceReceipt:
    caller = caller_of(request)
    found, world = _source(caller, opening), world_of(caller.organisation)
    page = next((each for each in own_pages([world.in_force(filing.regime)]) if each.channel.id == filing.channel), None)
    if page is None:
        raise UnknownCase("贵单位不能从这个渠道提交；请联系登记您单位的工作人员。")
    with citing(page.regime):
        receipt = file_from_source(
            world, found, page, filing.to_core(), personal=filing.personal.to_core() if filing.personal else None,
            private=filing.private, uploads=uploads, key=caller.key(key),
        )  # fmt: skip
    return SourceReceipt(number=receipt.number, version=receipt.version, rehearsal=caller.organisation.rehearsal)
