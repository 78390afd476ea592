"""Making and writing many rows: what `Model(…)` and `bulk_create` do, without looking the same things up each time."""

import json
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import cache
from typing import Any, TypeVar
from uuid import UUID

from django.db import connection, models
from django.db.models.base import ModelState

Prepare = Callable[[Any], Any]
AnyModel = TypeVar("AnyModel", bound=models.Model)


def new_row(model: type[AnyModel], **values: Any) -> AnyModel:
    """A row to be inserted, with values by column attribute (`case_id`): as `Model(**values)`, several times quicker.

    Raises:
        TypeError: the model has no such attribute.
    """
    plain, made = _defaults(model)
    if not values.keys() <= plain.keys() | made.keys():
        raise TypeError(f"{model.__name__} has no {', '.join(sorted(values.keys() - plain.keys() - made.keys()))}")
    row = model.__new__(model)
    row.__dict__.update(plain, _state=ModelState())
    row.__dict__.update((name, make()) for name, make in made.items() if name not in values)
    row.__dict__.update(values)
    return row


@cache
def _defaults(model: type[models.Model]) -> tuple[dict[str, Any], dict[str, Callable[[], Any]]]:
    """(defaults by attribute, defaults that are made for each row): as Django's constructor would set them."""
    plain: dict[str, Any] = {}
    made: dict[str, Callable[[], Any]] = {}
    for field in _fields(model):
        if field.has_default() and callable(field.default):
            made[field.attname] = field.default
        else:
            plain[field.attname] = field.get_default()
    return plain, made


@cache
def _columns(model: type[models.Model], vendor: str) -> tuple[list[tuple[str, Prepare]], str]:
    """(attribute and how its value is given to the database, INSERT statement) of a table."""
    fields = _fields(model)
    quote = connection.ops.quote_name
    names = ", ".join(quote(str(field.column)) for field in fields)
    places = ", ".join(["%s"] * len(fields))
    insert = f"INSERT INTO {quote(model._meta.db_table)} ({names}) VALUES ({places})"  # noqa: S608, SLF001
    return [(field.attname, _prepare(field, vendor)) for field in fields], insert


@cache
def _changes(model: type[models.Model], vendor: str) -> tuple[list[tuple[str, Prepare]], str]:
    """(attributes in the order of the statement, UPDATE statement guarded by id and version) of a table."""
    quote = connection.ops.quote_name
    changing = [field for field in _fields(model) if not field.primary_key]
    key = next(field for field in _fields(model) if field.primary_key)
    changes = ", ".join(f"{quote(str(field.column))} = %s" for field in changing)
    table = quote(model._meta.db_table)  # noqa: SLF001
    update = f"UPDATE {table} SET {changes} WHERE id = %s AND version = %s"  # noqa: S608
    return [(field.attname, _prepare(field, vendor)) for field in (*changing, key)], update


def insert_rows(rows: Sequence[models.Model]) -> None:
    """Insert rows of one model in one statement."""
    if not rows:
        return
    columns, insert = _columns(type(rows[0]), connection.vendor)
    with connection.cursor() as cursor:
        cursor.executemany(insert, [[prepare(getattr(row, name)) for name, prepare in columns] for row in rows])


def update_versions(rows: Sequence[tuple[models.Model, int]]) -> bool:
    """Write whole rows over those that still have the version given; whether all of them had."""
    if not rows:
        return True
    columns, update = _changes(type(rows[0][0]), connection.vendor)
    with connection.cursor() as cursor:
        cursor.executemany(
            update, [[*(prepare(getattr(row, name)) for name, prepare in columns), version] for row, version in rows]
        )
        return bool(cursor.rowcount == len(rows))


def _fields(model: type[models.Model]) -> list[Any]:
    return [field for field in model._meta.concrete_fields if field.column is not None]  # noqa: SLF001


_AS_THEY_ARE = (models.CharField, models.TextField, models.IntegerField, models.BooleanField, models.FloatField)


def _prepare(field: Any, vendor: str) -> Prepare:
    """How a value of this field reaches the database: what Django would do, with the type looked up once."""
    if isinstance(field, _AS_THEY_ARE):
        return _same
    if isinstance(field, models.UUIDField) and vendor == "sqlite":
        return _hex
    if isinstance(field, models.DateTimeField) and vendor == "sqlite":
        return _utc_text
    if isinstance(field, models.JSONField) and vendor == "sqlite":
        return json.dumps
    return lambda value: field.get_db_prep_save(value, connection)


def _same(value: Any) -> Any:
    return value


def _hex(value: UUID) -> str:
    return value.hex


def _utc_text(value: datetime | None) -> str | None:
    """As Django writes times to SQLite: UTC, without zone."""
    return None if value is None else str(value.astimezone(UTC).replace(tzinfo=None))
