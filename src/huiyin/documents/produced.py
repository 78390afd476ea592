"""Documents of a case: what was frozen when each was produced, who signed it, whether it is still what was signed."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.http import Http404

from huiyin.application.loading import Opened
from huiyin.cases.documents.content import Sheet, sheet_from_json
from huiyin.cases.documents.wording import moment_words
from huiyin.cases.events import DocumentProduced, DocumentSigned
from huiyin.cases.inviting import invited_name
from huiyin.cases.outsiders import may_read
from huiyin.cases.state import Document
from huiyin.documents.printed import Printed, PrintedSignature, printed
from huiyin.documents.readers import reader_of
from huiyin.store.log import read_event
from huiyin.store.models import EventRow
from huiyin.store.signed import document_faults
from huiyin.store.verify import chain_faults

ON_PAPER = "本人在纸质件上签名"
ONLINE = "本人凭查询码签名"


@dataclass(frozen=True, slots=True)
class Kept:
    """A document as it is kept. `faults` say in Chinese what is not as it was written or signed; empty: all is well.

    `entered`: when staff entered signatures that others had put on paper.
    """

    document: Document
    sheet: Sheet
    faults: tuple[str, ...]
    entered: frozenset[datetime] = frozenset()


def kept_document(opened: Opened, key: str) -> Kept:
    """The document of a case that was opened. One query.

    Raises:
        Http404: there is no such document, or none for this person.
    """
    document = opened.case.documents.get(key)
    if document is None or not readable(opened, document):
        raise Http404
    rows = list(EventRow.objects.filter(case_id=opened.row.id).order_by("sequence"))
    for row in rows:
        event = read_event(row) if row.kind == "DocumentProduced" else None
        if isinstance(event, DocumentProduced) and event.key == key and event.content:
            own = (fault for its_key, fault in document_faults(rows) if its_key == key)
            return Kept(document, sheet_from_json(event.content), (*own, *chain_faults(rows)), _entered(rows, key))
    raise Http404


def _entered(rows: Sequence[EventRow], key: str) -> frozenset[datetime]:
    signed = (event for row in rows if row.kind == "DocumentSigned" and isinstance(event := read_event(row), DocumentSigned))
    return frozenset(event.at for event in signed if event.key == key and event.by != event.signer)


def readable(opened: Opened, document: Document) -> bool:
    """Whether whoever opened the case may read this document of it."""
    regime = opened.regime
    return may_read(regime, opened.case, document, opened.actor, opened.world.directory(regime.id))


def on_paper(opened: Opened, kept: Kept) -> Printed:
    """The paper for whoever opened the case, with its signatures; one of a rehearsal says that it proves nothing."""
    rehearsal = opened.world.organisation.rehearsal
    mark = mark_of(kept) or ("演练" if rehearsal else "")
    paper = printed(kept.sheet, reader_of(opened), signatures_of(opened, kept), mark=mark)
    notes = (*(("演练，不作凭证",) if rehearsal else ()), *void_note(opened, kept.document))
    return replace(paper, notes=notes)


def void_note(opened: Opened, document: Document) -> tuple[str, ...]:
    """Since when a document is void, by whom, why, and what stands in its place."""
    if document.voided_at is None:
        return ()
    when = moment_words(document.voided_at, opened.world.calendar.zone)
    newer = opened.case.documents.get(document.replaced_by)
    instead = f"以第{newer.version}版（{newer.number}）代替" if newer else ""
    parts = (f"{when}由{opened.world.people.name_of(document.voided_by)}作废", document.void_reason, instead)
    return ("；".join(part for part in parts if part),)


def mark_of(kept: Kept) -> str:
    """What is written across a paper that is no finished document."""
    document = kept.document
    if kept.faults:
        return "内容有误"
    if document.is_void:
        return "作废"
    if document.lacks:
        return "内容未齐"
    return "待签" if document.missing() else ""


def signatures_of(opened: Opened, kept: Kept) -> list[PrintedSignature]:
    """The places in the order of the form, each signed with name and time, or open."""
    document, zone = kept.document, opened.world.calendar.zone
    signed: dict[str, list[PrintedSignature]] = {}
    for (role, person), (at, _digest) in zip(document.signatures, document.signed, strict=True):
        name = _signer(opened, person, on_paper=at in kept.entered)
        signed.setdefault(role, []).append(PrintedSignature("", name, moment_words(at, zone)))
    places = []
    for place in kept.sheet.places:
        mine = signed.get(place.role, [])
        places += [PrintedSignature(place.title, each.name, each.when) for each in mine]
        places += [PrintedSignature(place.title)] * (place.many - len(mine))
    return places


def _signer(opened: Opened, person: str, *, on_paper: bool) -> str:
    if person == "complainant":
        return ON_PAPER if on_paper else ONLINE
    return invited_name(opened.case, person) or opened.world.people.name_of(person)
