"""Forms of 工作时间: opening hours by weekday, the organisation's own days, a table of holidays, the reason of a change."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from huiyin.calendars import Hours
from huiyin.calendars.entering import COLUMNS, Fault
from huiyin.calendars.own_days import OwnDayLine
from huiyin.calendars.spans import UnreadableHoursError, parse_hours, written_hours
from huiyin.organisations.models import OwnDayKind
from huiyin.organisations.working_time import WorkingTime, hours_from, hours_kept
from huiyin.workbench.forms.drafts import TextFile
from huiyin.workbench.words.moments import fault_words

WEEKDAYS = (_("周一"), _("周二"), _("周三"), _("周四"), _("周五"), _("周六"), _("周日"))
USUAL_WEEK = tuple(range(5))
MOST_DAYS = 400
BLANK_ROWS = 3


class Tick(forms.CheckboxInput):
    """A small box to tick."""

    def __init__(self) -> None:
        super().__init__(attrs={"class": "checkbox checkbox-sm"})


class HoursField(forms.CharField):
    """Opening spans of a day, as `08:30-12:00 14:00-17:30`; given as times."""

    def __init__(self, **named: Any) -> None:
        super().__init__(required=False, max_length=120, **named)

    def clean(self, value: Any) -> Hours:
        """Raises ValidationError for what is unreadable, the wrong way round or overlaps."""
        try:
            return parse_hours(super().clean(value))
        except UnreadableHoursError as trouble:
            raise forms.ValidationError(fault_words(Fault(0, trouble.zh, trouble.en))) from trouble


class HoursForm(forms.Form):
    """The week: which days are worked, and when doors are open; duty hours on public holidays."""

    use_required_attribute = False

    def __init__(self, current: WorkingTime, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data, label_suffix="")
        week = current.workweek or USUAL_WEEK
        for number, title in enumerate(WEEKDAYS):
            spans = written_hours(hours_from(current.hours.get(str(number), ())))
            self.fields[f"works_{number}"] = forms.BooleanField(label=title, required=False, initial=number in week, widget=Tick())
            self.fields[f"hours_{number}"] = HoursField(label=_("营业时间"), initial=spans)
        duty = written_hours(hours_from(current.holiday_hours))
        self.fields["holiday"] = HoursField(label=_("法定假日值班时间"), initial=duty, help_text=_("没有值班的，不用填。"))
        self.current = current

    @property
    def week(self) -> list[tuple[Any, Any, Any]]:
        """Weekday, whether worked, hours: a row each."""
        return [(title, self[f"works_{number}"], self[f"hours_{number}"]) for number, title in enumerate(WEEKDAYS)]

    def clean(self) -> dict[str, Any]:
        """At least one day is worked."""
        said = super().clean() or {}
        if not any(said.get(f"works_{number}") for number in range(7)):
            raise forms.ValidationError(_("一周至少要有一天上班。"))
        return said

    def wanted(self) -> WorkingTime:
        """The working time with this week."""
        said = self.cleaned_data
        week = [number for number in range(7) if said[f"works_{number}"]]
        return WorkingTime(
            hours={str(number): hours_kept(said[f"hours_{number}"]) for number in range(7) if said[f"hours_{number}"]},
            workweek=[] if tuple(week) == USUAL_WEEK and not self.current.workweek else week,
            holiday_hours=hours_kept(said["holiday"]),
            days=self.current.days,
            years=self.current.years,
        )


class OwnDayForm(forms.Form):
    """One day of the organisation's own."""

    use_required_attribute = False
    day = forms.DateField(
        label=_("日期"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("请选择日期"), "invalid": _("请选择日期")},
    )  # fmt: skip
    kind = forms.ChoiceField(
        label=_("安排"), initial=OwnDayKind.OFF,
        choices=[(OwnDayKind.OFF, _("放假")), (OwnDayKind.EXTRA, _("加班上班")), (OwnDayKind.HALF, _("半天上班"))],
        error_messages={"required": _("请选择"), "invalid_choice": _("请选择")},
    )  # fmt: skip
    title = forms.CharField(label=_("名称"), max_length=80, error_messages={"required": _("请写名称，例如：院庆、义诊日")})
    hours = HoursField(label=_("办公时间（只填半天上班的）"))


class OwnDayRows(forms.BaseFormSet):
    """The rows; one that stood there before can be struck out."""

    deletion_widget = Tick


OwnDays = forms.formset_factory(
    OwnDayForm, OwnDayRows, extra=BLANK_ROWS, max_num=MOST_DAYS, validate_max=True, can_delete=True, can_delete_extra=False
)


def lines_of(days: Any) -> list[OwnDayLine]:
    """The rows that are filled in and not struck out; `line` counts rows as the page shows them."""
    return [
        OwnDayLine(number, said["day"], said["kind"], said["title"], said["hours"])
        for number, said in enumerate((form.cleaned_data for form in days.forms), 1)
        if said.get("day") and not said.get("DELETE")
    ]


class YearsForm(forms.Form):
    """A table of holidays, pasted or uploaded."""

    use_required_attribute = False
    table = forms.CharField(
        label=_("放假安排（CSV）"), required=False, strip=False, max_length=20000, initial=",".join(COLUMNS) + "\n",
        widget=forms.Textarea(attrs={"rows": 10, "class": "font-mono"}),
    )  # fmt: skip
    file = TextFile(label=_("或上传文件"), required=False)
    correct = forms.BooleanField(label=_("更正已有的安排"), required=False)

    def clean(self) -> dict[str, Any]:
        """What is uploaded takes the place of what is typed, and comes back in its place when it is wrong."""
        said = super().clean() or {}
        if said.get("file"):
            said["table"] = said["file"]
            self.data = {**self.data.dict(), "table": said["file"]} if isinstance(self.data, QueryDict) else self.data
        return said


class ReasonForm(forms.Form):
    """Why working time is changed."""

    use_required_attribute = False
    reason = forms.CharField(
        label=_("理由"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("请写明理由；每件受影响的案件里都会记下。")},
    )  # fmt: skip
