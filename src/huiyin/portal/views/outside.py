"""Parties outside: a link and a code open one case in one role, for this session; the party does its part there."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

from huiyin.application.attachments import download
from huiyin.application.loading import Opened, open_case
from huiyin.application.outside import Invited, open_invitation
from huiyin.application.personal import log_access
from huiyin.application.transfers import log_fetching, may_fetch_package
from huiyin.cases.advice import Discouraged, advice_for, discouraged_in
from huiyin.cases.commands import AddEvidence, Approve, Command, Reject
from huiyin.documents.handing_out import package_answer
from huiyin.portal.forms.acts import ActForm, AskForm, ConcernForm, SayForm
from huiyin.portal.pages.outside import completes, part_of, tasks_of
from huiyin.portal.pages.outside_concerns import concerning
from huiyin.portal.place import Place
from huiyin.portal.sessions import came_as_source, invitation, leave_invitation, leave_source, open_invitation_session
from huiyin.store.errors import UnknownCase

from .act_page import act_page, completion_page
from .common import public, show
from .doors import CodeForm, door
from .giving import give, key_of, said_in, uploads_of


class LinkCodeForm(CodeForm):
    """The code that came beside the link."""

    code_title, code_missing = gettext_lazy("验证码"), gettext_lazy("请填写验证码。")


@public
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest, place: Place, number: str, key: str) -> HttpResponse:
    """The page a link leads to: it asks for the code, and tells nothing about the case before."""
    form = LinkCodeForm(request.POST if request.method == "POST" else None)
    return door(
        request, place, "outside_enter.html", form,
        lambda address: open_invitation(place.organisation, number, key, form.cleaned_data["code"], source=address),
        lambda found: open_invitation_session(request, place, found.case_id, found.key),
        place.url("outside-case"),
    )  # fmt: skip


@public
@require_POST
def leave(request: HttpRequest, place: Place) -> HttpResponse:
    """Leave no trace on a machine that others use, too; who came from a page of its own leaves that page as well."""
    leave_source(request)
    return HttpResponseRedirect(place.url("home"))


@public
@require_safe
def case(request: HttpRequest, place: Place) -> HttpResponse:
    """What the party is asked to do, what was said to it, what it may see of the matter, and what it has done so far."""
    invited, opened = opened_by_link(request, place)
    return _show_case(request, place, invited, opened) if opened and invited else ended(request, place)


@public
@require_safe
def attachment(request: HttpRequest, place: Place, attachment: UUID) -> HttpResponseBase:
    """A file the party gave, or one the regime lets it see, always as a download; taking it out is logged."""
    invited, opened = opened_by_link(request, place)
    if invited is None or opened is None:
        return ended(request, place)
    try:
        found = download(place.organisation, invited.who, invited.case_id, attachment)
    except UnknownCase as error:
        raise Http404 from error
    log_access(opened, "download", found.row.name)
    answer = FileResponse(found.path.open("rb"), as_attachment=True, filename=found.row.name)
    for name, value in found.headers.items():
        answer[name] = value
    return answer


@public
@require_POST
def say(request: HttpRequest, place: Place) -> HttpResponse:
    """Words and files for the case."""
    invited, opened = opened_by_link(request, place)
    if invited is None or opened is None:
        return ended(request, place)
    form, key = SayForm(opened.regime, request.POST, every_kind=True), key_of(request)
    if not form.is_valid():
        return _show_case(request, place, invited, opened, say=form, status=422)
    said = said_in(request, form, key)
    wrong = said.wrong
    trouble = None if wrong else give(place, invited.who, opened.row.id, AddEvidence(evidence=said.evidence), key, said.uploads)
    if trouble is not None and trouble.files:
        wrong = [trouble.message]
    elif trouble is not None:
        form.show(trouble.fields, trouble.message)
    if wrong or trouble:
        status = trouble.status if trouble else 422
        return _show_case(request, place, invited, opened, say=form, say_wrong=wrong, status=status)
    messages.success(request, _("收到了，已经放进案件。"))
    return HttpResponseRedirect(place.url("outside-case"))


@public
@require_POST
def ask(request: HttpRequest, place: Place) -> HttpResponse:
    """A question to those who handle the case; the answer comes on this page."""
    invited, opened = opened_by_link(request, place)
    if invited is None or opened is None:
        return ended(request, place)
    possible = part_of(opened, invited.key).asks
    if possible is None:
        raise Http404
    form, trouble = AskForm(possible, request.POST), None
    if form.is_valid():
        trouble = give(place, invited.who, opened.row.id, form.command(), key_of(request))
    if trouble is not None:
        form.show(trouble.fields, trouble.message)
    if form.errors:
        return _show_case(request, place, invited, opened, ask=form, status=trouble.status if trouble else 422)
    messages.success(request, _("问题已经交给办理人员，答复会写在这一页。"))
    return HttpResponseRedirect(place.url("outside-case"))


@public
@require_GET
def package(request: HttpRequest, place: Place) -> HttpResponseBase:
    """The package of the transfer that came with this link; taking it out is logged."""
    invited, opened = opened_by_link(request, place)
    if invited is None or opened is None:
        return ended(request, place)
    if not may_fetch_package(opened):
        raise Http404
    log_fetching(opened)
    return package_answer(opened)


@public
@require_http_methods(["GET", "HEAD", "POST"])
def do(request: HttpRequest, place: Place, name: str) -> HttpResponse:
    """One task of the party: its form, with files, and doing it. A proposal may be agreed to or turned down."""
    invited, opened = opened_by_link(request, place)
    if invited is None or opened is None:
        return ended(request, place)
    task = next((each for each in tasks_of(opened) if each.name == name), None)
    if task is None:
        raise Http404
    form = ActForm(task.possible, request.POST if request.method == "POST" else None)
    trouble, wrong, advised, key = None, list[str](), tuple[Discouraged, ...](), key_of(request)
    works = task.possible.command == "perform"
    if request.method == "POST":
        uploads, wrong = uploads_of(request) if works else ([], [])
        if form.is_valid() and not wrong:
            command = _command(request, form)
            advised = discouraged_in(opened.regime, opened.case, command) if request.POST.get("wording") != "kept" else ()
            trouble = None if advised else give(place, invited.who, opened.row.id, command, key, uploads)
            if trouble is None and not advised:
                messages.success(request, _("已经办好：%(title)s。") % {"title": task.possible.title})
                return HttpResponseRedirect(place.url("outside-case"))
            if trouble is not None and trouble.files:
                wrong = [trouble.message]
            elif trouble is not None:
                form.show(trouble.fields, trouble.message)
    words = {
        "form": form,
        "key": key,
        "title": task.possible.title,
        "acknowledges": task.possible.command == "acknowledge",
        "lead": task.due,
        "cite": task.possible.cite,
        "why": task.why,
        "papers": task.papers,
        "paper_page": "outside-paper",
        "guidance": advice_for(opened.regime, opened.case, task.possible.work),
        "advised": advised,
        "upload": works,
        "wrong": wrong,
        "decides": task.possible.command == "approve",
        "regime": opened.regime,
        "case": opened.case,
        "refused_cite": trouble.cite if trouble else (),
        "back": place.url("outside-case"),
    }
    status = trouble.status if trouble else 422 if form.errors or wrong or advised else 200
    return show(request, place, "act.html", words, status)


@public
@require_http_methods(["GET", "HEAD", "POST"])
def concern(request: HttpRequest, place: Place, name: str) -> HttpResponse:
    """What the party says to a proposal or decision against it, with files, after reading the paper about it."""
    invited, opened = opened_by_link(request, place)
    if invited is None or opened is None:
        return ended(request, place)
    about = next((each for each in concerning(opened) if each.name == name and each.says), None)
    if about is None:
        raise Http404
    form = ConcernForm(request.POST if request.method == "POST" else None)
    words = {
        "title": about.says,
        "lead": _("对“%(title)s”，请在%(until)s提出。") % {"title": about.concern.title, "until": about.until},
        "cite": about.concern.cite,
        "papers": about.papers,
        "paper_page": "outside-paper",
        "upload": True,
    }
    return act_page(
        request, place, invited.who, opened, form, lambda: about.command(form.cleaned_data["text"]), words,
        done=_("已经交给作出决定的人：%(title)s。") % {"title": about.says}, back=place.url("outside-case"),
    )  # fmt: skip


@public
@require_http_methods(["GET", "HEAD", "POST"])
def complete(request: HttpRequest, place: Place) -> HttpResponse:
    """A body that filed the case itself completes it when that was asked for."""
    invited, opened = opened_by_link(request, place)
    if invited is None or opened is None:
        return ended(request, place)
    back = place.url("outside-case")
    if not completes(opened):
        return HttpResponseRedirect(back)
    return completion_page(request, place, invited.who, opened, done=_("补充好了，案件接着办理。"), back=back)


def _command(request: HttpRequest, form: ActForm) -> Command:
    possible = form.possible
    if possible.command != "approve":
        return form.command()
    text = form.cleaned_data["text"]
    if request.POST.get("decision") == "reject":
        return Reject(key=possible.work, text=text)
    return Approve(key=possible.work, text=text)


def opened_by_link(request: HttpRequest, place: Place) -> tuple[Invited | None, Opened | None]:
    """The invitation of this session and its case; None where there is none, or it has ended or run out meanwhile."""
    known = invitation(request, place)
    if known is None:
        return None, None
    invited = Invited(*known)
    try:
        return invited, open_case(place.organisation, invited.who, invited.case_id, place.world)
    except UnknownCase:
        leave_invitation(request)
        return invited, None


def ended(request: HttpRequest, place: Place) -> HttpResponse:
    """What a browser is told in which no link is open, or no longer."""
    return show(request, place, "outside_ended.html", {}, 403)


def _show_case(
    request: HttpRequest,
    place: Place,
    invited: Invited,
    opened: Opened,
    *,
    say: SayForm | None = None,
    say_wrong: Sequence[str] = (),
    ask: AskForm | None = None,
    status: int = 200,
) -> HttpResponse:
    part = part_of(opened, invited.key)
    if part.complainant:
        log_access(opened, "personal", _("制度规定可以看到投诉人的外单位页面"))
    words: dict[str, Any] = {
        "case": opened.case,
        "regime": opened.regime,
        "part": part,
        "office": place.organisation.title,
        "say": say or SayForm(opened.regime, every_kind=True),
        "say_wrong": say_wrong,
        "ask": ask or (AskForm(part.asks) if part.asks else None),
        "key": str(uuid4()),
        "ask_key": str(uuid4()),
        "paper_page": "outside-paper",
        "paper_pdf_page": "outside-paper-pdf",
        "has_own_page": came_as_source(request, place),
    }
    return show(request, place, "outside.html", words, status)
