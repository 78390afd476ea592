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
from .projections.everything import projections_of
from .projections.search_words import search_words
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
        people_as_of: str,
        key: str = "",
    ) -> Head:
        """Take up the events of one case and all that follows from them. `before` is None for a new case."""
        start = before.head if before else Head()
        rows, head = event_rows(UUID(after.organisation), UUID(after.id), events, start, key)
        self.events += rows
        numbered = list(enumerate(events, start=start.version + 1))
        made = projections_of(regime, directory, after, head, people_as_of, numbered)
        if before is None:
            self.new_cases.append(made.case)
            self.new_texts.append((made.case.search_id, made.words))
        else:
            self.changed_cases.append((made.case, before.head.version))
            if search_words(regime, before.case) != made.words:
                self.changed_texts.append((made.case.search_id, made.words))
        self.turns += made.turns
        self.audience += made.audience
        self.sanctions += made.sanctions
        self.bookings += made.bookings
        self.outbox += outbox_rows(regime, after, made.case, directory, numbered)
        self._folded.append((made.case.id, Loaded(after, head)))
        return head

    def write(self) -> None:
        """Write what was added since the last write. Must run inside the caller's transaction.

        Raises:
            ChangedMeanwhile: a case has moved on, or an id or key was taken; nothing of the transaction may be kept.
        """
        try:
            insert_rows(self.events)
            insert_rows(self.new_cases)
            insert_rows(self.commands)
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
            self.personal,
            self.blind,
            self.attachments,
        ):
            insert_rows(rows)
        search_index.write(self.new_texts, new=True)
        search_index.write(self.changed_texts, new=False)
        for name in _WRITTEN:
            getattr(self, name).clear()

    def merge(self, other: "Recording") -> None:
        """Take over everything another recording holds."""
        for name in (*_WRITTEN, "_folded"):
            getattr(self, name).extend(getattr(other, name))

    def keep(self) -> None:
        """After the commit: keep the cases as they are now, for the next command."""
        for case_id, loaded in self._folded:
            kept.put(case_id, loaded)


_WRITTEN = tuple(name for name in Recording.__slots__ if name != "_folded")


def clear_projections(case_ids: Sequence[UUID]) -> None:
    """Take away the rows that are written anew with every change of a case: turns and audience."""
    if not case_ids:
        return
    identity = CaseRow._meta.pk  # noqa: SLF001
    values = [(identity.get_db_prep_value(case_id, connection),) for case_id in case_ids]
    with connection.cursor() as cursor:
        cursor.executemany("DELETE FROM store_turnrow WHERE case_id = %s", values)
        cursor.executemany("DELETE FROM store_audiencerow WHERE case_id = %s", values)
