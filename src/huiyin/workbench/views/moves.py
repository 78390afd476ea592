"""在办案件改用新版: what would change for each open case, and the order that lets the worker do it."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from huiyin.application.moving_cases import MoveRefusedError, ask_move, foresee, open_cases
from huiyin.organisations.models import CaseMove, RegimeVersion
from huiyin.organisations.models.regimes import NOWHERE
from huiyin.workbench.desk import Desk
from huiyin.workbench.pages.library.moves import foreseen_lines, move_lines
from huiyin.workbench.pages.library.shelf import take
from huiyin.workbench.views.drafts import administrators_page
from huiyin.workbench.views.regimes import library_page


class MoveForm(forms.Form):
    """Why open cases go over."""

    use_required_attribute = False
    reason = forms.CharField(
        label=gettext_lazy("理由"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("请写明为什么让在办案件改用新版；每件案件里都会记下。")},
    )


@require_http_methods(["GET", "POST"])
@administrators_page
def move_cases(request: HttpRequest, desk: Desk, regime_id: str) -> HttpResponse:
    """To the version in force. Raises NoSuchRegimeError."""
    shelf = take(desk, regime_id)
    version = RegimeVersion.objects.get(pk=shelf.edition.id)
    form = MoveForm(request.POST or None, label_suffix="")
    if request.method == "POST" and form.is_valid():
        try:
            ask_move(version, by=desk.staff, reason=form.cleaned_data["reason"], world=desk.world)
        except MoveRefusedError as refused:
            form.add_error("reason", str(refused))
        else:
            messages.success(request, _("已安排，正在逐件核对。"))
            return redirect("desk-regime-versions", regime_id)
    found, following = foresee(desk.world, version, desk.staff, _after(request))
    moved = move_lines(desk, CaseMove.objects.filter(version=version).select_related("version", "asked_by")[:5])
    words = {
        "form": form,
        "total": open_cases(version).count(),
        "foreseen": foreseen_lines(found),
        "next": following,
        "moves": moved,
        "moving": any(each.goes_on for each in moved),
    }
    return library_page(request, desk, shelf, "move", words, status=422 if form.errors else 200)


def _after(request: HttpRequest) -> UUID:
    try:
        return UUID(request.GET.get("after", ""))
    except ValueError:
        return NOWHERE
