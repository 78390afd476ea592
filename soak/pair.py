"""Two PostgreSQL servers with synchronous replication, watched by repmgrd, and PgBouncer before them; hosts are ports."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.notices.sinks import free_port
from tests.pooler import program as pgbouncer
from tests.postgres import PostgresMissing, as_other_user, hand_over, programs

DEPLOY = Path(__file__).parent.parent / "deploy"
PATIENCE_SECONDS = 60
Process = subprocess.Popen[bytes]


@dataclass(frozen=True, slots=True)
class Server:
    """One of the two: its name in the replication, its number and its port."""

    name: str
    number: int
    port: int

    @property
    def place(self) -> str:
        """As libpq reaches it."""
        return f"host=127.0.0.1 port={self.port}"


@dataclass(slots=True)
class Pair:
    """Start with `with Pair() as pair`: north is the primary, south follows it and takes over when north is gone."""

    folder: Path = field(default_factory=lambda: Path(tempfile.mkdtemp(prefix="huiyin-two-", dir="/tmp")))
    north: Server = field(default_factory=lambda: Server("north", 1, free_port()))
    south: Server = field(default_factory=lambda: Server("south", 2, free_port()))
    pooler_port: int = field(default_factory=free_port)
    processes: list[Process] = field(default_factory=list)

    def __enter__(self) -> Self:
        _need_repmgr()
        hand_over(self.folder)
        try:
            self._primary()
            self._standby()
            self._wait_for_each_other()
            self._pooler()
        except BaseException:
            self._stop()
            raise
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._stop()

    @property
    def pooled(self) -> str:
        """HUIYIN_DATABASE through the pooler."""
        return f"postgresql://huiyin@127.0.0.1:{self.pooler_port}/huiyin?pooling=transaction"

    @property
    def direct(self) -> str:
        """HUIYIN_DATABASE without a pooler: libpq looks for the server that takes writes."""
        return (
            f"postgresql://huiyin@/huiyin?host=127.0.0.1,127.0.0.1&port={self.north.port},{self.south.port}"
            "&target_session_attrs=read-write&connect_timeout=2"
        )

    def kill_primary(self) -> None:
        """End north as a crash would: kill -9, all of its processes at once."""
        self._signal_primary(signal.SIGKILL)

    def freeze_primary(self) -> None:
        """North hangs, as with a disk that answers no more: connections stay open, and nothing comes back on them."""
        self._signal_primary(signal.SIGSTOP)

    def _signal_primary(self, what: signal.Signals) -> None:
        first = int((self.folder / "north" / "postmaster.pid").read_text().splitlines()[0])
        children = Path(f"/proc/{first}/task/{first}/children").read_text().split()
        for process in (first, *map(int, children)):
            os.kill(process, what)

    def is_primary(self, server: Server) -> bool:
        """Whether a server takes writes now."""
        return self.ask(server, "SELECT NOT pg_is_in_recovery()") == "t"

    def ask(self, server: Server, statement: str, database: str = "repmgr") -> str:
        """The one value of a statement; nothing when the server does not answer."""
        done = self._run("psql", "-qAtX", "-d", f"{server.place} user=repmgr dbname={database}", "-c", statement, check=False)
        return done.stdout.strip()

    def _primary(self) -> None:
        data = self.folder / "north"
        self._run("initdb", "-D", str(data), "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8")
        with (data / "postgresql.conf").open("a") as settings:
            settings.write(
                "wal_level = replica\nhot_standby = on\nwal_log_hints = on\nshared_preload_libraries = repmgr\n"
                "synchronous_commit = on\nlisten_addresses = '127.0.0.1'\nmax_connections = 100\n"
                f"unix_socket_directories = '{self.folder}'\n"
            )
        self._server(self.north)
        for role in ("repmgr", "huiyin"):
            self._run("createuser", "-h", "127.0.0.1", "-p", str(self.north.port), "-U", "postgres",
                      *(["-s"] if role == "repmgr" else []), role)
            self._run("createdb", "-h", "127.0.0.1", "-p", str(self.north.port), "-U", "postgres", "-O", role, role)
        self._conf(self.north)
        self._repmgr(self.north, "primary", "register")

    def _standby(self) -> None:
        self._conf(self.south)
        self._run("repmgr", "-f", str(self.folder / "south.conf"), "-h", "127.0.0.1", "-p", str(self.north.port),
                  "-U", "repmgr", "-d", "repmgr", "standby", "clone", "--fast-checkpoint")
        self._server(self.south)
        self._repmgr(self.south, "standby", "register", "--upstream-node-id=1")
        self._start("repmgrd", "-f", str(self.folder / "south.conf"), "--daemonize=false", "--no-pid-file")

    def _wait_for_each_other(self) -> None:
        """From now on a commit is answered when it is on both disks."""
        self.ask(self.north, "ALTER SYSTEM SET synchronous_standby_names = 'FIRST 1 (south)'")
        self.ask(self.north, "SELECT pg_reload_conf()")
        until = time.monotonic() + PATIENCE_SECONDS
        while self.ask(self.north, "SELECT sync_state FROM pg_stat_replication") != "sync":
            if time.monotonic() > until:
                raise RuntimeError("the standby does not follow synchronously")
            time.sleep(0.1)

    def _pooler(self) -> None:
        databases = self.folder / "databases.ini"
        databases.write_text(f"[databases]\nhuiyin = {self.north.place} dbname=huiyin\n")
        settings = self.folder / "pgbouncer.ini"
        settings.write_text(
            f"%include {databases}\n[pgbouncer]\nlisten_addr = 127.0.0.1\nlisten_port = {self.pooler_port}\n"
            f"unix_socket_dir = {self.folder}\nauth_type = trust\nauth_file = {self.folder}/users\n"
            "pool_mode = transaction\ndefault_pool_size = 20\nserver_login_retry = 1\n"
            f"logfile = {self.folder}/pgbouncer.log\n"
        )
        (self.folder / "users").write_text('"huiyin" ""\n')
        for each in (databases, settings, self.folder / "users"):
            hand_over(each)
        self._start(pgbouncer(), "-q", str(settings))

    def _conf(self, server: Server) -> None:
        conf = self.folder / f"{server.name}.conf"
        promote = f"{DEPLOY}/postgresql/promote {conf} 127.0.0.1 {server.port} {DEPLOY}/pgbouncer/point_to"
        conf.write_text(
            f"node_id={server.number}\nnode_name='{server.name}'\n"
            f"conninfo='{server.place} user=repmgr dbname=repmgr connect_timeout=2'\n"
            f"data_directory='{self.folder / server.name}'\npg_bindir='{programs()}'\nfailover=automatic\n"
            "monitor_interval_secs=1\nreconnect_attempts=3\nreconnect_interval=1\n"
            f"promote_command='{promote}'\nfollow_command='true'\n"
        )

    def _server(self, server: Server) -> None:
        self._start(str(programs() / "postgres"), "-D", str(self.folder / server.name), "-p", str(server.port))
        until = time.monotonic() + PATIENCE_SECONDS
        while self._run("pg_isready", "-q", "-h", "127.0.0.1", "-p", str(server.port), check=False).returncode:
            if time.monotonic() > until:
                raise RuntimeError(f"{server.name} did not start: {self.log()[-800:]}")
            time.sleep(0.1)

    def _repmgr(self, server: Server, *words: str) -> None:
        self._run("repmgr", "-f", str(self.folder / f"{server.name}.conf"), *words)

    def log(self) -> str:
        """What servers, repmgrd and the pooler said."""
        return "\n".join(file.read_text(errors="replace") for file in (self.folder / "log", self.folder / "pgbouncer.log")
                         if file.exists())

    def _start(self, *words: str) -> None:
        with (self.folder / "log").open("ab") as log:
            self.processes.append(subprocess.Popen(
                [*as_other_user(), *words], stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd=self.folder, env=self._environment()
            ))

    def _run(self, *words: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            [*as_other_user(), *words], capture_output=True, text=True, cwd=self.folder, env=self._environment(), check=False
        )
        if check and done.returncode:
            raise RuntimeError(f"{' '.join(words)}: {done.stdout}{done.stderr}")
        return done

    def _environment(self) -> dict[str, str]:
        return os.environ | {
            "PATH": f"{programs()}:{os.environ.get('PATH', '')}:/usr/bin",
            "LC_ALL": "C.UTF-8",
            "DATABASES": str(self.folder / "databases.ini"),
            "CONSOLE": f"host={self.folder} port={self.pooler_port} user=pgbouncer dbname=pgbouncer",
        }

    def _stop(self) -> None:
        with suppress(OSError):
            self._signal_primary(signal.SIGCONT)
        for name in ("south", "north"):
            self._run("pg_ctl", "stop", "-m", "immediate", "-D", str(self.folder / name), check=False)
        for process in self.processes:
            if process.poll() is None:
                process.send_signal(signal.SIGCONT)     # runuser stops together with the one it runs
                process.terminate()
                process.wait(20)
        shutil.rmtree(self.folder, ignore_errors=True)


def _need_repmgr() -> None:
    version = programs().parent.name
    if shutil.which("repmgr") is None or not (programs().parent / "lib" / "repmgr.so").exists():
        raise PostgresMissing(
            f"没有找到 repmgr，请运行 apt-get install repmgr postgresql-{version}-repmgr。repmgr is missing."
        )
