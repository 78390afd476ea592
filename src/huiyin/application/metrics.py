"""Figures of the whole installation for Prometheus, read when asked for. No organisation, person or case is named."""

from collections.abc import Iterator

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric

from .background import background


class _Collector:
    """Reads the state of the work behind the scenes each time it is asked."""

    def collect(self) -> Iterator[Metric]:
        """The figures."""
        found = background()
        workers = GaugeMetricFamily("huiyin_workers_alive", "Workers that gave a sign of life within two minutes")
        workers.add_metric([], len(found.alive))
        yield workers
        waiting = GaugeMetricFamily("huiyin_waiting", "Work that waits now", labels=["queue"])
        oldest = GaugeMetricFamily("huiyin_oldest_waiting_seconds", "How long the oldest has waited", labels=["queue"])
        failed = GaugeMetricFamily("huiyin_failed", "Work given up, for a person to look at", labels=["queue"])
        running = GaugeMetricFamily("huiyin_running", "Long work under way", labels=["queue"])
        for queue in found.queues:
            running.add_metric([queue.name], queue.running)
            waiting.add_metric([queue.name], queue.waiting)
            seconds = max(0.0, (found.at - queue.oldest).total_seconds()) if queue.oldest else 0.0
            oldest.add_metric([queue.name], seconds)
            failed.add_metric([queue.name], queue.failed)
        yield from (waiting, oldest, failed, running)
        jumps = GaugeMetricFamily("huiyin_clock_jumps_unseen", "Jumps of a machine's clock nobody has taken note of")
        jumps.add_metric([], len(found.jumps))
        yield jumps


def metrics() -> bytes:
    """The figures in the text format of Prometheus. Raises StoreUnavailable."""
    registry = CollectorRegistry()
    registry.register(_Collector())
    return generate_latest(registry)
