"""Asking for a job, seeing it, cancelling it, trying again, taking its files out."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_noop

from huiyin.organisations.models import Organisation, Staff
from huiyin.organisations.uuid7 import uuid7
from huiyin.store.availability import clear_failures
from huiyin.store.sentences import SentenceError

from .kinds import Kind
from .models import INPUT, OPEN, PROBLEMS, RESULT, Job, JobDownload, JobPart, State
from .running import KEPT
from .steps import add_part

SHOWN = 50


class NotNow(SentenceError):
    """What is asked of a job does not fit its state."""


def ask(
    organisation: Organisation,
    person: str,
    kind: Kind,
    title: str,
    parameters: Mapping[str, Any],
    *,
    ending: str = "",
    uploaded: bytes = b"",
    shared: bool = False,
) -> Job:
    """Put a job into the queue; when the same work is waiting or running already, that job is given.

    `title` must hold no personal data. `shared`: the work is the same whoever asks for it. Raises StoreUnavailable.
    """
    same = json.dumps([kind.name, "" if shared else person, dict(parameters)], sort_keys=True, ensure_ascii=False)
    key = hashlib.sha256(same.encode() + b"\0" + uploaded).hexdigest()
    now = timezone.now()
    job = Job(
        id=uuid7(), organisation=organisation, kind=kind.name, title=title[:300], asked_by=person, key=key,
        ending=ending, not_before=now, asked_at=now,
    )  # fmt: skip
    job.put_parameters(organisation.pk, parameters)
    with clear_failures():
        while True:
            try:
                with transaction.atomic():
                    job.save(force_insert=True)
                    add_part(job, INPUT, uploaded)
            except IntegrityError:
                same_work = Job.objects.filter(organisation=organisation, key=key, state__in=OPEN).first()
                if same_work is not None:      # else it ended just now
                    return same_work
            else:
                return job


def jobs_for(staff: Staff) -> list[Job]:
    """The newest jobs this person asked for; an administrator sees those of all. Raises StoreUnavailable."""
    with clear_failures():
        return list(_visible(staff).defer("sealed", "wrapped").order_by("-id")[:SHOWN])


def job_for(staff: Staff, job_id: UUID) -> Job | None:
    """A job this person may see. Raises StoreUnavailable."""
    with clear_failures():
        return _visible(staff).filter(pk=job_id).first()


def _visible(staff: Staff) -> Any:
    mine = Job.objects.filter(organisation=staff.organisation_id)
    return mine if staff.administrator else mine.filter(asked_by=staff.person)


def cancel(job: Job) -> None:
    """Stop a job: at once while it waits, else after the step under way. Raises NotNow when it has ended."""
    now = timezone.now()
    waiting = Job.objects.filter(pk=job.pk, state=State.WAITING).update(state=State.CANCELLED, ended_at=now, trouble="")
    if not waiting and not Job.objects.filter(pk=job.pk, state=State.RUNNING).update(cancelling=True):
        raise NotNow(gettext_noop("这项任务已经结束，不用取消。"))


def try_again(job: Job) -> None:
    """Put a failed or cancelled job back; it goes on from the last step that was done.

    Raises:
        NotNow: it has not ended, its files are gone, or the same work was asked for anew.
    """
    now = timezone.now()
    if job.state not in (State.FAILED, State.CANCELLED):
        raise NotNow(gettext_noop("只有失败或取消的任务可以再试。"))
    if now - (job.ended_at or now) > KEPT:
        raise NotNow(gettext_noop("这项任务结束已久，文件已经删除。请重新发起。"))
    try:
        with transaction.atomic():
            Job.objects.filter(pk=job.pk, state__in=(State.FAILED, State.CANCELLED)).update(
                state=State.WAITING, cancelling=False, attempts=0, trouble="", ended_at=None, not_before=now
            )
    except IntegrityError as error:
        raise NotNow(gettext_noop("同样的任务已经在等待或进行。")) from error


def uploaded_with(job: Job) -> bytes:
    """The file that was uploaded with a job, empty when it is gone."""
    parts = JobPart.objects.filter(job=job, file=INPUT).order_by("number").values_list("pk", flat=True)
    return b"".join(_contents(job, list(parts)))


def files_of(jobs: list[Job]) -> dict[UUID, set[str]]:
    """Job → names of the files that ended jobs still have. One query."""
    found: dict[UUID, set[str]] = {job.pk: set() for job in jobs if not job.is_open}
    parts = JobPart.objects.filter(job__in=list(found), file__in=(INPUT, RESULT, PROBLEMS))
    for job_id, file in parts.values_list("job", "file").distinct():
        found[job_id].add(file)
    return found


def take_out(job: Job, file: str, person: str, now: datetime) -> Iterator[bytes] | None:
    """A file of an ended job for the person who asked for it, written down before anything is given out.

    None: there is no such file (any more), or somebody else asked for it.
    """
    if job.is_open or job.asked_by != person or file not in (RESULT, PROBLEMS) or now - (job.ended_at or now) > KEPT:
        return None
    with clear_failures():
        parts = list(JobPart.objects.filter(job=job, file=file).order_by("number").values_list("pk", flat=True))
        if not parts:
            return None
        JobDownload.objects.create(job=job, file=file, person=person, at=now)
    return _contents(job, parts)


def _contents(job: Job, parts: list[UUID]) -> Iterator[bytes]:
    for part in parts:
        yield JobPart.objects.get(pk=part).content(job.organisation_id)
