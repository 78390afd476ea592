"""Forms of drafts: where a draft begins, its text, the organisation's answers, publishing."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from huiyin.calendars.written import as_said, as_written
from huiyin.regime.cards.decisions import say_setting
from huiyin.regime.model import PEOPLE_OF_A_CASE, Regime, Setting
from huiyin.regime.source import MOST_BYTES

_FILE = {"required": _("请选择文件"), "empty": _("文件是空的"), "invalid": _("请选择文件")}


class TextFile(forms.FileField):
    """A file of text, given as its text."""

    def clean(self, data: Any, initial: Any = None) -> str:
        """Raises ValidationError for what is too large or no text."""
        found = super().clean(data, initial)
        if not found:
            return ""
        if found.size > MOST_BYTES:
            raise forms.ValidationError(_("文件太大：最多 1 MB。"))
        try:
            return str(found.read().decode("utf-8-sig"))
        except UnicodeDecodeError as trouble:
            raise forms.ValidationError(_("文件不是 UTF-8 文字，请另存为 UTF-8 再上传。")) from trouble


class StartForm(forms.Form):
    """Where a draft begins: a pack that ships, or a file."""

    use_required_attribute = False
    pack = forms.ChoiceField(label=_("从制度包开始"), required=False)
    file = TextFile(label=_("或上传 regime.yaml"), required=False, error_messages=_FILE)

    def __init__(self, packs: Mapping[str, str], data: Any = None, files: Any = None) -> None:
        super().__init__(data, files, label_suffix="")
        chosen = self.fields["pack"]
        assert isinstance(chosen, forms.ChoiceField)
        chosen.choices = [("", _("请选择")), *packs.items()]

    def clean(self) -> dict[str, Any]:
        """One of both."""
        said = super().clean() or {}
        if not self.errors and not said.get("pack") and not said.get("file"):
            raise forms.ValidationError(_("请选择一个制度包，或上传文件。"))
        return said


class TextForm(forms.Form):
    """The text of a draft, typed or uploaded, and the stories beside it."""

    use_required_attribute = False
    source = forms.CharField(label="regime.yaml", required=False, strip=False, widget=forms.Textarea)
    file = TextFile(label=_("用文件替换"), required=False, error_messages=_FILE)
    stories = TextFile(label=_("情景 scenarios.yaml"), required=False, error_messages=_FILE)
    edition = forms.IntegerField(widget=forms.HiddenInput)


class AnswersForm(forms.Form):
    """The settings of a regime with the organisation's answers; an empty answer means the regime's own default."""

    use_required_attribute = False
    edition = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, regime: Regime, data: Any = None, *, initial: Mapping[str, Any]) -> None:
        super().__init__(data, initial=dict(initial), label_suffix="")
        self.regime = regime
        spoken = (get_language() or "").startswith("zh")
        for setting in regime.settings.values():
            name = f"setting-{setting.id}"
            self.fields[name] = _control(regime, setting)
            if spoken and setting.type == "limit" and name in self.initial:
                self.initial[name] = as_said(str(self.initial[name]))

    def answers(self) -> dict[str, Any]:
        """Setting → answer, as `check` wants them."""
        given = {name: self.cleaned_data[f"setting-{name}"] for name in self.regime.settings}
        return {
            name: value == "true" if self.regime.settings[name].type == "yes-no" else value
            for name, value in given.items()
            if value not in (None, "")
        }


_HINTS = {
    "limit": _("时限，例如 15个工作日、24小时、立即"),
    "every": _("周期，例如 month（每月）、2 weeks（每两周）"),
    "share": _("百分比，例如 50%"),
}


def _control(regime: Regime, setting: Setting) -> forms.Field:
    hint = _HINTS.get(setting.type, "")
    help_text = f"{hint}　{_offered(regime, setting)}" if setting.default is not None else hint
    choices = {
        "choice": setting.choices,
        "yes-no": {"true": _("是"), "false": _("否")},
        "role": {role: regime.role_title(role) for role in (*regime.roles, *sorted(PEOPLE_OF_A_CASE))},
    }.get(setting.type)
    if choices is not None:
        offered = [("", _("按制度")), *choices.items()]
        return forms.ChoiceField(label=setting.title, required=False, choices=offered, help_text=help_text)
    if setting.type in ("number", "money"):
        return forms.FloatField(label=setting.title, required=False, help_text=help_text)
    kind = Limit if setting.type == "limit" else forms.CharField
    return kind(label=setting.title, required=False, max_length=300, help_text=help_text)


def _offered(regime: Regime, setting: Setting) -> str:
    """What the regime gives, in words, or that nothing need be filled in."""
    if setting.type == "text" and not str(setting.default).strip():
        return str(_("可以先不填；不填的，门户和文书不显示这一项"))
    return _("制度给的是 %s") % say_setting(regime, setting.type, setting.choices.get(str(setting.default), ""), setting.default)


class Limit(forms.CharField):
    """A time limit, as people say it or as regimes write it; it is kept as regimes write it."""

    def clean(self, value: Any) -> str:
        """`15个工作日` is 15 workdays; what is neither is found by the check of the draft."""
        return as_written(super().clean(value) or "")


class PublishForm(forms.Form):
    """From when the version holds, why, and what the public is told."""

    use_required_attribute = False
    effective_on = forms.DateField(
        label=_("施行日期"),
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"required": _("请选择施行日期"), "invalid": _("请选择日期")},
        help_text=_("这一天起收到的案件按新版办理，前一天收到的仍按旧版。"),
    )
    reason = forms.CharField(
        label=_("为什么发布或修订"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("请写明为什么发布或修订。")},
    )
    announcement = forms.CharField(
        label=_("公告"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("公布在门户的制度页上，施行前后都看得到。"),
    )
    edition = forms.IntegerField(widget=forms.HiddenInput)
