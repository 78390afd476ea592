"""Threads of a process take turns where the database has one writer only."""

from contextlib import AbstractContextManager, nullcontext
from threading import RLock

from django.db import connection

_writing = RLock()


def one_writer() -> AbstractContextManager[object]:
    """Let the threads of a process write one after the other where the database takes one writer only.

    SQLite has those who wait sleep and try again, ever longer; a lock wakes the next one at once.
    """
    return _writing if connection.vendor == "sqlite" else nullcontext()
