"""Every command of the core as an address of its own: /cases/{number}/commands/{name}."""

from collections.abc import Callable, Sequence
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import File, Router, UploadedFile

from huiyin.api.access import Bearer, Caller, caller_of
from huiyin.api.problems import PROBLEMS, citing
from huiyin.api.schemas.commands import COMMAND_SCHEMAS, OF_THE_CLOCK, ON_CASES, TITLES
from huiyin.api.schemas.outcomes import Outcome
from huiyin.api.showing.outcomes import outcome_of
from huiyin.api.uploads import read
from huiyin.application.loading import Opened, open_by_number
from huiyin.application.running import run
from huiyin.cases.advice import discouraged_in
from huiyin.cases.commands import AddEvidence, Command
from huiyin.store.files.storage import Upload

from .headers import EvidenceData, EvidenceKinds, IdempotencyKey, Number

router = Router(tags=["办理"], auth=Bearer("act"))


def _operation(name: str) -> Callable[..., Outcome]:
    def command(request: HttpRequest, number: Number, order: Any, idempotency_key: IdempotencyKey = "") -> Outcome:
        caller = caller_of(request)
        opened = open_by_number(caller.organisation, caller.who, number)
        given = order.to_core()
        advised = discouraged_in(opened.regime, opened.case, given)
        with citing(opened.regime):
            result = run(
                caller.organisation,
                opened.actor,
                opened.row.id,
                given,
                key=caller.key(idempotency_key),
                based_on=order.based_on,
            )
        return outcome_of(result, opened.regime, advised)

    command.__name__ = name.replace("-", "_")
    command.__doc__ = ON_CASES[name].__doc__
    command.__annotations__["order"] = COMMAND_SCHEMAS[name]
    return command


for _name in ON_CASES:
    router.post(
        f"/cases/{{number}}/commands/{_name}",
        auth=Bearer("maintain" if _name in OF_THE_CLOCK else "act"),
        response={200: Outcome, **PROBLEMS},
        summary=TITLES[_name],
        operation_id=f"command_{_name.replace('-', '_')}",
    )(_operation(_name))


@router.post("/cases/{number}/files", response={200: Outcome, **PROBLEMS}, summary="补充材料（文件）")
def add_files(
    request: HttpRequest,
    number: Number,
    files: Annotated[list[UploadedFile], File(...)],
    evidence_kind: EvidenceKinds,
    evidence_data: EvidenceData,
    idempotency_key: IdempotencyKey = "",
) -> Outcome:
    """The command add-evidence with files, as a multipart form."""
    caller = caller_of(request)
    opened = open_by_number(caller.organisation, caller.who, number)
    return add_files_to(caller, opened, read(files, evidence_kind, evidence_data), idempotency_key)


def add_files_to(
    caller: Caller, opened: Opened, uploads: Sequence[Upload], idempotency_key: str
) -> Outcome:
    """Add files to a case that was opened, as whoever opened it."""
    order: Command = AddEvidence(evidence=())
    with citing(opened.regime):
        result = run(
            caller.organisation,
            opened.actor,
            opened.row.id,
            order,
            key=caller.key(idempotency_key),
            uploads=uploads,
        )
    return outcome_of(result, opened.regime)
