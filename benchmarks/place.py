"""The temporary data folder everything is measured in, with Django and the demo organisation made ready in it.

A store of so many cases is a SQLite file of its own in that folder; `open_store` changes the database between them, so
that one run compares the same page on a small and on a large one.
"""

import atexit
import os
import shutil
import sys
import tempfile
from functools import cache
from pathlib import Path

_kept: list[Path] = []


def keep_in(folder: Path) -> None:
    """Work in this folder and leave it there; stores it holds from an earlier run are used again."""
    _kept.append(folder)


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
    os.environ.pop("HUIYIN_DATABASE", None)
    from huiyin.commands_line.ready import start_django

    start_django()
    return folder


def open_store(name: str) -> Path:
    """Make the database file of this name the one Django uses, with all its tables; gives its path."""
    from django.db import connection

    from huiyin.commands_line.ready import prepare_database
    from huiyin.store.loading import kept

    path = data_folder() / name
    connection.close()
    connection.settings_dict["NAME"] = str(path)
    kept.clear()
    prepare_database()
    return path


def copy_store(name: str, to: str) -> Path:
    """A copy of a store under another name, opened."""
    from django.db import connection

    source = open_store(name)
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    shutil.copyfile(source, data_folder() / to)
    return open_store(to)


def progress(words: str) -> None:
    """Say on standard error what is going on."""
    print(f"  … {words}", file=sys.stderr, flush=True)
