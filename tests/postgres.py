"""A private PostgreSQL for tests: its own cluster in a temporary folder, reached through a socket in that folder only."""

import grp
import os
import pwd
import shutil
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

START_SECONDS = 30


class PostgresMissing(RuntimeError):
    """PostgreSQL's programs are not installed; the message says how to mend it."""


def programs() -> Path:
    """The folder with initdb and postgres: the newest below /usr/lib/postgresql, or where PATH finds them."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if found:
        return found[-1].parent
    on_path = shutil.which("initdb")
    if on_path:
        return Path(on_path).resolve().parent
    raise PostgresMissing(
        "没有找到 PostgreSQL，请运行 make test（会自动安装）或 apt-get install postgresql。PostgreSQL is missing."
    )


def as_other_user() -> list[str]:
    """PostgreSQL refuses to run as root: then it runs as user postgres, or as nobody where there is none."""
    if os.getuid() != 0:
        return []
    return ["runuser", "-u", _unprivileged().pw_name, "--"]


def hand_over(path: Path) -> None:
    """Give a file or folder of ours to the user PostgreSQL runs as."""
    if os.getuid() == 0:
        owner = _unprivileged()
        os.chown(path, owner.pw_uid, grp.getgrgid(owner.pw_gid).gr_gid)


def _unprivileged() -> pwd.struct_passwd:
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise PostgresMissing("没有可用来运行 PostgreSQL 的普通用户（postgres 或 nobody）。")


@dataclass(frozen=True, slots=True)
class Cluster:
    """A running cluster: UTF8, locale C.UTF-8, no TCP, trust for whoever may open the socket's folder."""

    folder: Path
    server: subprocess.Popen[bytes]
    user: str

    @classmethod
    def start(cls, *, durable: bool = False) -> "Cluster":
        """Make a cluster and wait until it answers; about a second and a half. Only a `durable` one waits for the disk."""
        bin_folder = programs()
        folder = Path(tempfile.mkdtemp(prefix="huiyin-pg-", dir="/tmp"))  # a socket's path must be short
        prefix = as_other_user()
        hand_over(folder)
        data = folder / "data"
        made = subprocess.run(
            [
                *prefix,
                str(bin_folder / "initdb"),
                "-D",
                str(data),
                "-U",
                "huiyin",
                "-A",
                "trust",
                "-E",
                "UTF8",
                "--locale=C.UTF-8",
                "--no-sync",
            ],
            capture_output=True,
            text=True,
            cwd=folder,
            check=False,
        )
        if made.returncode:
            raise PostgresMissing(f"initdb 失败：{made.stderr.strip()}")
        with (folder / "log").open("wb") as log:
            server = subprocess.Popen(
                [
                    *prefix,
                    str(bin_folder / "postgres"),
                    "-D",
                    str(data),
                    "-k",
                    str(folder),
                    "-c",
                    "listen_addresses=",
                    "-c",
                    f"fsync={'on' if durable else 'off'}",
                    "-c",
                    "max_connections=200",
                    "-c",
                    "log_min_messages=warning",
                ],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=folder,
            )
        cluster = cls(folder, server, "huiyin")
        cluster._wait(bin_folder)
        subprocess.run(
            [str(bin_folder / "createdb"), "-h", str(folder), "-U", "huiyin", "huiyin"], check=True, cwd=folder
        )
        return cluster

    def _wait(self, bin_folder: Path) -> None:
        ready = [str(bin_folder / "pg_isready"), "-q", "-h", str(self.folder), "-U", self.user, "-d", "postgres"]
        deadline = time.monotonic() + START_SECONDS
        while subprocess.run(ready, check=False, cwd=self.folder).returncode:
            if self.server.poll() is not None or time.monotonic() > deadline:
                log = (self.folder / "log").read_text(errors="replace")
                self.stop()
                raise PostgresMissing(f"PostgreSQL 没有启动：{log[-800:]}")
            time.sleep(0.05)

    def address(self, database: str) -> str:
        """A HUIYIN_DATABASE address for a database of this cluster."""
        return f"postgresql://{self.user}@/{database}?host={quote(str(self.folder))}"

    def stop(self) -> None:
        """Stop the server by its process id and remove its folder."""
        if self.server.poll() is None:
            pid_file = self.folder / "data" / "postmaster.pid"
            if pid_file.exists():  # under runuser our child is not the server itself
                os.kill(int(pid_file.read_text().splitlines()[0]), 2)  # SIGINT: fast shutdown
            try:
                self.server.wait(timeout=10)
            except subprocess.TimeoutExpired:
                self.server.kill()
                self.server.wait()
        shutil.rmtree(self.folder, ignore_errors=True)
