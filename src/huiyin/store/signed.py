"""Whether documents still say what was produced and signed: recomputed from the events, not believed."""

from collections.abc import Iterable, Iterator

from huiyin.cases.documents.content import digest_of
from huiyin.cases.events import DocumentProduced, DocumentSigned

from .log import read_event
from .models import EventRow

KINDS = ("DocumentProduced", "DocumentSigned")


def document_faults(rows: Iterable[EventRow]) -> Iterator[tuple[str, str]]:
    """Key of a document and what is wrong with it, in Chinese; nothing when all is as it was produced and signed."""
    content: dict[str, tuple[str, str]] = {}
    for row in rows:
        if row.kind not in KINDS:
            continue
        event = read_event(row)
        if isinstance(event, DocumentProduced) and event.content:
            content[event.key] = event.form_title, digest_of(event.content)
            if content[event.key][1] != event.digest:
                yield event.key, f"《{event.form_title}》的内容与出具时不符。"
        elif isinstance(event, DocumentSigned) and event.key in content:
            title, now = content[event.key]
            if event.digest != now:
                yield event.key, f"《{title}》的内容在签名之后被改动。"
