"""制度草稿: begun from a version, a pack or a file; written, checked, answered, approved, published."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from huiyin.application.publishing_drafts import publish
from huiyin.application.stories import ask_stories
from huiyin.organisations.drafts import (
    DraftRefusedError,
    approve_draft,
    check_text,
    delete_draft,
    draft_of_version,
    save_draft,
    stages_of_publishing,
    start_draft,
)
from huiyin.organisations.models import RegimeDraft, RegimeVersion
from huiyin.regime import pack_titles, packs
from huiyin.workbench.desk import Desk, desk_page, staff_page
from huiyin.workbench.forms.drafts import AnswersForm, PublishForm, StartForm, TextForm
from huiyin.workbench.pages.library.drafts import changes_of, lines_of, problems_of, roles_of
from huiyin.workbench.pages.library.stories import stories_words

View = Callable[..., HttpResponseBase]


def administrators_page(view: View) -> View:
    """A page of the desk that only administrators may open."""

    @wraps(view)
    def guarded(request: HttpRequest, desk: Desk, *arguments: Any, **named: Any) -> HttpResponseBase:
        if not desk.staff.administrator:
            raise PermissionDenied(_("起草和发布制度由系统管理员办理。"))
        return view(request, desk, *arguments, **named)

    return staff_page(guarded)


@require_http_methods(["GET", "POST"])
@administrators_page
def draft_list(request: HttpRequest, desk: Desk) -> HttpResponse:
    """All drafts, and the form that begins one."""
    names = pack_titles()
    form = StartForm(names, request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        folder = packs()[said["pack"]].parent if said["pack"] and not said["file"] else None
        source = said["file"] if folder is None else (folder / "regime.yaml").read_text(encoding="utf-8")
        scenarios = "" if folder is None else (folder / "scenarios.yaml").read_text(encoding="utf-8")
        try:
            draft = start_draft(desk.organisation, source, by=desk.staff, scenarios=scenarios)
        except DraftRefusedError as refused:
            form.add_error(None, str(refused))
        else:
            return redirect("desk-draft", draft.pk)
    drafts = desk.organisation.regime_drafts.select_related("changed_by").defer("source", "scenarios")
    words = {"drafts": list(drafts), "form": form}
    return desk_page(request, desk, "workbench/library/drafts.html", words, status=422 if form.errors else 200)


@require_POST
@administrators_page
def draft_version(request: HttpRequest, desk: Desk, regime_id: str) -> HttpResponse:
    """Begin a draft from a published version."""
    version = request.POST.get("version", "")
    found = RegimeVersion.objects.filter(organisation=desk.organisation, regime=regime_id, version=version).first()
    if found is None:
        raise Http404
    try:
        draft = draft_of_version(found, by=desk.staff)
    except DraftRefusedError as refused:
        messages.error(request, str(refused))
        return redirect("desk-drafts")
    return redirect("desk-draft", draft.pk)


@require_http_methods(["GET", "POST"])
@administrators_page
def draft_text(request: HttpRequest, desk: Desk, draft: UUID) -> HttpResponse:
    """The text with its problems, each leading to its line; saving checks it."""
    found = _draft(desk, draft)
    if request.method == "GET":
        return _text_page(request, desk, found)
    form = TextForm(request.POST, request.FILES)
    if not form.is_valid():
        return _text_page(request, desk, found, form, request.POST.get("source", ""))
    said = form.cleaned_data
    source = said["file"] or said["source"]
    try:
        saved = save_draft(found, by=desk.staff, edition=said["edition"], source=source, scenarios=said["stories"] or None)
    except DraftRefusedError as refused:
        form.add_error(refused.field if refused.field in form.fields else None, str(refused))
        return _text_page(request, desk, found, form, source)
    if saved.ready:
        messages.success(request, _("已保存，检查通过。"))
    else:
        messages.warning(request, _("已保存；还有错误要改。"))
    return redirect("desk-draft", found.pk)


def _text_page(
    request: HttpRequest, desk: Desk, draft: RegimeDraft, form: TextForm | None = None, typed: str | None = None
) -> HttpResponse:
    source = draft.source if typed is None else typed
    words = {
        "draft": draft,
        "administrator": True,
        "form": form or TextForm(initial={"edition": draft.edition}),
        "source": source,
        "lines": lines_of(source, draft.problems),
        "problems": problems_of(draft.problems),
    }
    return desk_page(request, desk, "workbench/library/draft.html", words, status=422 if form else 200)


@require_http_methods(["GET", "POST"])
@administrators_page
def draft_answers(request: HttpRequest, desk: Desk, draft: UUID) -> HttpResponse:
    """What the organisation answers to the settings."""
    found = _draft(desk, draft)
    declared = check_text(found.source, found.answers).declared
    if declared is None:
        messages.error(request, _("制度文字里有错误，先改正，才能填本单位的选择。"))
        return redirect("desk-draft", found.pk)
    given = {f"setting-{name}": _shown(value) for name, value in found.answers.items()}
    form = AnswersForm(declared, request.POST or None, initial={**given, "edition": found.edition})
    if request.method == "POST" and form.is_valid():
        kept = {name: value for name, value in found.answers.items() if name not in declared.settings}
        try:
            save_draft(found, by=desk.staff, edition=form.cleaned_data["edition"], answers={**kept, **form.answers()})
        except DraftRefusedError as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("本单位的选择已保存。"))
            return redirect("desk-draft", found.pk)
    words = {"draft": found, "administrator": True, "form": form}
    return desk_page(request, desk, "workbench/library/draft_answers.html", words, status=422 if form.errors else 200)


def _shown(value: Any) -> Any:
    return ("true" if value else "false") if isinstance(value, bool) else value


@require_http_methods(["GET", "POST"])
@staff_page
def draft_review(request: HttpRequest, desk: Desk, draft: UUID) -> HttpResponse:
    """What the draft changes, who has approved, and the form to publish. For administrators and whoever approves."""
    found = _draft_to_review(desk, draft)
    form = PublishForm(request.POST or None, initial={"edition": found.edition}, label_suffix="")
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            version = publish(desk.world, found, by=desk.staff, **said)
        except DraftRefusedError as refused:
            form.add_error(refused.field if refused.field in form.fields else None, str(refused))
        else:
            told = {"version": version.version, "day": date_format(version.effective_on, "DATE_FORMAT")}
            messages.success(request, _("第%(version)s版已发布，%(day)s起施行。") % told)
            return redirect("desk-regime-part", version.regime, "versions")
    words = {"draft": found, "administrator": desk.staff.administrator, "form": form, **_review_words(desk, found)}
    return desk_page(request, desk, "workbench/library/draft_review.html", words, status=422 if form.errors else 200)


@require_POST
@staff_page
def draft_approve(request: HttpRequest, desk: Desk, draft: UUID) -> HttpResponse:
    """Say yes to the draft in a role that the regime asks."""
    found = _draft_to_review(desk, draft)
    edition = request.POST.get("edition", "")
    try:
        approve_draft(found, by=desk.staff, roles=roles_of(desk, found.regime), edition=int(edition) if edition.isdecimal() else 0)
    except DraftRefusedError as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("已批准发布。"))
    return redirect("desk-draft-review", found.pk)


@require_POST
@administrators_page
def draft_stories(request: HttpRequest, desk: Desk, draft: UUID) -> HttpResponse:
    """Let the worker play the stories of the draft as it was saved."""
    found = _draft(desk, draft)
    if found.scenarios and found.ready:
        ask_stories(found)
        messages.success(request, _("已安排，由后台逐个演，结果显示在这里。"))
    return redirect("desk-draft-review", found.pk)


@require_POST
@administrators_page
def draft_delete(request: HttpRequest, desk: Desk, draft: UUID) -> HttpResponse:
    """Throw a draft away."""
    delete_draft(_draft(desk, draft), by=desk.staff)
    messages.success(request, _("草稿已删去。"))
    return redirect("desk-drafts")


def _review_words(desk: Desk, draft: RegimeDraft) -> dict[str, Any]:
    stages = stages_of_publishing(draft)
    waiting = next((stage for stage in stages if not stage.complete), None)
    return {
        "stages": stages,
        "mine": bool(draft.ready and waiting and waiting.open_to(roles_of(desk, draft.regime), desk.staff.person)),
        "waiting": waiting,
        **changes_of(desk, draft),
        **stories_words(draft),
    }


def _draft(desk: Desk, draft: UUID) -> RegimeDraft:
    found = RegimeDraft.objects.filter(organisation=desk.organisation, pk=draft).select_related("organisation", "changed_by").first()
    if found is None:
        raise Http404
    return found


def _draft_to_review(desk: Desk, draft: UUID) -> RegimeDraft:
    """A draft for an administrator, or for somebody whose yes publishing needs; for all others there is none to see."""
    if desk.staff.administrator:
        return _draft(desk, draft)
    found = RegimeDraft.objects.filter(organisation=desk.organisation, pk=draft).select_related("organisation", "changed_by").first()
    asked = {role for stage in stages_of_publishing(found) for role in stage.roles} if found else set()
    if found is None or not asked & roles_of(desk, found.regime):
        raise PermissionDenied(_("起草和发布制度由系统管理员办理。"))
    return found

