"""Reading tables: CSV (any common Chinese encoding) and XLSX, row by row, as text."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from django.utils.translation import gettext_noop

from huiyin.records import made_quickly
from huiyin.store.sentences import SentenceError, kept

ENCODINGS = ("utf-8-sig", "gb18030")


class UnreadableSheet(SentenceError):
    """The file cannot be read as a table; the message says why and how to mend it."""


@made_quickly
@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row: its line in the file (1 is the first line), and column → text."""

    line: int
    cells: dict[str, str]


def read_rows(file: Path, sheet: str = "") -> Iterator[SheetRow]:
    """The rows of a table with a header line.

    Raises:
        UnreadableSheet: no such file, unknown kind, unreadable, or a header with empty or repeated names.
    """
    if not file.is_file():
        raise UnreadableSheet(gettext_noop("没有文件 %(file)s"), file=file.name)
    if file.suffix.lower() in (".xlsx", ".xls", ".ods"):
        yield from _workbook(file, sheet)
    else:
        yield from _csv(file)


def _csv(file: Path) -> Iterator[SheetRow]:
    reader = csv.reader(io.StringIO(_decoded(file)), strict=True)
    try:
        header = _header(next(reader, []), file)
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) != len(header):
                sentence = gettext_noop("这一行有%(cells)s列，表头有%(header)s列")
                names = {"": kept(sentence, cells=len(cells), header=len(header))}
                yield SheetRow(reader.line_num, names)
                continue
            yield SheetRow(reader.line_num, dict(zip(header, (cell.strip() for cell in cells), strict=True)))
    except csv.Error as error:
        sentence = gettext_noop("%(file)s 第%(line)s行不是合格的 CSV：%(why)s")
        raise UnreadableSheet(sentence, file=file.name, line=reader.line_num, why=error) from error


def _decoded(file: Path) -> str:
    raw = file.read_bytes()
    for encoding in ENCODINGS:
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UnreadableSheet(gettext_noop("%(file)s 的文字编码不认识；请另存为 UTF-8 再导入"), file=file.name)


def _workbook(file: Path, sheet: str) -> Iterator[SheetRow]:
    from python_calamine import CalamineError, load_workbook  # the server is ready for sheets that may never come

    try:
        book = load_workbook(str(file))
        name = sheet or book.sheet_names[0]
        if name not in book.sheet_names:
            sentence = gettext_noop("%(file)s 没有工作表“%(name)s”；有：%(names)s")
            raise UnreadableSheet(sentence, file=file.name, name=name, names="、".join(book.sheet_names))
        rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
    except CalamineError as error:
        raise UnreadableSheet(gettext_noop("%(file)s 打不开：%(why)s"), file=file.name, why=error) from error
    if not rows:
        return
    header = _header([_text(cell) for cell in rows[0]], file)
    for number, cells in enumerate(rows[1:], start=2):
        texts = [_text(cell) for cell in cells]
        if any(texts):
            yield SheetRow(number, dict(zip(header, texts, strict=True)))


def _header(names: list[str], file: Path) -> list[str]:
    header = [name.strip() for name in names]
    if not header or "" in header:
        raise UnreadableSheet(gettext_noop("%(file)s 的表头有空列名"), file=file.name)
    if len(set(header)) != len(header):
        raise UnreadableSheet(gettext_noop("%(file)s 的表头有重复的列名"), file=file.name)
    return header


def _text(cell: object) -> str:
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ")
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()
