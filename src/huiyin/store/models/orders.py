"""Orders of cases and affairs as their list shows them. Disposable; see `rebuild`."""

from django.db import models


class OrderRow(models.Model):
    """An order, open or over. Who may see it is told by its case: lists ask for the cases somebody may see."""

    pk = models.CompositePrimaryKey("case_id", "key")
    case_id = models.UUIDField()
    key = models.CharField(max_length=30)
    organisation_id = models.UUIDField()
    regime = models.CharField(max_length=80, help_text="the regime; of an affair that which declares it")
    kind = models.CharField(max_length=80, blank=True, help_text="kind of order; empty for a plain supervise order")
    title = models.CharField(max_length=120)
    text = models.TextField()
    state = models.CharField(max_length=10, help_text="waiting, reported, done, recalled, ended (with its case)")
    given_at = models.DateTimeField()
    given_by = models.CharField(max_length=80)
    given_as = models.CharField(max_length=80, blank=True, help_text="the role in whose name it came of itself")
    role = models.CharField(max_length=80, blank=True)
    unit = models.CharField(max_length=80, blank=True)
    person = models.CharField(max_length=80, blank=True)
    due = models.DateTimeField(null=True)
    overdue = models.BooleanField(default=False)
    paused = models.BooleanField(default=False)
    returned = models.PositiveSmallIntegerField(default=0)
    reported_at = models.DateTimeField(null=True)
    report = models.TextField(blank=True)
    number = models.CharField(max_length=60, help_text="of the case")
    case_title = models.CharField(max_length=120, blank=True)
    confidential = models.BooleanField(default=False)

    class Meta:
        indexes = [
            models.Index(fields=["organisation_id", "state", "-given_at", "case_id", "key"], name="store_order_state"),
            models.Index(fields=["organisation_id", "-given_at", "case_id", "key"], name="store_order_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"
