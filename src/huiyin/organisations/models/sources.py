"""Bodies outside that file themselves: who they are, where they may file, and every use of their code."""

from datetime import datetime

from django.db import models

from huiyin.organisations.models.organisation import Organisation
from huiyin.organisations.uuid7 import uuid7

HOURLY, DAILY = 60, 300
"""How many filings a body may hand in unless an administrator says otherwise: more than a busy desk types by hand."""


class Source(models.Model):
    """A body outside that has a page of its own with the organisation (合作银行, 平台, 12345).

    Its address holds the id, its code is kept as a digest and was shown once. `channels` are those it may file through, each
    as `regime/channel`. Cases it filed name it, so a name is given to one body for good. Times are the organisation's.

    `hourly`, `daily`: so many filings at most within an hour, a day. `full_at`: when it last wanted to file more; null once
    an administrator has taken note.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="sources")
    name = models.CharField("名称", max_length=200)
    channels = models.JSONField("渠道", default=list)
    digest = models.CharField(max_length=64, editable=False)
    issued_at = models.DateTimeField("发码时间")
    issued_by = models.ForeignKey("organisations.Staff", on_delete=models.PROTECT, related_name="+", verbose_name="发码人")
    expires_at = models.DateTimeField("有效期至", null=True, blank=True)
    revoked_at = models.DateTimeField("停用时间", null=True, blank=True)
    hourly = models.PositiveSmallIntegerField("每小时最多提交", default=HOURLY)
    daily = models.PositiveSmallIntegerField("每天最多提交", default=DAILY)
    full_at = models.DateTimeField("达到上限的时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "来文单位"
        ordering = ("name", "id")
        constraints = [models.UniqueConstraint(fields=["organisation", "name"], name="source_once")]

    def __str__(self) -> str:
        return self.name

    def is_open(self, now: datetime) -> bool:
        """Whether its code opens the page at this moment."""
        return self.revoked_at is None and (self.expires_at is None or now < self.expires_at)


class SourceEntryKind(models.TextChoices):
    """What happened at the door of a source's page, or to its code."""

    OPENED = "opened", "进入"
    WRONG = "wrong", "单位码不对"
    CLOSED = "closed", "单位码已停用或过期"
    ISSUED = "issued", "发码"
    REVOKED = "revoked", "停用"
    FULL = "full", "提交太多，暂不收"


class SourceEntry(models.Model):
    """One line of the log of a source: a use of its code, a wrong one, or what an administrator did. Only ever added to.

    `address` is a digest of the visitor's address, to tell visitors apart and no more.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="entries")
    kind = models.CharField("事项", max_length=10, choices=SourceEntryKind.choices)
    at = models.DateTimeField("时间")
    address = models.CharField(max_length=12, blank=True)
    by = models.ForeignKey("organisations.Staff", on_delete=models.PROTECT, related_name="+", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "来文单位的进入记录"
        ordering = ("-id",)
        indexes = [models.Index(fields=["source", "-id"], name="source_entry_newest")]

    def __str__(self) -> str:
        return f"{self.source} {self.get_kind_display()}"
