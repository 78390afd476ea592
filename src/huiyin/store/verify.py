"""Looking for tampering: chains, anchors, projections, attachments, sealed records. Every finding names the case."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from django.db import models
from pydantic import ValidationError

from .anchors import anchor_digest
from .chain import GENESIS, event_digest, moment
from .files.storage import path_of
from .models import (
    AnchorRow,
    AttachmentRow,
    AudienceRow,
    BookingRow,
    CaseRow,
    CountRow,
    EventRow,
    OrderRow,
    PersonalRow,
    PublishedRow,
    SanctionRow,
    TurnRow,
)
from .personal.records import read_record
from .personal.sealing import SealBroken
from .projections.everything import Projections
from .rebuild import replayed
from .replay import Around, Chain, chains
from .signed import document_faults

FindingKind = Literal["event", "projection", "attachment", "anchor", "personal", "document"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as it was written. `case_id` is None where no single case is concerned."""

    kind: FindingKind
    case_id: UUID | None
    number: str
    message_zh: str

    def __str__(self) -> str:
        return f"{self.number or self.case_id or '全部'}：{self.message_zh}"


def verify_store(organisation_id: UUID, around: Around) -> list[Finding]:
    """Check everything of an organisation; an empty list means that all is as it was written."""
    numbers = dict(CaseRow.objects.filter(organisation_id=organisation_id).values_list("id", "number"))
    findings: list[Finding] = []
    seen: set[UUID] = set()
    for chain in chains(organisation_id):
        seen.add(chain.case_id)
        findings += _check_case(chain, numbers.get(chain.case_id, ""), around)
    for case_id in numbers.keys() - seen:
        findings.append(Finding("event", case_id, numbers[case_id], "全部事件都不见了，列表里还有这件案件。"))
    findings += _check_attachments(organisation_id, numbers)
    findings += _check_personal(organisation_id, numbers)
    findings += _check_anchors(organisation_id, numbers)
    return findings


def chain_faults(rows: Iterable[EventRow]) -> Iterator[str]:
    """What is wrong with a chain, in Chinese; nothing for a whole one."""
    previous, expected = GENESIS, 1
    for row in rows:
        if row.sequence != expected:
            yield f"第 {expected} 个事件缺失。"
        digest = event_digest(row.case_id, row.sequence, row.kind, row.at, row.by, row.body, row.previous)
        if digest != row.digest:
            yield f"第 {row.sequence} 个事件（{row.kind}）的内容被改动。"
        elif row.previous != previous and row.sequence == expected:
            yield f"第 {row.sequence} 个事件（{row.kind}）与前一个事件接不上：有事件被替换、插入或调换。"
        previous, expected = row.digest, row.sequence + 1


def _check_case(chain: Chain, number: str, around: Around) -> Iterator[Finding]:
    faults = list(chain_faults(chain.rows))
    for fault in faults:
        yield Finding("event", chain.case_id, number, fault)
    try:
        for _key, fault in document_faults(chain.rows):
            yield Finding("document", chain.case_id, number, fault)
        made = replayed(chain, around)
    except (ValueError, KeyError, LookupError, ValidationError) as error:
        if not faults:
            yield Finding("event", chain.case_id, number, f"事件无法重放：{error}")
        return
    for fault in _projection_faults(made):
        yield Finding("projection", chain.case_id, number or made.case.number, fault)


_OF_PEOPLE = {"people_as_of", "confidential", "closed_to", "subject", "role", "unit", "person", "leading", "position"}
"""Columns that depend on who holds which post; compared only while the people are those of the projection."""


def _projection_faults(made: Projections) -> Iterator[str]:
    case_id = made.case.id
    stored = CaseRow.objects.filter(id=case_id).first()
    if stored is None:
        yield "列表里没有这件案件（案件行缺失）。"
        return
    same_people = stored.people_as_of == made.case.people_as_of
    ignored = {"people_as_of"} if same_people else _OF_PEOPLE
    changed = _differences(stored, made.case, ignored)
    if changed:
        yield f"案件行与事件不符：{'、'.join(changed)}。"
    compared: tuple[tuple[str, Any, list[Any], set[str]], ...] = (
        ("待办", TurnRow, made.turns, ignored),
        ("处分记录", SanctionRow, made.sanctions, set()),
        ("台账", BookingRow, made.bookings, set()),
        ("预警计数", CountRow, made.counts, set()),
        ("交办事项", OrderRow, made.orders, ignored),
        ("公开的答复", PublishedRow, made.published, set()),
    )
    for title, model, rows, left_out in compared:
        if _as_set(model.objects.filter(case_id=case_id), left_out) != _as_set(rows, left_out):
            yield f"{title}与事件不符。"
    if same_people and _as_set(AudienceRow.objects.filter(case_id=case_id), set()) != _as_set(made.audience, set()):
        yield "可见范围与事件不符。"


