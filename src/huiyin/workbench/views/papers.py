"""Files and papers of a case: evidence to download, documents, the receipt and links for parties outside to print."""

from uuid import UUID

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from huiyin.application.attachments import download
from huiyin.application.filing import receipt_of
from huiyin.application.loading import open_by_number
from huiyin.application.personal import log_access
from huiyin.application.transfers import log_fetching, may_fetch_package
from huiyin.documents.answers import file_answer, pdf_answer
from huiyin.documents.handing_out import package_answer
from huiyin.documents.produced import kept_document, on_paper
from huiyin.documents.word import word_of
from huiyin.store.receipts import invitation_code
from huiyin.workbench.desk import Desk, staff_page
from huiyin.workbench.pages.paper import paper_words
from huiyin.workbench.pages.possible import find_possible
from huiyin.workbench.words.moments import day_words, moment_words


@require_GET
@staff_page
def evidence(request: HttpRequest, desk: Desk, number: str, key: str) -> HttpResponseBase:
    """Hand out a file of the case, always as a download; of a confidential case it is logged like a look."""
    opened = open_by_number(desk.organisation, desk.who, number, desk.world)
    try:
        attachment = UUID(key)
    except ValueError:
        raise Http404 from None
    found = download(desk.organisation, desk.who, opened.row.id, attachment)
    if opened.row.confidential:
        log_access(opened, "download", found.row.name)
    response = FileResponse(found.path.open("rb"))
    for name, value in found.headers.items():
        response.headers[name] = value
    return response


@require_GET
@staff_page
def paper(request: HttpRequest, desk: Desk, number: str, key: str) -> HttpResponse:
    """A produced document as a sheet to print; printing is logged like a look."""
    opened = open_by_number(desk.organisation, desk.who, number, desk.world)
    kept = kept_document(opened, key)
    log_access(opened, "print", f"《{kept.document.title}》{kept.document.number}")
    return render(request, "workbench/paper.html", paper_words(opened, kept))


@require_GET
@staff_page
def paper_pdf(request: HttpRequest, desk: Desk, number: str, key: str) -> HttpResponse:
    """The document as a PDF file; taking it out is logged."""
    opened = open_by_number(desk.organisation, desk.who, number, desk.world)
    kept = kept_document(opened, key)
    log_access(opened, "export", f"《{kept.document.title}》{kept.document.number}，PDF")
    return pdf_answer(request, on_paper(opened, kept), back=reverse("desk-paper", args=[number, key]))


@require_GET
@staff_page
def paper_word(request: HttpRequest, desk: Desk, number: str, key: str) -> HttpResponse:
    """The document as a Word file; taking it out is logged."""
    opened = open_by_number(desk.organisation, desk.who, number, desk.world)
    kept = kept_document(opened, key)
    log_access(opened, "export", f"《{kept.document.title}》{kept.document.number}，Word")
    made = on_paper(opened, kept)
    return file_answer(word_of(made), made, "docx")


@require_GET
@staff_page
def transfer_package(request: HttpRequest, desk: Desk, number: str) -> HttpResponseBase:
    """The package of a transfer as a ZIP file; taking it out is logged."""
    opened = open_by_number(desk.organisation, desk.who, number, desk.world)
    if not may_fetch_package(opened):
        raise Http404
    log_fetching(opened)
    return package_answer(opened)


@require_GET
@staff_page
def receipt(request: HttpRequest, desk: Desk, number: str) -> HttpResponse:
    """The receipt with number and code, for the first receiver, or whoever issued a new code, to hand out; logged."""
    opened = open_by_number(desk.organisation, desk.who, number, desk.world)
    case = opened.case
    issued = bool(case.code_issue) and case.code_issued_by == desk.staff.person and opened.sight.personal
    if not issued and (case.code_issue or case.first_receiver != desk.staff.person):
        raise Http404
    log_access(opened, "print", "回执")
    words = {
        "opened": opened,
        "case": opened.case,
        "code": receipt_of(opened.row).code,
        "received": day_words(opened.case.received_at.astimezone(desk.world.calendar.zone).date(), desk.world.today),
        "organisation": desk.organisation,
    }
    return render(request, "workbench/receipt.html", words)


@require_GET
@staff_page
def invitation(request: HttpRequest, desk: Desk, number: str, key: str) -> HttpResponse:
    """The link and the code of a party outside, for whoever may end the invitation to pass on; logged."""
    opened = open_by_number(desk.organisation, desk.who, number, desk.world)
    invited = opened.case.invitations.get(key)
    if invited is None or not invited.opens(desk.world.now) or find_possible(opened, "uninvite.uninvite") is None:
        raise Http404
    log_access(opened, "print", f"{invited.name}的链接")
    there = reverse("portal-outside", args=[desk.organisation.slug, number, key])
    words = {
        "case": opened.case,
        "invited": invited,
        "role": opened.regime.role_title(invited.role),
        "code": invitation_code(opened.row.id, key, invited.issue),
        "until": moment_words(invited.until, desk.world) if invited.until else "",
        "address": request.build_absolute_uri(there),
        "organisation": desk.organisation,
    }
    return render(request, "workbench/invitation.html", words)
