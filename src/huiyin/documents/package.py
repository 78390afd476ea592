"""The package that goes with a transfer: letter, papers, the complainant's statement, evidence, and a list of it all.

It is the same for whoever fetches it: of personal data it holds what the regime lets go along (`transfers.reveal`) and
nothing else, whatever the reader may see in the case.
"""

import hashlib
import re
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from tempfile import SpooledTemporaryFile
from typing import IO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

from huiyin.application.attachments import attachments_of
from huiyin.application.loading import Opened
from huiyin.cases.access import Sight
from huiyin.cases.documents.composing import compose
from huiyin.cases.documents.values import Production
from huiyin.cases.documents.wording import day_words
from huiyin.cases.people import SYSTEM
from huiyin.cases.state import TransferOut
from huiyin.cases.transferring import papers_in_package
from huiyin.documents.pdf import AT_ONCE, PdfNotMade, pdf_of
from huiyin.documents.printed import Printed, PrintedGrid, printed
from huiyin.documents.produced import kept_document, mark_of, signatures_of
from huiyin.documents.word import word_of
from huiyin.regime.model import EVIDENCE, STATEMENT, Form
from huiyin.store.files.storage import path_of
from huiyin.store.models import AttachmentRow
from huiyin.store.personal.data import PersonalData
from huiyin.store.personal.records import MATTER, records_of

IN_MEMORY = 8 * 1024 * 1024
"""Bytes of a package that are kept in memory; a larger one lies in a temporary file while it is handed out."""
_NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|\x00-\x1f\s]+')
LONGEST_NAME = 60


SEALED = "（已封存，原件另行移交）"
"""Stands in the catalogue where a file of the package would stand."""


class PackageReader:
    """A reader who has the names of the house, and the personal data that the regime lets go along."""

    def __init__(self, opened: Opened, records: Mapping[str, PersonalData]) -> None:
        self._people = opened.world.people
        self._organisation = opened.world.organisation.title
        self._records = records
        self._reveal = frozenset(opened.regime.transfers.reveal) if opened.regime.transfers else frozenset()

    @property
    def organisation(self) -> str:
        """The organisation's title."""
        return self._organisation

    def person(self, person: str) -> str:
        """A name; the complainant has none here."""
        return {"complainant": "投诉人", "system": "系统"}.get(person) or self._people.name_of(person)

    def unit(self, unit: str) -> str:
        """A unit's title."""
        return self._people.unit_title(unit)

    def personal(self, path: str, *, full: bool) -> str:
        """In full what goes along; `hides` has kept back everything else."""
        del full
        section, _, name = path.partition(".")
        of_fields = section in ("matter", "facts")
        data = self._records.get(MATTER if of_fields else section)
        if data is None:
            return ""
        return str(data.other.get(name, "")) if of_fields else str(getattr(data, name))

    def hides(self, path: str) -> bool:
        """Whether it stays with us: personal data that the regime does not let go along."""
        section, _, name = path.partition(".")
        if section == "complainant":
            return name != "people" and path not in self._reveal
        private = self._records.get(MATTER)
        return section in ("matter", "facts") and private is not None and name in private.other and path not in self._reveal


@dataclass(frozen=True, slots=True)
class Enclosed:
    """One file of the package: what it is, its name, its bytes or where they lie."""

    title: str
    name: str
    size: int
    digest: str
    content: bytes = b""
    stored: str = ""


def package_of(opened: Opened) -> IO[bytes]:
    """The package of a transfer that was sent, as a ZIP file open for reading.

    Raises:
        ValueError: the case was not transferred; the caller asks `application.transfers` first.
    """
    transfer = opened.case.transfer
    if transfer is None or transfer.sent_at is None:
        raise ValueError("案件没有移送")
    opened = replace(opened, actor=SYSTEM, sight=Sight(True, "系统", personal=True))  # the same for whoever fetches it
    reader = PackageReader(opened, records_of([opened.row.id]).get(opened.row.id, {}))
    papers = list(_papers(opened, reader))
    with ThreadPoolExecutor(AT_ONCE) as typesetters:
        made = list(typesetters.map(_file, (paper for _title, paper in papers)))
    files = [_enclosed(number, title, *each) for number, ((title, _paper), each) in enumerate(zip(papers, made, strict=True), 1)]
    files += _evidence(opened, transfer, len(files))
    catalogue = _enclosed(0, "移送材料目录", *_file(_catalogue(opened, transfer, files)))
    return _zipped([catalogue, *files])


def package_name(opened: Opened) -> str:
    """The name of the file."""
    return f"{_plain(f'移送案卷 {opened.case.number}')}.zip"


