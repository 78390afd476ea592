"""The page of a body outside that files itself: a standing address and a code open it, for this session."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from huiyin.application.paging import BadPageKey, Page
from huiyin.application.source_cases import SourceCase, cases_of, open_case_of
from huiyin.application.sources import open_source, pages_of
from huiyin.portal.pages.source_cases import source_line
from huiyin.portal.place import Place
from huiyin.portal.sessions import leave_source, open_invitation_session, open_source_session, source_here
from huiyin.store.errors import TooManyAttempts, UnknownCase

from .common import public, show, source_of
from .filing import Door, visit


class SourceCodeForm(forms.Form):
    """The code of a source."""

    use_required_attribute = False
    code = forms.CharField(
        label=gettext_lazy("单位码"), max_length=40, error_messages={"required": gettext_lazy("请填写单位码。")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip


@public
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest, place: Place, source: UUID) -> HttpResponse:
    """The standing address: it asks for the code, and tells nothing before, not even whether there is such a source."""
    form, status = SourceCodeForm(request.POST if request.method == "POST" else None, label_suffix=""), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                found = open_source(place.organisation, source, form.cleaned_data["code"], address=source_of(request))
            except TooManyAttempts as trouble:
                form.add_error(None, trouble.said)
                status = 429
            except UnknownCase as trouble:
                form.add_error(None, trouble.said)
            else:
                open_source_session(request, place, found)
                return HttpResponseRedirect(place.url("source-cases"))
    return show(request, place, "source_enter.html", {"form": form}, status)


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


def _ended(request: HttpRequest, place: Place) -> HttpResponse:
    """What a browser is told in which no code is open, or no longer."""
    return show(request, place, "source_ended.html", {}, 403)
