"""Regimes an organisation has published, and the lists it keeps for them."""

from django.db import models

from huiyin.organisations.models.organisation import Organisation
from huiyin.organisations.uuid7 import uuid7


class RegimeVersion(models.Model):
    """A published version of a regime, complete in itself: source, the sources it extends, the settings' answers.

    What a version says never changes after publishing; only `active` may be taken away, which keeps new cases out.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="regime_versions")
    regime = models.CharField("制度", max_length=80)
    title = models.CharField("名称", max_length=200)
    version = models.CharField("版本", max_length=40)
    digest = models.CharField("摘要", max_length=64)
    source = models.TextField("原文")
    base_sources = models.JSONField("所依据制度的原文", default=dict, blank=True)
    answers = models.JSONField("单位自定事项", default=dict, blank=True)
    published_at = models.DateTimeField("发布时间")
    effective_on = models.DateField("施行日期")
    active = models.BooleanField("有效", default=True)

    class Meta:
        verbose_name = verbose_name_plural = "制度版本"
        ordering = ("regime", "effective_on", "published_at")
        constraints = [
            models.UniqueConstraint(fields=["organisation", "regime", "version"], name="regime_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.version}"


class TableRow(models.Model):
    """One row of a list the organisation keeps for a regime (管辖分工, 商家名录 …): key → columns."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="table_rows")
    regime = models.CharField("制度", max_length=80)
    table = models.CharField("表", max_length=80)
    key = models.CharField("键", max_length=200)
    columns = models.JSONField("内容", default=dict, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "单位维护的表"
        ordering = ("regime", "table", "id")
        constraints = [
            models.UniqueConstraint(fields=["organisation", "regime", "table", "key"], name="table_key_once")
        ]

    def __str__(self) -> str:
        return f"{self.table}：{self.key}"
