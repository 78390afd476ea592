"""Queries for turns: what stands on a page, and how many there are. Several subjects, or rows, may name the same turn."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from huiyin.store.compiled_query import rows_for_each
from huiyin.store.models import TurnRow

from .counting import ALL, count_once
from .paging import BadPageKey, page_key, read_page_key

_TURN = ("due_order", "case_id", "kind", "key")     # what makes a turn one, whoever it is listed for


@dataclass(frozen=True, slots=True)
class Asked:
    """A query for turns, asked for each of the subjects (once if none are named); `once`: it names a turn once."""

    query: "QuerySet[TurnRow]"
    subjects: tuple[str, ...] = ALL
    once: bool = False

    def narrowed(self, condition: Q) -> "Asked":
        """The same, for turns of which this holds."""
        return replace(self, query=self.query.filter(condition))


def counted(asked: Iterable[Asked], most: int) -> int:
    """How many turns queries give that do not name the same ones, but those that do so for several subjects."""
    total, for_subjects = 0, []
    for each in asked:
        if each.once:
            total += each.query.order_by()[:most].count()
        else:
            for_subjects.append((each.query.order_by().values_list(*_TURN), each.subjects))
        if total >= most:
            return most
    return min(total + count_once(for_subjects, most), most)


@dataclass(frozen=True, slots=True)
class Start:
    """The last row of the page before, as its key says it."""

    due: datetime
    case_id: UUID
    position: int
    kind: str
    key: str

    @classmethod
    def of(cls, page_key: str) -> "Start":
        """Raises BadPageKey."""
        due, case_id, position, kind, key = read_page_key(page_key, 5)
        try:
            start = cls(datetime.fromisoformat(due).astimezone(UTC), UUID(case_id), position, kind, key)
        except (AttributeError, OverflowError, TypeError, ValueError) as error:
            raise BadPageKey from error
        if not isinstance(position, int) or not 0 <= position < 2**31:
            raise BadPageKey
        return start

    @property
    def turn(self) -> tuple[datetime, UUID, str, str]:
        """What makes it one."""
        return self.due, self.case_id, self.kind, self.key

    def rows_after(self, rows: "QuerySet[TurnRow]") -> "QuerySet[TurnRow]":
        """Those that stand after it."""
        later = (
            Q(due_order__gt=self.due)
            | Q(due_order=self.due, case_id__gt=self.case_id)
            | Q(due_order=self.due, case_id=self.case_id, position__gt=self.position)
        )
        return rows.filter(later, due_order__gte=self.due)


def first_turns(asked: Asked, start: Start | None, enough: int) -> dict[tuple[Any, ...], int]:
    """At least so many turns a query gives, if there are, with the position of the first row of each.

    Asked for one subject, it names a turn once; for all at once, perhaps in several rows one after the other.
    """
    rows = start.rows_after(asked.query) if start is not None else asked.query
    ordered = rows.order_by("due_order", "case_id", "position").values_list(*_TURN, "position")
    portion = enough
    while True:
        first = list(rows_for_each(ordered[:portion], asked.subjects))
        found: dict[tuple[Any, ...], int] = {}
        for *turn, position in first:
            found.setdefault(tuple(turn), position)
        if asked.subjects != ALL or asked.once or len(found) >= enough or len(first) < portion:
            return found
        portion *= 4


def key_of(row: TurnRow) -> str:
    """The key of the page after this row."""
    return page_key(row.due_order.isoformat(), str(row.case_id), row.position, row.kind, row.key)
