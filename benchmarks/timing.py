"""Timing work by the clock, with the processor's time beside it: on a busy machine the two tell each other apart."""

import os
import statistics
from collections.abc import Callable
from dataclasses import dataclass
from time import perf_counter, process_time


@dataclass(frozen=True, slots=True)
class Taken:
    """What calls of one kind took: by the clock each, and processor time on the average, in milliseconds."""

    clock: list[float]
    processor: float

    @property
    def median(self) -> float:
        """The middle one by the clock."""
        return statistics.median(self.clock)

    def words(self) -> str:
        """The slow end and the processor's share."""
        return f"95 %: {percentile(self.clock, 0.95):.1f} ms, CPU {self.processor:.1f} ms"


def timed(work: Callable[[], object], times: int) -> Taken:
    """So many calls; one more goes before them, so that caches are warm."""
    work()
    clock = []
    processor = process_time()
    for _ in range(times):
        begun = perf_counter()
        work()
        clock.append((perf_counter() - begun) * 1e3)
    return Taken(clock, (process_time() - processor) * 1e3 / times)


class Stretch:
    """Time since it was made: by the clock, by the processor, and by the processor in helper processes that have ended."""

    def __init__(self) -> None:
        self._clock, self._processor, self._helpers = perf_counter(), process_time(), _of_helpers()

    def seconds(self) -> tuple[float, float, float]:
        """Clock, processor, processor of helpers."""
        return perf_counter() - self._clock, process_time() - self._processor, _of_helpers() - self._helpers


def _of_helpers() -> float:
    spent = os.times()
    return spent.children_user + spent.children_system


def percentile(taken: list[float], share: float) -> float:
    """The value that so large a share stays below, e.g. 0.95."""
    ordered = sorted(taken)
    return ordered[min(int(len(ordered) * share), len(ordered) - 1)]


median = statistics.median
