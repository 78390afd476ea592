"""Registering a body outside that files itself: its name, where it may file, until when."""

from collections.abc import Mapping, Sequence
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from huiyin.application.sources import OwnPage, Terms
from huiyin.notices.sources import address_of
from huiyin.organisations.models import Source
from huiyin.organisations.models.sources import DAILY, HOURLY

MOST = 10_000


class SourceForm(forms.Form):
    """Of a new source, or of one that is known, whose name stays."""

    use_required_attribute = False
    name = forms.CharField(
        label=_("单位名称"), max_length=200, error_messages={"required": _("请写明单位名称。")},
        help_text=_("记入它提交的每一件案件，登记后不能改"),
    )  # fmt: skip
    channels = forms.MultipleChoiceField(
        label=_("可以从哪里提交"), widget=forms.CheckboxSelectMultiple, error_messages={"required": _("请至少选一个。")}
    )
    until = forms.DateField(
        label=_("用到哪一天"), required=False, widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        help_text=_("含当日；不填就一直用到停用"),
    )  # fmt: skip

    email = forms.EmailField(
        label=_("电子邮箱"), required=False, max_length=200,
        help_text=_("收到提交、要补充材料、有了进展和结果，都发到这里；不填就不发，对方在自己的页面上看"),
    )  # fmt: skip
    hourly = forms.IntegerField(label=_("每小时最多提交几件"), min_value=1, max_value=MOST, initial=HOURLY)
    daily = forms.IntegerField(
        label=_("每天最多提交几件"), min_value=1, max_value=MOST, initial=DAILY,
        help_text=_("防止单位码泄露后被人大量提交；到了就暂不收，并提醒管理员"),
    )  # fmt: skip

    def __init__(
        self, pages: Sequence[OwnPage], zone: ZoneInfo, source: Source | None = None, data: Mapping[str, Any] | None = None
    ) -> None:
        until = source.expires_at if source else None
        last = (until.astimezone(zone) - timedelta(seconds=1)).date() if until else None
        known = {
            "channels": source.channels, "until": last, "email": address_of(source), "hourly": source.hourly,
            "daily": source.daily,
        } if source else None  # fmt: skip
        super().__init__(data, label_suffix="", initial=known)
        self._zone = zone
        control = self.fields["channels"]
        assert isinstance(control, forms.MultipleChoiceField)
        control.choices = [(page.key, page_words(page)) for page in pages]
        if source is not None:
            del self.fields["name"]

    @property
    def terms(self) -> Terms:
        """On which terms it files: the day entered is the last whole one. Call after the form was found valid."""
        said = self.cleaned_data
        last = said.get("until")
        expires_at = datetime.combine(last + timedelta(days=1), time(), self._zone) if last else None
        return Terms(said["channels"], expires_at, said["email"], said["hourly"], said["daily"])


def page_words(page: OwnPage) -> str:
    """《制度》渠道（角色）."""
    return f"《{page.regime.title}》{page.channel.title}（{page.regime.role_title(page.role)}）"
