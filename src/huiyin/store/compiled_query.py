"""Queries built once and asked for many values: Django spends longer on building a small statement than a database on
answering it, which counts where a list asks the same for each of somebody's subjects.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

MARK = "\ue000"
"""Stands in a query for the text to be filled in: `rows.filter(subject=MARK)`. A private-use character nobody types."""

MARK_ID = UUID("b7f7c1de-5c1a-4a55-8f0e-0f3a6c2d9e41")
"""The same for an id; drawn at random, so no row has it."""

_MARKS = (MARK, MARK_ID, MARK_ID.hex)

Rows = Iterator[tuple[Any, ...]]


def rows_for_each(query: "QuerySet[Any, Any]", values: Iterable[object] = ("",), *, raw: bool = False) -> Rows:
    """The rows of a `values_list` query, once for each value in place of MARK; once if it has none.

    With `raw`, as the database gives them: quicker, for counting and comparing only.
    """
    return CompiledQuery(query).rows(values, raw=raw)


class CompiledQuery:
    """A `values_list` query as a statement, with MARK in the place of what changes; safe to keep and to use in threads."""

    def __init__(self, query: "QuerySet[Any, Any]") -> None:
        self._compiler = query.query.get_compiler(connection.alias)
        try:
            self._statement, parameters = self._compiler.as_sql()
        except EmptyResultSet:      # e.g. one of no units
            self._statement, parameters = "", ()
        self._parameters: Sequence[object] = tuple(parameters)

    def rows(self, values: Iterable[object] = ("",), *, raw: bool = False) -> Rows:
        """As `rows_for_each`. Values are texts or ids."""
        if not self._statement:
            return
        with connection.cursor() as cursor:
            for value in values:
                cursor.execute(self._statement, [_given(value) if each in _MARKS else each for each in self._parameters])
                found = cursor.fetchall()
                yield from found if raw else self._compiler.results_iter([found], tuple_expected=True)


def _given(value: object) -> object:
    """An id as the database takes it."""
    return value.hex if isinstance(value, UUID) and not connection.features.has_native_uuid_field else value
