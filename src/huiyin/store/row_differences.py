"""Rows that are computed anew with each change of their case, most of which stand there already: only the difference is
written. A row taken away and put back as it was would be taken out of every index of its table and put back there, too,
each time on a page that has to be read first.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from functools import cache
from itertools import compress
from operator import itemgetter, ne
from typing import NamedTuple
from uuid import UUID

from django.db import connection, models

from .rows import columns_of, insert_values
from .stored_rows import Values, stored, whole_rows_statement


class _Table(NamedTuple):
    """What is known of a table of rows that hang on a case."""

    name: str
    columns: tuple[str, ...]
    key: Callable[[Values], Values]
    key_columns: tuple[str, ...]
    documents: frozenset[int]
    """Places of JSON that the database writes in a form of its own, so that texts cannot be compared."""


def write_differences(model: type[models.Model], case_ids: Sequence[UUID], rows: Sequence[Values]) -> None:
    """Make `rows`, which are as `values_of` gives them, the only ones of these cases in the table of `model`.

    Rows of other cases are just inserted. Must run in a transaction that has the cases' own rows locked.
    """
    if not case_ids:
        insert_values(model, rows)
        return
    table = _table(model, connection.vendor)
    asked = whole_rows_statement(model, "case_id", connection.vendor)
    stood = {table.key(values): values for values in stored(asked, case_ids)}
    missing: list[Values] = []
    changed: dict[tuple[int, ...], list[Values]] = defaultdict(list)
    for values in rows:
        before = stood.pop(table.key(values), None)
        if before is None:
            missing.append(values)
        elif places := _differing(table, before, values):
            changed[places].append(values)
    _delete(table, stood)
    for places, group in changed.items():
        _update(table, places, group)
    insert_values(model, missing)


@cache
def _table(model: type[models.Model], vendor: str) -> _Table:
    fields = columns_of(model)
    columns = tuple(connection.ops.quote_name(field.column) for field in fields)
    keys = [place for place, field in enumerate(fields) if field in model._meta.pk_fields]  # noqa: SLF001
    documents = [place for place, field in enumerate(fields) if isinstance(field, models.JSONField)]
    return _Table(
        connection.ops.quote_name(model._meta.db_table),  # noqa: SLF001
        columns,
        itemgetter(*keys) if len(keys) > 1 else lambda values: (values[keys[0]],),
        tuple(columns[place] for place in keys),
        frozenset(documents if vendor == "postgresql" else ()),
    )


def _differing(table: _Table, before: Values, values: Values) -> tuple[int, ...]:
    places = compress(range(len(values)), map(ne, before, values))
    if not table.documents:
        return tuple(places)
    return tuple(
        place for place in places if place not in table.documents or json.loads(before[place]) != values[place].obj
    )


def _delete(table: _Table, keys: Collection[Values]) -> None:
    if not keys:
        return
    with connection.cursor() as cursor:
        cursor.executemany(f"DELETE FROM {table.name} WHERE {_is_row(table)}", list(keys))  # noqa: S608


def _update(table: _Table, places: tuple[int, ...], rows: Sequence[Values]) -> None:
    changes = ", ".join(f"{table.columns[place]} = %s" for place in places)
    values = [(*(row[place] for place in places), *table.key(row)) for row in rows]
    with connection.cursor() as cursor:
        cursor.executemany(f"UPDATE {table.name} SET {changes} WHERE {_is_row(table)}", values)  # noqa: S608


def _is_row(table: _Table) -> str:
    return " AND ".join(f"{column} = %s" for column in table.key_columns)
