"""A job under way, as the function that does its steps sees it."""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from datetime import datetime, timedelta
from typing import Any, TypeVar
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Max
from django.utils import timezone

from huiyin.organisations.models import Organisation
from huiyin.store.one_writer import one_writer
from huiyin.store.sentences import kept

from .models import Job, JobCase, JobPart, State

Kept = TypeVar("Kept")

LEASE = timedelta(minutes=2)
"""How long a worker may be silent before another one takes its job over; a step takes much less."""


BREATH_SECONDS = 0.15
"""SQLite takes one writer, and who waits looks again every 100 ms at the latest: between two steps others get their turn."""


class LeaseLost(Exception):
    """Another worker has taken the job over, or it was deleted; nothing of this step is kept."""


class Run:
    """One worker's turn at a job.

    A step reads what it needs, then in `whole()` writes what it does and calls `save` or `end`: both are committed
    together, or neither. A worker that lost its lease cannot commit, so every step takes effect exactly once.
    """

    def __init__(self, job: Job) -> None:
        self._job = job
        self._parameters: dict[str, Any] | None = None
        self._kept: Any = None
        self._ending = ExitStack()
        self._free_since = time.monotonic() - BREATH_SECONDS

    @property
    def organisation(self) -> Organisation:
        """Whose job it is."""
        return self._job.organisation

    @property
    def person(self) -> str:
        """Who asked for it."""
        return self._job.asked_by

    @property
    def asked_at(self) -> datetime:
        """When it was asked for."""
        return self._job.asked_at

    @property
    def position(self) -> dict[str, Any]:
        """Where the step begins; empty at first."""
        return dict(self._job.position)

    @property
    def done(self) -> int:
        """How much is done."""
        return self._job.done

    @property
    def total(self) -> int:
        """How much there is to do, 0 while not known."""
        return self._job.total

    @property
    def counts(self) -> dict[str, int]:
        """Figures so far."""
        return dict(self._job.counts)

    @property
    def parameters(self) -> dict[str, Any]:
        """What was asked for."""
        if self._parameters is None:
            self._parameters = self._job.parameters
        return self._parameters

    def kept(self, make: Callable[[], Kept]) -> Kept:
        """Something that is costly to make, made once for all steps of this turn."""
        if self._kept is None:
            self._kept = make()
        kept: Kept = self._kept
        return kept

    def at_end(self, close: Callable[[], object]) -> None:
        """Have something closed when this turn is over, however it ends."""
        self._ending.callback(close)

    def close(self) -> None:
        """The turn is over."""
        self._ending.close()

    def parts(self, file: str) -> Iterator[bytes]:
        """The parts of a file, in order."""
        for part in JobPart.objects.filter(job=self._job, file=file).order_by("number").iterator(chunk_size=4):
            yield part.content(self.organisation.pk)

    def doing(self, sentence: str, **values: object) -> None:
        """Say what the step is about to do, so that a failure tells where it was; see `huiyin.store.sentences`."""
        self._job.words = kept(sentence, **values)

    @contextmanager
    def whole(self) -> Iterator[None]:
        """A transaction in which the step takes effect, after a breath since the one before. Raises LeaseLost."""
        if connection.vendor == "sqlite":
            time.sleep(max(0.0, self._free_since + BREATH_SECONDS - time.monotonic()))
        with one_writer(), transaction.atomic():
            self._still_mine()
            yield
        self._free_since = time.monotonic()

    def save(
        self,
        position: Mapping[str, Any],
        *,
        done: int,
        total: int = 0,
        words: str = "",
        counts: Mapping[str, int] | None = None,
        parts: Sequence[tuple[str, bytes]] = (),
    ) -> None:
        """Write down that the step is done and where the next one begins; `words` as kept. Inside `whole()` only."""
        self._write(state=State.RUNNING, position=dict(position), done=done, total=total, words=words,
                    counts=dict(counts or {}), lease_until=timezone.now() + LEASE)  # fmt: skip
        self._add(parts)

    def end(
        self, *, done: int, words: str = "", counts: Mapping[str, int] | None = None, parts: Sequence[tuple[str, bytes]] = ()
    ) -> None:
        """Write down that all is done. Inside `whole()` only."""
        self._write(state=State.DONE, done=done, total=done, words=words, counts=dict(counts or {}),
                    claim=None, lease_until=None, ended_at=timezone.now())  # fmt: skip
        self._add(parts)

    def count_cases(self, found: Iterable[tuple[str, UUID, Mapping[str, Any]]]) -> None:
        """Keep which case counts for which figure: figure, case, what about it. Inside `whole()` only."""
        JobCase.objects.bulk_create(
            JobCase(job=self._job, group=group, case_id=case_id, note=dict(note)) for group, case_id, note in found
        )

    def drop(self, file: str) -> None:
        """Remove a file that is no longer needed. Inside `whole()` only."""
        JobPart.objects.filter(job=self._job, file=file).delete()

    def _write(self, **values: Any) -> None:
        values |= {"attempts": 0, "trouble": ""}
        if not self._mine().update(**values):
            raise LeaseLost
        for name, value in values.items():
            setattr(self._job, name, value)

    def _still_mine(self) -> None:
        if not self._mine().select_for_update().values_list("pk").first():
            raise LeaseLost

    def _mine(self) -> Any:
        return Job.objects.filter(pk=self._job.pk, claim=self._claim, state=State.RUNNING)

    @property
    def _claim(self) -> UUID | None:
        return self._job.claim

    def _add(self, parts: Sequence[tuple[str, bytes]]) -> None:
        for file, content in parts:
            add_part(self._job, file, content)


PART = 1024 * 1024
"""Bytes of the largest part: a file is read and written a little at a time."""


def add_part(job: Job, file: str, content: bytes) -> None:
    """Add content to the end of a file of a job, in parts."""
    last = JobPart.objects.filter(job=job, file=file).aggregate(last=Max("number"))["last"] or 0
    for number, start in enumerate(range(0, len(content), PART), start=last + 1):
        part = JobPart(job=job, file=file, number=number)
        part.put(job.organisation_id, content[start : start + PART])
        part.save(force_insert=True)
