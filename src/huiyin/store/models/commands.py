"""Idempotency keys and register numbers: what makes a command count once and numbers gapless."""

from django.db import models


class CommandRow(models.Model):
    """The first result of a command by its idempotency key. `fingerprint` tells whether the same content came again."""

    pk = models.CompositePrimaryKey("organisation_id", "key")
    organisation_id = models.UUIDField()
    key = models.CharField(max_length=120)
    fingerprint = models.CharField(max_length=64)
    case_id = models.UUIDField()
    first = models.PositiveIntegerField(help_text="sequence of the first event it made")
    last = models.PositiveIntegerField(help_text="sequence of the last one; first - 1 when it made none")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.key


class RegisterRow(models.Model):
    """The last serial of a register. The row is locked until the filing is committed, so no number is lost."""

    pk = models.CompositePrimaryKey("organisation_id", "year", "pattern")
    organisation_id = models.UUIDField()
    year = models.PositiveSmallIntegerField()
    pattern = models.CharField(max_length=80)
    last = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"{self.year} {self.pattern} {self.last}"
