"""Registering a body outside that files itself: its name, where it may file, until when."""

from collections.abc import Mapping, Sequence
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from huiyin.application.sources import OwnPage
from huiyin.organisations.models import Source


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

    def __init__(
        self, pages: Sequence[OwnPage], zone: ZoneInfo, source: Source | None = None, data: Mapping[str, Any] | None = None
    ) -> None:
        until = source.expires_at if source else None
        last = (until.astimezone(zone) - timedelta(seconds=1)).date() if until else None
        super().__init__(data, label_suffix="", initial={"channels": source.channels, "until": last} if source else None)
        self._zone = zone
        control = self.fields["channels"]
        assert isinstance(control, forms.MultipleChoiceField)
        control.choices = [(page.key, page_words(page)) for page in pages]
        if source is not None:
            del self.fields["name"]

    @property
    def expires_at(self) -> datetime | None:
        """The end of the last day; None for as long as nobody revokes it. Call after the form was found valid."""
        last = self.cleaned_data.get("until")
        return datetime.combine(last + timedelta(days=1), time(), self._zone) if last else None


def page_words(page: OwnPage) -> str:
    """《制度》渠道（角色）."""
    return f"《{page.regime.title}》{page.channel.title}（{page.regime.role_title(page.role)}）"
