"""试算: what a draft, or another version, would have done with past cases; asked for, under way, and what came of it."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from huiyin.application.background import background
from huiyin.documents.simulation_job import SIMULATION, parameters_for_draft, parameters_for_version
from huiyin.jobs.asking import ask, job_for
from huiyin.jobs.models import Job, JobCase, State
from huiyin.organisations.models import RegimeDraft
from huiyin.site.htmx import is_htmx
from huiyin.workbench.desk import Desk, desk_page
from huiyin.workbench.forms.simulations import SimulationForm
from huiyin.workbench.pages.library.shelf import Edition, editions_of, take
from huiyin.workbench.pages.library.simulations import cases_words, job_words, latest
from huiyin.workbench.views.drafts import administrators_page
from huiyin.workbench.views.regimes import library_page


@require_http_methods(["GET", "POST"])
@administrators_page
def simulate_draft(request: HttpRequest, desk: Desk, draft: UUID) -> HttpResponse:
    """Ask for a simulation of a draft as it is now."""
    found = RegimeDraft.objects.filter(organisation=desk.organisation, pk=draft).select_related("organisation", "changed_by").first()
    if found is None:
        raise Http404
    editions = editions_of(desk, found.regime)
    form = _form(request, editions)
    if request.method == "POST" and found.ready and form.is_valid():
        said = parameters_for_draft(found, form.cleaned_data["before"], form.period)
        return _asked(desk, found.title, _("%(version)s版草稿") % {"version": found.version}, said)
    words = {"draft": found, "administrator": True, "form": form, "editions": editions, "simulations": latest(desk)}
    return desk_page(request, desk, "workbench/library/draft_simulate.html", words, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@administrators_page
def simulate_version(request: HttpRequest, desk: Desk, regime_id: str) -> HttpResponse:
    """Ask for a simulation of a published version, `?version=` where one is named. Raises NoSuchRegimeError."""
    shelf = take(desk, regime_id, request.GET.get("version", ""))
    others = [each for each in shelf.editions if each.version != shelf.regime.version]
    form = _form(request, others)
    if request.method == "POST" and others and form.is_valid():
        said = parameters_for_version(regime_id, form.cleaned_data["before"], shelf.regime.version, form.period)
        return _asked(desk, shelf.regime.title, _("%(version)s版") % {"version": shelf.regime.version}, said)
    words = {"form": form, "editions": others, "simulations": latest(desk)}
    return library_page(request, desk, shelf, "simulate", words, status=422 if form.errors else 200)


def _form(request: HttpRequest, editions: list[Edition]) -> SimulationForm:
    choices = [(each.version, _("第%(version)s版，%(word)s") % {"version": each.version, "word": each.word}) for each in editions]
    in_force = next((each.version for each in editions if each.state == "in-force"), "")
    return SimulationForm(choices, request.POST or None, initial={"before": in_force})


def _asked(desk: Desk, title: str, version: str, said: dict[str, Any]) -> HttpResponse:
    named = _("《%(title)s》%(version)s，与%(before)s版比") % {"title": title, "version": version, "before": said["before"]}
    job = ask(desk.organisation, desk.staff.person, SIMULATION, named, said, ending="xlsx")
    return redirect("desk-simulation", job.pk)


@require_GET
@administrators_page
def simulation(request: HttpRequest, desk: Desk, row: UUID) -> HttpResponse:
    """How far a simulation is, and its figures; while it is open the page asks again every other second."""
    job = _job(desk, row)
    words = job_words(desk, job)
    if is_htmx(request):
        answer = render(request, "workbench/library/simulation_progress.html", words)
        if not job.is_open:
            answer.headers["HX-Refresh"] = "true"
        return answer
    words["nobody"] = job.is_open and not background(desk.organisation.pk).alive
    return desk_page(request, desk, "workbench/library/simulation.html", words)


@require_GET
@administrators_page
def simulation_cases(request: HttpRequest, desk: Desk, row: UUID) -> HttpResponse:
    """The cases behind a figure, page by page."""
    job, group = _job(desk, row), request.GET.get("group", "")
    if job.state != State.DONE or not JobCase.objects.filter(job=job, group=group).exists():
        raise Http404
    try:
        before = UUID(request.GET["before"]) if "before" in request.GET else None
    except ValueError as broken:
        raise Http404 from broken
    return desk_page(request, desk, "workbench/library/simulation_cases.html", cases_words(desk, job, group, before))


def _job(desk: Desk, row: UUID) -> Job:
    job = job_for(desk.staff, row)
    if job is None or job.kind != SIMULATION.name:
        raise Http404
    return job
