"""A worker's turn: claim a job under a lease, do its steps until it ends, is cancelled, or fails.

The table of jobs is the truth. A worker that dies leaves its lease to run out; whoever takes the job over goes on from
the last step that was committed. Times are the machine's own.
"""

import threading
import time
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

import structlog
from django.db import DatabaseError, InterfaceError, connection, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_noop

from huiyin.store.availability import sentence_for
from huiyin.store.clock_jumps import clock_is_doubtful
from huiyin.store.errors import StoreError, StoreUnavailable
from huiyin.store.sentences import kept, read

from .kinds import JobFailed, kinds
from .models import OPEN, Job, JobPart, State
from .steps import LEASE, LeaseLost, Run

MOST_ATTEMPTS = 5
"""Claims without a single finished step; a job that kills its worker, or whose step never gets through, is given up."""

FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=15), timedelta(minutes=10)
KEPT = timedelta(days=3)
"""How long files can be fetched after the end."""

LISTED = timedelta(days=90)
"""How long an ended job is shown."""

if TYPE_CHECKING:
    from django.db.models import QuerySet

_CLEARING_SECONDS = 600.0
_log = structlog.get_logger(__name__)


class Runner:
    """Works on jobs in one process, one at a time."""

    def __init__(self) -> None:
        self._clear_at = 0.0

    def round(self, stop: threading.Event | None = None) -> int:
        """Claim one job and work on it until it ends or `stop` is set; gives how many were worked on (0 or 1)."""
        if time.monotonic() >= self._clear_at:
            self._clear_at = time.monotonic() + _CLEARING_SECONDS
            clear_away(timezone.now())
        job = claim(timezone.now())
        if job is None:
            return 0
        _work(job, stop or threading.Event())
        return 1


def claim(now: datetime) -> Job | None:
    """Take the oldest job that waits, or whose worker has not been heard of.

    A lease far ahead is from a clock gone back. One a little ahead is not: somebody claimed while we waited for the lock.
    """
    free = Q(state=State.WAITING) & (Q(not_before__lte=now) | Q(not_before__gt=now + LONGEST_PAUSE))
    lost = Q(state=State.RUNNING) & (Q(lease_until__lt=now) | Q(lease_until__gt=now + 2 * LEASE))
    if not Job.objects.filter(free | lost).exists():
        return None
    skip = bool(connection.features.has_select_for_update_skip_locked)
    with transaction.atomic():
        waiting = Job.objects.filter(free | lost).order_by("id").select_for_update(skip_locked=skip, of=("self",) if skip else ())
        job = waiting.select_related("organisation").first()
        if job is None:
            return None
        job.state, job.claim, job.lease_until = State.RUNNING, uuid4(), now + LEASE
        job.attempts, job.started_at = job.attempts + 1, job.started_at or now
        job.save(update_fields=["state", "claim", "lease_until", "attempts", "started_at"])
    return job


def _work(job: Job, stop: threading.Event) -> None:
    run = Run(job)
    try:
        _steps(job, run, stop)
    except LeaseLost:
        _log.warning("job-lease-lost", job=str(job.pk))
    except JobFailed as trouble:
        _fail(job, trouble.sentence)
    except StoreUnavailable as trouble:
        _again(job, trouble.message_zh)
    except StoreError as trouble:
        _fail(job, trouble.message_zh)
    except (DatabaseError, InterfaceError) as error:
        sentence = sentence_for(error)
        if sentence is None:
            _broken(job, error)
        else:
            _again(job, sentence)
    except Exception as error:  # noqa: BLE001 - whatever a step raises is told to the person who asked
        _broken(job, error)
    finally:
        run.close()


def _steps(job: Job, run: Run, stop: threading.Event) -> None:
    """Step after step, until the job has ended, is cancelled, or the process is to stop."""
    if job.attempts > MOST_ATTEMPTS:
        raise JobFailed(gettext_noop("后台进程连续 %(times)s 次在这一步中断，已停止。请联系系统管理员查看日志。"), times=MOST_ATTEMPTS)
    kind = kinds().get(job.kind)
    if kind is None:
        raise JobFailed(gettext_noop("这个版本的程序不认识这种任务。请确认后台进程与网站是同一版本，再试一次。"))
    while job.state == State.RUNNING and not _cancelled(job):
        if stop.is_set():
            _let_go(job)
            return
        kind.step(run)


def _cancelled(job: Job) -> bool:
    """Stop between steps: what is done stays, whole."""
    now = timezone.now()
    stopped = _mine(job).filter(cancelling=True).update(
        state=State.CANCELLED, claim=None, lease_until=None, ended_at=now, cancelling=False
    )
    if not stopped and not _mine(job).exists():
        raise LeaseLost
    return bool(stopped)


def _let_go(job: Job) -> None:
    """The process ends in order: the next one goes on at once."""
    _mine(job).update(state=State.WAITING, claim=None, lease_until=None, attempts=0, not_before=timezone.now())


def _again(job: Job, sentence: str) -> None:
    """The database could not take it: later, from the same place."""
    if job.attempts >= MOST_ATTEMPTS:
        _fail(job, sentence)
        return
    pause = min(FIRST_PAUSE * 2 ** (job.attempts - 1), LONGEST_PAUSE)
    _mine(job).update(state=State.WAITING, claim=None, lease_until=None, trouble=sentence, not_before=timezone.now() + pause)


def _broken(job: Job, error: Exception) -> None:
    _log.error("job-broken", job=str(job.pk), kind=job.kind, at=read(job.words), exc_info=error)
    sentence = gettext_noop("程序出错（%(why)s）。请把任务编号 %(job)s 告诉系统管理员，日志里有详细记录。")
    _fail(job, kept(sentence, why=type(error).__name__, job=job.pk))


def _fail(job: Job, sentence: str) -> None:
    _mine(job).update(
        state=State.FAILED, claim=None, lease_until=None, trouble=sentence, words=job.words, ended_at=timezone.now()
    )


def _mine(job: Job) -> "QuerySet[Job]":
    return Job.objects.filter(pk=job.pk, claim=job.claim, state=State.RUNNING)


def clear_away(now: datetime) -> None:
    """Remove files that can no longer be fetched, and jobs that ended long ago; nothing by a clock that may be wrong."""
    if clock_is_doubtful():
        return
    JobPart.objects.filter(job__ended_at__lt=now - KEPT).exclude(job__state__in=OPEN).delete()
    Job.objects.filter(ended_at__lt=now - LISTED).exclude(state__in=OPEN).delete()
