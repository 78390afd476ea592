"""Uploaded files as evidence of a case."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from huiyin.cases.commands import AddEvidence, File
from huiyin.cases.state import Evidence
from huiyin.store.files.storage import Checked, attachment_row
from huiyin.store.models import AttachmentRow

AnyWithEvidence = TypeVar("AnyWithEvidence", File, AddEvidence)


def as_evidence(files: Sequence[Checked], already: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """Evidence for uploaded files, with keys that are new in the case."""
    taken = {item.key for item in already}
    found: list[Evidence] = []
    number = len(already)
    for file in files:
        number += 1
        while f"file-{number}" in taken:
            number += 1
        title = file.upload.title or file.upload.name
        found.append(Evidence(f"file-{number}", file.upload.evidence, title, file.digest))
    return tuple(found)


def with_evidence(command: AnyWithEvidence, evidence: tuple[Evidence, ...]) -> AnyWithEvidence:
    """The command with these pieces added."""
    return replace(command, evidence=command.evidence + evidence)


def attachments(
    files: Sequence[Checked], evidence: Sequence[Evidence], organisation_id: UUID, case_id: UUID, by: str, at: datetime
) -> list[AttachmentRow]:
    """Rows that tie the files to the case; `evidence` is in the order of the files."""
    return [
        attachment_row(file, organisation_id, case_id, item.key, by, at)
        for file, item in zip(files, evidence, strict=True)
    ]
