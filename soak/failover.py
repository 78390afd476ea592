"""Kill the primary under load and look what was lost, how long filing was refused, and whether time was handled once.

    python -m soak.failover [--freeze] [--direct] [--before 15] [--after 30] [--callers 4]

Two PostgreSQL servers with synchronous replication and repmgrd, PgBouncer in transaction mode (with --direct none: libpq
looks for the server that takes writes), two web servers, two workers; hosts are ports of this machine. Callers file case
after case, each again until it is acknowledged. With --freeze the primary does not die but hangs. Ends with figures; exit
code 1 when anything is not as it should be.
"""

import argparse
import itertools
import os
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from http.client import HTTPException
from pathlib import Path

from tests.notices.sinks import free_port

from .installation import Installation, file_one
from .pair import Pair

PAUSE_BETWEEN_TRIES = 0.2
PATIENCE_SECONDS = 5.0
LIMIT_SECONDS = 60
LONGEST_END = 300.0


@dataclass(slots=True)
class Load:
    """What the callers saw. Times are of the monotonic clock; cases are numbered by the callers."""

    ports: tuple[int, int]
    token: str
    stop: threading.Event = field(default_factory=threading.Event)
    acknowledged: dict[int, tuple[str, float, float]] = field(default_factory=dict)
    refused: Counter[str] = field(default_factory=Counter)
    _numbers: "itertools.count[int]" = field(default_factory=itertools.count)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def call(self) -> None:
        """File one case after the other until told to stop; none is given up before it is acknowledged."""
        while not self.stop.is_set():
            with self._lock:
                number = next(self._numbers)
            for attempt in itertools.count():
                begun = time.monotonic()
                said = self._try(number, self.ports[(number + attempt) % 2], begun)
                if not said:
                    break
                with self._lock:
                    self.refused[said] += 1
                time.sleep(PAUSE_BETWEEN_TRIES)

    def _try(self, number: int, port: int, begun: float) -> str:
        """Nothing when the case was acknowledged, else what came instead."""
        try:
            answer = file_one(port, self.token, number, patience=PATIENCE_SECONDS)
        except (OSError, HTTPException) as error:
            return type(error).__name__
        if answer.status != 201:
            return str(answer.status)
        data = answer.data
        assert isinstance(data, dict)
        with self._lock:
            self.acknowledged[number] = (data["number"], begun, time.monotonic())
        return ""

    def refusal(self, killed: float) -> tuple[float, float]:
        """(seconds from the kill to the first acknowledgement of a filing begun after it, longest time without any)."""
        first = min(ended for _, begun, ended in self.acknowledged.values() if begun > killed)
        ends = sorted(ended for _, _, ended in self.acknowledged.values())
        return first - killed, max(later - earlier for earlier, later in itertools.pairwise(ends))


def main() -> int:
    """0 when all is as it should be."""
    parser = argparse.ArgumentParser(prog="python -m soak.failover", description=__doc__.splitlines()[0])
    parser.add_argument("--freeze", action="store_true", help="the primary hangs instead of dying")
    parser.add_argument("--direct", action="store_true", help="no pooler")
    parser.add_argument("--before", type=float, default=15.0, help="seconds of load before the kill")
    parser.add_argument("--after", type=float, default=30.0, help="seconds of load after it")
    parser.add_argument("--callers", type=int, default=4)
    asked = parser.parse_args()
    with ExitStack() as stack:
        pair = stack.enter_context(Pair())
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="huiyin-failover-")))
        installation = stack.enter_context(Installation(folder, pair.direct if asked.direct else pair.pooled))
        load = Load((free_port(), free_port()), installation.run("soak.founding"))
        servers = [installation.web(port) for port in load.ports]
        for port, server in zip(load.ports, servers, strict=True):
            installation.wait_for(port, server)
        workers = [installation.start("worker") for _ in range(2)]
        _wait_for(lambda: pair.ask(pair.north, "SELECT count(*) FROM store_workerrow", "huiyin") == "2")
        killed = _under_load(load, pair.freeze_primary if asked.freeze else pair.kill_primary, asked)
        os.environ |= installation.environment
        wrong, late = _judge(load)
        wrong += [f"a {name} ended" for name, each in zip(("server",) * 2 + ("worker",) * 2, servers + workers, strict=True)
                  if each.poll() is not None]
        _report(load, killed, late, wrong)
        if wrong:
            sys.stdout.write((folder / "log").read_text(errors="replace")[-4000:] + pair.log()[-4000:])
    return 1 if wrong else 0


