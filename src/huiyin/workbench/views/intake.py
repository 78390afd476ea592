"""快速登记: a call noted in under a minute, with similar earlier cases and what the regime will do beside it."""

from typing import Any
from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from huiyin.application.case_lists import similar_cases
from huiyin.application.filing import file_case, receipt_of
from huiyin.application.flags import flags_of_caller
from huiyin.application.loading import Opened, open_by_number
from huiyin.application.own_regimes import own_regimes
from huiyin.cases.advice import advice_at_receipt
from huiyin.cases.refusals import Refused
from huiyin.organisations.services import regime_in_force, regimes_in_force
from huiyin.regime.model import Regime
from huiyin.store.errors import KeyReused, UploadRefused
from huiyin.workbench.desk import Desk, desk_page, staff_page
from huiyin.workbench.forms.intake_form import IntakeForm
from huiyin.workbench.pages.case_rows import similar_rows
from huiyin.workbench.pages.flags import flag_lines
from huiyin.workbench.pages.forecast import forecast_lines, promise
from huiyin.workbench.words.articles import all_cited


@require_http_methods(["GET", "POST"])
@staff_page
def intake(request: HttpRequest, desk: Desk, regime_id: str = "") -> HttpResponse:
    """The form of one regime; without one, the regime this person works under, or a choice among several."""
    if not regime_id:
        mine = own_regimes(desk.world, desk.who)
        if len(mine) == 1:
            return redirect("desk-intake-regime", regime_id=mine[0].id)
        others = [regime for regime in regimes_in_force(desk.organisation) if regime not in mine]
        return desk_page(request, desk, "workbench/intake_choose.html", {"mine": mine, "others": others})
    regime = regime_in_force(desk.organisation, regime_id)
    source = _duty(request, desk, regime)
    if request.method == "GET":
        return _show(request, desk, regime, _form(desk, regime, source), source=source)
    return _file(request, desk, regime, source)


def _duty(request: HttpRequest, desk: Desk, regime: Regime) -> Opened | None:
    """The duty a case is filed from (`?from=` its number), such as the opening of an opinion box."""
    number = request.POST.get("from", "") or request.GET.get("from", "")
    if not number:
        return None
    opened = open_by_number(desk.organisation, desk.who, number, desk.world)
    duty = regime.duties.get(opened.regime.affair)
    return opened if duty is not None and duty.files and opened.regime.parent is not None else None


def _form(desk: Desk, regime: Regime, source: Opened | None, data: Any = None, files: Any = None) -> IntakeForm:
    if source is None:
        return IntakeForm(regime, desk.world, data, files)
    channel = regime.duties[source.regime.affair].files
    return IntakeForm(regime, desk.world, data, files, channel=channel, origin=source.case.id)


def _file(request: HttpRequest, desk: Desk, regime: Regime, source: Opened | None) -> HttpResponse:
    form = _form(desk, regime, source, request.POST, request.FILES)
    cites: tuple[str, ...] = ()
    try:
        filed = form.filed()
        receipt = file_case(
            desk.organisation,
            regime.id,
            desk.who,
            filed.command,
            personal=filed.personal,
            uploads=form.uploads(),
            key=request.POST.get("key", "")[:100],
        )
    except Refused as refused:
        form.refuse(refused)
        cites = refused.cite
    except (UploadRefused, KeyReused) as trouble:
        form.add_error("files", trouble.said)
    else:
        return redirect("desk-filed", number=receipt.number)
    return _show(request, desk, regime, form, source=source, cites=cites, status=422)


def _show(
    request: HttpRequest,
    desk: Desk,
    regime: Regime,
    form: IntakeForm,
    *,
    source: Opened | None = None,
    cites: tuple[str, ...] = (),
    status: int = 200,
) -> HttpResponse:
    words = {
        "form": form,
        "regime": regime,
        "source": source,
        "regimes": regimes_in_force(desk.organisation),
        "key": request.POST.get("key") or uuid4().hex,
        "refused_cites": all_cited(regime, cites),
        **_foreseen(regime, desk, form),
    }
    return desk_page(request, desk, "workbench/intake.html", words, status=status)


@require_POST
@staff_page
def similar(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Earlier cases while typing, for htmx: by telephone, name, words or respondent. POST keeps names out of addresses."""
    account = next((value for name, value in request.POST.items() if name == "f-account"), "")
    found = similar_cases(
        desk.organisation,
        desk.who,
        text=str(account)[:12],
        phone=request.POST.get("phone", ""),
        name=request.POST.get("name", ""),
        respondent_unit=request.POST.get("unit", ""),
        respondent_person=request.POST.get("person", ""),
        limit=6,
    )
    flagged = flags_of_caller(desk.organisation, desk.who, request.POST.get("phone", ""), desk.world)
    words = {"items": similar_rows(found, desk.world), "flags": flag_lines(flagged, desk.world)}
    return render(request, "workbench/intake_similar.html", words)


@require_POST
@staff_page
def forecast(request: HttpRequest, desk: Desk, regime_id: str) -> HttpResponse:
    """What the regime will do with what is typed so far, for htmx."""
    regime = regime_in_force(desk.organisation, regime_id)
    return render(request, "workbench/intake_forecast.html", _foreseen(regime, desk, IntakeForm(regime, desk.world, request.POST)))


def _foreseen(regime: Regime, desk: Desk, form: IntakeForm) -> dict[str, Any]:
    """What the regime will do with what is typed so far, and how it wants the caller spoken to."""
    blank = IntakeForm(regime, desk.world, {}).filed().command
    try:
        command = form.filed().command if form.is_bound else blank
    except Refused:
        command = blank
    return {
        "lines": forecast_lines(regime, desk.world, desk.who, command),
        "guidance": advice_at_receipt(regime, command.category, command.channel),
    }


@require_GET
@staff_page
def filed(request: HttpRequest, desk: Desk, number: str) -> HttpResponse:
    """After filing: number, code, and the sentence to read out. Only the first receiver is shown the code."""
    opened = open_by_number(desk.organisation, desk.who, number, desk.world)
    if opened.case.first_receiver != desk.staff.person:
        return redirect("desk-case", number=number)
    words = {
        "case": opened.case,
        "regime": opened.regime,
        "code": receipt_of(opened.row).code,
        "promise": promise(opened.regime, opened.case, desk.world),
        "title": _("已登记"),
    }
    return desk_page(request, desk, "workbench/filed.html", words)