def _papers(opened: Opened, reader: PackageReader) -> Iterator[tuple[str, Printed]]:
    """Letter first, then the forms of the regime's package in their order, then the statement."""
    rules = opened.regime.transfers
    for document in papers_in_package(opened.case, opened.regime):
        kept = kept_document(opened, document.key)
        mark = mark_of(kept) or ("演练" if opened.world.organisation.rehearsal else "")
        yield kept.document.title, printed(kept.sheet, reader, signatures_of(opened, kept), mark=mark)
    if rules is not None and STATEMENT in rules.package:
        yield "投诉人陈述", _statement(opened, reader)


def _statement(opened: Opened, reader: PackageReader) -> Printed:
    """What the complainant said, with the personal data that go along."""
    regime, rules, world = opened.regime, opened.regime.transfers, opened.world
    reveal = rules.reveal if rules else ()
    own = [name for name in reveal if name.startswith("complainant.")]
    said = [f"matter.{name}" for name, field in regime.intake.fields.items() if not field.private or f"matter.{name}" in reveal]
    known = ("case.number", "case.received_at", "case.channel", "case.category", *own, "respondent", *said, "case.points")
    form = Form(id=STATEMENT, title="投诉人陈述", fields=known)
    at = opened.case.transfer.sent_at if opened.case.transfer else None
    production = Production(
        key=STATEMENT, form=STATEMENT, work="", member="", by="", at=at or world.now, number="", version=1, zone=world.calendar.zone
    )
    return printed(compose(regime, opened.case, form, production), reader)


def _file(paper: Printed) -> tuple[bytes, str]:
    """The paper as PDF, or as a Word file where none can be made."""
    try:
        return pdf_of(paper), "pdf"
    except PdfNotMade:
        return word_of(paper), "docx"


def _enclosed(number: int, title: str, content: bytes, ending: str) -> Enclosed:
    digest = hashlib.sha256(content).hexdigest()
    return Enclosed(title, f"{number:02}-{_plain(title)}.{ending}", len(content), digest, content)


def _evidence(opened: Opened, transfer: TransferOut, before: int) -> list[Enclosed]:
    """The files of the evidence that was chosen, as they were stored; what is sealed is named and stays closed."""
    rules = opened.regime.transfers
    if rules is None or EVIDENCE not in rules.package:
        return []
    chosen = {item.key: item for item in opened.case.evidence if item.key in transfer.enclosures}
    rows: list[AttachmentRow] = [row for row in attachments_of(opened) if row.evidence in chosen]
    files = [row for row in rows if not chosen[row.evidence].sealed]
    found = [
        Enclosed(chosen[row.evidence].title, f"证据/{number:02}-{_plain(row.name)}", row.size, row.digest, stored=row.digest)
        for number, row in enumerate(files, before + 1)
    ]
    return [*found, *(Enclosed(item.title, SEALED, 0, "") for item in chosen.values() if item.sealed)]


def _catalogue(opened: Opened, transfer: TransferOut, files: list[Enclosed]) -> Printed:
    zone = opened.world.calendar.zone
    lines = tuple(
        (str(number), each.title, each.name, f"{each.size:,}", each.digest[:16]) for number, each in enumerate(files, 1)
    )
    sent = transfer.sent_at or transfer.decided_at
    return Printed(
        title="移送材料目录",
        organisation=opened.world.organisation.title,
        number=opened.case.transfer_number,
        case_number=opened.case.number,
        version=1,
        day=day_words(sent.astimezone(zone).date()),
        regime=f"《{opened.regime.title}》{opened.regime.version}",
        blocks=(PrintedGrid(("序号", "材料", "文件", "字节数", "SHA-256（前十六位）"), lines),),
        to=(transfer.body.name,),
    )


def _zipped(files: list[Enclosed]) -> IO[bytes]:
    made: IO[bytes] = SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 - whoever hands it out closes it
    with ZipFile(made, "w", ZIP_DEFLATED) as archive:
        for each in files:
            if each.name == SEALED:
                continue
            if each.stored:
                archive.write(path_of(each.stored), each.name, ZIP_STORED)
            else:
                archive.writestr(each.name, each.content)
    made.seek(0)
    return made


def _plain(name: str) -> str:
    """A name that no system stumbles over; the ending stays."""
    stem, dot, ending = _NOT_IN_NAMES.sub("_", name).rpartition(".")
    if not dot or len(ending) > 5:
        return _NOT_IN_NAMES.sub("_", name).strip("._")[:LONGEST_NAME]
    return f"{stem.strip('._')[:LONGEST_NAME] or '材料'}.{ending}"
