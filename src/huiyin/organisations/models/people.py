"""The tree of units, the staff, and who holds which post from when to when.

Units and people have a readable id of their own (`key`, `person`), unique in the organisation and never reused: that
is what events, regimes' tables and the case core know them by.
"""

from django.conf import settings
from django.db import models

from huiyin.organisations.models.organisation import Organisation
from huiyin.organisations.uuid7 import uuid7


class UnitKind(models.TextChoices):
    """What a unit is. People of an outside unit act as outside parties."""

    BRANCH = "branch", "下属单位"
    DEPARTMENT = "department", "部门"
    TEAM = "team", "班组"
    BODY = "body", "会议和小组"
    OUTSIDE = "outside", "外部单位"


class Unit(models.Model):
    """A unit of the tree: branch, department, ward, body, or a party outside."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="units")
    key = models.SlugField("代号", max_length=80)
    title = models.CharField("名称", max_length=200)
    kind = models.CharField("类型", max_length=20, choices=UnitKind.choices, default=UnitKind.DEPARTMENT)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="children")
    heads = models.ManyToManyField("organisations.Staff", blank=True, related_name="heads_units", verbose_name="负责人")

    class Meta:
        verbose_name = verbose_name_plural = "部门"
        ordering = ("id",)
        constraints = [models.UniqueConstraint(fields=["organisation", "key"], name="unit_key_once")]

    def __str__(self) -> str:
        return self.title


class UnitRole(models.Model):
    """This unit plays a unit role, a body or an outside role of a regime: all its people may act in that role."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="roles")
    regime = models.CharField("制度", max_length=80)
    role = models.CharField("角色", max_length=80)

    class Meta:
        verbose_name = verbose_name_plural = "部门职能"
        ordering = ("id",)
        constraints = [models.UniqueConstraint(fields=["unit", "regime", "role"], name="unit_role_once")]

    def __str__(self) -> str:
        return f"{self.unit}：{self.role}"


class Staff(models.Model):
    """A person of the organisation (or of an outside unit); `user` is the sign-in, if there is one."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="staff")
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="staff"
    )
    person = models.SlugField("人员代号", max_length=80)
    name = models.CharField("姓名", max_length=80)
    job_title = models.CharField("职务", max_length=80, blank=True)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="members", verbose_name="所在部门")
    administrator = models.BooleanField("系统管理员", default=False)
    until = models.DateField("在职至", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "人员"
        ordering = ("id",)
        constraints = [models.UniqueConstraint(fields=["organisation", "person"], name="person_once")]

    def __str__(self) -> str:
        return self.name


class Holding(models.Model):
    """A person holds a role (a post, or a seat in a body), under one regime or (`regime` empty) under all.

    `unit` is where the post sits; empty means everywhere. `since` and `until` are both days on which it is held.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    staff = models.ForeignKey(Staff, on_delete=models.CASCADE, related_name="holdings")
    regime = models.CharField("制度", max_length=80, blank=True)
    role = models.CharField("角色", max_length=80)
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, null=True, blank=True, related_name="posts")
    since = models.DateField("任职自", null=True, blank=True)
    until = models.DateField("任职至", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "任职"
        ordering = ("id",)
        constraints = [
            models.CheckConstraint(
                name="a_post_ends_after_it_begins",
                condition=models.Q(since__isnull=True)
                | models.Q(until__isnull=True)
                | models.Q(until__gte=models.F("since")),
            )
        ]

    def __str__(self) -> str:
        return f"{self.staff}：{self.role}"


class Deputy(models.Model):
    """Somebody acts for a colleague from one day to another: all the colleague's posts, units and headships are held, too.

    The colleague keeps them. What a deputy does stands in the deputy's own name.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    staff = models.ForeignKey(Staff, on_delete=models.CASCADE, related_name="deputies", verbose_name="被代理人")
    deputy = models.ForeignKey(Staff, on_delete=models.CASCADE, related_name="deputising", verbose_name="代理人")
    since = models.DateField("代理自")
    until = models.DateField("代理至")
    reason = models.CharField("事由", max_length=200)
    set_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+", verbose_name="登记人")
    set_at = models.DateTimeField("登记时间", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "代理"
        ordering = ("id",)
        constraints = [
            models.CheckConstraint(
                name="a_deputy_acts_for_somebody_else", condition=~models.Q(staff=models.F("deputy"))
            ),
            models.CheckConstraint(
                name="deputising_ends_after_it_begins", condition=models.Q(until__gte=models.F("since"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.deputy}代{self.staff}"


class RosterTurn(models.Model):
    """Somebody is on duty (值班) in a role from one moment to another. While it lasts the role is this person's."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    staff = models.ForeignKey(Staff, on_delete=models.CASCADE, related_name="roster_turns", verbose_name="值班人")
    regime = models.CharField("制度", max_length=80)
    role = models.CharField("角色", max_length=80)
    starts_at = models.DateTimeField("值班自")
    ends_at = models.DateTimeField("值班至")

    class Meta:
        verbose_name = verbose_name_plural = "值班表"
        ordering = ("starts_at", "id")
        indexes = [models.Index(fields=["regime", "role", "starts_at"], name="roster_turn_by_time")]
        constraints = [
            models.CheckConstraint(
                name="a_roster_turn_ends_after_it_begins", condition=models.Q(ends_at__gt=models.F("starts_at"))
            )
        ]

    def __str__(self) -> str:
        return f"{self.staff}：{self.role}"
