"""The organisation itself and, for a rehearsal, its clock."""

from uuid import uuid4

from django.db import models

from huiyin.organisations.uuid7 import uuid7


def new_stamp() -> str:
    """A value no cache has seen before."""
    return uuid4().hex


class Organisation(models.Model):
    """One organisation: everything else carries its id.

    A rehearsal (演练) has a clock of its own: `rehearsal_clock` stands still until an administrator sets it forward;
    null means the rehearsal runs on real time. `demo` marks the organisations of
    `huiyin demo`, whose accounts have a known password. `opening_hours` maps weekdays "0" (Monday) to "6" to lists of
    ["08:30", "12:00"]; empty means that the organisation has set no hours. The stamps change with every change of
    people or of working time, so that what was computed from them is known to be stale.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    slug = models.SlugField("代号", max_length=60, unique=True)
    title = models.CharField("名称", max_length=200)
    rehearsal = models.BooleanField("演练", default=False)
    demo = models.BooleanField("演示", default=False)
    rehearsal_clock = models.DateTimeField("演练时间", null=True, blank=True)
    calendar = models.CharField("放假安排", max_length=40, default="cn")
    opening_hours = models.JSONField("办公时间", default=dict, blank=True)
    holiday_hours = models.JSONField("节假日值班时间", default=list, blank=True)
    workweek = models.JSONField("每周上班的日子", default=list, blank=True)
    people_stamp = models.CharField(max_length=32, default=new_stamp, editable=False)
    calendar_stamp = models.CharField(max_length=32, default=new_stamp, editable=False)
    created_at = models.DateTimeField("建立时间", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "单位"
        ordering = ("rehearsal", "created_at", "id")
        constraints = [
            models.CheckConstraint(
                name="only_a_rehearsal_has_its_own_clock",
                condition=models.Q(rehearsal=True) | models.Q(rehearsal_clock__isnull=True),
            )
        ]

    def __str__(self) -> str:
        marked = not self.rehearsal or "演练" in self.title
        return self.title if marked else f"{self.title}（演练）"


class ClockSetting(models.Model):
    """Who set a rehearsal's clock forward, from when to when. Only ever added to."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="clock_settings")
    set_by = models.ForeignKey("organisations.Staff", on_delete=models.PROTECT, related_name="+", verbose_name="设置人")
    before = models.DateTimeField("原时间")
    after = models.DateTimeField("新时间")
    set_at = models.DateTimeField("实际时间", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "演练时间记录"
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.before:%Y-%m-%d %H:%M} → {self.after:%Y-%m-%d %H:%M}"
