"""Doing something on a case: the form of an act, and what comes of sending it."""

from collections.abc import Sequence
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from huiyin.application.loading import Opened, open_by_number
from huiyin.application.running import Result, run
from huiyin.cases.advice import Discouraged, discouraged, texts_of
from huiyin.cases.commands import RenewCode
from huiyin.cases.events import ApprovalAsked
from huiyin.cases.principles import COMPLETE_RECORDS
from huiyin.cases.refusals import Refused
from huiyin.cases.state import PendingApproval
from huiyin.site.htmx import is_htmx
from huiyin.store.errors import Change, Conflict, KeyReused, UnknownCase, UploadRefused
from huiyin.workbench.desk import Desk, staff_page
from huiyin.workbench.forms.act_form import ActForm, Purpose
from huiyin.workbench.forms.to_command import FindCase, command_of
from huiyin.workbench.pages.approval import proposal_words
from huiyin.workbench.pages.case import article_texts
from huiyin.workbench.pages.possible import consequences, find_possible, guidance_for, order_of, point_of
from huiyin.workbench.views.case import show_case
from huiyin.workbench.words.articles import all_cited
from huiyin.workbench.words.moments import moment_words
from huiyin.workbench.words.people import person_name


@require_http_methods(["GET", "POST"])
@staff_page
def do(request: HttpRequest, desk: Desk, number: str, name: str) -> HttpResponse:
    """The form of one act (a page of its own, or for htmx a dialog), and carrying it out.

    Refused: 422 with the reasons at their places. The case has moved on: 409 with what changed. Everything typed stays.
    """
    opened = open_by_number(desk.organisation, desk.who, number, desk.world)
    possible = find_possible(opened, name)
    if possible is None:
        return _gone(request, number)
    purpose = Purpose(possible, opened)
    if "pick" in request.POST:  # only another value was picked to put right; nothing is done yet
        return _show(request, desk, opened, ActForm(purpose, initial=_picked(request)))
    posted = request.method == "POST"
    form = ActForm(purpose, request.POST if posted else None, request.FILES if posted else None)
    if not posted:
        blocked = possible.blocked
        if blocked is not None:
            form.full_clean()
            form.refuse(blocked)
        return _show(request, desk, opened, form, cites=blocked.cite if blocked else ())
    return _send(request, desk, opened, form)


def _picked(request: HttpRequest) -> dict[str, str]:
    """What stays on the form when it is shown for another choice: which one, and the reason."""
    return {name: request.POST.get(name, "") for name in ("path", "kind", "text")}


def _send(request: HttpRequest, desk: Desk, opened: Opened, form: ActForm) -> HttpResponse:
    number = opened.case.number
    try:
        command = command_of(form, approving=request.POST.get("decision") != "reject", find_case=_finder(desk))
        advised = discouraged(opened.regime, opened.case, form.possible.work, texts_of(command))
        if advised and request.POST.get("wording") != "kept":
            return _show(request, desk, opened, form, advised=advised, status=422)
        done = run(
            desk.organisation,
            desk.who,
            opened.row.id,
            command,
            key=request.POST.get("key", "")[:100],
            based_on=_version(request),
            uploads=form.uploads(),
        )
    except Refused as refused:
        form.refuse(refused)
        return _show(request, desk, opened, form, cites=refused.cite, status=422)
    except Conflict as conflict:
        form.add_error(None, _("您打开之后，这件案件有了变化，这一步没有执行；您填的内容还在。看过后可以再按一次。"))
        return _show(request, desk, opened, form, changes=conflict.changes, status=409)
    except (UploadRefused, KeyReused) as trouble:
        form.add_error("files" if "files" in form.fields else None, trouble.said)
        return _show(request, desk, opened, form, status=422)
    messages.success(request, _done_words(form, done))
    if isinstance(command, RenewCode):
        return _go(request, reverse("desk-receipt", args=[number]))
    return _back(request, number)


