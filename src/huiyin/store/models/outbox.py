"""Side effects to come, and the notices that were delivered inside."""

from django.db import models
from django.db.models import Q


class OutboxRow(models.Model):
    """An effect to be had once, written with the events that cause it. Claimed under a lease, so a dead worker costs time only."""

    id = models.UUIDField(primary_key=True)
    organisation_id = models.UUIDField()
    case_id = models.UUIDField()
    kind = models.CharField(max_length=30, help_text="notice, reminder, document, order …")
    key = models.CharField(max_length=160, unique=True, help_text="makes the effect happen once")
    payload = models.JSONField(default=dict)
    available_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    error = models.TextField(blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["available_at", "id"], name="store_outbox_open", condition=Q(done_at__isnull=True)),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


class NoticeRow(models.Model):
    """A notice in somebody's inbox; with subject `complainant` it stands on the tracking page."""

    id = models.UUIDField(primary_key=True)
    organisation_id = models.UUIDField()
    case_id = models.UUIDField()
    subject = models.CharField(max_length=255, help_text="see huiyin.store.subjects")
    key = models.CharField(max_length=360, unique=True)
    number = models.CharField(max_length=60)
    title = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    cite = models.JSONField(default=list)
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["organisation_id", "subject", "-id"], name="store_notice_inbox"),
            models.Index(fields=["case_id", "subject", "id"], name="store_notice_case"),
        ]

    def __str__(self) -> str:
        return self.title
