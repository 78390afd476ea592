"""More processes: filings a second by 1, 2 and 4 web processes, due limits a second by as many workers.

    python -m benchmarks.scaling [--cases 1000] [--databases sqlite postgresql pooled] [--processes 1 2 4]

Everything runs on this machine: callers, web processes, workers and the database share its processors. A filing is one
POST to the interface by one of eight callers; a due limit is a case that is recorded as late, with its message delivered
to the inbox. `pooled` is PostgreSQL behind PgBouncer in transaction mode.
"""

import argparse
import itertools
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from uuid import UUID

from soak.installation import Installation, file_one
from tests.notices.sinks import free_port
from tests.pooler import Pooler
from tests.postgres import Cluster

from .figures import Figure, table

CALLERS = 8
WARM_UP = 16
PATIENCE_SECONDS = 300.0

Ask = Callable[[str], list[Any]]
"""Gives the first column of a statement's rows."""


def main() -> int:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.scaling", description=__doc__.splitlines()[0])
    parser.add_argument("--cases", type=int, default=1_000, help="filed and falling due in each round")
    parser.add_argument("--databases", nargs="+", default=["sqlite", "postgresql", "pooled"], choices=DATABASES)
    parser.add_argument("--processes", nargs="+", type=int, default=[1, 2, 4])
    asked = parser.parse_args()
    figures: list[Figure] = []
    for database in asked.databases:
        with DATABASES[database]() as (installation, ask):
            token, numbers = installation.run("soak.founding", "rehearsal"), itertools.count()
            for processes in asked.processes:
                filed = _filings(installation, token, numbers, processes, asked.cases)
                handled = _due(installation, ask, processes, asked.cases)
                figures += [
                    Figure(database, f"{processes} web processes, {CALLERS} callers", filed, "filings/s"),
                    Figure(database, f"{processes} workers", handled, "due/s"),
                ]
                sys.stderr.write(f"{database}, {processes}: {filed:,.0f} filings/s, {handled:,.0f} due/s\n")
    sys.stdout.write(table(figures) + f"\nload of the machine at the end: {os.getloadavg()[0]:.1f}\n")
    return 0


def _filings(installation: Installation, token: str, numbers: Iterator[int], processes: int, cases: int) -> float:
    """Filings a second."""
    port = free_port()
    server = installation.web(port, processes=processes)
    installation.wait_for(port, server)

    def file(number: int) -> None:
        answer = file_one(port, token, number)
        if answer.status != 201:
            raise RuntimeError(answer.body.decode())

    try:
        with ThreadPoolExecutor(CALLERS) as callers:
            list(callers.map(file, itertools.islice(numbers, WARM_UP)))
            wanted = list(itertools.islice(numbers, cases - WARM_UP))
            begun = time.perf_counter()
            list(callers.map(file, wanted))
            return len(wanted) / (time.perf_counter() - begun)
    finally:
        installation.stop(server)


def _due(installation: Installation, ask: Ask, processes: int, cases: int) -> float:
    """Due limits a second, from the first message put down to the last one delivered; the workers run before time passes."""

    def count(which: str) -> int:
        return int(ask(f"SELECT count(*) FROM {which}")[0])

    already = count("store_workerrow")
    workers = [installation.start("worker") for _ in range(processes)]
    _until(lambda: count("store_workerrow") >= already + processes)
    _until(lambda: count("store_outboxrow WHERE done_at IS NULL") == 0)
    before, begun = count("store_eventrow WHERE kind = 'ObligationBreached'"), time.time()
    installation.run("soak.changing", "clock")
    _until(lambda: count("store_eventrow WHERE kind = 'ObligationBreached'") == before + cases)
    _until(lambda: count("store_outboxrow WHERE done_at IS NULL") == 0)
    for worker in workers:
        installation.stop(worker)
    first = min(made for each in ask("SELECT id FROM store_outboxrow") if (made := _made(each)) > begun)
    return cases / (max(map(_made, ask("SELECT id FROM store_noticerow"))) - first)


def _made(row: object) -> float:
    """When a row was made, in seconds: its id tells (UUID version 7)."""
    return (UUID(str(row)).int >> 80) / 1000


def _until(true: Callable[[], bool]) -> None:
    until = time.monotonic() + PATIENCE_SECONDS
    while not true():
        if time.monotonic() > until:
            raise RuntimeError("waited too long")
        time.sleep(0.05)


@contextmanager
def _sqlite() -> Iterator[tuple[Installation, Ask]]:
    import sqlite3

    with tempfile.TemporaryDirectory(prefix="huiyin-scaling-") as folder:
        file = Path(folder) / "huiyin.sqlite3"
        with Installation(Path(folder), f"sqlite:///{file}") as installation:

            def ask(statement: str) -> list[Any]:
                with closing(sqlite3.connect(file, timeout=60)) as connection:
                    return [row[0] for row in connection.execute(statement)]

            yield installation, ask


@contextmanager
def _postgresql(*, pooled: bool = False) -> Iterator[tuple[Installation, Ask]]:
    import psycopg

    cluster = Cluster.start(durable=True)
    pooler = Pooler.start(cluster, shared=20) if pooled else None
    try:
        with (
            tempfile.TemporaryDirectory(prefix="huiyin-scaling-") as folder,
            Installation(Path(folder), (pooler or cluster).address("huiyin")) as installation,
            psycopg.connect(cluster.address("huiyin"), autocommit=True) as connection,
        ):

            def ask(statement: str) -> list[Any]:
                return [row[0] for row in connection.execute(statement.encode())]

            yield installation, ask
    finally:
        if pooler:
            pooler.stop()
        cluster.stop()


DATABASES = {"sqlite": _sqlite, "postgresql": _postgresql, "pooled": lambda: _postgresql(pooled=True)}


if __name__ == "__main__":
    sys.exit(main())
