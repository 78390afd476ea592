"""Cases as folded from their events, kept in memory between commands so that only new events are read.

A kept case is used only if the chain still contains it: same version and digest, or new events that follow on its
digest. So a restored backup or another process's writes are noticed.
"""

from collections import OrderedDict, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from threading import Lock
from uuid import UUID

from huiyin.cases.evolve import evolve
from huiyin.cases.state import Case

from .log import Head, events_of, read_event
from .models import CaseRow, EventRow

KEPT = 4_000


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
    """The cases of many rows, in at most two queries."""
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
        newer = events_of(row.id, after=found.head.version)
        if newer and newer[0].previous == found.head.digest:
            loaded[row.id] = _fold(found.case, newer)
        else:
            unknown.append(row)
    if unknown:
        for case_id, events in _events_of_many([row.id for row in unknown]).items():
            loaded[case_id] = _fold(None, events)
    for case_id, one in loaded.items():
        kept.put(case_id, one)
    return loaded


def fold_afresh(case_id: UUID) -> Loaded | None:
    """The case folded from all its events, whatever is kept. None when it has none."""
    events = events_of(case_id)
    return _fold(None, events) if events else None


def _events_of_many(case_ids: list[UUID]) -> dict[UUID, list[EventRow]]:
    grouped: dict[UUID, list[EventRow]] = defaultdict(list)
    for event in EventRow.objects.filter(case_id__in=case_ids).order_by("case_id", "sequence"):
        grouped[event.case_id].append(event)
    return grouped


def _fold(case: Case | None, events: list[EventRow]) -> Loaded:
    return Loaded(evolve(case, map(read_event, events)), Head(events[-1].sequence, events[-1].digest))
