"""The page of a body outside that files itself: a standing address and a code open it, for this session."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from huiyin.application.paging import BadPageKey, Page
from huiyin.application.source_cases import SourceCase, cases_of, open_case_of
from huiyin.application.sources import open_source, pages_of
from huiyin.organisations.models import Source
from huiyin.portal.pages.source_cases import source_line
from huiyin.portal.place import Place
from huiyin.portal.sessions import leave_source, open_invitation_session, open_source_session, source_here
from huiyin.store.errors import UnknownCase

from .common import public, show
from .doors import CodeForm, door, tried
from .filing import Door, visit

FROM = "from-source"
"""Hidden in the form: whose page it was begun on. It is filed for no other body, and that one's code is asked for again."""

_OF_THE_DOOR = frozenset({"code", "csrfmiddlewaretoken"})


class SourceCodeForm(CodeForm):
    """The code of a source."""

    code_title, code_missing = gettext_lazy("单位码"), gettext_lazy("请填写单位码。")


@public
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest, place: Place, source: UUID) -> HttpResponse:
    """The standing address: it asks for the code, and tells nothing before, not even whether there is such a source."""
    form = SourceCodeForm(request.POST if request.method == "POST" else None)
    return door(
        request, place, "source_enter.html", form,
        lambda address: open_source(place.organisation, source, form.cleaned_data["code"], address=address),
        lambda found: open_source_session(request, place, found),
        place.url("source-cases"),
    )  # fmt: skip


@public
@require_POST
def leave(request: HttpRequest, place: Place) -> HttpResponse:
    """Leave no trace on a machine that others use, too."""
    leave_source(request)
    return HttpResponseRedirect(place.url("home"))


@public
@require_safe
def cases(request: HttpRequest, place: Place) -> HttpResponse:
    """Where it may file, and the cases it has filed, page by page."""
    source = source_here(request, place)
    if source is None:
        return _ended(request, place)
    page: Page[SourceCase] = Page(())
    trouble, status = "", 200
    try:
        page = cases_of(place.world, source, request.GET.get("after", ""))
    except BadPageKey as bad:
        trouble, status = bad.said, 400
    words = {
        "source": source,
        "pages": pages_of(source, place.regimes),
        "lines": [source_line(place.world, each) for each in page.items],
        "next": page.next,
        "first": not request.GET.get("after"),
        "trouble": trouble,
    }
    return show(request, place, "source_cases.html", words, status)


@public
@require_safe
def case(request: HttpRequest, place: Place, number: str) -> HttpResponse:
    """A case it filed: from here on the session works on it as the party it is."""
    source = source_here(request, place)
    if source is None:
        return _ended(request, place)
    try:
        found = open_case_of(place.world, source, number)
    except UnknownCase as error:
        raise Http404 from error
    open_invitation_session(request, place, found.case_id, found.key)
    return HttpResponseRedirect(place.url("outside-case"))


@public
@require_http_methods(["GET", "HEAD", "POST"])
def file(request: HttpRequest, place: Place, regime: str, channel: str) -> HttpResponse:
    """The filing form of a regime, in the name of the source."""
    source = source_here(request, place)
    if request.method == "POST" and FROM in request.POST and (source is None or str(source.pk) != request.POST[FROM]):
        again = _come_back(request, place, source)
        if isinstance(again, HttpResponse):
            return again
        source = again
    if source is None:
        return _ended(request, place)
    page = next((each for each in pages_of(source, place.regimes) if each.key == f"{regime}/{channel}"), None)
    if page is None:
        raise Http404
    answer = visit(request, place, page.regime, Door(place.url("source-cases"), _("给贵单位编号"), source, page))
    if isinstance(answer, HttpResponse):
        return answer
    messages.success(request, _("已经提交，编号 %(number)s。") % {"number": answer.number})
    return HttpResponseRedirect(place.url("source-cases"))


def _come_back(request: HttpRequest, place: Place, other: Source | None) -> Source | HttpResponse:
    """While the form was filled in nobody looked for too long, or an `other` body was let in in the same browser: the code of the
    body that began it is asked for again, and what was typed is kept.
    """
    code = request.POST.get("code")
    form = SourceCodeForm({"code": code} if code is not None else None)
    status = 403
    if code is not None:
        found, status = tried(request, form, lambda address: _opened_again(request, place, form.cleaned_data["code"], address))
        if found is not None:
            open_source_session(request, place, found)
            return found
    typed = [(name, value) for name in request.POST if name not in _OF_THE_DOOR for value in request.POST.getlist(name)]
    words = {"form": form, "typed": typed, "lost": bool(request.FILES), "other": other}
    return show(request, place, "source_again.html", words, status)


def _opened_again(request: HttpRequest, place: Place, code: str, address: str) -> Source:
    try:
        source_id = UUID(request.POST[FROM])
    except ValueError as error:
        raise UnknownCase from error
    return open_source(place.organisation, source_id, code, address=address)


def _ended(request: HttpRequest, place: Place) -> HttpResponse:
    """What a browser is told in which no code is open, or no longer."""
    return show(request, place, "source_ended.html", {}, 403)
