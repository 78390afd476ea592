"""Hosts on one machine: each with a network, a process table, a name and folders of its own, on one switch.

A host is a set of Linux namespaces held by its first process: when that is killed, the kernel ends everything on the host,
as when the power goes. Its folders (/etc, /run, /srv, …) lie over those of the machine, which stay as they are.
"""

import os
import shlex
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

NETWORK = "10.0.0"
SWITCH = f"{NETWORK}.1"
OWN_FOLDERS = ("run", "srv", "opt", "var/log", "var/lib/postgresql", "var/lib/nginx")
SPACES = ("unshare", "--net", "--mount", "--uts", "--pid", "--fork", "--kill-child", "--mount-proc", "--propagation", "private")
Process = subprocess.Popen[bytes]


class HostsMissing(RuntimeError):
    """This machine cannot make hosts; the message says why."""


def in_spaces_of_its_own(command: list[str]) -> int:
    """Run a command in namespaces of its own, where it may make hosts; everything in them ends with it. Gives its exit code."""
    if os.getuid() != 0:
        raise HostsMissing("做几台主机要用 root 运行。Making hosts needs root.")
    process = subprocess.Popen([*SPACES, "--", *command])
    try:
        return process.wait()
    except BaseException:
        process.kill()      # and with it all that it started, see --kill-child
        process.wait()
        raise


def switch_on() -> None:
    """Make the switch, and let this process be on it."""
    for words in ("link add switch type bridge", f"address add {SWITCH}/24 dev switch", "link set switch up", "link set lo up"):
        _run("ip", *words.split())


@dataclass(slots=True)
class Host:
    """One host; `start` it, then run programs on it. `folder` keeps its own files, also while it is off."""

    name: str
    number: int
    folder: Path
    processes: list[Process] = field(default_factory=list)
    _spaces: Process | None = None
    _first: int = 0

    @property
    def address(self) -> str:
        """On the network of the switch."""
        return f"{NETWORK}.{self.number}"

    @property
    def log(self) -> Path:
        """What its programs said."""
        return self.folder / "log"

    def start(self) -> None:
        """Switch it on: folders, name, network. Nothing runs yet."""
        self.folder.mkdir(exist_ok=True)
        with self.log.open("ab") as log:
            self._spaces = subprocess.Popen([*SPACES, "--", "sleep", "infinity"], stdout=log, stderr=log)
        until = time.monotonic() + 10
        while not (children := _children(self._spaces.pid)) or _called(children[0]) != "sleep":
            if time.monotonic() > until:
                raise HostsMissing(f"{self.name}: {self.log.read_text()}")
            time.sleep(0.02)
        self._first = children[0]
        self.run("sh", "-euc", self._folders())
        self._connect()

    def kill(self) -> None:
        """The power goes: all of its processes at once."""
        os.kill(self._first, signal.SIGKILL)
        if self._spaces:
            self._spaces.wait()
        for process in self.processes:
            process.wait()
        self.processes.clear()

    def cut(self) -> None:
        """Its cable is pulled: what it sends and what is sent to it is lost without a word."""
        _run("ip", "link", "set", f"to-{self.name}", "down")

    def mend(self) -> None:
        """The cable is back."""
        _run("ip", "link", "set", f"to-{self.name}", "up")

    def signal_all(self, name: str, what: signal.Signals) -> None:
        """Send a signal to every program of that name on it."""
        for process in (int(place.name) for place in Path("/proc").iterdir() if place.name.isdigit()):
            with suppress(OSError):
                if self._is_ours(process) and _called(process) == name:
                    os.kill(process, what)

    def run(
        self, *words: str, user: str = "root", environment: Mapping[str, str] | None = None, given: str = "", check: bool = True
    ) -> str:
        """Run a program on it to its end; gives what it printed. Raises RuntimeError unless it went well."""
        done = subprocess.run(
            self._words(words, user), env=_environment(environment), input=given, capture_output=True, text=True, check=False
        )
        if check and done.returncode:
            raise RuntimeError(f"{self.name}: {shlex.join(words)}: {done.returncode}\n{done.stdout}{done.stderr}")
        return done.stdout

    def spawn(self, *words: str, user: str = "root", environment: Mapping[str, str] | None = None) -> Process:
        """Start a program on it."""
        with self.log.open("ab") as log:
            process = subprocess.Popen(
                self._words(words, user), env=_environment(environment), stdin=subprocess.DEVNULL, stdout=log, stderr=log
            )
        self.processes.append(process)
        return process

    def _words(self, words: tuple[str, ...], user: str) -> list[str]:
        enter = ["nsenter", "--target", str(self._first), "--net", "--mount", "--uts", "--pid", "--wd=/"]
        return [*enter, "--", *(["runuser", "-u", user, "--"] if user != "root" else []), *words]

    def _is_ours(self, process: int) -> bool:
        return Path(f"/proc/{process}/ns/pid").readlink() == Path(f"/proc/{self._first}/ns/pid").readlink()

    def _folders(self) -> str:
        """Shell commands that lay the host's own folders over the machine's."""
        own = self.folder
        lines = [f"hostname {self.name}", f"mkdir -p {own}/etc {own}/work"]
        lines.append(f"mount -t overlay overlay -o lowerdir=/etc,upperdir={own}/etc,workdir={own}/work /etc")
        for name in OWN_FOLDERS:
            lines += [f"mkdir -p {own}/{name} /{name}", f"mount --bind {own}/{name} /{name}"]
        return "\n".join([*lines, "rm -rf /run/*", *_reachable_python()])

    def _connect(self) -> None:
        with suppress(RuntimeError):
            _run("ip", "link", "delete", f"to-{self.name}")
        _run("ip", "link", "add", f"to-{self.name}", "type", "veth", "peer", "name", "eth0", "netns", str(self._first))
        _run("ip", "link", "set", f"to-{self.name}", "master", "switch", "up")
        for words in (f"address add {self.address}/24 dev eth0", "link set eth0 up", "link set lo up"):
            self.run("ip", *words.split())


def _reachable_python() -> list[str]:
    """Shell commands that let others run a Python kept in a folder only its owner may enter, and see nothing else there."""
    base = Path(sys.base_prefix)
    closed = Path("/", *base.parts[1:2])
    if closed.stat().st_mode & 0o001:
        return []
    aside = "/opt/python"
    return [f"mkdir -p {aside}", f"mount --bind {base} {aside}", f"mount -t tmpfs -o mode=755 tmpfs {closed}",
            f"mkdir -p {base}", f"mount --bind {aside} {base}"]


def _environment(more: Mapping[str, str] | None) -> dict[str, str]:
    path = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
    return {"PATH": path, "LANG": "C.UTF-8", "HOME": "/var/lib/postgresql"} | dict(more or {})


def _children(process: int) -> list[int]:
    with suppress(OSError):
        return [int(child) for child in Path(f"/proc/{process}/task/{process}/children").read_text().split()]
    return []


def _called(process: int) -> str:
    with suppress(OSError):
        return Path(f"/proc/{process}/comm").read_text().strip()
    return ""


def _run(*words: str) -> None:
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{shlex.join(words)}: {done.stderr}")
