"""Queries built once and asked for many values: Django spends longer on building a small statement than a database on
answering it, which counts where a list asks the same for each of somebody's subjects.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Model, QuerySet
from django.db.models.query import get_related_populators

MARK = "\ue000"
"""Stands in a query for the text to be filled in: `rows.filter(subject=MARK)`. A private-use character nobody types."""

MARK_ID = UUID("b7f7c1de-5c1a-4a55-8f0e-0f3a6c2d9e41")
"""The same for an id; drawn at random, so no row has it."""

_MARKS: dict[str | UUID, str | UUID] = {MARK: MARK, MARK_ID: MARK_ID, MARK_ID.hex: MARK_ID}

Rows = Iterator[tuple[Any, ...]]
AnyModel = TypeVar("AnyModel", bound=Model)


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

    def selected(self) -> tuple[Any, Any]:
        """What Django knows of the columns: which of them make up which model."""
        return self._compiler.klass_info, self._compiler.select

    def rows(self, values: Iterable[object] = ("",), *, raw: bool = False) -> Rows:
        """As `rows_for_each`. A value is a text or an id; where both marks are used, a mapping from mark to value."""
        if not self._statement:
            return
        with connection.cursor() as cursor:
            for value in values:
                cursor.execute(self._statement, [_filled(each, value) for each in self._parameters])
                found = cursor.fetchall()
                yield from found if raw else self._compiler.results_iter([found], tuple_expected=True)


    def tally(self, value: object, *columns: str, different: int | None = None) -> dict[tuple[Any, ...], int]:
        """How many rows there are for the value with each combination of these columns, counted by the database; without
        columns, of all of them under the empty combination. The columns are some of those selected.

        With `different`, rows that are alike count once, and no more than so many are counted.
        """
        if not self._statement:
            return {}
        listed = ", ".join(columns)
        rows = f"({self._statement}) AS listed"
        parameters = [_filled(each, value) for each in self._parameters]
        if different is not None:   # around the statement and not in it, where SQLite would choose another index for it
            rows = f"(SELECT DISTINCT * FROM {rows} LIMIT %s) AS listed"  # noqa: S608 - ours
            parameters.append(different)
        grouped = f"SELECT {listed + ', ' if columns else ''}COUNT(*) FROM {rows}"  # noqa: S608 - ours
        with connection.cursor() as cursor:
            cursor.execute(f"{grouped} GROUP BY {listed}" if columns else grouped, parameters)
            return {tuple(group): count for *group, count in cursor.fetchall() if count}


class CompiledInstances(Generic[AnyModel]):
    """A query for model instances, with what it says of `select_related`, as a statement to be kept like the other one."""

    def __init__(self, query: "QuerySet[AnyModel]") -> None:
        self._query = CompiledQuery(query)
        info, select = self._query.selected()
        columns = info["select_fields"]
        self._model: type[AnyModel] = info["model"]
        self._own = slice(columns[0], columns[-1] + 1)
        self._names = [expression.target.attname for expression, *_ in select[self._own]]
        self._related = get_related_populators(info, select, connection.alias)  # type: ignore[call-arg]  # stubs of Django 6

    def first(self, value: object) -> "AnyModel | None":
        """The first instance for the value in place of the mark, if there is one."""
        for row in self._query.rows([value]):
            found = self._model.from_db(connection.alias, self._names, row[self._own])
            for related in self._related:
                related.populate(row, found)
            return found
        return None


def _filled(parameter: Any, value: Any) -> Any:
    """What the database is given in place of a parameter."""
    mark = _MARKS.get(parameter) if isinstance(parameter, str | UUID) else None
    if mark is None:
        return parameter
    given = value[mark] if isinstance(value, Mapping) else value
    return given.hex if isinstance(given, UUID) and not connection.features.has_native_uuid_field else given
