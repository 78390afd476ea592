"""Jobs and what goes in and out of them. What may be personal is encrypted, as personal data is."""

import json
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import Q

from huiyin.organisations.models import Organisation
from huiyin.organisations.uuid7 import uuid7
from huiyin.store.personal.sealing import seal_bytes, unseal_bytes
from huiyin.store.sentences import read


class State(models.TextChoices):
    """How far a job has come."""

    WAITING = "waiting", "等待"
    RUNNING = "running", "进行中"
    DONE = "done", "已完成"
    FAILED = "failed", "失败"
    CANCELLED = "cancelled", "已取消"


OPEN = (State.WAITING, State.RUNNING)
INPUT, RESULT, PROBLEMS = "input", "result", "problems"
"""Names of files: what was uploaded, what came of it, and the lines that were not taken."""


class SealedBytes(models.Model):
    """A row with an encrypted content, bound to the row's id and organisation."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    key_id = models.CharField(max_length=40)
    wrapped = models.BinaryField()
    sealed = models.BinaryField()

    class Meta:
        abstract = True

    def put(self, organisation_id: UUID, content: bytes) -> None:
        """Encrypt the content (the row is not saved yet)."""
        self.key_id, self.wrapped, self.sealed = seal_bytes(self.id, organisation_id, content)

    def content(self, organisation_id: UUID) -> bytes:
        """The content. Raises SealBroken."""
        return unseal_bytes(self.id, organisation_id, self.key_id, bytes(self.wrapped), bytes(self.sealed))


class Job(SealedBytes):
    """A long piece of work that somebody asked for.

    `title` says what, without personal data; the sealed content holds the parameters (JSON), which may name people.
    `key` is the same for two requests for the same work: only one of them can be open. `position` is where the next step
    begins, `done` and `total` (0: not known) and `words` are for the reader; `words` and `trouble` are sentences as
    `huiyin.store.sentences` keeps them. A running job belongs to whoever holds
    `claim` until `lease_until`; after that another worker takes it over. `attempts` counts claims since the last step
    that was finished. `counts` are figures of the result by name.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=40, help_text="see HUIYIN_JOB_KINDS")
    title = models.CharField(max_length=300)
    asked_by = models.CharField(max_length=80)
    key = models.CharField(max_length=64)
    ending = models.CharField(max_length=8, blank=True, help_text="of the result's name: xlsx, pdf")
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    cancelling = models.BooleanField(default=False, help_text="to stop after the step under way")
    position = models.JSONField(default=dict)
    done = models.PositiveBigIntegerField(default=0)
    total = models.PositiveBigIntegerField(default=0)
    words = models.TextField(blank=True)
    counts = models.JSONField(default=dict)
    claim = models.UUIDField(null=True)
    lease_until = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    not_before = models.DateTimeField()
    trouble = models.TextField(blank=True)
    asked_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "key"], condition=Q(state__in=OPEN), name="jobs_one_open")
        ]
        indexes = [
            models.Index(fields=["not_before", "id"], condition=Q(state__in=OPEN), name="jobs_open"),
            models.Index(fields=["organisation", "-id"], name="jobs_newest"),
            models.Index(fields=["organisation", "asked_by", "-id"], name="jobs_of_person"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def doing(self) -> str:
        """What was done last, or was about to be done when it failed, for the reader."""
        return read(self.words)

    @property
    def why(self) -> str:
        """What went wrong, for the reader."""
        return read(self.trouble)

    @property
    def is_open(self) -> bool:
        """Whether it waits or runs."""
        return self.state in OPEN

    @property
    def parameters(self) -> dict[str, Any]:
        """What was asked for. Raises SealBroken."""
        said: dict[str, Any] = json.loads(self.content(self.organisation_id))
        return said

    def put_parameters(self, organisation_id: UUID, parameters: Mapping[str, Any]) -> None:
        """Seal what is asked for."""
        self.put(organisation_id, json.dumps(dict(parameters), ensure_ascii=False).encode())


class JobPart(SealedBytes):
    """A part of a file of a job. A step adds parts in the transaction that says it was done."""

    job = models.ForeignKey(Job, on_delete=models.CASCADE, related_name="parts")
    file = models.CharField(max_length=20)
    number = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["job", "file", "number"], name="jobs_part_once")]

    def __str__(self) -> str:
        return f"{self.file} {self.number}"


class JobCase(models.Model):
    """A case that counts for a figure of a job's result. `note` says what about it, without personal data.

    A step adds them in the transaction that says it was done. Who may see the case is asked when it is shown.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    job = models.ForeignKey(Job, on_delete=models.CASCADE, related_name="cases")
    group = models.CharField(max_length=300)
    case_id = models.UUIDField()
    note = models.JSONField(default=dict)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["job", "group", "case_id"], name="jobs_case_once")]

    def __str__(self) -> str:
        return f"{self.group} {self.case_id}"


class JobDownload(models.Model):
    """Somebody took a file of a job out."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    job = models.ForeignKey(Job, on_delete=models.CASCADE, related_name="downloads")
    file = models.CharField(max_length=20)
    person = models.CharField(max_length=80)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["job", "-id"], name="jobs_downloads")]

    def __str__(self) -> str:
        return f"{self.person} {self.file}"
