"""Database triggers that keep rows as they were written, whoever holds the connection.

What is kept, each part says for itself (`huiyin.organisations.guard`, `huiyin.store.guard`); how PostgreSQL and SQLite are
told so, is here.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

POSTGRESQL = "postgresql"


@dataclass(frozen=True, slots=True)
class Trigger:
    """Refuses a deed (`UPDATE`, `DELETE`, PostgreSQL also `UPDATE OR DELETE` and `TRUNCATE`) on a table.

    `when`: a condition over OLD and NEW; empty: always.
    """

    name: str
    table: str
    deed: str
    when: str = ""


@dataclass(frozen=True, slots=True)
class Guard:
    """The triggers of one part. `function` is what PostgreSQL calls in them; `triggers`: vendor of the database → triggers."""

    function: str
    triggers: Callable[[str], Sequence[Trigger]]

    def put(self, connection: BaseDatabaseWrapper) -> None:
        """Create the triggers."""
        with connection.cursor() as cursor:
            if connection.vendor == POSTGRESQL:
                cursor.execute(
                    f"CREATE OR REPLACE FUNCTION {self.function}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
                    "RAISE EXCEPTION 'append-only: %', TG_TABLE_NAME USING ERRCODE = 'restrict_violation'; END $$"
                )
            for each in self.triggers(connection.vendor):
                cursor.execute(self._creation(each, connection.vendor))

    def lift(self, connection: BaseDatabaseWrapper) -> None:
        """Drop the triggers: for taking all down, for emptying the database of a test run, for tests that play the intruder."""
        with connection.cursor() as cursor:
            for each in self.triggers(connection.vendor):
                on_table = f" ON {each.table}" if connection.vendor == POSTGRESQL else ""
                cursor.execute(f"DROP TRIGGER IF EXISTS {each.name}{on_table}")

    @contextmanager
    def lifted(self, connection: BaseDatabaseWrapper) -> Iterator[None]:
        """Without triggers for a while. The product never uses it."""
        self.lift(connection)
        try:
            yield
        finally:
            self.put(connection)

    def put_in_migration(self, _apps: object, editor: BaseDatabaseSchemaEditor) -> None:
        """Forward step of the migration."""
        self.put(editor.connection)

    def lift_in_migration(self, _apps: object, editor: BaseDatabaseSchemaEditor) -> None:
        """Backward step of the migration."""
        self.lift(editor.connection)

    def _creation(self, trigger: Trigger, vendor: str) -> str:
        when = f" WHEN ({trigger.when})" if trigger.when else ""
        before = f"CREATE TRIGGER {trigger.name} BEFORE {trigger.deed} ON {trigger.table}"
        if vendor == POSTGRESQL:
            scope = "FOR EACH STATEMENT" if trigger.deed == "TRUNCATE" else "FOR EACH ROW"
            return f"{before} {scope}{when} EXECUTE FUNCTION {self.function}()"
        return f"{before}{when} BEGIN SELECT RAISE(ABORT, 'append-only: {trigger.table}'); END"


def only_added_to(table: str, vendor: str) -> list[Trigger]:
    """Nothing of this table is changed or deleted, nor is it emptied at one stroke."""
    found = [Trigger(f"{table}_no_update", table, "UPDATE"), Trigger(f"{table}_no_delete", table, "DELETE")]
    return [*found, not_emptied(table)] if vendor == POSTGRESQL else found


def not_emptied(table: str) -> Trigger:
    """PostgreSQL empties a table without looking at its rows."""
    return Trigger(f"{table}_no_truncate", table, "TRUNCATE")
