"""登记簿: a line for each case, by period and state, to read, to print and to take out as PDF or XLSX."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from huiyin.documents.answers import file_answer, pdf_answer
from huiyin.documents.export_jobs import REGISTER, register_parameters
from huiyin.documents.pdf import missing_software
from huiyin.documents.register_lines import TooManyLines, Wanted, register_file, register_page
from huiyin.documents.registers import USUAL_COLUMNS, registers_of, titles_of
from huiyin.documents.spreadsheet import xlsx_of
from huiyin.jobs.asking import ask
from huiyin.organisations.services import regimes_in_force
from huiyin.regime.model import Form, Regime
from huiyin.workbench.desk import Desk, desk_page, staff_page
from huiyin.workbench.pages.timeliness import day_of

STATES = ("not-closed", "open", "waiting", "suspended", "closed")


@require_GET
@staff_page
def register_list(request: HttpRequest, desk: Desk) -> HttpResponse:
    """All registers, by regime; which cases stand in them depends on the reader."""
    books = [
        (regime.title, [(form.title, reverse("desk-register", args=[regime.id, form.id])) for form in registers_of(regime)])
        for regime in regimes_in_force(desk.organisation)
    ]
    return desk_page(request, desk, "workbench/registers.html", {"books": books})


@require_GET
@staff_page
def register(request: HttpRequest, desk: Desk, regime_id: str, form_id: str) -> HttpResponse:
    """One register: `from`, `to` (days of receipt, both included), `state`."""
    regime, form = _register(desk, regime_id, form_id)
    wanted, zone = _wanted(request), desk.world.calendar.zone
    page = register_page(desk.world, desk.who, regime, form, wanted, request.GET.get("after", ""))
    asked, columns = _asked(wanted), form.fields or USUAL_COLUMNS
    words = {
        "regime": regime,
        "form": form,
        "wanted": wanted,
        "states": _states(),
        "titles": titles_of(regime, form, zone, desk.world.now),
        "number_column": columns.index("case.number") if "case.number" in columns else -1,
        "lines": page.items,
        "first": f"?{urlencode(asked)}" if request.GET.get("after") else "",
        "older": f"?{urlencode(asked | {'after': page.next})}" if page.next else "",
        "pdf_href": _file(regime, form, "pdf", asked),
        "xlsx_href": _file(regime, form, "xlsx", asked),
        "missing_software": _("、").join(missing_software()),
    }
    return desk_page(request, desk, "workbench/register.html", words)


@require_GET
@staff_page
def register_pdf(request: HttpRequest, desk: Desk, regime_id: str, form_id: str) -> HttpResponse:
    """The register of the period as PDF; taking it out is logged with every case in it."""
    regime, form = _register(desk, regime_id, form_id)
    wanted = _wanted(request)
    back = f"{reverse('desk-register', args=[regime_id, form_id])}?{urlencode(_asked(wanted))}"
    try:
        paper = register_file(desk.world, desk.who, regime, form, wanted, what="PDF")
    except TooManyLines:
        return _as_job(request, desk, regime, form, wanted, "pdf")
    return pdf_answer(request, paper, back=back)


@require_GET
@staff_page
def register_xlsx(request: HttpRequest, desk: Desk, regime_id: str, form_id: str) -> HttpResponse:
    """The register of the period as a spreadsheet; logged in the same way."""
    regime, form = _register(desk, regime_id, form_id)
    wanted = _wanted(request)
    try:
        paper = register_file(desk.world, desk.who, regime, form, wanted, what="XLSX")
    except TooManyLines:
        return _as_job(request, desk, regime, form, wanted, "xlsx")
    return file_answer(xlsx_of(paper), paper, "xlsx")


def _as_job(request: HttpRequest, desk: Desk, regime: Regime, form: Form, wanted: Wanted, ending: str) -> HttpResponse:
    """What takes longer than somebody waits is made by a job; asked for again meanwhile, it is the same job."""
    said = register_parameters(regime, form, wanted, ending)
    ask(desk.organisation, desk.staff.person, REGISTER, f"《{form.title}》{wanted.words()}", said, ending=ending)
    messages.success(request, _("案件较多，已在后台导出，完成后在这里下载。"))
    return redirect("desk-jobs")


def _register(desk: Desk, regime_id: str, form_id: str) -> tuple[Regime, Form]:
    regime = desk.world.in_force(regime_id)
    form = next((each for each in registers_of(regime) if each.id == form_id), None)
    if form is None:
        raise Http404
    return regime, form


def _wanted(request: HttpRequest) -> Wanted:
    state = request.GET.get("state", "")
    since, until = day_of(request.GET.get("from", "")), day_of(request.GET.get("to", ""))
    return Wanted(since, until, state if state in STATES else "")


def _asked(wanted: Wanted) -> dict[str, str]:
    days = {"from": wanted.since.isoformat() if wanted.since else "", "to": wanted.until.isoformat() if wanted.until else ""}
    return {key: value for key, value in (days | {"state": wanted.state}).items() if value}


def _file(regime: Regime, form: Form, kind: str, asked: dict[str, str]) -> str:
    return f"{reverse(f'desk-register-{kind}', args=[regime.id, form.id])}?{urlencode(asked)}"


def _states() -> dict[str, str]:
    return {
        "not-closed": _("未办结"),
        "open": _("办理中"),
        "waiting": _("等待补正"),
        "suspended": _("已中止"),
        "closed": _("已办结"),
    }
