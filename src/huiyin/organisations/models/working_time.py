"""An organisation's own working time: single days, years announced after installation, and how both were changed."""

from typing import Any

from django.db import models

from huiyin.organisations.models.organisation import Organisation
from huiyin.organisations.models.regimes import NOWHERE
from huiyin.organisations.uuid7 import uuid7


class OwnDayKind(models.TextChoices):
    """What is special about a day at this organisation."""

    OFF = "off", "放假"
    EXTRA = "extra", "加班上班"
    HALF = "half", "半天上班"


class OwnDay(models.Model):
    """A day that differs from the State Council's arrangement. `hours` only for a half day: [["08:30", "12:00"]]."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="own_days")
    day = models.DateField("日期")
    kind = models.CharField("类型", max_length=10, choices=OwnDayKind.choices)
    title = models.CharField("名称", max_length=80, blank=True)
    hours = models.JSONField("办公时间", default=list, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "本单位的日子"
        ordering = ("day",)
        constraints = [models.UniqueConstraint(fields=["organisation", "day"], name="own_day_once")]

    def __str__(self) -> str:
        return f"{self.day} {self.title or self.get_kind_display()}"


class HolidayArrangement(models.Model):
    """A year's public holidays, entered when they were announced; a table as in `huiyin.calendars.arrangements`."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="holiday_arrangements")
    year = models.PositiveSmallIntegerField("年份")
    table = models.TextField("安排")
    entered_at = models.DateTimeField("录入时间", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "放假安排"
        ordering = ("year",)
        constraints = [models.UniqueConstraint(fields=["organisation", "year"], name="arrangement_once")]

    def __str__(self) -> str:
        return str(self.year)


class ChangeState(models.TextChoices):
    """How far a change of working time has come."""

    CHECKING = "checking", "正在核对影响"
    READY = "ready", "已核对，等待确认"
    APPLYING = "applying", "已生效，正在改算到期时间"
    DONE = "done", "已完成"
    DROPPED = "dropped", "没有采用"


class ChangeIsKeptError(RuntimeError):
    """What a change of working time says, and that it took effect, is never rewritten."""


_PROGRESS = {"state", "checked", "affected", "changed", "after_case", "done_at"}
_APPLIED = _PROGRESS | {"reason", "applied_by", "applied_at", "total"}


class WorkingTimeChange(models.Model):
    """A change of working time: proposed, looked at case by case, taken into effect for a reason. The rows are the history.

    `before` and `after` are the whole working time as `huiyin.organisations.working_time.WorkingTime` writes it.
    `total`: open cases; `checked`: looked at in this pass; `affected`: whose due times the preview found to move;
    `changed`: whose due times were set anew; `after_case`: the last case looked at in this pass. Nobody
    (`proposed_by` null) means the command line.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="working_time_changes")
    before = models.JSONField("原来")
    after = models.JSONField("改为")
    proposed_by = models.ForeignKey(
        "organisations.Staff", on_delete=models.PROTECT, null=True, related_name="+", verbose_name="提出人"
    )
    proposed_at = models.DateTimeField("提出时间")
    state = models.CharField("状态", max_length=10, choices=ChangeState.choices, default=ChangeState.CHECKING)
    reason = models.TextField("理由", blank=True)
    applied_by = models.ForeignKey(
        "organisations.Staff", on_delete=models.PROTECT, null=True, related_name="+", verbose_name="确认人"
    )
    applied_at = models.DateTimeField("生效时间", null=True)
    done_at = models.DateTimeField("改算完成时间", null=True)
    total = models.PositiveIntegerField("在办件数", default=0)
    checked = models.PositiveIntegerField("已核对", default=0)
    affected = models.PositiveIntegerField("涉及件数", default=0)
    changed = models.PositiveIntegerField("已改件数", default=0)
    after_case = models.UUIDField(default=NOWHERE)

    class Meta:
        verbose_name = verbose_name_plural = "工作时间的改动"
        ordering = ("-proposed_at", "-id")
        constraints = [
            models.UniqueConstraint(
                fields=["organisation"], condition=models.Q(state=ChangeState.APPLYING), name="one_working_time_change_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"{self.proposed_at:%Y-%m-%d} {self.get_state_display()}"

    def save(self, *arguments: Any, **named: Any) -> None:
        """Write a proposal; later only how far it has come. Raises ChangeIsKeptError for anything else."""
        if not self._state.adding:
            written = set(named.get("update_fields") or ["everything"])
            stored = type(self).objects.values_list("applied_at", flat=True).get(pk=self.pk)
            if not written <= (_APPLIED if stored is None else _PROGRESS):
                raise ChangeIsKeptError
        super().save(*arguments, **named)

    def delete(self, *_arguments: Any, **_named: Any) -> tuple[int, dict[str, int]]:
        """Never. Raises ChangeIsKeptError."""
        raise ChangeIsKeptError


class WorkingTimeEffect(models.Model):
    """What a change of working time means for one open case, as the preview found it.

    `limits`: list of {"title", "before", "after" (ISO moments), "provisional", "was_provisional", "late"}.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    change = models.ForeignKey(WorkingTimeChange, on_delete=models.CASCADE, related_name="effects")
    case_id = models.UUIDField("案件")
    limits = models.JSONField("时限", default=list)

    class Meta:
        verbose_name = verbose_name_plural = "工作时间改动的影响"
        ordering = ("case_id",)
        constraints = [models.UniqueConstraint(fields=["change", "case_id"], name="effect_on_a_case_once")]

    def __str__(self) -> str:
        return str(self.case_id)
