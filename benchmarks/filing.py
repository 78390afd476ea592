"""Filing over HTTP beside the bare database's durable commits, one run, one disk, at concurrency 1 and 8.

A filing is one POST to the interface: token checked, form checked, every rule evaluated, personal data sealed, events,
lists, search and outbox written in one durable commit. The bare database commits one row of about the same size, with
the same settings (WAL, synchronous=FULL), from Python.
"""

import json
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from time import perf_counter
from uuid import uuid4

from .citizens import message
from .figures import Figure
from .place import data_folder
from .server import HOST, PORT, serving, token
from .sizes import Sizes
from .timing import median, percentile

MEDIAN_MILLISECONDS = 10
LEAST_PER_SECOND = 200
CONCURRENCIES = (1, 8)
ROW_BYTES = 4_000
"""About what the events of one filing take."""

WARM_UP = 20

Work = Callable[[int], None]
MakeWork = Callable[[], Work]


@dataclass(frozen=True, slots=True)
class Run:
    """So many calls: milliseconds each, and calls per second altogether."""

    milliseconds: list[float]
    per_second: float


def measure(sizes: Sizes) -> list[Figure]:
    """Bare commits and filings, alternating."""
    secret = token()
    figures: list[Figure] = []
    with serving():
        _run(lambda: _filer(secret), 1, WARM_UP)
        for concurrency in CONCURRENCIES:
            bare = _run(_committer, concurrency, sizes.filings)
            filed = _run(lambda: _filer(secret), concurrency, sizes.filings)
            figures += _figures(concurrency, filed, bare)
    return figures


def _figures(concurrency: int, filed: Run, bare: Run) -> list[Figure]:
    alone = concurrency == 1
    beside = f"bare durable commits {median(bare.milliseconds):.2f} ms, {bare.per_second:,.0f}/s"
    return [
        Figure("filing", f"concurrency {concurrency}, median", median(filed.milliseconds), "ms",
               MEDIAN_MILLISECONDS if alone else None, beside=f"95 %: {percentile(filed.milliseconds, 0.95):.1f} ms"),
        Figure("filing", f"concurrency {concurrency}, rate", filed.per_second, "cases/s",
               None if alone else LEAST_PER_SECOND, at_least=True, beside=beside),
    ]


def _run(make: MakeWork, concurrency: int, count: int) -> Run:
    """`count` calls by so many threads, each with a connection of its own."""

    def several(_worker: int) -> list[float]:
        work, taken = make(), []
        for number in range(count // concurrency):
            begun = perf_counter()
            work(number)
            taken.append((perf_counter() - begun) * 1e3)
        return taken

    with ThreadPoolExecutor(concurrency) as pool:
        begun = perf_counter()
        taken = [each for part in pool.map(several, range(concurrency)) for each in part]
        seconds = perf_counter() - begun
    return Run(taken, len(taken) / seconds)


def _filer(secret: str) -> Work:
    connection = HTTPConnection(HOST, PORT, timeout=60)

    def file(number: int) -> None:
        headers = {
            "Authorization": f"Bearer {secret}", "Content-Type": "application/json", "Idempotency-Key": uuid4().hex,
        }
        connection.request("POST", "/api/v1/file", json.dumps(_filing(number)), headers)
        response = connection.getresponse()
        answer = response.read()
        assert response.status == 201, answer.decode()

    return file


def _filing(number: int) -> dict[str, object]:
    said = message(number)
    return {
        "regime": "efficiency-network",
        "kind": "complaint",
        "channel": "web",
        "category": said.subject,
        "matter": {"subject": said.subject, "title": said.title, "account": said.account, "demand": said.demand},
        "personal": {"name": said.name, "phone": said.phone, "address": said.address},
    }


def _committer() -> Work:
    from huiyin.site.database import SQLITE_PRAGMAS

    file = _bare_database()
    connection = sqlite3.connect(file, timeout=60, isolation_level=None, check_same_thread=False)
    connection.executescript(SQLITE_PRAGMAS)
    body = "回" * (ROW_BYTES // 3)

    def commit(_number: int) -> None:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("INSERT INTO rows (id, body) VALUES (?, ?)", (uuid4().hex, body))
        connection.execute("COMMIT")

    return commit


def _bare_database() -> Path:
    file = data_folder() / "bare.sqlite3"
    with sqlite3.connect(file, timeout=60) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("CREATE TABLE IF NOT EXISTS rows (id text PRIMARY KEY, body text)")
    return file
