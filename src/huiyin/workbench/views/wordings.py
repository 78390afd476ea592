"""通知用语: an administrator words the messages, sees which contents there are, and reads them on a real case."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from huiyin.application.case_lists import list_cases
from huiyin.application.loading import open_by_number
from huiyin.notices.models import Wording
from huiyin.notices.wording import CONTENTS, Text, WordingRefusedError, built_in, check, contents_for, fill, wordings_of
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
    number = (data or request.GET).get("case", "")
    words = {
        "choice": choice,
        "form": form,
        "is_own": own.exists(),
        "is_built_in": text == built_in(message, language, is_open=is_open),
        "contents": contents_for(message, is_open=is_open),
        "preview": None if form.errors else fill(text, _values(desk, number)),
        "case": number,
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


def _values(desk: Desk, number: str) -> dict[str, str]:
    """Contents of a real case: the one named, else the newest this person may see, else none."""
    values = dict.fromkeys(CONTENTS, "")
    values |= {"organisation": desk.organisation.title, "recipient": desk.staff.name, "title": _("您的投诉已受理"),
               "due": "10月16日 17:30", "count": "5", "code": "K7QF-3MXA", "link": "https://…"}
    if not number:
        newest = list_cases(desk.organisation, desk.who, limit=1, world=desk.world).items
        number = newest[0].row.number if newest else ""
    try:
        opened = open_by_number(desk.organisation, desk.who, number, desk.world)
    except UnknownCase:
        return values
    values |= {"case.number": opened.case.number, "regime": opened.regime.title,
               "lines": f"· {_('您的投诉已受理')}（{opened.case.number}）"}
    return values
