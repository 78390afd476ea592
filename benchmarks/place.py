"""The temporary data folder everything is measured in, with Django and the demo organisation made ready in it.

A store of so many cases is a SQLite file of its own in that folder, or a database of its own on a PostgreSQL server;
`open_store` changes the database between them, so that one run compares the same page on a small and on a large one.
"""

import atexit
import os
import shutil
import sys
import tempfile
from functools import cache
from pathlib import Path

_kept: list[Path] = []
_server: list[str] = []


def keep_in(folder: Path) -> None:
    """Work in this folder and leave it there; stores it holds from an earlier run are used again."""
    _kept.append(folder)


def keep_on(server: str) -> None:
    """Have the stores on this PostgreSQL server, named by an address as HUIYIN_DATABASE takes it; its database is left
    alone, and the stores stay there.
    """
    _server.append(server)


@cache
def data_folder() -> Path:
    """Django is set up for this folder at the first call; it is removed when the program ends."""
    if _kept:
        folder = _kept[0]
        folder.mkdir(parents=True, exist_ok=True)
    else:
        folder = Path(tempfile.mkdtemp(prefix="huiyin-benchmark-"))
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
    os.environ["HUIYIN_DATA"] = str(folder)
    os.environ["HUIYIN_LOG_LEVEL"] = "ERROR"
    os.environ["HUIYIN_DATABASE"] = _server[0] if _server else ""
    from huiyin.commands_line.ready import start_django

    start_django()
    return folder


def on_server() -> bool:
    """Whether the stores are on a PostgreSQL server."""
    return bool(_server)


def write_out(name: str, *, forget: bool) -> None:
    """Have every page of a SQLite store written to the disk, so that nothing measured later waits for that; with `forget`
    none of them is left in memory. The connection is closed.
    """
    from django.db import connection

    connection.close()
    with (data_folder() / name).open("rb+") as file:
        os.fsync(file.fileno())
        if forget:
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def has_store(name: str) -> bool:
    """Whether an earlier call or run has made the store of this name."""
    if _server:
        return bool(_on_server("SELECT 1 FROM pg_database WHERE datname = %s", name))
    return (data_folder() / name).exists()


def open_store(name: str) -> None:
    """Make the store of this name the database Django uses, with all its tables."""
    from django.db import connection

    from huiyin.commands_line.ready import prepare_database
    from huiyin.store.loading import kept

    connection.close()
    if _server and not has_store(name):
        _on_server(f'CREATE DATABASE "{name}"')
    connection.settings_dict["NAME"] = name if _server else str(data_folder() / name)
    kept.clear()
    prepare_database()


def copy_store(name: str, to: str) -> None:
    """A copy of a store under another name, opened."""
    from django.db import connection

    open_store(name)
    if _server:
        connection.close()
        _on_server(f'DROP DATABASE IF EXISTS "{to}"')
        _on_server(f'CREATE DATABASE "{to}" TEMPLATE "{name}"')
    else:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.close()
        shutil.copyfile(data_folder() / name, data_folder() / to)
    open_store(to)


def _on_server(statement: str, *values: str) -> list[tuple[object, ...]]:
    """The rows of a statement outside transactions, on the database that the server's address names."""
    import psycopg

    with psycopg.connect(_server[0], autocommit=True) as server:
        cursor = server.execute(statement, values or None)
        return cursor.fetchall() if cursor.description else []


def progress(words: str) -> None:
    """Say on standard error what is going on."""
    print(f"  … {words}", file=sys.stderr, flush=True)
