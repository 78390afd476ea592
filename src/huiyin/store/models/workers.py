"""Who works behind the scenes, and when a machine's clock was seen to jump."""

from django.db import models


class WorkerRow(models.Model):
    """A process that works behind the scenes; it writes down every few seconds that it lives and what it did."""

    id = models.UUIDField(primary_key=True)
    host = models.CharField(max_length=120)
    process = models.PositiveIntegerField()
    started_at = models.DateTimeField()
    beat_at = models.DateTimeField()
    rounds = models.PositiveBigIntegerField(default=0)
    done = models.JSONField(default=dict, help_text="what was done since the start, by kind")
    trouble = models.CharField(max_length=300, blank=True, help_text="why the last round failed, empty when it did not")
    stopped_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["-beat_at"], name="store_worker_beat")]

    def __str__(self) -> str:
        return f"{self.host}:{self.process}"


class ClockJumpRow(models.Model):
    """A machine's clock jumped: what it showed and what it should have shown. `seen_by` is who took note of it."""

    id = models.UUIDField(primary_key=True)
    host = models.CharField(max_length=120)
    shown = models.DateTimeField(help_text="what the clock showed after the jump")
    expected = models.DateTimeField(help_text="what it would have shown without")
    seen_by = models.CharField(max_length=80, blank=True)

    class Meta:
        indexes = [models.Index(fields=["-id"], name="store_jump_unseen", condition=models.Q(seen_by=""))]

    def __str__(self) -> str:
        return f"{self.host}: {self.expected:%Y-%m-%d %H:%M} → {self.shown:%Y-%m-%d %H:%M}"
