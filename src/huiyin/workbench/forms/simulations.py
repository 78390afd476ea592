"""What a simulation is asked for: which version is compared with, and when the cases were received."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from huiyin.application.simulating import Period


class SimulationForm(forms.Form):
    """Versions and the days of receipt, both included."""

    use_required_attribute = False
    before = forms.ChoiceField(label=_("与哪一版比"), error_messages={"invalid_choice": _("请选择列出的版本")})
    since = forms.DateField(
        label=_("收到日期从"), widget=forms.DateInput(attrs={"type": "date"}), required=False, help_text=_("不填就从最早的案件起")
    )
    until = forms.DateField(
        label=_("到"), widget=forms.DateInput(attrs={"type": "date"}), required=False, help_text=_("含当日；不填就到今天")
    )

    def __init__(self, versions: Sequence[tuple[str, str]], data: Any = None, **more: Any) -> None:
        super().__init__(data, label_suffix="", **more)
        chosen = self.fields["before"]
        assert isinstance(chosen, forms.ChoiceField)
        chosen.choices = list(versions)

    def clean(self) -> dict[str, Any]:
        """The end is not before the beginning."""
        said = super().clean() or {}
        if said.get("since") and said.get("until") and said["since"] > said["until"]:
            self.add_error("until", _("结束日期不能早于开始日期"))
        return said

    @property
    def period(self) -> Period:
        """The days that were chosen."""
        return Period(self.cleaned_data["since"], self.cleaned_data["until"])
