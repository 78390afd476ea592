"""The event log and its daily anchors."""

from django.db import models

from .append_only import AppendOnly


class EventRow(AppendOnly):
    """One event of one case. `body` is the canonical JSON text that was hashed, byte for byte."""

    pk = models.CompositePrimaryKey("case_id", "sequence")
    organisation_id = models.UUIDField()
    case_id = models.UUIDField()
    sequence = models.PositiveIntegerField(help_text="1, 2, 3 … within the case")
    kind = models.CharField(max_length=40, help_text="class name of the event")
    at = models.DateTimeField(help_text="by the organisation's clock, UTC")
    by = models.CharField(max_length=80, help_text="person id, complainant or system")
    body = models.TextField()
    key = models.CharField(max_length=120, blank=True, help_text="idempotency key of the command")
    digest = models.CharField(max_length=64)
    previous = models.CharField(max_length=64)

    class Meta:
        indexes = [models.Index(fields=["organisation_id", "at"], name="store_event_by_time")]

    def __str__(self) -> str:
        return f"{self.case_id}/{self.sequence} {self.kind}"


class AnchorRow(AppendOnly):
    """The seal of one day: every chain that grew that day with its last digest, chained to the anchor before.

    `heads` has one line `case sequence digest` per case, sorted; `digest` is the SHA-256 over previous, day and heads.
    """

    pk = models.CompositePrimaryKey("organisation_id", "day")
    organisation_id = models.UUIDField()
    day = models.DateField(help_text="in the organisation's time zone")
    heads = models.TextField(blank=True)
    digest = models.CharField(max_length=64)
    previous = models.CharField(max_length=64)
    sealed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.day} {self.digest[:12]}"