def _under_load(load: Load, kill: Callable[[], None], asked: argparse.Namespace) -> float:
    """Let the callers call, kill the primary in between; gives the moment of the kill."""
    threads = [threading.Thread(target=load.call, daemon=True) for _ in range(asked.callers)]
    for thread in threads:
        thread.start()
    time.sleep(asked.before)
    kill()
    killed = time.monotonic()
    time.sleep(asked.after)
    load.stop.set()
    until = time.monotonic() + LONGEST_END
    for thread in threads:
        thread.join(max(0.0, until - time.monotonic()))
    if any(thread.is_alive() for thread in threads):
        raise RuntimeError(f"filing was refused for {LONGEST_END:.0f} s and more: the standby did not take over")
    return killed


def _judge(load: Load) -> tuple[list[str], float]:
    """What is not as it should be after every limit has run out, and how many seconds late the latest one was handled."""
    from huiyin.commands_line.ready import start_django

    start_django()
    from huiyin.application.upkeep import verify
    from huiyin.organisations.models import Organisation
    from huiyin.store.models import CaseRow

    from .judging import notices, rungs

    time.sleep(LIMIT_SECONDS)
    _wait_for(_is_handled)
    wrong = [f"verify: {finding}" for finding in verify(Organisation.objects.get(slug="soak"))]
    kept = Counter(CaseRow.objects.filter(regime="service").values_list("number", flat=True))
    told = Counter(number for number, _, _ in load.acknowledged.values())
    wrong += [f"acknowledged and lost: {number}" for number in told - kept]
    wrong += [f"acknowledged for two callers: {number}" for number, times in told.items() if times > 1]
    wrong += [f"filed twice: {number}" for number in kept - told]
    return [*wrong, *rungs({0}), *notices()], max(_delays(), default=0.0)


def _wait_for(true: Callable[[], bool]) -> None:
    until = time.monotonic() + LONGEST_END
    while not true() and time.monotonic() < until:
        time.sleep(0.5)


def _is_handled() -> bool:
    """The workers go on by themselves; leases of what a worker had in hand run out by themselves, too."""
    from huiyin.store.models import CaseRow, EventRow, OutboxRow

    cases = CaseRow.objects.filter(regime="service").count()
    handled = EventRow.objects.filter(kind="ObligationBreached").count()
    return handled == cases and not OutboxRow.objects.filter(done_at=None).exists()


def _delays() -> Iterator[float]:
    """Seconds between the end of a limit and the moment it was acted on, for each case."""
    from huiyin.store.models import EventRow

    begun = dict(EventRow.objects.filter(sequence=1).values_list("case_id", "at"))
    for case, at in EventRow.objects.filter(kind="ObligationBreached").values_list("case_id", "at"):
        yield (at - begun[case]).total_seconds() - LIMIT_SECONDS


def _report(load: Load, killed: float, late: float, wrong: list[str]) -> None:
    first, longest = load.refusal(killed)
    before = sum(ended < killed for _, _, ended in load.acknowledged.values())
    refused = ", ".join(f"{said} ×{times}" for said, times in load.refused.most_common()) or "none"
    sys.stdout.write(
        f"{len(load.acknowledged)} filings acknowledged, {before} of them before the kill; tries that were refused: {refused}\n"
        f"first filing acknowledged {first:.1f} s after the kill; longest time without an acknowledgement {longest:.1f} s\n"
        f"the latest limit was acted on {late:.1f} s after its end\n"
    )
    sys.stdout.writelines(f"✗ {finding}\n" for finding in wrong[:40])
    sys.stdout.write("all as it should be\n" if not wrong else f"{len(wrong)} wrong\n")


if __name__ == "__main__":
    sys.exit(main())
