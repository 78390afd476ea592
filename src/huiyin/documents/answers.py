"""Files made on the spot: PDF, Word, XLSX, always as a download that no cache keeps."""

import re

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import content_disposition_header

from huiyin.documents.pdf import PdfNotMade, pdf_of
from huiyin.documents.printed import Printed

TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|\s]+')
LONGEST_NAME = 80


def file_answer(content: bytes, paper: Printed, ending: str) -> HttpResponse:
    """The file as a download, named after the paper and its number."""
    name = _NOT_IN_NAMES.sub("_", f"{paper.title} {paper.number}").strip("._")[:LONGEST_NAME]
    answer = HttpResponse(content, content_type=TYPES[ending])
    answer.headers["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=f"{name}.{ending}") or ""
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def pdf_answer(request: HttpRequest, paper: Printed, *, back: str) -> HttpResponse:
    """The paper as PDF; where none can be made, back to the page with the reason."""
    try:
        return file_answer(pdf_of(paper), paper, "pdf")
    except PdfNotMade as trouble:
        messages.error(request, trouble.message_zh)
        return redirect(back)
