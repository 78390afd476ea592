"""The case page, and looking at who the parties are."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from huiyin.application.case_lists import similar_cases
from huiyin.application.loading import Opened, open_by_number
from huiyin.application.personal import look_at_personal
from huiyin.cases.refusals import Refused
from huiyin.site.htmx import is_htmx
from huiyin.store.personal.data import PersonalData
from huiyin.workbench.desk import Desk, desk_page, staff_page
from huiyin.workbench.pages.case import case_words
from huiyin.workbench.pages.case_rows import similar_rows
from huiyin.workbench.pages.case_story import GROUPS

COMPARED = 6
"""Characters of the title that a similar case begins with or holds; a longer phrase finds few and costs five times more."""


@require_GET
@staff_page
def case_page(request: HttpRequest, desk: Desk, number: str) -> HttpResponse:
    """Everything about one case; `?story=decision` shows part of its story."""
    opened = open_by_number(desk.organisation, desk.who, number, desk.world)
    return show_case(request, desk, opened)


def show_case(
    request: HttpRequest,
    desk: Desk,
    opened: Opened,
    *,
    full: dict[str, PersonalData] | None = None,
    form: Mapping[str, Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page, or for htmx its story alone. `form` are the words of a form that stands open on the page."""
    group = request.GET.get("story", "all")
    words = case_words(opened, group=group if group in GROUPS else "all", full=full)
    template = "workbench/case.html"
    if is_htmx(request) and "story" in request.GET:
        template = "workbench/case_story.html"
    elif "similar" in request.GET:
        words["similar"] = _similar(desk, opened)
    return desk_page(request, desk, template, {**words, **(form or {})}, status=status)


@require_GET
@staff_page
def similar(request: HttpRequest, desk: Desk, number: str) -> HttpResponse:
    """The similar cases alone, fetched after the page stands: looking through all cases takes longer than the page.

    Without htmx the answer is the whole page with the list in it.
    """
    opened = open_by_number(desk.organisation, desk.who, number, desk.world)
    if not is_htmx(request):
        return redirect(f"{reverse('desk-case', args=[number])}?similar=1#similar")
    return render(request, "workbench/similar_list.html", {"items": _similar(desk, opened)})


def _similar(desk: Desk, opened: Opened) -> object:
    """Earlier cases about the same respondent, or in nearly the same words; without those the reader may not see."""
    about = opened.case.respondent
    found = similar_cases(
        desk.organisation,
        desk.who,
        text=opened.row.title[:COMPARED],
        respondent_unit=about.unit if not about.person else "",
        respondent_person=about.person,
        without=opened.row.id,
        limit=5,
        world=desk.world,
    )
    return similar_rows(found, desk.world)


@require_POST
@staff_page
def look(request: HttpRequest, desk: Desk, number: str) -> HttpResponse:
    """Show the parties in full, once, after the reason was written to the access log."""
    opened = open_by_number(desk.organisation, desk.who, number, desk.world)
    try:
        full = look_at_personal(desk.organisation, desk.who, opened.row.id, request.POST.get("reason", ""))
    except Refused as refused:
        messages.error(request, refused.message)
        return redirect("desk-case", number=number)
    messages.success(request, _("这次查看已记入案件的查看记录。"))
    return show_case(request, desk, opened, full=full)
