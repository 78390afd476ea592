"""`huiyin serve` in a process of its own, as it runs for users: on loopback, with its worker, in a temporary folder."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from http.client import HTTPConnection
from pathlib import Path

from .place import data_folder, open_store

HOST, PORT = "127.0.0.1", 8107
PATIENCE_SECONDS = 90
FOLDER = "served"


@dataclass(frozen=True, slots=True)
class Server:
    """A running server: its first process, and how long it took until the first page was there."""

    process: int
    start_seconds: float

    def memory_megabytes(self) -> tuple[float, int]:
        """Resident memory of all its processes, what they share counted once (PSS), and how many processes they are."""
        processes = [self.process, *_descendants(self.process)]
        return sum(map(_resident, processes)), len(processes)


@contextmanager
def serving() -> Iterator[Server]:
    """Start, wait for the portal's first page, stop at the end."""
    environment = {**os.environ, "HUIYIN_DATA": str(data_folder() / FOLDER), "HUIYIN_LOG_LEVEL": "ERROR"}
    command = [str(Path(sys.executable).with_name("huiyin")), "serve", "--port", str(PORT), "--host", HOST]
    begun = time.perf_counter()
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, start_new_session=True)
    try:
        _wait_for_first_page(process)
        yield Server(process.pid, time.perf_counter() - begun)
    finally:
        _stop(process)


@cache
def prepared() -> float:
    """Start once on an empty folder and stop again; gives the seconds it took to the first page."""
    with serving() as server:
        return server.start_seconds


@cache
def token() -> str:
    """A token that files cases for complainants of the demo organisation."""
    prepared()
    from datetime import timedelta

    from django.db import connection

    from huiyin.api.tokens import issue
    from huiyin.organisations.demo import DEMO_SLUG
    from huiyin.organisations.models import Organisation

    open_store(f"{FOLDER}/huiyin.sqlite3")
    _, secret = issue(Organisation.objects.get(slug=DEMO_SLUG), "benchmark", ["file"], life=timedelta(days=1))
    connection.close()
    return secret


def _wait_for_first_page(process: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until:
        if process.poll() is not None:
            raise RuntimeError(f"huiyin serve ended with {process.returncode}; is port {PORT} free?")
        try:
            connection = HTTPConnection(HOST, PORT, timeout=30)
            connection.request("GET", "/")
            if connection.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.02)
        finally:
            connection.close()
    raise RuntimeError("huiyin serve did not answer")


def _stop(process: "subprocess.Popen[bytes]") -> None:
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(20)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)  # its own group: nothing but what we started
        process.wait()


def _descendants(process: int) -> list[int]:
    children = [
        int(child)
        for task in Path(f"/proc/{process}/task").iterdir()
        for child in (task / "children").read_text().split()
    ]
    return [each for child in children for each in (child, *_descendants(child))]


def _resident(process: int) -> float:
    for line in Path(f"/proc/{process}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) / 1024
    return 0.0
