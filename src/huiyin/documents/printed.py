"""A sheet as one reader may have it on paper: names instead of ids, personal data masked or in full, nothing hidden.

Everything here is plain text; print page, PDF and Word file are made of it alike.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Protocol

from huiyin.cases.documents.content import (
    Block,
    Cell,
    GridBlock,
    HeadingBlock,
    Run,
    Sheet,
    TableBlock,
    Text,
    TextBlock,
)

LONG = 400
"""Characters; about a third of a page."""
WITHHELD = "（按制度保密）"
_UNSEEN_CONTROLS = {*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C, 0xFEFF, 0x2028, 0x2029}
_BREAKS = re.compile(r"\r\n?")


class Reader(Protocol):
    """Who reads the paper, and what names mean to this reader."""

    @property
    def organisation(self) -> str:
        """The organisation's title."""
        ...

    def person(self, person: str) -> str:
        """A person's name."""
        ...

    def unit(self, unit: str) -> str:
        """A unit's title."""
        ...

    def personal(self, path: str, *, full: bool) -> str:
        """Sealed personal data by its path, in full only where this reader may have it so."""
        ...

    def hides(self, path: str) -> bool:
        """Whether a content of the case is withheld from this reader."""
        ...


@dataclass(frozen=True, slots=True)
class PrintedCell:
    """Label and value. `wide`: alone in its row. `height`: lines of room where the value is empty."""

    label: str
    value: str
    wide: bool
    height: int

    @property
    def is_long(self) -> bool:
        """Whether it may run over the end of a page; a shorter one moves to the next page whole."""
        return len(self.value) > LONG


@dataclass(frozen=True, slots=True)
class PrintedTable:
    """Rows of labelled cells."""

    rows: tuple[tuple[PrintedCell, ...], ...]
    kind: str = "table"


@dataclass(frozen=True, slots=True)
class PrintedGrid:
    """A table with a head."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    kind: str = "grid"


@dataclass(frozen=True, slots=True)
class PrintedText:
    """A paragraph."""

    text: str
    flush: bool
    kind: str = "text"

    @property
    def lines(self) -> list[str]:
        """Each line is a paragraph of its own."""
        return [line for line in self.text.split("\n") if line.strip()] or [""]


@dataclass(frozen=True, slots=True)
class PrintedHeading:
    """A heading."""

    title: str
    kind: str = "heading"


PrintedBlock = PrintedTable | PrintedGrid | PrintedText | PrintedHeading


@dataclass(frozen=True, slots=True)
class PrintedSignature:
    """A place to sign; without `name` it is open. `when` and `name` say who signed it electronically."""

    role: str
    name: str = ""
    when: str = ""


@dataclass(frozen=True, slots=True)
class Printed:
    """The whole paper. `mark` is written across it while it is no finished document, or no more.

    `change`: what a corrected document says of the one it replaces.
    """

    title: str
    organisation: str
    number: str
    case_number: str
    version: int
    day: str
    regime: str
    blocks: tuple[PrintedBlock, ...]
    signatures: tuple[PrintedSignature, ...] = ()
    letter: bool = False
    seal: bool = False
    header: str = ""
    footer: str = ""
    to: tuple[str, ...] = ()
    copies: str = ""
    says: tuple[str, ...] = ()
    paper: str = "A4"
    mark: str = ""
    change: str = ""
    notes: tuple[str, ...] = field(default=())

    @property
    def signature_rows(self) -> list[tuple[PrintedSignature, ...]]:
        """The places to sign, two to a row."""
        return [self.signatures[start : start + 2] for start in range(0, len(self.signatures), 2)]

    @property
    def own_number(self) -> str:
        """The number in a register of its own; one within the case says nothing that the case's number does not say."""
        return "" if self.number.startswith(f"{self.case_number}/") or not self.case_number else self.number

    @property
    def version_words(self) -> str:
        """第2版, nothing for a first version."""
        return f"第{self.version}版" if self.version > 1 else ""


def printed(sheet: Sheet, reader: Reader, signatures: Iterable[PrintedSignature] = (), *, mark: str = "") -> Printed:
    """The sheet as this reader has it."""
    return Printed(
        title=clean(sheet.title),
        organisation=clean(reader.organisation),
        number=clean(sheet.number),
        case_number=clean(sheet.case_number),
        version=sheet.version,
        day=sheet.day,
        regime=clean(sheet.regime),
        blocks=tuple(_block(block, reader) for block in sheet.blocks),
        signatures=tuple(signatures),
        letter=sheet.letter,
        seal=sheet.seal,
        header=read(sheet.header, reader),
        footer=read(sheet.footer, reader),
        to=tuple(clean(each) for each in sheet.to),
        copies=_copies(sheet),
        says=sheet.says,
        paper=sheet.paper,
        mark=mark,
        change=read(sheet.change, reader),
    )


def read(text: Text, reader: Reader) -> str:
    """A text as this reader has it."""
    return clean("".join(_said(run, reader) for run in text))


def _said(run: Run, reader: Reader) -> str:
    if run.path and reader.hides(run.path):
        return WITHHELD
    match run.kind:
        case "person":
            return reader.person(run.text)
        case "unit":
            return reader.unit(run.text)
        case "personal":
            return reader.personal(run.text, full=run.full)
        case "organisation":
            return reader.organisation
    return run.text


def clean(text: str) -> str:
    """Text that cannot upset a page: no control characters, nothing that turns the direction of what follows."""
    plain = _BREAKS.sub("\n", text)
    return "".join(
        letter
        for letter in plain
        if letter in "\n\t" or (unicodedata.category(letter) not in ("Cc", "Cs", "Cn") and ord(letter) not in _UNSEEN_CONTROLS)
    )


def _block(block: Block, reader: Reader) -> PrintedBlock:
    match block:
        case TableBlock():
            return PrintedTable(tuple(_row(row, reader) for row in block.rows))
        case GridBlock():
            lines = tuple(tuple(read(text, reader) for text in row) for row in block.rows)
            return PrintedGrid(tuple(clean(each) for each in block.columns), lines)
        case TextBlock():
            return PrintedText(read(block.text, reader), block.flush)
        case HeadingBlock():
            return PrintedHeading(clean(block.title))


def _row(row: tuple[Cell, ...], reader: Reader) -> tuple[PrintedCell, ...]:
    wide = len(row) == 1
    return tuple(PrintedCell(clean(cell.label), read(cell.text, reader), wide, cell.height) for cell in row)


def _copies(sheet: Sheet) -> str:
    """一式两份，抄送投诉办公室; nothing for a single copy."""
    words = f"一式{_NUMERALS.get(sheet.copies, sheet.copies)}份" if sheet.copies > 1 else ""
    sent = f"抄送{'、'.join(sheet.copies_to)}" if sheet.copies_to else ""
    return clean("，".join(each for each in (words, sent) if each))


_NUMERALS = {2: "两", 3: "三", 4: "四", 5: "五", 6: "六", 7: "七", 8: "八", 9: "九", 10: "十"}
