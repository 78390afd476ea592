"""Making and writing many rows: what `Model(…)` and `bulk_create` do, without looking the same things up each time."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from functools import cache, lru_cache
from itertools import compress
from operator import itemgetter, ne
from typing import Any, NamedTuple, TypeVar
from uuid import UUID

from django.db import connection, models
from django.db.models.base import ModelState

from huiyin.cases.normal_json import normal_json

Prepare = Callable[[Any], Any]
AnyModel = TypeVar("AnyModel", bound=models.Model)


def new_row(model: type[AnyModel], **values: Any) -> AnyModel:
    """A row to be inserted, with values by column attribute (`case_id`): as `Model(**values)`, several times quicker.

    Raises:
        TypeError: the model has no such attribute.
    """
    names, plain, made = _defaults(model)
    columns = values
    if values.keys() != names:      # most rows are given whole
        columns = {**plain, **values}
        for name, make in made.items():
            if name not in values:
                columns[name] = make()
        if len(columns) != len(names):
            raise TypeError(f"{model.__name__} has no {', '.join(sorted(columns.keys() - names))}")
    columns["_state"] = ModelState()
    row = model.__new__(model)
    row.__dict__ = columns
    return row


@cache
def _defaults(model: type[models.Model]) -> tuple[set[str], dict[str, Any], dict[str, Callable[[], Any]]]:
    """(all attributes, defaults of some, how those of the others are made for each row), as Django's constructor has them."""
    plain: dict[str, Any] = {}
    made: dict[str, Callable[[], Any]] = {}
    for field in columns_of(model):
        if field.has_default() and callable(field.default):
            made[field.attname] = field.default
        else:
            plain[field.attname] = field.get_default()
    return {*plain, *made}, plain, made


class _Reader(NamedTuple):
    """Reads some columns of rows: all at once, then those are changed that the database takes in another form."""

    read: Callable[[dict[str, Any]], tuple[Any, ...]]
    prepared: tuple[tuple[int, Prepare], ...]

    def values(self, rows: Iterable[models.Model]) -> Iterator[tuple[Any, ...]]:
        """The columns of rows as the database takes them. Worked on by column, since a loop in each row costs more."""
        columns: list[Iterable[Any]] = list(zip(*map(self.read, map(vars, rows)), strict=True))
        for place, prepare in self.prepared:
            columns[place] = map(prepare, columns[place])
        return zip(*columns, strict=True)


def _reader(fields: Sequence[Any], vendor: str) -> _Reader:
    names = [field.attname for field in fields]
    read = itemgetter(*names) if len(names) > 1 else lambda columns: (columns[names[0]],)
    prepares = [_prepare(field, vendor) for field in fields]
    return _Reader(read, tuple((place, prepare) for place, prepare in enumerate(prepares) if prepare is not _same))


@cache
def _insertion(model: type[models.Model], vendor: str) -> tuple[_Reader, str]:
    """How to read a row of a table, and the INSERT statement."""
    fields = columns_of(model)
    quote = connection.ops.quote_name
    names = ", ".join(quote(str(field.column)) for field in fields)
    places = ", ".join(["%s"] * len(fields))
    insert = f"INSERT INTO {quote(model._meta.db_table)} ({names}) VALUES ({places})"  # noqa: S608, SLF001
    return _reader(fields, vendor), insert


@cache
def _change(model: type[models.Model], vendor: str, names: tuple[str, ...]) -> tuple[_Reader, str]:
    """How to read these columns and the key of a row, and the UPDATE statement guarded by id and version."""
    quote = connection.ops.quote_name
    changing = [field for field in columns_of(model) if field.attname in names]
    key = next(field for field in columns_of(model) if field.primary_key)
    changes = ", ".join(f"{quote(str(field.column))} = %s" for field in changing)
    table = quote(model._meta.db_table)  # noqa: SLF001
    update = f"UPDATE {table} SET {changes} WHERE id = %s AND version = %s"  # noqa: S608
    return _reader([*changing, key], vendor), update


@cache
def _changeable(model: type[models.Model]) -> tuple[tuple[str, ...], Callable[[dict[str, Any]], tuple[Any, ...]]]:
    """Attributes that may change, and a function that reads them all of what an instance holds."""
    names = tuple(field.attname for field in columns_of(model) if not field.primary_key)
    return names, itemgetter(*names)


def insert_rows(rows: Sequence[models.Model]) -> None:
    """Insert rows of one model in one statement."""
    if rows:
        insert_values(type(rows[0]), values_of(rows))


def values_of(rows: Sequence[models.Model]) -> list[tuple[Any, ...]]:
    """Rows of one model as the database takes them, for `insert_values`; they may go to another process."""
    if not rows:
        return []
    reader, _insert = _insertion(type(rows[0]), connection.vendor)
    return list(reader.values(rows))


def insert_values(model: type[models.Model], values: Sequence[tuple[Any, ...]]) -> None:
    """Insert what `values_of` gave for rows of this model."""
    if not values:
        return
    _reader, insert = _insertion(model, connection.vendor)
    with connection.cursor() as cursor:
        cursor.executemany(insert, values)


class Change(NamedTuple):
    """A row to be written over the one of the same key, if that has this version still.

    `before` is the row as it was read, if it was: then only what differs is written, which spares the other indexes.
    """

    row: models.Model
    version: int
    before: models.Model | None = None


def update_versions(changes: Iterable[Change]) -> bool:
    """Write changed rows over those that still have the version given; whether all of them had."""
    alike: dict[tuple[type[models.Model], tuple[str, ...]], list[Change]] = defaultdict(list)
    for change in changes:
        alike[type(change.row), _differing(change)].append(change)
    with connection.cursor() as cursor:
        for (model, names), group in alike.items():
            reader, update = _change(model, connection.vendor, names)
            values = reader.values([change.row for change in group])
            cursor.executemany(update, [(*row, change.version) for row, change in zip(values, group, strict=True)])
            if cursor.rowcount != len(group):
                return False
    return True


def _differing(change: Change) -> tuple[str, ...]:
    """Attributes to write. The version is always among them, since it counts the events."""
    names, read = _changeable(type(change.row))
    if change.before is None:
        return names
    return tuple(compress(names, map(ne, read(vars(change.before)), read(vars(change.row)))))


def columns_of(model: type[models.Model]) -> list[Any]:
    """The fields of a model that are columns."""
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
        return normal_json
    return lambda value: field.get_db_prep_save(value, connection)


def _same(value: Any) -> Any:
    return value


def _hex(value: UUID | None) -> str | None:
    return None if value is None else value.hex


def _utc_text(value: datetime | None) -> str | None:
    """As Django writes times to SQLite: UTC, without zone."""
    return None if value is None else _written(value, value.fold)


@lru_cache(maxsize=1024)
def _written(value: datetime, _fold: int) -> str:
    """The rows of a case repeat a few times. Without the fold, the hour that clocks go through twice would be one."""
    return value.astimezone(UTC).isoformat(" ")[: -len("+00:00")]