def _differences(stored: models.Model, made: models.Model, ignored: set[str]) -> list[str]:
    return [name for name in _columns(stored, ignored) if getattr(stored, name) != getattr(made, name)]


def _columns(row: models.Model, ignored: set[str]) -> list[str]:
    return [field.attname for field in row._meta.concrete_fields if field.column and field.attname not in ignored]  # noqa: SLF001


def _as_set(rows: Iterable[models.Model], ignored: set[str]) -> set[str]:
    return {repr([(name, _plain(getattr(row, name))) for name in _columns(row, ignored)]) for row in rows}


def _plain(value: Any) -> Any:
    """As it is compared: PostgreSQL keeps the names of a JSON object in an order of its own."""
    if isinstance(value, dict):
        return sorted(value.items())
    return moment(value) if isinstance(value, datetime) else value


def _check_attachments(organisation_id: UUID, numbers: dict[UUID, str]) -> Iterator[Finding]:
    named = _digests_in_events(organisation_id)
    for row in AttachmentRow.objects.filter(organisation_id=organisation_id).order_by("id").iterator():
        number = numbers.get(row.case_id, "")
        in_events = named.pop((row.case_id, row.evidence), None)
        if in_events != row.digest:
            yield Finding("attachment", row.case_id, number, f"附件“{row.name}”的登记与事件不符。")
        elif not path_of(row.digest).exists():
            yield Finding("attachment", row.case_id, number, f"附件“{row.name}”的文件不见了。")
        elif hashlib.sha256(path_of(row.digest).read_bytes()).hexdigest() != row.digest:
            yield Finding("attachment", row.case_id, number, f"附件“{row.name}”的内容被改动。")
    for case_id, evidence in named:
        yield Finding("attachment", case_id, numbers.get(case_id, ""), f"材料 {evidence} 的附件登记不见了。")


def _evidence_in(event: Mapping[str, Any]) -> Iterable[Mapping[str, Any]]:
    """Evidence that was added, or is to be once an approval says yes."""
    waiting = event.get("approval", {}).get("payload", {}).get("command", {}).get("body", {})
    found: Iterable[Mapping[str, Any]] = event.get("evidence") or waiting.get("evidence", ())
    return found


def _digests_in_events(organisation_id: UUID) -> dict[tuple[UUID, str], str]:
    """(case, evidence key) → digest, as the events name them."""
    import json

    found: dict[tuple[UUID, str], str] = {}
    rows = EventRow.objects.filter(organisation_id=organisation_id, kind__in=("Filed", "EvidenceAdded", "ApprovalAsked"))
    for case_id, body in rows.filter(body__contains='"digest":"').values_list("case_id", "body").iterator():
        for item in _evidence_in(json.loads(body)):
            if item.get("digest"):
                found[case_id, item["key"]] = item["digest"]
    return found


def _check_personal(organisation_id: UUID, numbers: dict[UUID, str]) -> Iterator[Finding]:
    for row in PersonalRow.objects.filter(organisation_id=organisation_id).iterator():
        try:
            read_record(row)
        except SealBroken as error:
            yield Finding("personal", row.case_id, numbers.get(row.case_id, ""), str(error))


def _check_anchors(organisation_id: UUID, numbers: dict[UUID, str]) -> Iterator[Finding]:
    previous = GENESIS
    for anchor in AnchorRow.objects.filter(organisation_id=organisation_id).order_by("day"):
        if anchor.previous != previous:
            yield Finding("anchor", None, "", f"{anchor.day} 的日封与前一日接不上。")
        if anchor_digest(anchor.previous, anchor.day, anchor.heads) != anchor.digest:
            yield Finding("anchor", None, "", f"{anchor.day} 的日封被改动。")
        previous = anchor.digest
        for line in anchor.heads.splitlines():
            case_id, sequence, digest = line.split(" ")
            event = EventRow.objects.filter(case_id=UUID(case_id), sequence=int(sequence)).values_list("digest", flat=True)
            if list(event) != [digest]:
                message = f"第 {sequence} 个事件与 {anchor.day} 的日封不符。"
                yield Finding("anchor", UUID(case_id), numbers.get(UUID(case_id), ""), message)
