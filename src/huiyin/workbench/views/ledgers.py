"""台账: points, fines, rewards, with balances; an entry taken back by who keeps the book."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from huiyin.application.running import run
from huiyin.cases.commands import ReverseBooking
from huiyin.cases.refusals import Refused
from huiyin.organisations.services import regimes_in_force
from huiyin.site.components import Fact
from huiyin.workbench.desk import Desk, desk_page, staff_page
from huiyin.workbench.pages.ledgers import books, entry_to_reverse, standing_lines


@require_GET
@staff_page
def ledger_list(request: HttpRequest, desk: Desk) -> HttpResponse:
    """All ledgers the reader may see."""
    regimes = regimes_in_force(desk.organisation)
    words = {"books": books(desk, regimes), "standing": standing_lines(desk, regimes)}
    return desk_page(request, desk, "workbench/ledgers.html", words)


class ReasonForm(forms.Form):
    """Why an entry is taken back."""

    use_required_attribute = False
    text = forms.CharField(
        label=gettext_lazy("冲销的理由"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("请写明冲销的理由。")},
    )


@require_http_methods(["GET", "POST"])
@staff_page
def take_back(request: HttpRequest, desk: Desk, case: UUID, sequence: int) -> HttpResponse:
    """Take an entry back without seeing the case it came from: the keeper of the ledger sees the entry alone."""
    found = entry_to_reverse(desk, case, sequence)
    if found is None:
        raise Http404
    ledger, entry = found
    form = ReasonForm(request.POST or None, label_suffix="")
    if request.method == "POST" and form.is_valid():
        try:
            run(desk.organisation, desk.who, case, ReverseBooking(booking=sequence, text=form.cleaned_data["text"]))
        except Refused as refused:
            form.add_error("text" if "text" in refused.fields else None, refused.message)
        else:
            messages.success(request, _("已冲销，另记了一笔相反的。"))
            return redirect("desk-ledgers")
    facts = [Fact(_("日期"), entry.day), Fact(_("户"), entry.account), Fact(_("事由"), entry.measure)]
    words: dict[str, Any] = {"ledger": ledger, "facts": [*facts, Fact(_("数额"), entry.amount)], "form": form}
    return desk_page(request, desk, "workbench/ledger_reverse.html", words, status=422 if form.errors else 200)
