"""A larger installation in small: two web servers of two processes each and two workers, behind PgBouncer."""

import itertools
import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field

import psycopg
import pytest
from soak.installation import Installation, call, file_one
from tests.pooler import Pooler
from tests.postgres import Cluster

pytestmark = pytest.mark.slow

FILED = 24
NOTES = 16


@pytest.fixture
def cluster() -> Iterator[Cluster]:
    cluster = Cluster.start()
    yield cluster
    cluster.stop()


@pytest.fixture
def installation(cluster, tmp_path) -> Iterator[Installation]:
    pooler = Pooler.start(cluster)
    with Installation(tmp_path, pooler.address("huiyin")) as installation:
        yield installation
    pooler.stop()


def free_ports(count):
    with closing(socket.socket()) as first, closing(socket.socket()) as second:
        found = [probe.bind(("127.0.0.1", 0)) or probe.getsockname()[1] for probe in (first, second)]
    return found[:count]


def rows(cluster, statement):
    with psycopg.connect(cluster.address("huiyin")) as connection:
        return connection.execute(statement).fetchall()


@dataclass(frozen=True)
class Desk:
    """Four web processes on two ports, and eight people at once who are spread over them."""

    ports: tuple[int, ...]
    token: str
    numbers: Iterator[int] = field(default_factory=itertools.count)

    def file(self, count):
        return self._at_once(lambda port, number: file_one(port, self.token, number), count)

    def note(self, case, count):
        def add(port, number):
            fields = {"kind_of_act": "note", "text": f"第{number}次来电"}
            return call(port, "POST", f"/api/v1/cases/{case}/commands/record", token=self.token, key=f"note-{number}", data=fields)

        return self._at_once(add, count)

    def _at_once(self, work, count):
        asked = [(self.ports[each % 2], next(self.numbers)) for each in range(count)]
        with ThreadPoolExecutor(8) as threads:
            return list(threads.map(lambda each: work(*each), asked))


@pytest.fixture
def desk(installation):
    ports = free_ports(2)
    servers = [installation.web(port, processes=2) for port in ports]   # both find no tables; one of them makes them
    for port, server in zip(ports, servers, strict=True):
        installation.wait_for(port, server)
    return Desk(tuple(ports), installation.run("soak.founding", "rehearsal"))


def test_everything_happens_once_whoever_does_it(cluster, installation, desk):
    answers = desk.file(FILED)
    assert {answer.status for answer in answers} == {201}
    year = max(answer.data["number"] for answer in answers)[:4]
    assert sorted(answer.data["number"] for answer in answers) == [f"{year}-{each:04}" for each in range(1, FILED + 1)]

    notes = desk.note(answers[0].data["number"], NOTES)     # one case, which every process remembers as it was
    assert {answer.status for answer in notes} == {200}
    assert len({answer.data["version"] for answer in notes}) == NOTES

    installation.run("soak.changing", "people")     # every process remembers the people and the regime of before
    assert {answer.status for answer in desk.file(FILED)} == {201}
    before, after = (
        rows(cluster, f"SELECT people_as_of, count(*) FROM store_caserow WHERE regime_version = '{each}' GROUP BY 1")
        for each in ("1.0", "1.1")
    )
    assert [count for _, count in (*before, *after)] == [FILED, FILED]
    assert before[0][0] != after[0][0]

    installation.run("soak.changing", "clock")      # everything falls due
    workers = [installation.start("worker", "--once") for _ in range(2)]
    assert [worker.wait(60) for worker in workers] == [0, 0]
    assert rows(cluster, "SELECT count(*), count(DISTINCT case_id) FROM store_eventrow WHERE kind = 'RungReached'") == [
        (2 * FILED, 2 * FILED)
    ]
    assert rows(cluster, "SELECT count(*) FROM store_outboxrow WHERE done_at IS NULL") == [(0,)]
    told = "SELECT subject, count(*), count(DISTINCT case_id) FROM store_noticerow WHERE title LIKE '%答复%' GROUP BY 1"
    assert rows(cluster, told) == [("role:service/complaint-office@office", 2 * FILED, 2 * FILED)]
    assert installation.run("huiyin.cli", "verify", "--json").strip() == "[]"
