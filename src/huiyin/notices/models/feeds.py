"""Calendar feeds: secret addresses under which a calendar program reads what somebody owes."""

from django.db import models

from huiyin.organisations.models import Staff
from huiyin.organisations.uuid7 import uuid7


class CalendarFeed(models.Model):
    """One person's feed. Only the digest of the secret is kept; a new address voids the one before."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    staff = models.OneToOneField(Staff, on_delete=models.CASCADE, related_name="calendar_feed")
    digest = models.CharField(max_length=64, unique=True, help_text="SHA-256 of the secret, hexadecimal")
    made_at = models.DateTimeField(auto_now_add=True)
    read_at = models.DateTimeField(null=True, help_text="when a program last read it, to the hour")

    def __str__(self) -> str:
        return self.staff.name
