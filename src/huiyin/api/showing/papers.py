"""Documents for the complainant's and a party's eyes."""

from huiyin.api.schemas.papers import PaperOut
from huiyin.application.loading import Opened
from huiyin.documents.produced import readable


def papers_out(opened: Opened) -> list[PaperOut]:
    """The documents whoever opened the case may read, the first one first."""
    return [
        PaperOut(key=each.key, title=each.title, number=each.number, produced_at=each.produced_at)
        for each in opened.case.documents.values()
        if readable(opened, each)
    ]
