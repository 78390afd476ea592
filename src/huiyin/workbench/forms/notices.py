"""Forms of 通知: where I am reached and what I want to be told there; channels; wordings."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from huiyin.notices.choosing import Reach
from huiyin.notices.kinds import EMAIL, KINDS, PERSONAL, SMS, WAYS
from huiyin.notices.managing import SETTINGS, SettingOf
from huiyin.notices.models import Channel
from huiyin.notices.wording import LANGUAGES, MESSAGES
from huiyin.organisations.models import Unit, UnitKind
from huiyin.store.personal.data import PersonalData
from huiyin.workbench.desk import Desk

LANGUAGE_TITLES = {"zh-hans": "中文", "en": "English"}


class ReachForm(forms.Form):
    """Addresses of one person, the language of messages, and a yes or no for each kind and way."""

    use_required_attribute = False
    email = forms.EmailField(
        label=_("电子邮箱"), required=False, error_messages={"invalid": _("请写完整的电子邮箱，例如 mei@example.cn。")}
    )
    phone = forms.CharField(
        label=_("手机号"), required=False, max_length=20,
        validators=[RegexValidator(r"^\+?[0-9 \-]{6,20}$", _("手机号只写数字，可以带空格和 +。"))],
    )  # fmt: skip
    language = forms.ChoiceField(label=_("消息的语言"), choices=[(code, LANGUAGE_TITLES[code]) for code in LANGUAGES])

    def __init__(self, reach: Reach, insisted: Mapping[str, Sequence[str]], data: Mapping[str, Any] | None = None) -> None:
        initial = {"email": reach.contact.email, "phone": reach.contact.phone, "language": reach.language}
        super().__init__(data, label_suffix="", initial=initial)
        for kind in KINDS:
            for way in PERSONAL:
                self.fields[f"{kind}-{way}"] = forms.BooleanField(
                    label=str(WAYS[way].title), required=False, initial=reach.wants(kind, way)
                )

        self._insisted = insisted

    def rows(self) -> list[tuple[Promise, list[forms.BoundField], Sequence[str]]]:
        """For each kind its title, a box for each way, and what regimes insist on whatever is chosen."""
        return [
            (title, [self[f"{kind}-{way}"] for way in PERSONAL], self._insisted.get(kind, ())) for kind, title in KINDS.items()
        ]

    def clean(self) -> dict[str, Any]:
        """A way that is wanted needs an address."""
        said = super().clean() or {}
        for way, field in ((EMAIL, "email"), (SMS, "phone")):
            chosen = any(said.get(f"{kind}-{way}") and f"{kind}-{way}" in self.changed_data for kind in KINDS)
            if chosen and field not in self.errors and not said.get(field):
                self.add_error(field, _("选了用这种方式通知，请写上地址。"))
        return said

    def contact(self) -> PersonalData:
        """The addresses entered."""
        return PersonalData(email=self.cleaned_data["email"], phone=self.cleaned_data["phone"])

    def chosen(self) -> dict[tuple[str, str], bool]:
        """Kind and way → wanted."""
        return {(kind, way): self.cleaned_data[f"{kind}-{way}"] for kind in KINDS for way in PERSONAL}


class ChannelForm(forms.Form):
    """A channel of one way. What is secret is never shown again; left empty it stays."""

    use_required_attribute = False
    title = forms.CharField(label=_("名称"), max_length=80, error_messages={"required": _("请给这个渠道起个名称。")})

    def __init__(self, desk: Desk, way: str, channel: Channel | None = None, data: Mapping[str, Any] | None = None) -> None:
        kept = channel.settings(desk.organisation.pk) if channel else {}
        initial: dict[str, Any] = {each.name: kept.get(each.name, "") for each in SETTINGS[way] if not each.secret}
        initial |= {"title": channel.title, "audience": channel.audience, "kinds": channel.kinds} if channel else {
            "title": WAYS[way].title, "kinds": list(KINDS), "port": "465", "security": "tls"
        }
        super().__init__(data, label_suffix="", initial=initial)
        for each in SETTINGS[way]:
            self.fields[each.name] = _field(each, kept=bool(kept.get(each.name)))
        if not WAYS[way].personal:
            units = Unit.objects.filter(organisation=desk.organisation).exclude(kind=UnitKind.OUTSIDE).order_by("id")
            self.fields["audience"] = forms.MultipleChoiceField(
                label=_("收哪些部门的通知"), required=False, help_text=_("都不选就是全单位的。保密的案件不发到群里。"),
                choices=[(unit.key, unit.title) for unit in units], widget=forms.CheckboxSelectMultiple,
            )  # fmt: skip
            self.fields["kinds"] = forms.MultipleChoiceField(
                label=_("收哪些内容"), choices=list(KINDS.items()), widget=forms.CheckboxSelectMultiple,
                error_messages={"required": _("请至少选一种。")},
            )  # fmt: skip
        self.names = [each.name for each in SETTINGS[way]]

    def settings(self) -> dict[str, str]:
        """What was entered for the way."""
        return {name: self.cleaned_data.get(name, "") for name in self.names}


def _field(each: SettingOf, *, kept: bool) -> forms.Field:
    title, hint = str(each.title), str(_("已经保存，不显示；要换就填新的。") if kept and each.secret else each.hint)
    if each.choices:
        return forms.ChoiceField(label=title, choices=list(each.choices.items()), help_text=hint)
    widget: forms.Widget = forms.Textarea(attrs={"rows": 3}) if each.long else forms.TextInput()
    if each.secret and not each.long:
        widget = forms.PasswordInput(attrs={"autocomplete": "off"})
    return forms.CharField(
        label=title, required=each.needed and not (kept and each.secret), max_length=2000, help_text=hint, widget=widget,
        error_messages={"required": _("请填写")},
    )  # fmt: skip


class TestForm(forms.Form):
    """Where a test message goes."""

    use_required_attribute = False
    address = forms.CharField(label=_("发到"), max_length=200, error_messages={"required": _("请写收测试消息的地址。")})


class WordingForm(forms.Form):
    """Subject and text of one message."""

    use_required_attribute = False
    subject = forms.CharField(label=_("标题"), max_length=200, required=False)
    text = forms.CharField(
        label=_("正文"), max_length=4000, widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={"required": _("请写正文；要恢复系统的说法，用“恢复”。")},
    )  # fmt: skip

    def clean_text(self) -> str:
        """With plain line ends, whatever the browser sends."""
        return "\n".join(str(self.cleaned_data["text"]).splitlines())


class WordingChoiceForm(forms.Form):
    """Which text: of which regime and message, in which language, for ways others may read or not."""

    use_required_attribute = False
    regime = forms.ChoiceField(label=_("制度"), required=False)
    message = forms.ChoiceField(label=_("消息"), choices=list(MESSAGES.items()))
    language = forms.ChoiceField(label=_("语言"), choices=[(code, LANGUAGE_TITLES[code]) for code in LANGUAGES])
    open = forms.ChoiceField(
        label=_("渠道"), choices=[("0", _("只有本人看得到")), ("1", _("别人可能看得到，不写个人信息"))]
    )

    def __init__(self, regimes: Sequence[tuple[str, str]], data: Mapping[str, Any]) -> None:
        first = {"regime": "", "message": "notice", "language": "zh-hans", "open": "0"}
        super().__init__({**first, **{name: data[name] for name in first if name in data}}, label_suffix="")
        control = self.fields["regime"]
        assert isinstance(control, forms.ChoiceField)
        control.choices = [("", _("所有制度")), *regimes]
