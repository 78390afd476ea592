"""Cut hosts off, kill them, bring them back, all under load, and look what was lost and how long filing was refused.

    python -m soak.hosts [--primary cut|kill|freeze] [--direct] [--callers 4] [--rest 10]

The installation of docs/deployment.md on seven hosts of their own (`soak.estate`; Linux namespaces, so run it as root). Callers
file case after case through nginx, each again until it is acknowledged. Then, one after the other: a web host is cut off the
network, a worker host loses its power, the primary database host is cut off (or killed, or hangs) and its standby takes over,
the old primary comes back. Ends with figures; exit code 1 when anything is not as it should be. Nothing is left behind.
"""

import argparse
import json
import shutil
import signal
import ssl
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from http.client import HTTPException
from pathlib import Path

from tests.pooler import program as pgbouncer
from tests.postgres import PostgresMissing, programs

from .callers import Callers
from .estate import NUMBERS, SITE, Estate, wait_for
from .installation import Answer, call, file_one
from .namespaces import NETWORK, in_spaces_of_its_own, switch_on
from .units import RESTARTED

PROJECT = Path(__file__).parent.parent
PROBE_SECONDS = 5.0
NEEDED = ("ip", "nsenter", "unshare", "nginx", "repmgr", "repmgrd", "sshd", "ssh-keygen", "openssl", "pg_createcluster")


@dataclass(frozen=True, slots=True)
class Blow:
    """Something that was done to the installation, and when (monotonic clock)."""

    what: str
    at: float


