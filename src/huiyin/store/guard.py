"""Database triggers that keep append-only tables append-only, whoever holds the connection."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

GUARDED = ("store_eventrow", "store_anchorrow", "store_accessrow")
"""Tables that are only ever added to."""

_POSTGRESQL_FUNCTION = """
CREATE OR REPLACE FUNCTION store_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'append-only: %', TG_TABLE_NAME USING ERRCODE = 'restrict_violation'; END $$
"""


def put(connection: BaseDatabaseWrapper) -> None:
    """Create the triggers."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_POSTGRESQL_FUNCTION)
        for statement in _put_statements(connection.vendor):
            cursor.execute(statement)


def lift(connection: BaseDatabaseWrapper) -> None:
    """Drop the triggers: for taking the whole store down, and for tests that play the intruder."""
    with connection.cursor() as cursor:
        for statement in _lift_statements(connection.vendor):
            cursor.execute(statement)


@contextmanager
def _lifted(connection: BaseDatabaseWrapper) -> Iterator[None]:
    lift(connection)
    try:
        yield
    finally:
        put(connection)


def lifted(connection: BaseDatabaseWrapper) -> AbstractContextManager[None]:
    """Without triggers for a while. The product never uses it."""
    return _lifted(connection)


def put_in_migration(_apps: object, editor: BaseDatabaseSchemaEditor) -> None:
    """Forward step of the migration."""
    put(editor.connection)


def lift_in_migration(_apps: object, editor: BaseDatabaseSchemaEditor) -> None:
    """Backward step of the migration."""
    lift(editor.connection)


def _put_statements(vendor: str) -> list[str]:
    if vendor == "postgresql":
        return [
            f"CREATE TRIGGER {table}_append_only BEFORE {deed} ON {table} {scope} EXECUTE FUNCTION store_append_only()"
            for table in GUARDED
            for deed, scope in (("UPDATE OR DELETE", "FOR EACH ROW"),)
        ] + [
            f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} EXECUTE FUNCTION store_append_only()"
            for table in GUARDED
        ]
    return [
        f"CREATE TRIGGER {table}_no_{deed.lower()} BEFORE {deed} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, 'append-only: {table}'); END"
        for table in GUARDED
        for deed in ("UPDATE", "DELETE")
    ]


def _lift_statements(vendor: str) -> list[str]:
    if vendor == "postgresql":
        return [
            f"DROP TRIGGER IF EXISTS {table}_{name} ON {table}"
            for table in GUARDED
            for name in ("append_only", "no_truncate")
        ]
    return [f"DROP TRIGGER IF EXISTS {table}_no_{deed}" for table in GUARDED for deed in ("update", "delete")]
