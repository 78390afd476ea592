"""Connections to PostgreSQL that give up a server which does not answer within the patience of the work at hand."""

import math
from typing import Any, TypeVar

import psycopg
from django.db.backends.postgresql import base
from psycopg import errors
from psycopg.abc import PQGen

from huiyin.site.patience import CHECK_SECONDS, Patience, answers_within, patience

Result = TypeVar("Result")
SHORTEST_CONNECT_SECONDS = 2
"""libpq takes less for this."""


class BoundedConnection(psycopg.Connection[Any]):
    """A connection that is closed, with OperationalError, when an answer takes longer than `patience()` allows."""

    def wait(self, gen: PQGen[Result], interval: float = 0.1, timeout: float | None = None) -> Result:
        """Wait for what the server answers. Raises psycopg.OperationalError."""
        allowed = patience()
        if allowed is None or timeout is not None:
            return super().wait(gen, interval, timeout)
        with allowed.counting() as seconds:
            try:
                return super().wait(gen, interval, seconds)
            except errors._WaitTimeout:  # noqa: SLF001 - the one sign of it that psycopg gives
                self.pgconn.finish()    # what comes later would be taken for the answer to the next question
                raise _no_answer(allowed) from None


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's wrapper around such connections."""

    def get_new_connection(self, conn_params: dict[str, Any]) -> BoundedConnection:
        """Connect to the first server that answers; each host gets `connect_timeout` seconds, or what is left."""
        self.isolation_level = psycopg.IsolationLevel.READ_COMMITTED
        allowed = patience()
        if allowed is None:
            return BoundedConnection.connect(**conn_params)
        with allowed.counting() as seconds:
            if not seconds:
                raise _no_answer(allowed)
            longest = min(int(conn_params["connect_timeout"]), math.ceil(seconds))
            return BoundedConnection.connect(**conn_params | {"connect_timeout": max(longest, SHORTEST_CONNECT_SECONDS)})

    def is_usable(self) -> bool:
        """Whether the server still answers on the connection at hand."""
        with answers_within(CHECK_SECONDS):
            return bool(super().is_usable())


def _no_answer(allowed: Patience) -> psycopg.OperationalError:
    return psycopg.OperationalError(f"no answer from the database within {allowed.seconds:.0f} s")
