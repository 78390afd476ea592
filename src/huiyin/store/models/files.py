"""Attachments: whose file, what kind; the bytes lie in the data folder under their digest."""

from django.db import models


class AttachmentRow(models.Model):
    """A file of a case. `name` is data from outside: shown, never used as a path."""

    id = models.UUIDField(primary_key=True)
    organisation_id = models.UUIDField()
    case_id = models.UUIDField()
    evidence = models.CharField(max_length=120, help_text="key of the evidence in the case")
    digest = models.CharField(max_length=64, help_text="SHA-256 of the bytes, hexadecimal")
    name = models.CharField(max_length=200)
    type = models.CharField(max_length=100, help_text="media type found by content")
    size = models.PositiveBigIntegerField(help_text="bytes")
    added_by = models.CharField(max_length=80)
    added_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["case_id", "id"], name="store_attachment_case")]

    def __str__(self) -> str:
        return self.name
