"""Handing out attachments."""

from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_noop

from huiyin.cases.acts import evidence_waiting
from huiyin.cases.evidence import may_read
from huiyin.cases.outsiders import evidence_of
from huiyin.cases.people import Actor
from huiyin.cases.state import Evidence
from huiyin.organisations.models import Organisation
from huiyin.store.availability import clear_failures
from huiyin.store.errors import UnknownCase
from huiyin.store.files.storage import download_headers, path_of
from huiyin.store.models import AttachmentRow

from .loading import Opened, open_case


@dataclass(frozen=True, slots=True)
class Download:
    """A file to hand out: its row, where the bytes lie, and the headers to send with them."""

    row: AttachmentRow
    path: Path
    headers: dict[str, str]


def attachments_of(opened: Opened) -> list[AttachmentRow]:
    """The files of a case this person sees, oldest first, without those that wait for an approval or were turned down."""
    attached = {item.key for item in evidence_seen(opened)}
    return [row for row in _rows(opened) if row.evidence in attached]


def evidence_seen(opened: Opened) -> tuple[Evidence, ...]:
    """The evidence of the case this person may see."""
    return evidence_of(opened.regime, opened.case, opened.actor, opened.sight.hidden)


def proposed_attachments(opened: Opened) -> list[AttachmentRow]:
    """The files of evidence that waits for an approval, oldest first, for whoever decides about them."""
    waiting = {item.key for item in evidence_waiting(opened.case)}
    return [row for row in _rows(opened) if row.evidence in waiting] if waiting else []


def _rows(opened: Opened) -> QuerySet[AttachmentRow]:
    return AttachmentRow.objects.filter(case_id=opened.row.id).order_by("id")


def download(organisation: Organisation, who: Actor, case_id: UUID, attachment_id: UUID) -> Download:
    """A file of a case this person may see; evidence that is hidden from this person is not handed out.

    Material that waits for an approval is handed out to staff, who decide about it; what was turned down to nobody.
    What is sealed is handed out to nobody, unless it came in sealed for some and one of those has just opened it on record.

    Raises:
        UnknownCase, StoreUnavailable.
    """
    opened = open_case(organisation, who, case_id)
    with clear_failures():
        row = AttachmentRow.objects.filter(id=attachment_id, case_id=case_id, organisation_id=organisation.pk).first()
    if row is None or row.evidence not in _shown(opened):
        raise UnknownCase(gettext_noop("没有找到这个附件。"))
    item = next((each for each in opened.case.evidence if each.key == row.evidence), None)
    if item is not None and not _may_read(opened, item):
        raise UnknownCase(gettext_noop("这件材料已经封存；须先启封，写明理由，记录在案。"))
    return Download(row, path_of(row.digest), download_headers(row))


def _may_read(opened: Opened, item: Evidence) -> bool:
    world, directory = opened.world, opened.world.directory(opened.regime.id)
    return may_read(opened.regime, opened.case, opened.actor, directory, item, world.now)


def _shown(opened: Opened) -> set[str]:
    """Keys of the evidence whose files this person may open."""
    decides = opened.actor.kind == "staff" and "evidence" not in opened.sight.hidden
    waiting = evidence_waiting(opened.case) if decides else ()
    return {item.key for item in (*evidence_seen(opened), *waiting)}
