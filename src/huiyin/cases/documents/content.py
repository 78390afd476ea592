"""What stands on a document, as plain data: texts, tables, places for signatures. Frozen, written as JSON, digested."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any, Literal

from pydantic_core import to_json

from huiyin.records import made_quickly

RunKind = Literal["text", "person", "unit", "personal", "organisation"]


@made_quickly
@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text of one origin.

    `text` are the words, or for the other kinds the id of a person or unit, or the path of sealed personal data.
    `path` is the content of the case it shows (`matter.account`), by which it is withheld from some readers. `full`:
    the form lists this personal data, so it is shown in full to readers whose role needs it; else it is masked.
    """

    text: str
    path: str = ""
    kind: RunKind = "text"
    full: bool = False


Text = tuple[Run, ...]


@made_quickly
@dataclass(frozen=True, slots=True)
class Cell:
    """A label with what belongs to it. `height`: lines of room for the pen where the text is empty."""

    label: str
    text: Text
    height: int = 1


@made_quickly
@dataclass(frozen=True, slots=True)
class TableBlock:
    """Rows of labelled cells, two to a row at most."""

    rows: tuple[tuple[Cell, ...], ...]


@made_quickly
@dataclass(frozen=True, slots=True)
class GridBlock:
    """A table with a head: a row for each point, piece of evidence, step or limit."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Text, ...], ...]


@made_quickly
@dataclass(frozen=True, slots=True)
class TextBlock:
    """A paragraph. `flush`: without the indent of two characters, as a salutation stands."""

    text: Text
    flush: bool = False


@made_quickly
@dataclass(frozen=True, slots=True)
class HeadingBlock:
    """A heading between blocks."""

    title: str


Block = TableBlock | GridBlock | TextBlock | HeadingBlock


@made_quickly
@dataclass(frozen=True, slots=True)
class Place:
    """A place for signatures of a role."""

    role: str
    title: str
    many: int = 1


@made_quickly
@dataclass(frozen=True, slots=True)
class Sheet:
    """A whole document. `letter`: written to somebody, signed by the organisation, rather than a form with cells.

    `change`: the mark of a corrected document: how often it was changed, what it replaces and why.
    """

    form: str
    title: str
    number: str
    version: int
    case_number: str
    regime: str
    day: str
    blocks: tuple[Block, ...]
    places: tuple[Place, ...] = ()
    letter: bool = False
    seal: bool = False
    header: Text = ()
    footer: Text = ()
    to: tuple[str, ...] = ()
    copies: int = 1
    copies_to: tuple[str, ...] = ()
    says: tuple[str, ...] = ()
    paper: str = "A4"
    cite: tuple[str, ...] = field(default=())
    change: Text = ()


def digest_of(content: Mapping[str, Any]) -> str:
    """SHA-256 of a sheet's JSON in one normal form: what signatures are put to.

    The normal form is that of Python's `json` with sorted keys, no spaces and characters as they are. pydantic writes the
    same, without floats, of which a sheet has none, in a fraction of the time. Only the sheet and its blocks are objects.
    """
    normal = _by_name(content)
    if "blocks" in normal:
        normal["blocks"] = [_by_name(block) for block in normal["blocks"]]
    return sha256(to_json(normal)).hexdigest()


def _by_name(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: values[name] for name in sorted(values)}


def sheet_to_json(sheet: Sheet) -> dict[str, Any]:
    """The sheet as JSON values; plain text runs are strings."""
    return {
        "form": sheet.form,
        "title": sheet.title,
        "number": sheet.number,
        "version": sheet.version,
        "case_number": sheet.case_number,
        "regime": sheet.regime,
        "day": sheet.day,
        "blocks": [_block_to_json(block) for block in sheet.blocks],
        "places": [[place.role, place.title, place.many] for place in sheet.places],
        "letter": sheet.letter,
        "seal": sheet.seal,
        "header": _text_to_json(sheet.header),
        "footer": _text_to_json(sheet.footer),
        "to": list(sheet.to),
        "copies": sheet.copies,
        "copies_to": list(sheet.copies_to),
        "says": list(sheet.says),
        "paper": sheet.paper,
        "cite": list(sheet.cite),
        **({"change": _text_to_json(sheet.change)} if sheet.change else {}),
    }


def sheet_from_json(content: Mapping[str, Any]) -> Sheet:
    """The sheet again. Raises KeyError, TypeError or ValueError when the content is none."""
    return Sheet(
        form=content["form"],
        title=content["title"],
        number=content["number"],
        version=int(content["version"]),
        case_number=content["case_number"],
        regime=content["regime"],
        day=content["day"],
        blocks=tuple(_block_from_json(block) for block in content["blocks"]),
        places=tuple(Place(*place) for place in content["places"]),
        letter=bool(content["letter"]),
        seal=bool(content["seal"]),
        header=_text_from_json(content["header"]),
        footer=_text_from_json(content["footer"]),
        to=tuple(content["to"]),
        copies=int(content["copies"]),
        copies_to=tuple(content["copies_to"]),
        says=tuple(content["says"]),
        paper=content["paper"],
        cite=tuple(content["cite"]),
        change=_text_from_json(content.get("change", ())),
    )


def _text_to_json(text: Text) -> list[Any]:
    return [
        run.text if not run.path and run.kind == "text" and not run.full else [run.text, run.path, run.kind, run.full]
        for run in text
    ]


def _text_from_json(stored: Sequence[Any]) -> Text:
    return tuple(Run(each) if isinstance(each, str) else Run(*each) for each in stored)


def _block_to_json(block: Block) -> dict[str, Any]:
    match block:
        case TableBlock():
            rows = [[[cell.label, _text_to_json(cell.text), cell.height] for cell in row] for row in block.rows]
            return {"table": rows}
        case GridBlock():
            lines = [[_text_to_json(text) for text in row] for row in block.rows]
            return {"columns": list(block.columns), "rows": lines}
        case TextBlock():
            return {"text": _text_to_json(block.text), "flush": block.flush}
        case HeadingBlock():
            return {"heading": block.title}


def _block_from_json(stored: Mapping[str, Any]) -> Block:
    if "table" in stored:
        rows = stored["table"]
        return TableBlock(tuple(tuple(Cell(one, _text_from_json(two), three) for one, two, three in row) for row in rows))
    if "rows" in stored:
        lines = tuple(tuple(_text_from_json(text) for text in row) for row in stored["rows"])
        return GridBlock(tuple(stored["columns"]), lines)
    if "text" in stored:
        return TextBlock(_text_from_json(stored["text"]), bool(stored["flush"]))
    return HeadingBlock(stored["heading"])
