"""Number and code: the two things on a receipt."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _


class TrackForm(forms.Form):
    """Opens one case. Whether the two fit is for the application to say."""

    use_required_attribute = False

    def __init__(self, data: Any = None, *, number: str = "") -> None:
        super().__init__(data, initial={"number": number}, label_suffix="")
        self.fields["number"] = forms.CharField(
            label=_("案件编号"),
            max_length=60,
            widget=forms.TextInput(attrs={"autocomplete": "off", "placeholder": _("回执上的编号")}),
            error_messages={"required": _("请填写案件编号，它印在回执上")},
        )
        self.fields["code"] = forms.CharField(
            label=_("查询码"),
            max_length=40,
            widget=forms.TextInput(
                attrs={"autocomplete": "off", "autocapitalize": "characters", "placeholder": _("如 K7QF-3MXA")}
            ),
            error_messages={"required": _("请填写查询码，它和编号一起印在回执上")},
        )
