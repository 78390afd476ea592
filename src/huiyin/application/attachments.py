"""Handing out attachments."""

from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from huiyin.cases.people import Actor
from huiyin.organisations.models import Organisation
from huiyin.store.availability import clear_failures
from huiyin.store.errors import UnknownCase
from huiyin.store.files.storage import download_headers, path_of
from huiyin.store.models import AttachmentRow

from .loading import open_case


@dataclass(frozen=True, slots=True)
class Download:
    """A file to hand out: its row, where the bytes lie, and the headers to send with them."""

    row: AttachmentRow
    path: Path
    headers: dict[str, str]


def attachments_of(case_id: UUID) -> list[AttachmentRow]:
    """The files of a case, oldest first; for a page whose sight has been checked."""
    return list(AttachmentRow.objects.filter(case_id=case_id).order_by("id"))


def download(organisation: Organisation, who: Actor, case_id: UUID, attachment_id: UUID) -> Download:
    """A file of a case this person may see; evidence that is hidden from this person is not handed out.

    Raises:
        UnknownCase, StoreUnavailable.
    """
    opened = open_case(organisation, who, case_id)
    with clear_failures():
        row = AttachmentRow.objects.filter(id=attachment_id, case_id=case_id, organisation_id=organisation.pk).first()
    if row is None or "evidence" in opened.sight.hidden:
        raise UnknownCase("没有找到这个附件。")
    return Download(row, path_of(row.digest), download_headers(row))
