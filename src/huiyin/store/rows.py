"""Writing many rows with one prepared statement: what `bulk_create` does, without building the statement each time."""

from collections.abc import Sequence
from functools import cache
from typing import Any

from django.db import connection, models


@cache
def _columns(model: type[models.Model], _vendor: str) -> tuple[list[Any], str, str]:
    """(fields, INSERT statement, UPDATE statement guarded by id and version) of a table."""
    fields = [field for field in model._meta.concrete_fields if field.column is not None]  # noqa: SLF001
    quote = connection.ops.quote_name
    table = quote(model._meta.db_table)  # noqa: SLF001
    names = [quote(str(field.column)) for field in fields]
    insert = f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join(['%s'] * len(names))})"  # noqa: S608
    changes = ", ".join(f"{quote(str(field.column))} = %s" for field in fields if not field.primary_key)
    update = f"UPDATE {table} SET {changes} WHERE id = %s AND version = %s"  # noqa: S608
    return fields, insert, update


def insert_rows(rows: Sequence[models.Model]) -> None:
    """Insert rows of one model in one statement."""
    if not rows:
        return
    fields, insert, _ = _columns(type(rows[0]), connection.vendor)
    with connection.cursor() as cursor:
        cursor.executemany(insert, [_values(fields, row) for row in rows])


def update_versions(rows: Sequence[tuple[models.Model, int]]) -> bool:
    """Write whole rows over those that still have the version given; whether all of them had."""
    if not rows:
        return True
    fields, _, update = _columns(type(rows[0][0]), connection.vendor)
    changing = [field for field in fields if not field.primary_key]
    key = next(field for field in fields if field.primary_key)
    with connection.cursor() as cursor:
        cursor.executemany(
            update, [[*_values(changing, row), *_values([key], row), version] for row, version in rows]
        )
        return bool(cursor.rowcount == len(rows))


def _values(fields: Sequence[Any], row: models.Model) -> list[Any]:
    return [field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields]
