"""Uploaded files as evidence of a case."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from huiyin.cases.commands import AddEvidence, File
from huiyin.cases.state import Case, Evidence
from huiyin.records import replace
from huiyin.store.files.storage import Checked, attachment_row
from huiyin.store.models import AttachmentRow

AnyWithEvidence = TypeVar("AnyWithEvidence", File, AddEvidence)


def as_evidence(files: Sequence[Checked], taken: Collection[str]) -> tuple[Evidence, ...]:
    """Evidence for uploaded files, with keys that are new in the case; `taken` are those it has seen."""
    found: list[Evidence] = []
    number = len(taken)
    for file in files:
        number += 1
        while f"file-{number}" in taken:
            number += 1
        title = file.upload.title or file.upload.name
        upload = file.upload
        found.append(
            Evidence(f"file-{number}", upload.evidence, title, file.digest, data=upload.data, place=upload.place)
        )
    return tuple(found)


def said_of(files: Sequence[Checked]) -> list[object]:
    """The files as they go into a fingerprint: what they are and what was said about them."""
    return [
        [file.digest, dict(file.upload.data), file.upload.place] if file.upload.data or file.upload.place else file.digest
        for file in files
    ]


def taken_keys(case: Case, case_id: UUID) -> set[str]:
    """Keys of evidence the case has or was offered: material that was turned down keeps its own."""
    offered = AttachmentRow.objects.filter(case_id=case_id).values_list("evidence", flat=True)
    return {item.key for item in case.evidence} | set(offered)


def with_evidence(command: AnyWithEvidence, evidence: tuple[Evidence, ...]) -> AnyWithEvidence:
    """The command with these pieces added."""
    return replace(command, evidence=command.evidence + evidence) if evidence else command


def attachments(
    files: Sequence[Checked], evidence: Sequence[Evidence], organisation_id: UUID, case_id: UUID, by: str, at: datetime
) -> list[AttachmentRow]:
    """Rows that tie the files to evidence, which is in their order; it may still wait for an approval."""
    return [
        attachment_row(file, organisation_id, case_id, item.key, by, at)
        for file, item in zip(files, evidence, strict=True)
    ]
