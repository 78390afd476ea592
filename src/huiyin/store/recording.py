"""Writing what was decided: events, projections and effects of one or many cases, in one transaction of the caller."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.db import IntegrityError, connection

from huiyin.cases.events import Event
from huiyin.cases.people import Directory
from huiyin.cases.state import Case
from huiyin.regime.model import Regime

from . import search_index
from .effects import outbox_rows
from .loading import Loaded, kept
from .log import Head, event_rows
from .models import (
    AttachmentRow,
    AudienceRow,
    BlindIndexRow,
    BookingRow,
    CaseRow,
    CommandRow,
    EventRow,
    OutboxRow,
    PersonalRow,
    SanctionRow,
    TurnRow,
)
from .projections.audience import audience_of
from .projections.case_row import case_row
from .projections.ledger_rows import booking_rows, sanction_rows
from .projections.search_words import search_words
from .projections.turn_rows import turn_rows
from .rows import insert_rows, update_versions


class ChangedMeanwhile(RuntimeError):
    """Somebody else wrote to a case between reading and writing; the transaction must be rolled back and tried again."""


@dataclass(slots=True)
class Recording:
    """Everything one transaction writes. Fill it with `add`, then `write` once; call `keep` after the commit."""

    events: list[EventRow] = field(default_factory=list)
    new_cases: list[CaseRow] = field(default_factory=list)
    changed_cases: list[tuple[CaseRow, int]] = field(default_factory=list)
    turns: list[TurnRow] = field(default_factory=list)
    audience: list[AudienceRow] = field(default_factory=list)
    sanctions: list[SanctionRow] = field(default_factory=list)
    bookings: list[BookingRow] = field(default_factory=list)
    outbox: list[OutboxRow] = field(default_factory=list)
    commands: list[CommandRow] = field(default_factory=list)
    personal: list[PersonalRow] = field(default_factory=list)
    blind: list[BlindIndexRow] = field(default_factory=list)
    attachments: list[AttachmentRow] = field(default_factory=list)
    new_texts: list[tuple[int, str]] = field(default_factory=list)
    changed_texts: list[tuple[int, str]] = field(default_factory=list)
    _folded: list[tuple[UUID, Loaded]] = field(default_factory=list)

    def add(
        self,
        regime: Regime,
        directory: Directory,
        before: Loaded | None,
        events: Sequence[Event],
        after: Case,
        *,
        receipt_salt: str,
        people_as_of: str,
        key: str = "",
    ) -> Head:
        """Take up the events of one case and all that follows from them. `before` is None for a new case."""
        case_id, organisation_id = UUID(after.id), UUID(after.organisation)
        start = before.head if before else Head()
        rows, head = event_rows(organisation_id, case_id, events, start, key)
        self.events += rows
        numbered = list(enumerate(events, start=start.version + 1))
        self._project(regime, directory, before, after, head, receipt_salt, people_as_of, numbered)
        self._folded.append((case_id, Loaded(after, head)))
        return head

    def _project(
        self,
        regime: Regime,
        directory: Directory,
        before: Loaded | None,
        after: Case,
        head: Head,
        receipt_salt: str,
        people_as_of: str,
        numbered: list[tuple[int, Event]],
    ) -> None:
        audience = audience_of(regime, after, directory)
        row = case_row(regime, after, head, audience, receipt_salt, people_as_of)
        words = search_words(regime, after)
        if before is None:
            self.new_cases.append(row)
            self.new_texts.append((row.search_id, words))
        else:
            self.changed_cases.append((row, before.head.version))
            if search_words(regime, before.case) != words:
                self.changed_texts.append((row.search_id, words))
        self.turns += turn_rows(regime, after, row, directory)
        self.audience += [
            AudienceRow(organisation_id=row.organisation_id, subject=subject, case_id=row.id)
            for subject in audience.subjects
        ]
        self.sanctions += sanction_rows(row, numbered)
        self.bookings += booking_rows(row, numbered)
        self.outbox += outbox_rows(regime, after, row, directory, numbered)

    def write(self) -> None:
        """Write it all. Must run inside the caller's transaction.

        Raises:
            ChangedMeanwhile: a case has moved on, or an id was taken; nothing of the transaction may be kept.
        """
        try:
            insert_rows(self.events)
            insert_rows(self.new_cases)
        except IntegrityError as error:
            raise ChangedMeanwhile from error
        if not update_versions(self.changed_cases):
            raise ChangedMeanwhile
        clear_projections([row.id for row, _ in self.changed_cases])
        for rows in (
            self.turns,
            self.audience,
            self.sanctions,
            self.bookings,
            self.outbox,
            self.commands,
            self.personal,
            self.blind,
            self.attachments,
        ):
            insert_rows(rows)
        search_index.write(self.new_texts, new=True)
        search_index.write(self.changed_texts, new=False)

    def keep(self) -> None:
        """After the commit: keep the cases as they are now, for the next command."""
        for case_id, loaded in self._folded:
            kept.put(case_id, loaded)


def clear_projections(case_ids: Sequence[UUID]) -> None:
    """Take away the rows that are written anew with every change of a case: turns and audience."""
    if not case_ids:
        return
    identity = CaseRow._meta.pk  # noqa: SLF001
    values = [(identity.get_db_prep_value(case_id, connection),) for case_id in case_ids]
    with connection.cursor() as cursor:
        cursor.executemany("DELETE FROM store_turnrow WHERE case_id = %s", values)
        cursor.executemany("DELETE FROM store_audiencerow WHERE case_id = %s", values)
