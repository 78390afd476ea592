"""What a table holds of many cases, asked in a few statements and read without what Django looks up for each value."""

import json
from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import UTC, datetime
from functools import cache, lru_cache
from typing import Any, TypeVar
from uuid import UUID

from django.db import connection, models
from django.db.models.base import ModelState

from .rows import columns_of

AT_ONCE = 500
"""Ids in one statement; databases bound the number of parameters."""

Values = tuple[Any, ...]
AnyModel = TypeVar("AnyModel", bound=models.Model)


def stored(statement: str, ids: Sequence[UUID]) -> Iterator[Values]:
    """The rows of a statement with `IN ({ids})`, as the database gives them."""
    asked = list(map(as_given, ids))
    with connection.cursor() as cursor:
        for start in range(0, len(asked), AT_ONCE):
            portion = asked[start : start + AT_ONCE]
            cursor.execute(statement.format(ids=", ".join(["%s"] * len(portion))), portion)
            yield from cursor.fetchall()


def as_given(id_: UUID) -> Any:
    """An id in the form the database takes and gives it."""
    return id_ if connection.features.has_native_uuid_field else id_.hex


@cache
def whole_rows_statement(model: type[models.Model], column: str, vendor: str) -> str:
    """The statement for all columns of a table where a column has one of the ids, for `stored`.

    On SQLite a column with a plus before it has no type, so Python is given what is stored and not a time made of it.
    """
    plus = "+" if vendor == "sqlite" else ""
    columns = ", ".join(plus + connection.ops.quote_name(field.column) for field in columns_of(model))
    return f"SELECT {columns} FROM {model._meta.db_table} WHERE {column} IN ({{ids}})"  # noqa: S608, SLF001


def rows_with_ids(model: type[AnyModel], ids: Collection[UUID]) -> list[AnyModel]:
    """The rows with these ids, in this order, as `objects.filter(id__in=…)` would give them. Raises KeyError for a missing one."""
    names, parsers = _parsing(model, connection.vendor)
    found: dict[UUID, AnyModel] = {}
    for values in stored(whole_rows_statement(model, "id", connection.vendor), list(ids)):
        columns = dict(zip(names, values, strict=True))
        for name, parse in parsers:
            columns[name] = parse(columns[name])
        state = ModelState()
        state.adding, state.db = False, connection.alias
        columns["_state"] = state
        row = model.__new__(model)
        row.__dict__ = columns
        found[columns["id"]] = row
    return [found[each] for each in ids]


Parse = Callable[[Any], Any]


@cache
def _parsing(model: type[models.Model], vendor: str) -> tuple[tuple[str, ...], tuple[tuple[str, Parse], ...]]:
    """(attributes of the columns, how those are parsed that Python does not get as they are)."""
    fields = columns_of(model)
    parsers = [(field.attname, parse) for field in fields if (parse := _parser(field, vendor)) is not None]
    return tuple(field.attname for field in fields), tuple(parsers)


def _parser(field: Any, vendor: str) -> Parse | None:
    if isinstance(field, models.JSONField):
        return json.loads
    if vendor != "sqlite":
        return None
    if isinstance(field, models.UUIDField):
        return _uuid
    if isinstance(field, models.DateTimeField):
        return _utc
    if isinstance(field, models.BooleanField):
        return bool
    if isinstance(field, models.CharField | models.TextField | models.IntegerField):
        return None
    raise TypeError(f"{field} is of a kind that is not read here yet")


@lru_cache(maxsize=1024)
def _uuid(text: str | None) -> UUID | None:
    """Made once for what all rows have in common, such as the organisation."""
    return None if text is None else UUID(text)


def _utc(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text).replace(tzinfo=UTC)
