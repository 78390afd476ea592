"""Signs of life of a worker, and the watch over the machine's clock.

Limits are reckoned by the clock on the wall. When it jumps (a dead battery, a wrong time server, somebody's hand), what is
due by the wrong time would be recorded for good: events are never taken back. So a worker compares the wall clock with
one that only counts on, sleep of the machine included; after a jump forward it lets nothing fall due, seals no day
and clears nothing away until somebody has taken note of it or the clock has come back. Administrators see it on every
page. After a jump back nothing happens twice, because what was done is in the events; leases and waiting times that
lie too far ahead are cut short where they are read.
"""

import os
import socket
import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import datetime, timedelta
from typing import Any

import structlog
from django.utils import timezone

from huiyin.organisations.uuid7 import uuid7
from huiyin.store.models import ClockJumpRow, WorkerRow

EVERY = timedelta(seconds=10)
DEAD_AFTER = timedelta(minutes=2)
JUMP = timedelta(minutes=5)
"""A difference between the clocks that no correction by a time server makes at once."""

LONG_SILENCE = timedelta(days=30)
"""Nobody works for so long without somebody's knowing of it; shorter downtime is caught up without asking."""

KEPT = timedelta(days=7)

_log = structlog.get_logger(__name__)


def counting_on() -> float:
    """Seconds on a clock that nobody sets and that runs on while the machine sleeps."""
    return time.clock_gettime(time.CLOCK_BOOTTIME) if hasattr(time, "CLOCK_BOOTTIME") else time.monotonic()


class Heartbeat:
    """One process's row in the list of workers, and its watch over the clock."""

    def __init__(
        self, wall: Callable[[], datetime] = timezone.now, steady: Callable[[], float] = counting_on, host: str = ""
    ) -> None:
        self._wall, self._steady = wall, steady
        now = wall()
        self._at, self._steady_at = now, steady()
        self._done: Counter[str] = Counter()
        self._rounds = 0
        self._written: float | None = None
        self.row = WorkerRow(
            id=uuid7(), host=host or socket.gethostname(), process=os.getpid(), started_at=now, beat_at=now
        )
        self._compare_with_the_last(now)
        self.row.save(force_insert=True)
        WorkerRow.objects.filter(beat_at__lt=now - KEPT).delete()

    def round(self, work: Callable[[], Any]) -> Any:
        """Do a round of work and write down that it was done; trouble is written down, too, and raised again."""
        self.watch()
        try:
            done = work()
        except Exception as error:
            self.row.trouble = f"{type(error).__name__}: {error}"[:300]
            self._write(now=True)
            raise
        counts = _counts(done)
        if counts:
            _log.info("round", **counts)
        self._done.update(counts)
        self._rounds += 1
        was_in_trouble, self.row.trouble = bool(self.row.trouble), ""
        self._write(now=was_in_trouble)
        return done

    def watch(self) -> None:
        """Look whether the wall clock went on as long as the other one did."""
        wall, steady = self._wall(), self._steady()
        expected = self._at + timedelta(seconds=steady - self._steady_at)
        self._at, self._steady_at = wall, steady
        if abs(wall - expected) > JUMP:
            self._jumped(wall, expected)

    def stop(self) -> None:
        """The process ends in order."""
        self.row.stopped_at = self._wall()
        self._write(now=True)

    def _compare_with_the_last(self, now: datetime) -> None:
        """At the start there is nothing to count from but the last sign of life.

        A clock that shows less has gone back. Where nobody gave a sign of life for very long, either nobody worked or the
        clock went forward; only a person can tell, so nothing falls due until one has.
        """
        beats = WorkerRow.objects.order_by("-beat_at").values_list("beat_at", flat=True)
        here, anywhere = beats.filter(host=self.row.host).first(), beats.first()
        if here is not None and here - now > JUMP:
            self._jumped(now, here)
        elif anywhere is not None and now - anywhere > LONG_SILENCE:
            self._jumped(now, anywhere)

    def _jumped(self, shown: datetime, expected: datetime) -> None:
        _log.error("clock-jumped", shown=shown.isoformat(), expected=expected.isoformat(), host=self.row.host)
        back = shown < expected
        if back:    # it has come back, or gone back: what lay ahead is settled
            ClockJumpRow.objects.filter(host=self.row.host, seen_by="", shown__gt=shown + JUMP).update(seen_by="clock")
        ClockJumpRow.objects.create(id=uuid7(), host=self.row.host, shown=shown, expected=expected)

    def _write(self, *, now: bool) -> None:
        steady = self._steady()
        if not now and self._written is not None and steady - self._written < EVERY.total_seconds():
            return
        self._written = steady
        self.row.beat_at, self.row.rounds, self.row.done = self._wall(), self._rounds, dict(self._done)
        self.row.save()


def unseen_jumps() -> list[ClockJumpRow]:
    """Jumps nobody has taken note of, newest first."""
    return list(ClockJumpRow.objects.filter(seen_by="").order_by("-id")[:20])


def take_note(person: str) -> int:
    """An administrator has looked at the clock and found it right; gives how many jumps are settled by that."""
    return ClockJumpRow.objects.filter(seen_by="").update(seen_by=person)


def _counts(done: Any) -> Mapping[str, int]:
    if is_dataclass(done) and not isinstance(done, type):
        return {each.name: value for each in fields(done) if isinstance(value := getattr(done, each.name), int) and value}
    return {}
