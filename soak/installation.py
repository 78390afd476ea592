"""An installation of several processes on one database and one data folder, started and stopped by their process ids."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from pathlib import Path
from ssl import SSLContext
from types import TracebackType
from typing import Self

PROJECT = Path(__file__).parent.parent
PATIENCE_SECONDS = 90
Process = subprocess.Popen[bytes]


@dataclass(slots=True)
class Installation:
    """Web and worker processes; as a context manager it stops all of them at the end. Their words are in `folder`/log."""

    folder: Path
    database: str
    more: Mapping[str, str] = field(default_factory=dict)
    processes: list[Process] = field(default_factory=list)

    @property
    def environment(self) -> dict[str, str]:
        """What every process gets."""
        own = {
            "HUIYIN_DATA": str(self.folder / "data"), "HUIYIN_DATABASE": self.database, "HUIYIN_LOG_LEVEL": "WARNING",
            "PYTHONPATH": f"{PROJECT / 'src'}:{PROJECT}", "LANG": "C.UTF-8",
        }
        kept = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
        return kept | own | dict(self.more)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        for process in self.processes:
            self.stop(process)

    def start(self, *words: str) -> Process:
        """Start `huiyin …`."""
        with (self.folder / "log").open("ab") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", "huiyin.cli", *words], env=self.environment, stdout=log, stderr=log, cwd=self.folder
            )
        self.processes.append(process)
        return process

    def web(self, port: int, *, processes: int = 1) -> Process:
        """Start a web server without a worker and without the demo; `wait_for` says when it answers."""
        return self.start("serve", "--no-worker", "--no-demo", "--port", str(port), "--processes", str(processes))

    def run(self, *words: str) -> str:
        """Run `python -m …` to its end; gives what it printed. Raises CalledProcessError."""
        done = subprocess.run(
            [sys.executable, "-m", *words], env=self.environment, cwd=self.folder, check=False, capture_output=True, text=True
        )
        if done.returncode:
            raise RuntimeError(f"{' '.join(words)}: {done.returncode}\n{done.stdout}{done.stderr}")
        return done.stdout

    @staticmethod
    def wait_for(port: int, process: Process) -> None:
        """Wait until the web server answers that it is well."""
        until = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < until and process.poll() is None:
            try:
                if call(port, "GET", "/healthz").status == 200:
                    return
            except (OSError, HTTPException):
                time.sleep(0.05)
        raise RuntimeError(f"the web server on port {port} did not answer")

    @staticmethod
    def stop(process: Process) -> None:
        """Ask a process to end, and wait."""
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(30)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer over HTTP; `data` of a body that is JSON."""

    status: int
    body: bytes

    @property
    def data(self) -> object:
        return json.loads(self.body)


def call(
    port: int, method: str, path: str, *, host: str = "127.0.0.1", tls: SSLContext | None = None, token: str = "", key: str = "",
    data: object = None, patience: float = 30,
) -> Answer:
    """One request on a connection of its own. Raises OSError or HTTPException when nobody answers in time."""
    headers = {"Connection": "close"}
    headers |= {"Authorization": f"Bearer {token}"} if token else {}
    headers |= {"Idempotency-Key": key} if key else {}
    headers |= {"Content-Type": "application/json"} if data is not None else {}
    connection = HTTPSConnection(host, port, timeout=patience, context=tls) if tls else HTTPConnection(host, port, timeout=patience)
    try:
        connection.request(method, path, None if data is None else json.dumps(data), headers)
        response = connection.getresponse()
        return Answer(response.status, response.read())
    finally:
        connection.close()


def file_one(
    port: int, token: str, number: int, *, host: str = "127.0.0.1", tls: SSLContext | None = None, patience: float = 30
) -> Answer:
    """File case `number`; the same number twice is the same case."""
    filing = {
        "regime": "service", "kind": "complaint", "channel": "phone", "matter": {"account": f"第{number}件：等候太久"},
        "respondent": {"kind": "unit", "unit": "ward"}, "personal": {"name": f"来电人{number}"},
    }
    return call(port, "POST", "/api/v1/file", token=token, key=f"call-{number}", data=filing, patience=patience, host=host, tls=tls)
