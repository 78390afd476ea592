"""The page of one act, for the complainant and for a party outside: a form, perhaps with files; POST does it and leads back."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from huiyin.application.loading import Opened
from huiyin.cases.commands import Command
from huiyin.cases.events import CompletionAsked
from huiyin.cases.people import Actor
from huiyin.portal.forms.acts import CaseForm, CompleteForm
from huiyin.portal.place import Place
from huiyin.store.log import events_of, read_event

from .common import show
from .giving import give, key_of, uploads_of


def act_page(
    request: HttpRequest,
    place: Place,
    who: Actor,
    opened: Opened,
    form: CaseForm,
    command: Callable[[], Command],
    words: dict[str, Any],
    *,
    done: str,
    back: str,
) -> HttpResponse:
    """The page. `command` is asked for once the form is valid; `words` are the page's own, `done` what is said afterwards."""
    trouble, key = None, key_of(request)
    wrong: list[str] = []
    if request.method == "POST":
        uploads, wrong = uploads_of(request)
        if form.is_valid() and not wrong:
            trouble = give(place, who, opened.row.id, command(), key, uploads)
            if trouble is None:
                messages.success(request, done)
                return HttpResponseRedirect(back)
            if trouble.files:
                wrong = [trouble.message]
            else:
                form.show(trouble.fields, trouble.message)
    status = trouble.status if trouble else 422 if form.errors or wrong else 200
    known = {
        "form": form,
        "key": key,
        "wrong": wrong,
        "regime": opened.regime,
        "case": opened.case,
        "refused_cite": trouble.cite if trouble else (),
        "back": back,
    }
    return show(request, place, "act.html", words | known, status)


def completion_page(
    request: HttpRequest, place: Place, who: Actor, opened: Opened, *, done: str, back: str
) -> HttpResponse:
    """What was left open at filing, with what was asked for, and files; for whoever filed the case."""
    form = CompleteForm(opened, request.POST if request.method == "POST" else None)
    asked = (read_event(row) for row in reversed(events_of(opened.row.id)) if row.kind == CompletionAsked.__name__)
    words = {
        "title": _("补充材料"),
        "lead": next((event.text for event in asked if isinstance(event, CompletionAsked)), ""),
        "upload": True,
    }
    return act_page(request, place, who, opened, form, form.command, words, done=done, back=back)