def main() -> int:
    """0 when all is as it should be."""
    parser = argparse.ArgumentParser(prog="python -m soak.hosts", description=__doc__.splitlines()[0])
    parser.add_argument("--primary", choices=("cut", "kill", "freeze"), default="cut", help="what befalls the primary")
    parser.add_argument("--direct", action="store_true", help="no pooler: libpq looks for the server that takes writes")
    parser.add_argument("--callers", type=int, default=4)
    parser.add_argument("--rest", type=float, default=10.0, help="seconds of load before and after each blow")
    parser.add_argument("--inside", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.inside:
        return _inside(asked.inside, asked)
    _need_programs()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    folder = Path(tempfile.mkdtemp(prefix="huiyin-hosts-", dir="/tmp"))
    folder.chmod(0o755)
    try:
        return in_spaces_of_its_own([sys.executable, "-m", "soak.hosts", *sys.argv[1:], "--inside", str(folder)])
    except KeyboardInterrupt:
        return 130
    finally:
        shutil.rmtree(folder)


def _inside(folder: Path, asked: argparse.Namespace) -> int:
    """The trial itself, in namespaces that end with this process and everything in them."""
    product = folder / "product"
    product.mkdir()
    subprocess.run(["mount", "--bind", str(PROJECT), str(product)], check=True)
    names = folder / "names"
    names.write_text(f"127.0.0.1 localhost\n{NETWORK}.{NUMBERS['proxy']} {SITE}\n")
    subprocess.run(["mount", "--bind", str(names), "/etc/hosts"], check=True)
    switch_on()
    estate = Estate(folder, product, asked.direct)
    try:
        wrong = Trial(estate, asked).run()
    except BaseException:
        sys.stdout.write(estate.logs())
        raise
    sys.stdout.writelines(f"✗ {finding}\n" for finding in wrong[:40])
    sys.stdout.write("all as it should be\n" if not wrong else f"{len(wrong)} wrong\n{estate.logs()}")
    return 1 if wrong else 0


class Trial:
    """The callers, the blows, and what is found afterwards."""

    def __init__(self, estate: Estate, asked: argparse.Namespace) -> None:
        self.estate, self.asked = estate, asked
        self.hosts = estate.hosts
        self.blows: list[Blow] = []
        self.wrong: list[str] = []

    def run(self) -> list[str]:
        """Everything that is not as it should be, in words."""
        _say("building seven hosts")
        token = self.estate.build()
        tls = ssl.create_default_context(cadata=self.estate.certificate())
        wait_for(lambda: self._answers(tls), "the pages did not come up")

        def file(number: int, patience: float) -> Answer:
            return file_one(443, token, number, host=SITE, tls=tls, patience=patience)

        callers = Callers(file)
        callers.begin(self.asked.callers)
        begun = time.monotonic()
        self._rest()
        self._web_host()
        self._worker_host()
        self._primary()
        callers.end()
        ended = time.monotonic()
        self._report(callers, begun, ended)
        numbers = [each.number for each in callers.acknowledged.values()]
        return self.wrong + self._afterwards(numbers)

    # -- blows ---------------------------------------------------------------------------------------------------------

    def _web_host(self) -> None:
        self._blow("web1 is cut off the network", self.hosts["web1"].cut)
        self._rest(2)
        self._blow("web1 is back", self.hosts["web1"].mend)
        self._rest()

    def _worker_host(self) -> None:
        self._blow("work1 is killed", self.hosts["work1"].kill)
        self._rest()
        self._blow("work1 is back", self._start_worker_host)
        self._rest()

    def _start_worker_host(self) -> None:
        host = self.hosts["work1"]
        self.estate.switch_on(host)
        self.estate.pooler(host)
        self.estate.work(host)

    def _primary(self) -> None:
        north, south = self.hosts["db1"], self.hosts["db2"]
        what: dict[str, tuple[str, Callable[[], None]]] = {
            "cut": ("db1, the primary, is cut off the network", north.cut),
            "kill": ("db1, the primary, is killed", north.kill),
            "freeze": ("db1, the primary, hangs", lambda: north.signal_all("postgres", signal.SIGSTOP)),
        }
        self._blow(*what[self.asked.primary])
        wait_for(lambda: self.estate.ask(south, "SELECT pg_is_in_recovery()") == "f", "the standby did not take over")
        _say(f"    db2 is primary {time.monotonic() - self.blows[-1].at:.1f} s later")
        self._rest(3)
        self._blow("db1 is back", self._bring_back)
        self._rest()

    def _bring_back(self) -> None:
        """The old primary comes back and still takes itself for the primary: nobody may write there. Then it follows."""
        north, south = self.hosts["db1"], self.hosts["db2"]
        if self.asked.primary == "kill":    # the power came back; the server is not started, as the document says
            self.estate.switch_on(north)
            self.estate.standby(north, primary=south)
            return
        north.mend()
        north.signal_all("postgres", signal.SIGCONT)
        wait_for(lambda: self.estate.ask(north, "SHOW default_transaction_read_only") == "on", "db1 was not fenced")
        before = self.estate.ask(north, "SELECT count(*) FROM store_eventrow")
        time.sleep(PROBE_SECONDS)
        after = self.estate.ask(north, "SELECT count(*) FROM store_eventrow")
        newest = self.estate.ask(south, "SELECT count(*) FROM store_eventrow")
        _say(f"    db1 still takes itself for primary: {before} events, {after} after {PROBE_SECONDS:.0f} s; db2 has {newest}")
        if not before or before != after:
            self.wrong.append(f"the old primary was written to: {before} events became {after}")
        self.estate.rejoin(north, primary=south)

    def _blow(self, what: str, do: Callable[[], None]) -> None:
        _say(what)
        self.blows.append(Blow(what, time.monotonic()))
        do()

    def _rest(self, times: float = 1) -> None:
        time.sleep(self.asked.rest * times)

    # -- afterwards ----------------------------------------------------------------------------------------------------

    def _report(self, callers: Callers, begun: float, ended: float) -> None:
        tries = Counter(each.tries for each in callers.acknowledged.values())
        _say(f"{len(callers.acknowledged)} filings acknowledged, {tries[1]} at the first try, the last of the others at try {max(tries)}")
        spans = [Blow("before", begun), *self.blows]
        for blow, until in zip(spans, [*(each.at for each in self.blows), ended], strict=True):
            longest, refused = callers.refusal(blow.at, until)
            words = ", ".join(f"{said} ×{times}" for said, times in refused.most_common()) or "none"
            taken = sum(blow.at <= each.ended <= until for each in callers.acknowledged.values())
            _say(f"{blow.what}: {taken} filings in {until - blow.at:.0f} s, none for {longest:.1f} s at most; tries refused: {words}")

    def _afterwards(self, numbers: list[str]) -> list[str]:
        host = self.hosts["work2"]
        found = json.loads(host.run(
            "/opt/huiyin/.venv/bin/python", "-m", "soak.afterwards", user="huiyin",
            environment=self.estate.surroundings(host), given=json.dumps(numbers),
        ))
        _say(f"the latest limit was acted on {found['late']:.1f} s after its end")
        restarts = sum(host.log.read_text(errors="replace").count(RESTARTED) for host in self.hosts.values())
        _say(f"processes begun anew, as systemd would: {restarts}")
        ended = [f"a program ended on {host.name}: {process.args!r}" for host in self.hosts.values() for process in host.processes
                 if process.poll() is not None]
        return [*found["wrong"], *ended]

    @staticmethod
    def _answers(tls: ssl.SSLContext) -> bool:
        try:
            return call(443, "GET", "/healthz/ready", host=SITE, tls=tls, patience=5).status == 200
        except (OSError, HTTPException):
            return False


def _say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


def _need_programs() -> None:
    pgbouncer()
    missing = [name for name in NEEDED if shutil.which(name, path="/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin") is None]
    if not (programs().parent / "lib" / "repmgr.so").exists():
        missing.append("repmgr.so")
    if missing:
        version = programs().parent.name
        raise PostgresMissing(
            f"没有找到 {', '.join(missing)}，请运行 apt-get install iproute2 nginx openssh-server openssl pgbouncer postgresql "
            f"repmgr postgresql-{version}-repmgr。Install them first."
        )


if __name__ == "__main__":
    sys.exit(main())
