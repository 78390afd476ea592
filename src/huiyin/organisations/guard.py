"""Database triggers that keep the history of working time as it was written, whoever holds the connection.

A change says for good what it changed, by whom it was proposed and, once it took effect, by whom, when and why. How far it
has come is written as it goes on, until it is done or dropped; then nothing of it changes any more. What the preview found
for each case is only ever added to. The model says the same (`WorkingTimeChange.save`); here it holds for SQL, too.
"""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

CHANGES, EFFECTS = "organisations_workingtimechange", "organisations_workingtimeeffect"

_FOR_GOOD = ("id", "organisation_id", "before", "after", "proposed_by_id", "proposed_at")
_ONCE_IN_EFFECT = ("reason", "applied_by_id", "applied_at", "total")

_POSTGRESQL_FUNCTION = """
CREATE OR REPLACE FUNCTION organisations_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'append-only: %', TG_TABLE_NAME USING ERRCODE = 'restrict_violation'; END $$
"""


def put(connection: BaseDatabaseWrapper) -> None:
    """Create the triggers."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_POSTGRESQL_FUNCTION)
        for name, table, deed, rewrites in _triggers(connection.vendor):
            cursor.execute(_statement(connection.vendor, name, table, deed, rewrites))


def lift(connection: BaseDatabaseWrapper) -> None:
    """Drop the triggers: for taking the whole store down, and for emptying the database of a test run."""
    with connection.cursor() as cursor:
        for name, table, _deed, _rewrites in _triggers(connection.vendor):
            on_table = f" ON {table}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on_table}")


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


def _triggers(vendor: str) -> list[tuple[str, str, str, str]]:
    """Name, table, deed and condition (empty: always) of each trigger."""
    differs = "IS DISTINCT FROM" if vendor == "postgresql" else "IS NOT"
    found = [
        (f"{CHANGES}_no_rewriting", CHANGES, "UPDATE", _rewrites(differs)),
        (f"{CHANGES}_no_delete", CHANGES, "DELETE", ""),
        (f"{EFFECTS}_no_update", EFFECTS, "UPDATE", ""),
        (f"{EFFECTS}_no_delete", EFFECTS, "DELETE", ""),
    ]
    if vendor == "postgresql":
        found += [(f"{table}_no_truncate", table, "TRUNCATE", "") for table in (CHANGES, EFFECTS)]
    return found


def _rewrites(differs: str) -> str:
    """When an update of a change would rewrite what is kept."""
    for_good, once_in_effect = (
        " OR ".join(f"OLD.{column} {differs} NEW.{column}" for column in columns) for columns in (_FOR_GOOD, _ONCE_IN_EFFECT)
    )
    in_effect = f"OLD.applied_at IS NOT NULL AND (NEW.state NOT IN ('applying', 'done') OR {once_in_effect})"
    return f"OLD.state IN ('done', 'dropped') OR {for_good} OR ({in_effect})"


def _statement(vendor: str, name: str, table: str, deed: str, rewrites: str) -> str:
    when = f" WHEN ({rewrites})" if rewrites else ""
    if vendor == "postgresql":
        scope = "FOR EACH STATEMENT" if deed == "TRUNCATE" else "FOR EACH ROW"
        return f"CREATE TRIGGER {name} BEFORE {deed} ON {table} {scope}{when} EXECUTE FUNCTION organisations_kept()"
    return f"CREATE TRIGGER {name} BEFORE {deed} ON {table}{when} BEGIN SELECT RAISE(ABORT, 'append-only: {table}'); END"
