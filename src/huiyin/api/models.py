"""Tokens that open the interface."""

from datetime import datetime

from django.db import models

from huiyin.organisations.models import Organisation, Staff
from huiyin.organisations.uuid7 import uuid7


class Token(models.Model):
    """A key to the interface of one organisation. The database holds its digest only; the secret is shown once.

    With `staff` it acts as that person, with that person's roles of the day; without, it is a service (the
    organisation's website, a shop system) that files and tracks for complainants and sees no case by itself.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="tokens")
    staff = models.ForeignKey(Staff, on_delete=models.CASCADE, null=True, blank=True, related_name="tokens")
    name = models.CharField("用途", max_length=120)
    scopes = models.JSONField("范围", default=list)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    hint = models.CharField("开头", max_length=12, help_text="the first letters, to tell tokens apart in a list")
    created_at = models.DateTimeField("签发时间", auto_now_add=True)
    expires_at = models.DateTimeField("有效期至")
    revoked_at = models.DateTimeField("吊销时间", null=True, blank=True)
    last_used_at = models.DateTimeField("最近使用", null=True, blank=True, help_text="to the hour")

    class Meta:
        verbose_name = verbose_name_plural = "接口令牌"
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.name}（{self.hint}…）"

    def is_open(self, now: datetime) -> bool:
        """Whether it is neither revoked nor expired. Takes the machine's time: a rehearsal's clock opens nothing."""
        return self.revoked_at is None and now < self.expires_at
