"""Tracking: number and tracking code open one case to its complainant. The code travels in bodies, never in addresses."""

from collections.abc import Callable
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Body, File, Router, UploadedFile
from pydantic import create_model

from huiyin.api.access import Bearer, Caller, caller_of
from huiyin.api.papers import pdf_unlogged
from huiyin.api.problems import PROBLEMS, Trouble, citing
from huiyin.api.schemas.commands import COMMAND_SCHEMAS, ON_CASES, TITLES
from huiyin.api.schemas.outcomes import Outcome
from huiyin.api.schemas.tracking import Opening, TrackedOut
from huiyin.api.showing.outcomes import outcome_of
from huiyin.api.showing.tracking import tracked_out
from huiyin.api.uploads import read
from huiyin.application.loading import Opened, open_case
from huiyin.application.running import run
from huiyin.application.tracking import COMPLAINANT, track
from huiyin.store.errors import UnknownCase

from .commands import add_files_to
from .headers import EvidenceData, EvidenceKinds, IdempotencyKey, PaperKey

router = Router(tags=["查询"], auth=Bearer("track"))

OF_THE_COMPLAINANT = ("complete", "fill", "withdraw", "appeal", "reopen", "perform", "record", "acknowledge")
"""Commands complainants have something to say with; the regime decides on each of them as everywhere."""


@router.post("/track", response={200: TrackedOut, **PROBLEMS}, summary="凭编号和查询码查进度")
def look(request: HttpRequest, opening: Opening) -> TrackedOut:
    """How things stand, what was answered, what comes next, and what the complainant can do. Too many wrong codes close
    the way for a while (429).
    """
    return tracked_out(_open(caller_of(request), opening))


def _open(caller: Caller, opening: Opening) -> Opened:
    """The case that number and code open.

    Wrong codes are counted for the token and the number together: a website's server has one address for all visitors.
    """
    try:
        tracked = track(caller.organisation, opening.number, opening.code, source=f"token:{caller.token.pk}")
    except UnknownCase as error:
        en = "Number or tracking code is wrong; case, spaces and hyphens do not matter."
        raise Trouble(404, "wrong-code", error.message_zh, en) from error
    return open_case(caller.organisation, COMPLAINANT, tracked.case_id)


def _operation(name: str) -> Callable[..., Outcome]:
    def command(request: HttpRequest, order: Any, idempotency_key: IdempotencyKey = "") -> Outcome:
        caller = caller_of(request)
        opened = _open(caller, Opening(number=order.number, code=order.code))
        with citing(opened.regime):
            result = run(
                caller.organisation,
                COMPLAINANT,
                opened.row.id,
                order.to_core(),
                key=caller.key(idempotency_key),
                based_on=order.based_on,
            )
        return outcome_of(result, opened.regime)

    command.__name__ = f"track_{name.replace('-', '_')}"
    command.__doc__ = ON_CASES[name].__doc__
    known = COMMAND_SCHEMAS[name]
    command.__annotations__["order"] = create_model(
        f"Tracked{known.__name__}",
        __base__=known,
        number=(str, Opening.model_fields["number"]),
        code=(str, Opening.model_fields["code"]),
    )
    return command


for _name in OF_THE_COMPLAINANT:
    router.post(
        f"/track/commands/{_name}",
        response={200: Outcome, **PROBLEMS},
        summary=f"投诉人：{TITLES[_name]}",
        operation_id=f"track_{_name.replace('-', '_')}",
    )(_operation(_name))


@router.post("/track/papers", response=PROBLEMS, summary="投诉人：一份文书，PDF")
def paper(request: HttpRequest, opening: Annotated[Opening, Body(...)], document: Annotated[PaperKey, Body(...)]) -> HttpResponse:
    """A document made out to the complainant (`documents[].key`), as a PDF file."""
    return pdf_unlogged(_open(caller_of(request), opening), document)


@router.post("/track/files", response={200: Outcome, **PROBLEMS}, summary="投诉人：补充材料（文件）")
def add_files(
    request: HttpRequest,
    opening: Annotated[Opening, Body(...)],
    files: Annotated[list[UploadedFile], File(...)],
    evidence_kind: EvidenceKinds,
    evidence_data: EvidenceData,
    idempotency_key: IdempotencyKey = "",
) -> Outcome:
    """The command add-evidence with files, as a multipart form: `opening` holds number and code as JSON."""
    caller = caller_of(request)
    opened = _open(caller, opening)
    return add_files_to(caller, opened, read(files, evidence_kind, evidence_data), idempotency_key)
