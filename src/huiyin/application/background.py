"""What happens behind the scenes: who works, what waits and for how long, what failed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Min, Q
from django.utils import timezone

from huiyin.jobs.models import Job
from huiyin.jobs.models import State as JobState
from huiyin.notices.models import Delivery, State
from huiyin.store.availability import clear_failures
from huiyin.store.delivery import MOST_ATTEMPTS
from huiyin.store.models import CaseRow, ClockJumpRow, OutboxRow, WorkerRow

from .heartbeat import DEAD_AFTER, unseen_jumps

SHOWN = 20


@dataclass(frozen=True, slots=True)
class Queue:
    """Something that waits to be worked off: how much, since when the oldest has waited, how much was given up, how much is under
    way (only counted for what takes long).
    """

    name: str
    waiting: int
    oldest: datetime | None
    failed: int = 0
    running: int = 0


@dataclass(frozen=True, slots=True)
class Background:
    """The state of the work behind the scenes at one moment (the machine's time)."""

    at: datetime
    workers: Sequence[WorkerRow]
    queues: Sequence[Queue]
    jumps: Sequence[ClockJumpRow]

    @property
    def alive(self) -> Sequence[WorkerRow]:
        """Workers that gave a sign of life lately."""
        return [each for each in self.workers if each.stopped_at is None and is_alive(each, self.at)]


def is_alive(worker: WorkerRow, now: datetime) -> bool:
    """Whether a worker gave a sign of life within two minutes."""
    return now - worker.beat_at < DEAD_AFTER


def background(organisation_id: UUID | None = None) -> Background:
    """The state for one organisation's work, or for all; the workers serve all. Raises StoreUnavailable."""
    now = timezone.now()
    with clear_failures():
        workers = list(WorkerRow.objects.order_by("-beat_at")[:SHOWN])
        mine = {} if organisation_id is None else {"organisation_id": organisation_id}
        outbox = OutboxRow.objects.filter(done_at__isnull=True, **mine).aggregate(
            waiting=Count("id", filter=Q(attempts__lt=MOST_ATTEMPTS)),
            oldest=Min("available_at", filter=Q(attempts__lt=MOST_ATTEMPTS)),
            failed=Count("id", filter=Q(attempts__gte=MOST_ATTEMPTS)),
        )
        due = CaseRow.objects.filter(attention_at__lte=now, **mine).aggregate(waiting=Count("id"), oldest=Min("attention_at"))
        messages = Delivery.objects.filter(state__in=(State.WAITING, State.DEAD), **mine).aggregate(
            waiting=Count("id", filter=Q(state=State.WAITING, not_before__lte=now)),
            oldest=Min("not_before", filter=Q(state=State.WAITING, not_before__lte=now)),
            failed=Count("id", filter=Q(state=State.DEAD)),
        )
        jobs = Job.objects.filter(**mine).aggregate(
            waiting=Count("id", filter=Q(state=JobState.WAITING)),
            running=Count("id", filter=Q(state=JobState.RUNNING)),
            oldest=Min("asked_at", filter=Q(state=JobState.WAITING)),
            failed=Count("id", filter=Q(state=JobState.FAILED)),
        )
        queues = (Queue("due", **due), Queue("outbox", **outbox), Queue("messages", **messages), Queue("jobs", **jobs))
        return Background(now, workers, queues, unseen_jumps())
