"""An organisation's own working time beside its opening hours: single days, and years announced after installation."""

from django.db import models

from huiyin.organisations.models.organisation import Organisation
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
