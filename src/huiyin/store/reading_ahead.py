"""Reading ahead: what a batch of cases needs from the disk is fetched before the batch begins, and without its lock.

In a large store each case lies on pages of its own, and a page that nobody has read lately costs a wait as long as the
work on the whole case. A batch meets these waits one after the other, and others who want to write wait with it. So a few
readers, each with a connection of its own, ask for all of the next batch while this one is worked on, and throw the
answers away: the pages are then in memory (the system's for SQLite, the server's for PostgreSQL).

Nothing depends on it. The batch reads everything again, under its lock; where reading ahead fails or is late, it waits
for the disk itself.
"""

from collections.abc import Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextvars import copy_context
from types import TracebackType
from typing import Self
from uuid import UUID

import structlog
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper

READERS = {"sqlite": 4, "postgresql": 1}
"""A disk answers several questions at once in little more time than one. A connection to PostgreSQL costs a process there,
and several workers ask it anyway.
"""

# One statement with one row: a thread of Python that fetches many rows keeps the others waiting at each of them.
# `length` has to read a text to its end. A key that is not there leads to the page on which it would be written.
_EVERYTHING = """
    SELECT (SELECT max(head) FROM store_caserow WHERE id IN ({places})),
           (SELECT sum(length(body)) FROM store_eventrow WHERE case_id IN ({places})),
           (SELECT max(number) FROM store_turnrow WHERE case_id IN ({places})),
           (SELECT count(*) FROM store_outboxrow WHERE key IN ({places}))
"""

_log = structlog.get_logger(__name__)


class ReadingAhead:
    """Readers for the batches of one round of work: `begin` with the cases of a batch, `wait` before it is worked on.

    A context manager: at its end no reader is left. What goes wrong with reading is logged, and nothing more is read ahead.
    """

    def __init__(self) -> None:
        self._connections = [_connection() for _ in range(READERS[connection.vendor])]
        self._pool = ThreadPoolExecutor(len(self._connections), thread_name_prefix="huiyin-read-ahead")
        self._under_way: list[Future[None]] = []
        self._failed = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._pool.shutdown(cancel_futures=True)
        for each in self._connections:
            each.close()

    def begin(self, case_ids: Iterable[UUID]) -> None:
        """Let these cases be read, a share by each reader. Comes back at once."""
        coming = list(case_ids)
        try:
            for place, of_reader in enumerate(self._connections):
                share = coming[place :: len(self._connections)]
                if share and not self._failed:
                    self._under_way.append(self._pool.submit(copy_context().run, _read, of_reader, share))
        except RuntimeError as error:   # the system has no thread to spare
            self._give_up(error)

    def wait(self) -> None:
        """Wait until everything is read that was begun, or has failed."""
        for each in self._under_way:
            error = each.exception()
            if error is not None:
                self._give_up(error)
        self._under_way.clear()

    def _give_up(self, error: BaseException) -> None:
        """A page that is not in memory is no trouble. What fails here will fail, or go well, where it matters."""
        if not self._failed:
            _log.warning("reading-ahead-failed", error=f"{type(error).__name__}: {error}")
        self._failed = True


def _connection() -> BaseDatabaseWrapper:
    """One that is used by a reader and closed by whoever made it."""
    made = connection.copy()
    made.inc_thread_sharing()
    return made


def _read(of_reader: BaseDatabaseWrapper, case_ids: Sequence[UUID]) -> None:
    """Read everything of these cases."""
    ids = [case_id if of_reader.features.has_native_uuid_field else case_id.hex for case_id in case_ids]
    keys = [f"{case_id}:" for case_id in case_ids]
    with of_reader.cursor() as cursor:
        if of_reader.vendor == "sqlite":    # the system keeps the pages; this connection need not
            cursor.execute("PRAGMA mmap_size = 0")
            cursor.execute("PRAGMA cache_size = -1000")
        cursor.execute(_EVERYTHING.format(places=", ".join(["%s"] * len(ids))), [*ids * 3, *keys])
        cursor.fetchall()
