"""Organisations that many tests begin with: set up once in a process, and put back as rows for every later test.

Setting one up compiles its regimes and makes hundreds of rows, one by one; most tests only want to stand in its midst.
"""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.apps import apps
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.db.models import Model

from huiyin.application import changed_people, standing
from huiyin.organisations import demo, people, working_time
from huiyin.organisations.models import Organisation
from huiyin.regime import packs as shipped
from huiyin.store.loading import kept

_known: dict[Hashable, list["_Rows"]] = {}


def prepared(packs: Mapping[str, Path] | None = None) -> tuple[Organisation, Organisation]:
    """The demo and its rehearsal with these packs, or with all; as `demo.prepare`."""
    chosen = shipped() if packs is None else packs
    made_once(frozenset((name, _texts(file)) for name, file in chosen.items()), lambda: demo.prepare(chosen))
    by_slug = {each.slug: each for each in Organisation.objects.all()}
    return by_slug[demo.DEMO_SLUG], by_slug[demo.REHEARSAL_SLUG]


def made_once(what: Hashable, make: Callable[[], object]) -> None:
    """Let `make` fill the database, or put back the rows it made before under this name.

    Where there are organisations already, `make` adds to them. The process then knows nothing of any organisation.
    """
    forget()
    if Organisation.objects.exists():
        make()
    elif what in _known:
        with transaction.atomic():
            for rows in _known[what]:
                rows.put_back()
    else:
        make()
        _known[what] = [rows for model in _models() if (rows := _Rows.of(model)).rows]


def forget() -> None:
    """Empty what a process remembers of organisations: those of the next test have the same ids."""
    for remembered in (kept, people._snapshots, working_time._calendars, standing._ensured, changed_people._shown):
        remembered.clear()


def _texts(file: Path) -> tuple[bytes, ...]:
    """What tells a variant from another: its text and that of the files beside it. Packs that ship go by their names."""
    if file in shipped().values():
        return ()
    return tuple(each.read_bytes() for each in sorted(file.parent.parent.glob("*/regime.yaml")))


def _models() -> list[type[Model]]:
    """Every table of ours, also those between two others; not what migrations fill."""
    found = apps.get_models(include_auto_created=True)
    return [each for each in found if each._meta.managed and each not in (ContentType, Permission)]


@dataclass(frozen=True, slots=True)
class _Rows:
    """All rows of a table, as the database gives and takes them."""

    table: str
    columns: tuple[str, ...]
    rows: list[tuple[Any, ...]]

    @classmethod
    def of(cls, model: type[Model]) -> "_Rows":
        name = connection.ops.quote_name
        columns = tuple(name(field.column) for field in model._meta.local_concrete_fields if not field.generated)
        table = name(model._meta.db_table)
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {', '.join(columns)} FROM {table}")
            return cls(table, columns, cursor.fetchall())

    def put_back(self) -> None:
        marks = ", ".join(["%s"] * len(self.columns))
        with connection.cursor() as cursor:
            cursor.executemany(f"INSERT INTO {self.table} ({', '.join(self.columns)}) VALUES ({marks})", self.rows)
