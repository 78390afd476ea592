"""Documents and notices: produced, signed, recalled, acknowledged."""

from collections.abc import Callable, Mapping
from typing import Any

from huiyin.cases import events as ev
from huiyin.cases.state import Case, Document, Recall
from huiyin.records import replace


def _document_produced(case: Case, event: ev.DocumentProduced) -> None:
    case.documents[event.key] = Document(
        key=event.key,
        form=event.form,
        title=event.form_title,
        work=event.work,
        produced_at=event.at,
        produced_by=event.by,
        needs=event.needs,
        signatures=event.signatures,
        member=event.member,
        number=event.number,
        version=event.version,
        digest=event.digest,
        lacks=event.lacks,
        replaces=event.replaces,
        signed=tuple((event.at, event.digest) for _signature in event.signatures),
    )
    if event.replaces:
        case.documents[event.replaces] = replace(
            case.documents[event.replaces],
            replaced_by=event.key,
            voided_at=event.at,
            voided_by=event.by,
            void_reason=event.text,
        )


def _paper_recalled(case: Case, event: ev.PaperRecalled) -> None:
    before = case.recalls.get(event.paper) or Recall(event.paper, event.number, event.paper_title, event.is_document)
    step = (event.stage, event.at, event.by, event.text)
    case.recalls[event.paper] = replace(before, steps=(*before.steps, step))
    if event.stage == "voided" and event.is_document and case.documents[event.paper].voided_at is None:
        case.documents[event.paper] = replace(
            case.documents[event.paper], voided_at=event.at, voided_by=event.by, void_reason=event.text
        )


def _document_signed(case: Case, event: ev.DocumentSigned) -> None:
    document = case.documents[event.key]
    case.documents[event.key] = replace(
        document,
        signatures=(*document.signatures, (event.role, event.signer)),
        signed=(*document.signed, (event.at, event.digest)),
    )


def _notice_queued(case: Case, event: ev.NoticeQueued) -> None:
    if event.acknowledge:
        case.acknowledgements[event.notice] = event.to
    if event.form:
        case.sent[event.form] = tuple(dict.fromkeys((*case.sent.get(event.form, ()), *event.to)))


def _notice_acknowledged(case: Case, event: ev.NoticeAcknowledged) -> None:
    left = tuple(role for role in case.acknowledgements[event.notice] if role != event.role)
    if left:
        case.acknowledgements[event.notice] = left
    else:
        del case.acknowledgements[event.notice]


CHANGES: Mapping[type[ev.Event], Callable[[Case, Any], None]] = {
    ev.DocumentProduced: _document_produced,
    ev.DocumentSigned: _document_signed,
    ev.PaperRecalled: _paper_recalled,
    ev.NoticeQueued: _notice_queued,
    ev.NoticeAcknowledged: _notice_acknowledged,
}
