"""Writing what was decided: events, projections and effects of one or many cases, in one transaction of the caller."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from uuid import UUID

from django.db import IntegrityError, models

from huiyin.cases.events import Event
from huiyin.cases.people import Directory
from huiyin.cases.state import Case
from huiyin.regime.model import Regime

from . import search_index
from .effects import outbox_rows
from .identifiers import id_of
from .loading import Loaded, kept
from .log import Head, event_rows
from .models import (
    AttachmentRow,
    AudienceRow,
    BlindIndexRow,
    BookingRow,
    CaseRow,
    CommandRow,
    CountRow,
    EventRow,
    OrderRow,
    OutboxRow,
    PersonalRow,
    PublishedRow,
    SanctionRow,
    TurnRow,
)
from .projections.audience import Audience, same_audience
from .projections.count_rows import same_counts
from .projections.everything import projections_of
from .projections.search_words import same_words, search_words
from .row_differences import write_differences
from .rows import Change, insert_values, update_versions, values_of


class ChangedMeanwhile(RuntimeError):
    """Somebody else wrote to a case between reading and writing; the transaction must be rolled back and tried again."""


class Packed(NamedTuple):
    """What a recording inserts, in the form the database takes: to be handed from one process to another.

    `rows` are by the name of their list in `Recording`; `texts` as there.
    """

    rows: dict[str, list[tuple[Any, ...]]]
    texts: list[tuple[int, str]]


@dataclass(slots=True)
class Recording:
    """Everything one transaction writes. Fill it with `add`, then `write` once; call `keep` after the commit."""

    events: list[EventRow] = field(default_factory=list)
    new_cases: list[CaseRow] = field(default_factory=list)
    changed_cases: list[Change] = field(default_factory=list)
    changed_audiences: list[UUID] = field(default_factory=list)
    changed_counts: list[UUID] = field(default_factory=list)
    changed_orders: list[UUID] = field(default_factory=list)
    turns: list[TurnRow] = field(default_factory=list)
    audience: list[AudienceRow] = field(default_factory=list)
    sanctions: list[SanctionRow] = field(default_factory=list)
    bookings: list[BookingRow] = field(default_factory=list)
    counts: list[CountRow] = field(default_factory=list)
    orders: list[OrderRow] = field(default_factory=list)
    published: list[PublishedRow] = field(default_factory=list)
    changed_published: list[UUID] = field(default_factory=list)
    outbox: list[OutboxRow] = field(default_factory=list)
    commands: list[CommandRow] = field(default_factory=list)
    personal: list[PersonalRow] = field(default_factory=list)
    blind: list[BlindIndexRow] = field(default_factory=list)
    attachments: list[AttachmentRow] = field(default_factory=list)
    new_texts: list[tuple[int, str]] = field(default_factory=list)
    changed_texts: list[tuple[int, str]] = field(default_factory=list)
    packed: dict[str, list[tuple[Any, ...]]] = field(default_factory=dict)
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
        stored: CaseRow | None = None,
    ) -> Head:
        """Take up the events of one case and all that follows from them. `before` is None for a new case.

        `stored` is the case's row as it was read; with it, what cannot have changed is not computed again.
        """
        start = before.head if before else Head()
        rows, head = event_rows(id_of(after.organisation), id_of(after.id), events, start, key)
        self.events += rows
        numbered = list(enumerate(events, start=start.version + 1))
        known = self._audience_as_before(regime, stored, before, after, people_as_of)
        as_found = before is not None and same_words(before.case, after)
        made = projections_of(regime, directory, after, head, people_as_of, numbered, known, same_words=as_found)
        if before is None:
            self.new_cases.append(made.case)
            self.new_texts.append((made.case.search_id, made.words))
        else:
            self.changed_cases.append(Change(made.case, before.head.version, stored))
            if known is None:
                self.changed_audiences.append(made.case.id)
            if not as_found and search_words(regime, before.case) != made.words:
                self.changed_texts.append((made.case.search_id, made.words))
        self.turns += made.turns
        self.audience += made.audience if known is None else []
        self.sanctions += made.sanctions
        self.bookings += made.bookings
        if before is None or not same_counts(regime, before.case, made.case, made.counts, directory):
            self.counts += made.counts
            self.changed_counts += [] if before is None else [made.case.id]
        self.orders += made.orders
        self.changed_orders += [made.case.id] if before is not None and before.case.orders else []
        if regime.portal.replies is not None:
            self.published += made.published
            self.changed_published += [] if before is None else [made.case.id]
        self.outbox += outbox_rows(regime, before.case if before else None, after, made.case, directory, numbered)
        self._folded.append((made.case.id, Loaded(after, head)))
        return head

    def add_projections(self, regime: Regime, directory: Directory, loaded: Loaded, people_as_of: str) -> None:
        """Take up the projections of a case in which nothing happened, because people around it changed."""
        made = projections_of(regime, directory, loaded.case, loaded.head, people_as_of, ())
        self.changed_cases.append(Change(made.case, loaded.head.version))
        self.changed_audiences.append(made.case.id)
        self.turns += made.turns
        self.audience += made.audience
        self.orders += made.orders
        self.changed_orders += [made.case.id] if made.orders else []

    @staticmethod
    def _audience_as_before(
        regime: Regime, stored: CaseRow | None, before: Loaded | None, after: Case, people_as_of: str
    ) -> Audience | None:
        """The audience in the columns of the row, when its rows can stay as they are."""
        if stored is None or before is None or stored.people_as_of != people_as_of:
            return None
        if not same_audience(regime, before.case, after):
            return None
        return Audience((), stored.closed_to, stored.confidential)

    def write(self) -> None:
        """Write what was added since the last write. Must run inside the caller's transaction.

        Raises:
            ChangedMeanwhile: a case has moved on, or an id or key was taken; nothing of the transaction may be kept.
        """
        try:
            self._insert("events", "new_cases", "commands")
        except IntegrityError as error:
            raise ChangedMeanwhile from error
        if not update_versions(self.changed_cases):
            raise ChangedMeanwhile
        self._write_over("turns", [change.row.pk for change in self.changed_cases])
        self._write_over("audience", self.changed_audiences)
        self._write_over("counts", self.changed_counts)
        self._write_over("orders", self.changed_orders)
        self._write_over("published", self.changed_published)
        self._insert("sanctions", "bookings", "outbox", "personal", "blind", "attachments")
        search_index.write(self.new_texts, new=True)
        search_index.write(self.changed_texts, new=False)
        for name in _WRITTEN:
            getattr(self, name).clear()

    def _insert(self, *names: str) -> None:
        for name in names:
            insert_values(_INSERTED[name], self._values(name))

    def _write_over(self, name: str, case_ids: Sequence[UUID]) -> None:
        """Insert a list, of which these cases may have rows already."""
        write_differences(_INSERTED[name], case_ids, self._values(name))

    def _values(self, name: str) -> list[tuple[Any, ...]]:
        return values_of(getattr(self, name)) + self.packed.get(name, [])

    def write_counts(self) -> None:
        """Write what watches count, before the rest."""
        self._insert("counts")
        self.counts.clear()
        self.packed.pop("counts", None)

    def pack(self) -> Packed:
        """What there is to insert, for another process to `unpack`. Raises ValueError if rows that stand already change."""
        changes = [name for name in _WRITTEN if name not in _PACKED and getattr(self, name)]
        if changes:
            raise ValueError(f"not only inserted: {', '.join(changes)}")
        rows = {name: values_of(held) for name in _INSERTED if (held := getattr(self, name))}
        return Packed(rows, self.new_texts)

    def unpack(self, packed: Packed) -> None:
        """Take over what another process has packed."""
        for name, values in packed.rows.items():
            known = self.packed.get(name)
            if known is None:
                self.packed[name] = values
            else:
                known.extend(values)
        self.new_texts += packed.texts

    def folded(self, case_id: UUID) -> Loaded | None:
        """A case as this transaction has brought it so far; None when it was not touched."""
        return next((loaded for known, loaded in reversed(self._folded) if known == case_id), None)

    def merge(self, other: "Recording") -> None:
        """Take over everything another recording holds."""
        for name in _MERGED:
            held = getattr(other, name)
            if held:
                getattr(self, name).extend(held)
        self.unpack(Packed(other.packed, []))

    def keep(self) -> None:
        """After the commit: keep the cases as they are now, for the next command."""
        for case_id, loaded in self._folded:
            kept.put(case_id, loaded)


_INSERTED: dict[str, type[models.Model]] = {
    "events": EventRow,
    "new_cases": CaseRow,
    "commands": CommandRow,
    "turns": TurnRow,
    "audience": AudienceRow,
    "sanctions": SanctionRow,
    "bookings": BookingRow,
    "counts": CountRow,
    "orders": OrderRow,
    "published": PublishedRow,
    "outbox": OutboxRow,
    "personal": PersonalRow,
    "blind": BlindIndexRow,
    "attachments": AttachmentRow,
}
"""Lists of rows to be inserted, and their tables."""

_WRITTEN = tuple(name for name in Recording.__slots__ if name != "_folded")
_PACKED = {*_INSERTED, "new_texts"}
_MERGED = tuple(name for name in Recording.__slots__ if name != "packed")
