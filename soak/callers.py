"""Callers who file case after case, each again until it is acknowledged, and what they saw."""

import itertools
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from http.client import HTTPException

from .installation import Answer

PAUSE_BETWEEN_TRIES = 0.2
PATIENCE_SECONDS = 5.0
LONGEST_END = 300.0


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """A case the installation gave a number to; `begun` and `ended` (of the try that was answered) on the monotonic clock."""

    number: str
    begun: float
    ended: float
    tries: int


@dataclass(slots=True)
class Callers:
    """`file(number, patience)` files one case; the same number twice is the same case."""

    file: Callable[[int, float], Answer]
    acknowledged: dict[int, Acknowledged] = field(default_factory=dict)
    refused: list[tuple[float, str]] = field(default_factory=list)
    _threads: list[threading.Thread] = field(default_factory=list)
    _stop: threading.Event = field(default_factory=threading.Event)
    _numbers: "itertools.count[int]" = field(default_factory=itertools.count)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def begin(self, callers: int) -> None:
        """Let so many of them call."""
        self._threads = [threading.Thread(target=self._call, daemon=True) for _ in range(callers)]
        for thread in self._threads:
            thread.start()

    def end(self) -> None:
        """Let each finish the case it has begun. Raises RuntimeError when that takes minutes: filing is refused for good."""
        self._stop.set()
        until = time.monotonic() + LONGEST_END
        for thread in self._threads:
            thread.join(max(0.0, until - time.monotonic()))
        if any(thread.is_alive() for thread in self._threads):
            raise RuntimeError(f"filing was refused for {LONGEST_END:.0f} s and more")

    def refusal(self, since: float, until: float) -> tuple[float, Counter[str]]:
        """Of a span of time: the longest time in which nothing was acknowledged, and what came instead of answers."""
        ends = sorted(each.ended for each in self.acknowledged.values() if since <= each.ended <= until)
        longest = max(later - earlier for earlier, later in itertools.pairwise([since, *ends, until]))
        return longest, Counter(said for at, said in self.refused if since <= at <= until)

    def _call(self) -> None:
        while not self._stop.is_set():
            with self._lock:
                number = next(self._numbers)
            for tries in itertools.count(1):
                said = self._try(number, tries)
                if not said:
                    break
                with self._lock:
                    self.refused.append((time.monotonic(), said))
                time.sleep(PAUSE_BETWEEN_TRIES)

    def _try(self, number: int, tries: int) -> str:
        """Nothing when the case was acknowledged, else what came instead."""
        begun = time.monotonic()
        try:
            answer = self.file(number, PATIENCE_SECONDS)
        except (OSError, HTTPException) as error:
            return type(error).__name__
        if answer.status != 201:
            return str(answer.status)
        data = answer.data
        assert isinstance(data, dict)
        with self._lock:
            self.acknowledged[number] = Acknowledged(data["number"], begun, time.monotonic(), tries)
        return ""