def _done_words(form: ActForm, done: Result) -> str:
    """Done, or only handed in for the approval of somebody else."""
    title, work = form.possible.title, form.possible.work
    asked = [event.approval for event in done.events if isinstance(event, ApprovalAsked)]
    waiting = next((each for each in asked if each.kind != "sanction" and _is_about(each, work)), None)
    if waiting is None:
        return _("已办：%(title)s") % {"title": title}
    stage, regime = waiting.stages[0], form.opened.regime
    who = _("、").join(regime.role_title(role) for role in (*stage.by, *stage.all_of))
    return _("已送审：%(title)s。%(who)s批准后生效") % {"title": title, "who": who}


def _is_about(pending: PendingApproval, work: str) -> bool:
    """Whether the act itself made this proposal: sanctions are called forth by rules."""
    return pending.kind != "work" or pending.subject.partition("#")[0] == work


def _back(request: HttpRequest, number: str) -> HttpResponse:
    """To where the act was begun: the case, the list of approvals, or the ledgers."""
    lists = {"approvals": "desk-approvals", "ledgers": "desk-ledgers"}
    begun = request.POST.get("back", "")
    return _go(request, reverse(lists[begun]) if begun in lists else reverse("desk-case", args=[number]))


def _go(request: HttpRequest, there: str) -> HttpResponse:
    """To another page, for htmx without a fragment in between."""
    if is_htmx(request):
        return HttpResponse(status=204, headers={"HX-Redirect": there})
    return redirect(there)


def _gone(request: HttpRequest, number: str) -> HttpResponse:
    """Somebody else did it meanwhile, or it is not this person's any more."""
    messages.error(request, _("这一步现在不能办：可能已由别人办完，或者还没轮到您。"))
    return _back(request, number)


def _version(request: HttpRequest) -> int | None:
    typed = request.POST.get("based_on", "")
    return int(typed) if typed.isdecimal() and len(typed) < 10 else None


def _finder(desk: Desk) -> FindCase:
    """Find another case by its number, within what this person may see."""

    def find(number: str) -> str:
        try:
            return str(open_by_number(desk.organisation, desk.who, number, desk.world).row.id)
        except UnknownCase as unknown:
            words = dict.fromkeys(("into", "other"), unknown.said)
            raise Refused("wrong-value", unknown.said, cite=COMPLETE_RECORDS, fields=words) from None

    return find


def _show(
    request: HttpRequest,
    desk: Desk,
    opened: Opened,
    form: ActForm,
    *,
    cites: Sequence[str] = (),
    changes: Sequence[Change] = (),
    advised: Sequence[Discouraged] = (),
    status: int = 200,
) -> HttpResponse:
    """The form: in a dialog for htmx, else open at the top of the case page."""
    possible = form.possible
    words: dict[str, Any] = {
        "act_form": form,
        "act": possible,
        "act_href": reverse("desk-act", args=[opened.case.number, form.purpose.name]),
        "act_cites": article_texts(opened, possible.cite),
        "refused_cites": all_cited(opened.regime, cites),
        "changes": [(moment_words(one.at, desk.world), person_name(one.by, desk.world), one.title) for one in changes],
        "advised": [(each.phrase, each.better, all_cited(opened.regime, each.cite)) for each in advised],
        "point": point_of(opened, possible),
        "order": order_of(opened, possible),
        "guidance": guidance_for(opened, possible),
        "proposal": proposal_words(opened, possible.approval) if possible.approval else None,
        "consequences": consequences(opened, possible),
        "key": _key(request, status),
        "based_on": opened.row.version,
        "back": request.GET.get("back") or request.POST.get("back", ""),
        "case": opened.case,
    }
    if is_htmx(request):
        return render(request, "workbench/act_dialog.html", words, status=status)
    return show_case(request, desk, opened, status=status, form=words)


def _key(request: HttpRequest, status: int) -> str:
    """The same key while the same form is tried again; nothing was done under it when it was refused."""
    return request.POST.get("key", "")[:100] if status != 200 and request.POST.get("key") else uuid4().hex
