"""通知用语: an administrator words the messages, sees which contents there are, and reads them on a real case."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from huiyin.application.wording_samples import sample_of
from huiyin.notices.models import Wording
from huiyin.notices.wording import (
    CONTENTS,
    TO_COMPLAINANT,
    TO_PARTY,
    TO_SOURCE,
    Text,
    WordingRefusedError,
    built_in,
    check,
    contents_for,
    fill,
    sms_parts,
    wordings_of,
)
from huiyin.organisations.services import regimes_in_force
from huiyin.store.errors import UnknownCase
from huiyin.workbench.desk import Desk, desk_page, staff_page
from huiyin.workbench.forms.notices import WordingChoiceForm, WordingForm
from huiyin.workbench.views.channels import administrators_only


@require_http_methods(["GET", "POST"])
@staff_page
@administrators_only
def wording(request: HttpRequest, desk: Desk) -> HttpResponse:
    """One text: the organisation's own, or the built-in one as a start."""
    regimes = [(regime.id, regime.title) for regime in regimes_in_force(desk.organisation)]
    choice = WordingChoiceForm(regimes, request.GET)
    if not choice.is_valid():
        return redirect("desk-wordings")
    said = choice.cleaned_data
    regime, message, language, is_open = said["regime"], said["message"], said["language"], said["open"] == "1"
    own = Wording.objects.filter(
        organisation=desk.organisation, regime=regime, message=message, language=language, open=is_open
    )
    here = f"{reverse('desk-wordings')}?{urlencode(said)}"
    if request.method == "POST" and request.POST.get("do") == "restore":
        own.delete()
        messages.success(request, _("已恢复系统的说法。"))
        return redirect(here)
    current = wordings_of([desk.organisation.pk])[desk.organisation.pk].text(message, regime, language, is_open=is_open)
    data = request.POST if request.method == "POST" else None
    form = WordingForm(data, initial={"subject": current.subject, "text": current.text}, label_suffix="")
    text = current
    if data is not None and form.is_valid():
        text = Text(form.cleaned_data["subject"], form.cleaned_data["text"])
        if _passes(form, message, text, is_open=is_open) and data.get("do") == "save":
            own.update_or_create(
                organisation=desk.organisation, regime=regime, message=message, language=language, open=is_open,
                defaults={"subject": text.subject, "text": text.text, "set_by": desk.staff},
            )  # fmt: skip
            messages.success(request, _("已保存，以后发出的消息这样说。"))
            return redirect(here)
    number = (data or request.GET).get("case", "").strip()
    words = {
        "choice": choice,
        "form": form,
        "is_own": own.exists(),
        "is_built_in": text == built_in(message, language, is_open=is_open),
        "contents": contents_for(message, is_open=is_open),
        "case": number,
        "is_open": is_open,
        **({} if form.errors else _preview(desk, message, text, number)),
    }
    return desk_page(request, desk, "workbench/notices/wording.html", {"part": "wordings", **words}, status=422 if form.errors else 200)


def _passes(form: WordingForm, message: str, text: Text, *, is_open: bool) -> bool:
    try:
        check(message, text, is_open=is_open)
    except WordingRefusedError as refused:
        for kind, name in refused.problems:
            words = {
                "unknown": _("没有“{%(name)s}”这项内容，请从下面的清单里选。"),
                "private": _("“{%(name)s}”含有个人信息或案情，不能用在别人看得到的渠道。"),
                "braces": _("花括号没有配对，或写法不对：%(name)s"),
            }[kind]
            form.add_error("text", words % {"name": name})
        return False
    return True


def _preview(desk: Desk, message: str, text: Text, number: str) -> dict[str, Any]:
    """The text filled from a case; `missing`: there is none with this number, `invented`: no case could be used."""
    try:
        real, missing = sample_of(desk.world, desk.who, message, number), False
    except UnknownCase:
        real, missing = {}, True
    title, invented = _("您的投诉已受理"), not real
    recipients = {TO_COMPLAINANT: _("投诉人姓名"), TO_PARTY: _("外部单位名称"), TO_SOURCE: _("来文单位名称")}
    values = dict.fromkeys(CONTENTS, "") | {
        "organisation": desk.organisation.title,
        "recipient": recipients.get(message, desk.staff.name),
        "case.number": f"{desk.world.today.year}-0001",
        "regime": _("制度名称"),
        "title": title,
        "text": _("我们将在规定期限内办理并答复您。"),
        "due": "10月16日 17:30",
        "count": "5",
        "code": "K7QF-3MXA",
        "link": "https://…",
        **real,
    }
    values["lines"] = f"· {values['title']}（{values['case.number']}）"
    filled = fill(text, values)
    return {"preview": filled, "missing": missing, "invented": invented, "characters": len(filled.text),
            "parts": sms_parts(filled.text)}  # fmt: skip
