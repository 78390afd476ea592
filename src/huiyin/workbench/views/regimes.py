"""制度库: the regimes in force, each in parts: text and rules, flow, limits, people, papers, duties, stories, versions."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from huiyin.application.stories import ask_stories
from huiyin.organisations.models import RegimeVersion
from huiyin.organisations.services import regimes_in_force
from huiyin.workbench.desk import Desk, desk_page, staff_page
from huiyin.workbench.pages.library.parts import WORDS, carried_out
from huiyin.workbench.pages.library.shelf import Shelf, take
from huiyin.workbench.pages.library.stories import stories_words
from huiyin.workbench.pages.library.versions import versions_words


@require_GET
@staff_page
def regime_list(request: HttpRequest, desk: Desk) -> HttpResponse:
    """All regimes in force."""
    lines = [
        (regime, len(regime.articles), carried_out(regime), len(regime.limits)) for regime in regimes_in_force(desk.organisation)
    ]
    words = {"lines": lines, "administrator": desk.staff.administrator}
    return desk_page(request, desk, "workbench/regimes.html", words)


@require_GET
@staff_page
def regime_page(request: HttpRequest, desk: Desk, regime_id: str, part: str = "") -> HttpResponse:
    """A part of a regime; of the version `?version=` where one is named. Raises NoSuchRegimeError."""
    if part not in WORDS:
        raise Http404
    shelf = take(desk, regime_id, request.GET.get("version", ""))
    return library_page(request, desk, shelf, part, WORDS[part](shelf))


@require_GET
@staff_page
def regime_versions(request: HttpRequest, desk: Desk, regime_id: str) -> HttpResponse:
    """Every version, and with `?old=` and `?new=` what changed from one to the other. Raises NoSuchRegimeError."""
    shelf = take(desk, regime_id, request.GET.get("version", ""))
    words = versions_words(desk, shelf, request.GET.get("old", ""), request.GET.get("new", ""))
    return library_page(request, desk, shelf, "versions", words)


@require_http_methods(["GET", "POST"])
@staff_page
def regime_stories(request: HttpRequest, desk: Desk, regime_id: str) -> HttpResponse:
    """The stories of a version with their results; posting lets the worker play them. Raises NoSuchRegimeError."""
    shelf = take(desk, regime_id, request.GET.get("version", ""))
    version = RegimeVersion.objects.get(pk=shelf.edition.id)
    if request.method == "POST":
        if version.scenarios:
            ask_stories(version)
            messages.success(request, _("已安排，由后台逐个演，结果显示在这里。"))
        return redirect(shelf.href("stories"))
    return library_page(request, desk, shelf, "stories", stories_words(version))


@require_GET
@staff_page
def regime_form(request: HttpRequest, desk: Desk, regime_id: str, form_id: str) -> HttpResponse:
    """A form of the regime as it looks before anything is filled in."""
    shelf = take(desk, regime_id, request.GET.get("version", ""))
    form = shelf.regime.forms.get(form_id)
    if form is None or form.of != "case":
        raise Http404
    from huiyin.documents.samples import blank_sample  # loads the player of stories along

    paper = blank_sample(shelf.regime, form, desk.world.now, desk.world.calendar.zone)
    return render(request, "workbench/library/form.html", {"back": shelf.href("papers"), "form": form, "paper": paper})


def library_page(
    request: HttpRequest, desk: Desk, shelf: Shelf, part: str, words: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    """A part of a regime's page under its head and tabs."""
    template = f"workbench/library/{part or 'text'}.html"
    head = {**shelf.words(part), "administrator": desk.staff.administrator}
    return desk_page(request, desk, template, {**head, **words}, status=status)
