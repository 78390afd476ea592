"""Filing a case: as JSON, or as a form with files."""

from collections.abc import Sequence
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import File, Router, Status, UploadedFile

from huiyin.api.access import Bearer, caller_of
from huiyin.api.problems import PROBLEMS, citing
from huiyin.api.schemas.filing import FilingIn, Receipt
from huiyin.api.uploads import read
from huiyin.application.filing import Receipt as Given
from huiyin.application.filing import file_case
from huiyin.application.world import world_of
from huiyin.store.files.storage import Upload

from .headers import EvidenceData, EvidenceKinds, IdempotencyKey

router = Router(tags=["提交"], auth=Bearer("file"))


@router.post("/file", response={201: Receipt, **PROBLEMS}, summary="提交案件")
def file(
    request: HttpRequest,
    filing: FilingIn,
    idempotency_key: IdempotencyKey = "",
) -> Status[Receipt]:
    """Enter a matter in the register. A person's token files what that person has received; a service's token files for
    the complainant. The receipt holds the tracking code, which is shown here only.
    """
    return Status(201, _file(request, filing, (), idempotency_key))


@router.post("/file/with-files", response={201: Receipt, **PROBLEMS}, summary="提交案件，附材料")
def file_with_files(
    request: HttpRequest,
    filing: FilingIn,
    files: Annotated[list[UploadedFile], File(...)],
    evidence_kind: EvidenceKinds,
    evidence_data: EvidenceData,
    idempotency_key: IdempotencyKey = "",
) -> Status[Receipt]:
    """The same as a multipart form: `filing` holds the JSON, `files` one part for each file."""
    return Status(201, _file(request, filing, read(files, evidence_kind, evidence_data), idempotency_key))


def _file(request: HttpRequest, filing: Any, uploads: Sequence[Upload], key: str) -> Receipt:
    caller = caller_of(request)
    world = world_of(caller.organisation)
    regime = world.in_force(filing.regime)
    with citing(regime):
        receipt: Given = file_case(
            caller.organisation,
            regime.id,
            caller.who,
            filing.to_core(),
            personal=filing.personal.to_core() if filing.personal else None,
            respondent_personal=filing.respondent_personal.to_core() if filing.respondent_personal else None,
            private=filing.private,
            uploads=uploads,
            key=caller.key(key),
            world=world,
        )
    return Receipt(
        number=receipt.number,
        code=receipt.code,
        version=receipt.version,
        rehearsal=caller.organisation.rehearsal,
    )
