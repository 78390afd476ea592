"""The page around a document to print: what can be done with it, and whether it is still what was signed."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from huiyin.application.loading import Opened
from huiyin.documents.pdf import missing_software
from huiyin.documents.produced import Kept, on_paper
from huiyin.workbench.pages.possible import find_possible
from huiyin.workbench.words.articles import all_cited


def paper_words(opened: Opened, kept: Kept) -> dict[str, Any]:
    """What the page shows."""
    document, number = kept.document, opened.case.number
    signing = find_possible(opened, f"sign.{document.key}")
    newer = opened.case.documents.get(document.replaced_by)
    return {
        "case": opened.case,
        "document": document,
        "paper": on_paper(opened, kept),
        "faults": kept.faults,
        "cites": all_cited(opened.regime, kept.sheet.cite),
        "says": kept.sheet.says,
        "lacks": document.lacks,
        "newer_href": reverse("desk-paper", args=[number, newer.key]) if newer else "",
        "sign_href": reverse("desk-act", args=[number, f"sign.{document.key}"]) if signing else "",
        "pdf_href": reverse("desk-paper-pdf", args=[number, document.key]),
        "word_href": reverse("desk-paper-word", args=[number, document.key]),
        "missing_software": _("、").join(missing_software()),
    }
