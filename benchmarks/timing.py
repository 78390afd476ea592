"""Timing work."""

import statistics
from collections.abc import Callable
from time import perf_counter


def milliseconds(work: Callable[[], object], times: int) -> list[float]:
    """How long each of so many calls took; one more goes before them, so that caches are warm."""
    work()
    taken = []
    for _ in range(times):
        begun = perf_counter()
        work()
        taken.append((perf_counter() - begun) * 1e3)
    return taken


def percentile(taken: list[float], share: float) -> float:
    """The value that so large a share stays below, e.g. 0.95."""
    ordered = sorted(taken)
    return ordered[min(int(len(ordered) * share), len(ordered) - 1)]


def spread(taken: list[float], unit: str = "ms") -> str:
    """The slow end of a measurement in words."""
    return f"95 %: {percentile(taken, 0.95):.1f} {unit}"


median = statistics.median
