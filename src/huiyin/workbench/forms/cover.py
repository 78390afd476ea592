"""Forms of 代理与值班: who acts for whom, and who is on duty."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from huiyin.organisations.models import Staff, UnitKind
from huiyin.regime.model import Regime
from huiyin.workbench.desk import Desk

_NO_CHOICE = {"required": _("请选择"), "invalid_choice": _("请从列出的人中选择")}
_NO_DAY = {"required": _("请选择日期"), "invalid": _("请选择日期")}
_NO_TIME = {"required": _("请选择时间"), "invalid": _("请选择日期和时间")}
_MOMENT = "%Y-%m-%dT%H:%M"


class StandInForm(forms.Form):
    """What both forms share: people of the organisation to choose from."""

    use_required_attribute = False

    def __init__(self, desk: Desk, data: Mapping[str, Any] | None = None, *, prefix: str) -> None:
        super().__init__(data, label_suffix="", prefix=prefix)
        inside = Staff.objects.filter(organisation=desk.organisation, person__in=desk.world.people.persons)
        self.people = {
            one.person: one for one in inside.exclude(unit__kind=UnitKind.OUTSIDE).select_related("unit").order_by("id")
        }
        self.choices = [("", _("请选择")), *((person, f"{one.name}（{one.unit.title}）") for person, one in self.people.items())]

    def offer(self, name: str, choices: Sequence[tuple[str, Any]]) -> None:
        """Let one of these be chosen."""
        control = self.fields[name]
        assert isinstance(control, forms.ChoiceField)
        control.choices = choices


class DeputyForm(StandInForm):
    """Somebody acts for me, or, for an administrator, for anybody."""

    deputy = forms.ChoiceField(label=_("由谁代理"), error_messages=_NO_CHOICE)
    since = forms.DateField(label=_("从"), widget=forms.DateInput(attrs={"type": "date"}), error_messages=_NO_DAY)
    until = forms.DateField(label=_("到（含当天）"), widget=forms.DateInput(attrs={"type": "date"}), error_messages=_NO_DAY)
    reason = forms.CharField(label=_("代理事由"), max_length=200, error_messages={"required": _("请写明事由，例如：出差、休假。")})

    def __init__(self, desk: Desk, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(desk, data, prefix="deputy")
        self.offer("deputy", self.choices)
        if desk.staff.administrator:
            whom = forms.ChoiceField(label=_("代理谁"), choices=self.choices, error_messages=_NO_CHOICE, initial=desk.staff.person)
            self.fields = {"staff": whom, **self.fields}


class RosterForm(StandInForm):
    """Somebody is on duty from one moment to another; times are local to the organisation."""

    role = forms.ChoiceField(label=_("值什么班"), error_messages=_NO_CHOICE)
    staff = forms.ChoiceField(label=_("谁值班"), error_messages=_NO_CHOICE)
    starts_at = forms.DateTimeField(
        label=_("从"), input_formats=[_MOMENT], widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=_MOMENT),
        error_messages=_NO_TIME,
    )  # fmt: skip
    ends_at = forms.DateTimeField(
        label=_("到"), input_formats=[_MOMENT], widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=_MOMENT),
        error_messages=_NO_TIME,
    )  # fmt: skip

    def __init__(self, desk: Desk, regimes: dict[str, Regime], data: Mapping[str, Any] | None = None) -> None:
        super().__init__(desk, data, prefix="roster")
        self.zone = desk.world.calendar.zone
        self.offer("staff", self.choices)
        shifts = [
            (f"{regime.id}/{role.id}", f"{role.title}（《{regime.title}》）")
            for regime in regimes.values()
            for role in regime.roles.values()
            if role.roster
        ]
        self.offer("role", [("", _("请选择")), *shifts])
        self.has_shifts = bool(shifts)

    def moment(self, name: str) -> datetime:
        """A time that was entered, with the organisation's time zone."""
        entered: datetime = self.cleaned_data[name]
        return entered.replace(tzinfo=self.zone)
