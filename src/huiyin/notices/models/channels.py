"""Channels an organisation has set up."""

from django.db import models

from huiyin.notices.kinds import WAYS
from huiyin.organisations.models import Organisation, Staff
from huiyin.store.sentences import read

from .sealed import SealedRow


class Channel(SealedRow):
    """A way out that an organisation has set up: its mail server, its SMS gateway, a group's robot, a webhook.

    Sealed are the settings with their passwords and tokens. `audience` are the units (by key) whose notices a group or
    system gets; empty means everybody's. `kinds` are the kinds it gets. `rests` counts how often in a row its other side
    could not be reached; until `rest_until` nothing is tried, `trouble` says why, see `huiyin.store.sentences`.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="channels")
    way = models.CharField("方式", max_length=20, choices=[(way.id, way.title) for way in WAYS.values()])
    title = models.CharField("名称", max_length=80)
    active = models.BooleanField("使用", default=True)
    audience = models.JSONField("部门", default=list, blank=True)
    kinds = models.JSONField("内容", default=list, blank=True)
    rests = models.PositiveSmallIntegerField(default=0)
    rest_until = models.DateTimeField(null=True)
    trouble = models.TextField(blank=True)
    set_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+", verbose_name="设置人")
    set_at = models.DateTimeField("设置时间", auto_now=True)

    class Meta:
        verbose_name = verbose_name_plural = "通知渠道"
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "way"],
                condition=models.Q(way__in=["email", "sms"], active=True),
                name="one_mail_server_and_one_sms_gateway",
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def why(self) -> str:
        """What went wrong, for an administrator."""
        return read(self.trouble)
