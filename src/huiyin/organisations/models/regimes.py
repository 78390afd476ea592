"""Regimes an organisation has published, and the lists it keeps for them."""

from typing import Any
from uuid import UUID

from django.db import models

from huiyin.organisations.models.organisation import Organisation
from huiyin.organisations.uuid7 import uuid7

NOWHERE = UUID(int=0)
"""Before the first case."""


class VersionChangedError(ValueError):
    """Somebody tried to change what a published version says."""

    def __init__(self) -> None:
        super().__init__("已发布的制度版本不能修改，请发布新的版本。 / A published version never changes; publish another.")


class PublishedVersions(models.QuerySet["RegimeVersion"]):
    """Published versions, of which nothing but `active` can be set in bulk."""

    def update(self, **values: Any) -> int:
        """Raises VersionChangedError for anything that a version says."""
        if values.keys() - {"active"}:
            raise VersionChangedError
        return super().update(**values)


class RegimeVersion(models.Model):
    """A published version of a regime, complete in itself: source, the sources it extends, the settings' answers.

    What a version says never changes after publishing; only `active` may be taken away, which keeps new cases out.
    `approvals` are the yeses that publishing needed: stage, role, person, name, time. `scenarios` are the stories beside it.
    `takes_open_cases`: the regime itself says that open cases go over to it (`governance.open_cases: move`).
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
    published_by = models.ForeignKey(
        "organisations.Staff", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="发布人"
    )
    reason = models.TextField("修订理由", blank=True)
    announcement = models.TextField("公告", blank=True)
    approvals = models.JSONField("批准", default=list, blank=True)
    scenarios = models.TextField("情景", blank=True)
    takes_open_cases = models.BooleanField("在办案件改用本版", default=False)

    objects = PublishedVersions.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "制度版本"
        ordering = ("regime", "effective_on", "published_at")
        constraints = [
            models.UniqueConstraint(fields=["organisation", "regime", "version"], name="regime_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.version}"

    def save(self, *arguments: Any, **named: Any) -> None:
        """Write a new version; of one that is published only `active`. Raises VersionChangedError for anything else."""
        if not self._state.adding and set(named.get("update_fields") or ["everything"]) != {"active"}:
            raise VersionChangedError
        super().save(*arguments, **named)


class RegimeDraft(models.Model):
    """A version in the making. `regime`, `title` and `version` are what its text says, as far as it can be read.

    `problems` is what the checker said of the text and answers at the last save, `digest` theirs; an approval counts only
    for the digest it was given to. `edition` counts saves, so that nobody overwrites what somebody else has saved.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="regime_drafts")
    regime = models.CharField("制度", max_length=80, blank=True)
    title = models.CharField("名称", max_length=200, blank=True)
    version = models.CharField("版本", max_length=40, blank=True)
    source = models.TextField("原文", blank=True)
    scenarios = models.TextField("情景", blank=True)
    answers = models.JSONField("单位自定事项", default=dict, blank=True)
    problems = models.JSONField("检查结果", default=list, blank=True)
    ready = models.BooleanField("可以发布", default=False)
    digest = models.CharField("摘要", max_length=64, blank=True)
    approvals = models.JSONField("批准", default=list, blank=True)
    edition = models.PositiveIntegerField("保存次数", default=0)
    changed_by = models.ForeignKey(
        "organisations.Staff", on_delete=models.PROTECT, related_name="+", verbose_name="修改人"
    )
    changed_at = models.DateTimeField("修改时间")

    class Meta:
        verbose_name = verbose_name_plural = "制度草稿"
        ordering = ("-changed_at", "id")

    def __str__(self) -> str:
        return f"{self.title or '未命名'} {self.version}（草稿）"


class MoveState(models.TextChoices):
    """How far a move of open cases has come. Nothing is moved before every case was looked at."""

    CHECKING = "checking", "正在逐件核对"
    MOVING = "moving", "正在改用新版"
    DONE = "done", "已完成"
    REFUSED = "refused", "有案件不能改用，全部未动"


class CaseMove(models.Model):
    """Open cases go over to another version of their regime, in batches, by a worker.

    `after` is the id of the last case looked at in this pass; `blocked` are the cases that cannot go, with why.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="case_moves")
    version = models.ForeignKey(RegimeVersion, on_delete=models.PROTECT, related_name="moves")
    reason = models.TextField("理由")
    asked_by = models.ForeignKey("organisations.Staff", on_delete=models.PROTECT, related_name="+", verbose_name="安排人")
    asked_at = models.DateTimeField("安排时间")
    state = models.CharField("状态", max_length=10, choices=MoveState.choices, default=MoveState.CHECKING)
    total = models.PositiveIntegerField("件数", default=0)
    checked = models.PositiveIntegerField("已核对", default=0)
    moved = models.PositiveIntegerField("已改用", default=0)
    blocked = models.JSONField("不能改用的", default=list, blank=True)
    after = models.UUIDField(default=NOWHERE)

    class Meta:
        verbose_name = verbose_name_plural = "在办案件改用新版"
        ordering = ("-asked_at", "id")
        constraints = [
            models.UniqueConstraint(
                fields=["version"],
                condition=models.Q(state__in=[MoveState.CHECKING, MoveState.MOVING]),
                name="one_move_to_a_version_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return f"{self.version}：{self.get_state_display()}"


class StoryRun(models.Model):
    """The stories beside a regime, played by a worker; kept by the digest of all texts, so that nothing is played twice.

    `results`: title, passed, failure of each story. `coverage`: what the pack's inventory asks and how much of it is
    carried out; empty where the text is not that of a pack. `trouble`: why they could not be played.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="story_runs")
    version = models.ForeignKey(RegimeVersion, on_delete=models.CASCADE, null=True, related_name="story_runs")
    draft = models.ForeignKey(RegimeDraft, on_delete=models.CASCADE, null=True, related_name="story_runs")
    digest = models.CharField("摘要", max_length=64)
    asked_at = models.DateTimeField("安排时间")
    played_at = models.DateTimeField("演完时间", null=True)
    results = models.JSONField("结果", default=list)
    coverage = models.JSONField("对照清单", default=dict)
    trouble = models.TextField("没有演成", blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "情景演练"
        ordering = ("-asked_at", "id")
        constraints = [models.UniqueConstraint(fields=["organisation", "digest"], name="stories_played_once")]

    def __str__(self) -> str:
        return f"{self.version or self.draft}：{len(self.results)}个情景"


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
