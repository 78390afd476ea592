"""Published replies: what everybody may read, copied out of the cases so that the page of them is one query."""

from django.db import models


class PublishedRow(models.Model):
    """The published reply of a case. Nothing stands in it that its act was not filled in with."""

    case_id = models.UUIDField(primary_key=True)
    organisation_id = models.UUIDField()
    regime = models.CharField(max_length=80)
    regime_version = models.CharField(max_length=40, help_text="under which the contents have their titles")
    category = models.CharField(max_length=80, blank=True)
    unit = models.CharField(max_length=80, blank=True, help_text="who handled it")
    received_at = models.DateTimeField()
    published_at = models.DateTimeField()
    contents = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["organisation_id", "-published_at", "-case_id"], name="store_published_newest")]

    def __str__(self) -> str:
        return f"{self.regime} {self.published_at:%Y-%m-%d}"
