"""Documents of a case as files: for whom the policy lets read them, logged as on the pages."""

from django.http import Http404, HttpResponse

from huiyin.application.loading import Opened
from huiyin.application.personal import log_access
from huiyin.documents.answers import file_answer
from huiyin.documents.pdf import PdfNotMade, pdf_of
from huiyin.documents.printed import Printed
from huiyin.documents.produced import Kept, kept_document, on_paper
from huiyin.documents.word import word_of
from huiyin.store.errors import UnknownCase

from .problems import Trouble


def pdf_logged(opened: Opened, key: str) -> HttpResponse:
    """A document as PDF; taking it out is logged. Raises UnknownCase: none, or none for this person; Trouble: not made."""
    return pdf_of_paper(_taken_out(opened, key, "PDF"))


def word_logged(opened: Opened, key: str) -> HttpResponse:
    """A document as a Word file; taking it out is logged. Raises UnknownCase as `pdf_logged` does."""
    paper = _taken_out(opened, key, "Word")
    return file_answer(word_of(paper), paper, "docx")


def pdf_unlogged(opened: Opened, key: str) -> HttpResponse:
    """A document as PDF for the complainant, whose own papers are nobody else's secret. Raises as `pdf_logged` does."""
    return pdf_of_paper(on_paper(opened, _kept(opened, key)))


def pdf_of_paper(paper: Printed) -> HttpResponse:
    """The paper typeset. Raises Trouble where that cannot be done now."""
    try:
        return file_answer(pdf_of(paper), paper, "pdf")
    except PdfNotMade as trouble:
        raise Trouble(503, "pdf-not-made", trouble.message_zh, "No PDF could be made now; try again later.") from trouble


def _taken_out(opened: Opened, key: str, kind: str) -> Printed:
    kept = _kept(opened, key)
    log_access(opened, "export", f"《{kept.document.title}》{kept.document.number}，{kind}")
    return on_paper(opened, kept)


def _kept(opened: Opened, key: str) -> Kept:
    try:
        return kept_document(opened, key)
    except Http404:
        raise UnknownCase("没有找到这份文书。") from None
