"""Where a member of staff can be reached outside, and what the person wants to be told there; where a body outside is written to."""

from django.db import models

from huiyin.notices.kinds import KINDS, PERSONAL, WAYS
from huiyin.organisations.models import Source, Staff
from huiyin.organisations.uuid7 import uuid7

from .sealed import SealedRow


class StaffContact(SealedRow):
    """E-mail address and telephone number of one person, sealed; `language` of the messages."""

    staff = models.OneToOneField(Staff, on_delete=models.CASCADE, related_name="contact")
    language = models.CharField(max_length=10, default="zh-hans")

    def __str__(self) -> str:
        return self.staff.name


class SourceContact(SealedRow):
    """The e-mail address of a body outside that files itself, sealed; messages about its cases go there."""

    source = models.OneToOneField(Source, on_delete=models.CASCADE, related_name="contact")

    def __str__(self) -> str:
        return self.source.name


class Choice(models.Model):
    """Whether a person wants one kind told over one way; without a row what `huiyin.notices.choosing` says holds."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    staff = models.ForeignKey(Staff, on_delete=models.CASCADE, related_name="notice_choices")
    kind = models.CharField(max_length=20, choices=list(KINDS.items()))
    way = models.CharField(max_length=20, choices=[(way, WAYS[way].title) for way in PERSONAL])
    wanted = models.BooleanField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["staff", "kind", "way"], name="notice_choice_once")]

    def __str__(self) -> str:
        return f"{self.staff}: {self.kind} {self.way}"
