"""Making Django ready for a command: settings, applications, and a database with all its tables."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

import click

from huiyin.commands_line.language import say

_TABLES_LOCK = 0x48_75_69_79_69_6E
"""Any number that others on the same database do not use; these are the letters of our name."""


class NotReadyError(click.ClickException):
    """The data folder or the database cannot be used; the message says why and how to mend it. Exit code 1."""


def start_django() -> None:
    """Load settings and applications; the data folder is made when missing. Raises NotReadyError."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "huiyin.site.settings")
    import django

    from huiyin.site.database import DatabaseAddressError
    from huiyin.site.environment import SettingError
    from huiyin.site.keys import KeyFileError

    try:
        django.setup()
    except (DatabaseAddressError, SettingError, KeyFileError) as error:
        raise NotReadyError(str(error)) from error


def prepare_database() -> bool:
    """Bring the tables up to date; True when there was something to do. Raises NotReadyError.

    Several machines may start at once on one PostgreSQL: one of them does it, the others wait for it.
    """
    from django.core.management import call_command
    from django.db import DatabaseError

    try:
        if not _tables_missing():
            return False
        with _nobody_else():
            missing = _tables_missing()
            if missing:
                call_command("migrate", verbosity=0, interactive=False, skip_checks=True)
                _compute_lists_anew()
    except DatabaseError as error:
        raise NotReadyError(_database_trouble(error)) from error
    return missing


def _compute_lists_anew() -> None:
    """Put it into the queue where this version computes other lists than the one before; a worker does it."""
    from huiyin.application.rebuilding import rebuild_after_upgrade

    rebuild_after_upgrade()


def _tables_missing() -> bool:
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


@contextmanager
def _nobody_else() -> Iterator[None]:
    """Hold PostgreSQL's lock for changing tables, in a transaction of a connection of its own: a pooler that lends
    connections by the transaction would lose a lock of the session. SQLite lets one writer in anyway.
    """
    from django.db import connection

    if connection.vendor != "postgresql":
        yield
        return
    other = connection.copy()
    try:
        other.set_autocommit(False)
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_TABLES_LOCK])
        yield
    finally:
        other.close()


def require_database() -> None:
    """For commands that read what is there: `start_django`, and the tables must be up to date."""
    start_django()
    from django.db import DatabaseError

    try:
        missing = _tables_missing()
    except DatabaseError as error:
        raise NotReadyError(_database_trouble(error)) from error
    if missing:
        raise NotReadyError(say(
            "数据库还没有准备好，请先运行 huiyin serve 或 huiyin demo；数据目录由 HUIYIN_DATA 指定。",
            "The database is not prepared; run huiyin serve or huiyin demo first (HUIYIN_DATA names the data folder).",
        ))


def known_trouble(error: Exception) -> str | None:
    """What to tell the user about a failure of the database, the disk or the store; None for any other error."""
    from django.db import DatabaseError, InterfaceError

    sentence = getattr(error, "message_zh", None)
    if isinstance(sentence, str):
        return sentence
    if isinstance(error, DatabaseError | InterfaceError):
        return _database_trouble(error)
    if isinstance(error, OSError) and error.filename:
        return say(f"{error.filename}：{error.strerror}。", f"{error.filename}: {error.strerror}.")
    return None


def _database_trouble(error: Exception) -> str:
    from django.conf import settings

    text = str(error).strip()
    database = settings.DATABASES["default"]
    where = database["NAME"]
    if "locked" in text:
        reason = say("正被别的程序占用，请稍后再试", "is in use by another program; try again later")
    elif "read-only" in text and "postgresql" in database["ENGINE"]:
        reason = say("只找到备机，没有可以写的主库；请等备库接替或检查主库", "has only standbys, no primary that can be written to; "
                     "wait for one to take over or look at the primary")
    elif "readonly" in text or "read-only" in text:
        reason = say("只能读取，请检查文件权限", "is read-only; check the permissions")
    elif "full" in text:
        reason = say("所在磁盘已满，请清理空间", "is on a full disk; make room")
    elif "not a database" in text or "malformed" in text:
        reason = say("已损坏或不是数据库文件，请从备份恢复", "is damaged or no database; restore a backup")
    else:
        reason = say(f"打不开：{text}", f"cannot be opened: {text}")
    return say(f"数据库 {where} {reason}。", f"The database {where} {reason}.")
