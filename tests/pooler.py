"""PgBouncer before a private PostgreSQL, in transaction mode: few connections to the server, shared by many clients."""

import os
import shutil
import signal
import socket
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from tests.postgres import START_SECONDS, Cluster, PostgresMissing, as_other_user

SHARED = 3
"""Connections to the server: fewer than the clients of any test that means it, so that they change hands."""


def program() -> str:
    """PgBouncer's program. Raises PostgresMissing."""
    found = shutil.which("pgbouncer", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    if found is None:
        raise PostgresMissing(
            "没有找到 PgBouncer，请运行 make test（会自动安装）或 apt-get install pgbouncer。PgBouncer is missing."
        )
    return found


@dataclass(frozen=True, slots=True)
class Pooler:
    """A running PgBouncer, reached through a socket in the cluster's folder."""

    folder: Path
    port: int
    server: subprocess.Popen[bytes]

    @classmethod
    def start(cls, cluster: Cluster, *, shared: int = SHARED) -> "Pooler":
        """Start it before a cluster and wait until it takes connections; every database of the cluster can be reached."""
        port = 6432     # of a socket in a folder of its own: taken by nobody else
        settings = cluster.folder / "pgbouncer.ini"
        settings.write_text(
            f"[databases]\n* = host={cluster.folder} user={cluster.user}\n"
            f"[pgbouncer]\nlisten_addr =\nlisten_port = {port}\nunix_socket_dir = {cluster.folder}\nauth_type = any\n"
            f"pool_mode = transaction\nmax_client_conn = 200\ndefault_pool_size = {shared}\n"
            f"logfile = {cluster.folder}/pgbouncer.log\n"
        )
        settings.chmod(0o644)
        server = subprocess.Popen(
            [*as_other_user(), program(), "-q", str(settings)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=cluster.folder,
        )
        pooler = cls(cluster.folder, port, server)
        pooler._wait()
        return pooler

    def _wait(self) -> None:
        deadline = time.monotonic() + START_SECONDS
        while not self._listens():
            if self.server.poll() is not None or time.monotonic() > deadline:
                log = self.folder / "pgbouncer.log"
                raise PostgresMissing(f"PgBouncer 没有启动：{log.read_text()[-800:] if log.exists() else ''}")
            time.sleep(0.02)

    def _listens(self) -> bool:
        with socket.socket(socket.AF_UNIX) as probe:
            return probe.connect_ex(str(self.folder / f".s.PGSQL.{self.port}")) == 0

    def address(self, database: str) -> str:
        """A HUIYIN_DATABASE address for a database behind it."""
        return f"postgresql://huiyin@/{database}?host={quote(str(self.folder))}&port={self.port}&pooling=transaction"

    def stop(self) -> None:
        """Stop it by its process id."""
        if self.server.poll() is None:
            self.server.send_signal(signal.SIGTERM)
            self.server.wait(timeout=10)
