"""Cases as folded from their events, kept in memory between commands so that only new events are read.

A kept case is used only if the chain still contains it: same version and digest, or new events that follow on its
digest. So a restored backup or another process's writes are noticed.
"""

from collections import OrderedDict, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from threading import Lock
from typing import Any, NamedTuple
from uuid import UUID

from huiyin.cases.codec import event_from_text
from huiyin.cases.evolve import evolve
from huiyin.cases.state import Case
from huiyin.records import made_quickly

from .compiled_query import rows_for_each
from .log import Head
from .models import CaseRow, EventRow
from .stored_rows import as_given, stored

KEPT = 4_000


@made_quickly
@dataclass(frozen=True, slots=True)
class Loaded:
    """A case with the head of its chain."""

    case: Case
    head: Head


class _Kept:
    """The last cases used, by id."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._cases: OrderedDict[UUID, Loaded] = OrderedDict()
        self._lock = Lock()

    def get(self, case_id: UUID) -> Loaded | None:
        with self._lock:
            found = self._cases.get(case_id)
            if found is not None:
                self._cases.move_to_end(case_id)
            return found

    def put(self, case_id: UUID, loaded: Loaded) -> None:
        with self._lock:
            self._cases[case_id] = loaded
            self._cases.move_to_end(case_id)
            while len(self._cases) > self._size:
                self._cases.popitem(last=False)

    def clear(self) -> None:
        with self._lock:
            self._cases.clear()


kept = _Kept(KEPT)
"""The cases this process keeps. Only committed states are put here."""


def load(row: CaseRow) -> Loaded:
    """The case of a row, as of the row's version."""
    return load_many([row])[row.id]


def load_many(rows: Iterable[CaseRow]) -> dict[UUID, Loaded]:
    """The cases of many rows, in a query, and one for each that has moved on elsewhere."""
    loaded: dict[UUID, Loaded] = {}
    behind: list[tuple[CaseRow, Loaded]] = []
    unknown: list[CaseRow] = []
    for row in rows:
        found = kept.get(row.id)
        if found is None or found.head.version > row.version:
            unknown.append(row)
        elif found.head == Head(row.version, row.head):
            loaded[row.id] = found
        else:
            behind.append((row, found))
    for row, found in behind:
        newer = _newer(row.id, found.head.version)
        if newer and newer[0].previous == found.head.digest:
            loaded[row.id] = _fold(found.case, newer)
        else:
            unknown.append(row)
    if unknown:
        grouped: dict[Any, list[_Read]] = defaultdict(list)     # by case id in the form the database gives it
        for values in stored(_EVENTS, [row.id for row in unknown]):
            grouped[values[0]].append(_Read._make(values))
        ids = {as_given(row.id): row.id for row in unknown}
        loaded |= {ids[case_id]: _fold(None, events) for case_id, events in grouped.items()}
    for case_id, one in loaded.items():
        kept.put(case_id, one)
    return loaded


class _Read(NamedTuple):
    """What folding needs of an event row."""

    case_id: Any
    sequence: int
    kind: str
    body: str
    digest: str
    previous: str


_EVENTS = (
    f"SELECT {', '.join(_Read._fields)} FROM store_eventrow WHERE case_id IN ({{ids}}) ORDER BY case_id, sequence"  # noqa: S608
)


def _newer(case_id: UUID, version: int) -> list[_Read]:
    """The events of a case after this version."""
    query = EventRow.objects.filter(case_id=case_id, sequence__gt=version).order_by("sequence").values_list(*_Read._fields)
    return [_Read._make(values) for values in rows_for_each(query, raw=True)]


def _fold(case: Case | None, events: list[_Read]) -> Loaded:
    folded = evolve(case, (event_from_text(event.kind, event.body) for event in events))
    return Loaded(folded, Head(events[-1].sequence, events[-1].digest))
