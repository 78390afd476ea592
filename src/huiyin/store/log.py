"""Appending to and reading from the event log."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from huiyin.cases.codec import event_from_text, event_to_text
from huiyin.cases.events import Event
from huiyin.records import made_quickly

from .chain import GENESIS, event_digest
from .models import EventRow
from .rows import new_row


@made_quickly
@dataclass(frozen=True, slots=True)
class Head:
    """Where a chain stands: how many events it has and the digest of the last one."""

    version: int = 0
    digest: str = GENESIS


def event_rows(
    organisation_id: UUID, case_id: UUID, events: Sequence[Event], after: Head, key: str = ""
) -> tuple[list[EventRow], Head]:
    """Rows that continue a chain, and where it stands then. Nothing is written yet."""
    rows, sequence, previous = [], after.version, after.digest
    for event in events:
        sequence += 1
        kind, body = type(event).__name__, event_to_text(event)
        digest = event_digest(case_id, sequence, kind, event.at, event.by, body, previous)
        rows.append(
            new_row(
                EventRow,
                organisation_id=organisation_id,
                case_id=case_id,
                sequence=sequence,
                kind=kind,
                at=event.at,
                by=event.by,
                body=body,
                key=key,
                digest=digest,
                previous=previous,
            )
        )
        previous = digest
    return rows, Head(sequence, previous)


def append(rows: Iterable[EventRow]) -> None:
    """Write rows in one statement. The primary key (case, sequence) refuses what somebody else wrote first."""
    EventRow.objects.bulk_create(rows)


def read_event(row: EventRow) -> Event:
    """The event a row holds."""
    return event_from_text(row.kind, row.body)


def events_of(case_id: UUID, after: int = 0) -> list[EventRow]:
    """The rows of a case in order, those after a sequence number only if given."""
    return list(EventRow.objects.filter(case_id=case_id, sequence__gt=after).order_by("sequence"))
