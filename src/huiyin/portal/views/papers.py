"""Documents of a case for whoever came in by a code: the complainant, and a party outside. The policy says which."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_safe

from huiyin.application.loading import Opened
from huiyin.application.personal import log_access
from huiyin.cases.available import available
from huiyin.documents.answers import pdf_answer
from huiyin.documents.produced import Kept, kept_document, on_paper
from huiyin.portal.place import Place

from .common import public, show
from .outside import ended, opened_by_link
from .tracking import tracked_of


@public
@require_safe
def tracked(request: HttpRequest, place: Place, key: str) -> HttpResponse:
    """A document made out to the complainant, or to be signed by the complainant."""
    case = tracked_of(request, place)
    if case is None:
        return HttpResponseRedirect(place.url("track"))
    kept = kept_document(case.opened, key)
    sign = place.url("do", key) if _signs(case.opened, key) else ""
    return _page(request, place, case.opened, kept, place.url("case"), sign, place.url("paper-pdf", key))


@public
@require_safe
def tracked_pdf(request: HttpRequest, place: Place, key: str) -> HttpResponse:
    """The same as a PDF file."""
    case = tracked_of(request, place)
    if case is None:
        return HttpResponseRedirect(place.url("track"))
    return pdf_answer(request, on_paper(case.opened, kept_document(case.opened, key)), back=place.url("paper", key))


@public
@require_safe
def outside(request: HttpRequest, place: Place, key: str) -> HttpResponse:
    """A document made out or sent to the party of this session's link, or to be signed by it; the look is logged."""
    _invited, opened = opened_by_link(request, place)
    if opened is None:
        return ended(request, place)
    kept = kept_document(opened, key)
    log_access(opened, "print", f"《{kept.document.title}》{kept.document.number}")
    sign = place.url("outside-do", f"sign.{key}") if _signs(opened, key) else ""
    return _page(request, place, opened, kept, place.url("outside-case"), sign, place.url("outside-paper-pdf", key))


@public
@require_safe
def outside_pdf(request: HttpRequest, place: Place, key: str) -> HttpResponse:
    """The same as a PDF file; taking it out is logged."""
    _invited, opened = opened_by_link(request, place)
    if opened is None:
        return ended(request, place)
    kept = kept_document(opened, key)
    log_access(opened, "export", f"《{kept.document.title}》{kept.document.number}，PDF")
    return pdf_answer(request, on_paper(opened, kept), back=place.url("outside-paper", key))


def _signs(opened: Opened, key: str) -> bool:
    possible = available(opened.regime, opened.case, opened.context())
    return any(each.command == "sign" and each.work == key and each.blocked is None for each in possible)


def _page(
    request: HttpRequest, place: Place, opened: Opened, kept: Kept, back: str, sign: str, pdf: str
) -> HttpResponse:
    words = {
        "document": kept.document,
        "paper": on_paper(opened, kept),
        "faults": kept.faults,
        "back": back,
        "sign_href": sign,
        "pdf_href": pdf,
    }
    return show(request, place, "paper.html", words)
