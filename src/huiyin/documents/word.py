"""Word files, made of the same paper: Chinese fonts on every style, tables with frames, page numbers as fields."""

from io import BytesIO
from typing import TYPE_CHECKING, Any

from huiyin.documents.printed import Printed, PrintedCell, PrintedGrid, PrintedHeading, PrintedTable, PrintedText

if TYPE_CHECKING:
    from docx.document import Document

SONG, FANGSONG, HEI = "宋体", "仿宋", "黑体"
_SIZES = {"A4": (210, 297), "A4-landscape": (297, 210), "A3-landscape": (420, 297), "A5": (148, 210)}
_ROOM = 7
"""Millimetres that a line for the pen takes."""


def word_of(paper: Printed) -> bytes:
    """The paper as a .docx file."""
    import docx

    document: Any = docx.Document()
    _page(document, paper)
    _fonts(document)
    _head(document, paper)
    for block in paper.blocks:
        match block:
            case PrintedTable():
                _cells(document, [[_labelled(cell) for cell in row] for row in block.rows])
            case PrintedGrid():
                _grid(document, block)
            case PrintedText():
                for line in block.lines:
                    _paragraph(document, line, indent=0 if block.flush else 2, size=14 if paper.letter else 12)
            case PrintedHeading():
                _paragraph(document, block.title, font=HEI)
    if paper.signatures:
        rows = [[(f"{each.role}签名", _signed(each.name, each.when), 2) for each in row] for row in paper.signature_rows]
        _cells(document, rows)
    _close(document, paper)
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def _page(document: "Document", paper: Printed) -> None:
    from docx.enum.section import WD_ORIENT
    from docx.shared import Mm

    section = document.sections[0]
    width, height = _SIZES[paper.paper]
    section.page_width, section.page_height = Mm(width), Mm(height)
    section.orientation = WD_ORIENT.LANDSCAPE if width > height else WD_ORIENT.PORTRAIT
    section.top_margin, section.bottom_margin = Mm(22), Mm(20)
    section.left_margin = section.right_margin = Mm(24 if width >= 210 else 15)
    core = document.core_properties
    core.title, core.author, core.comments = f"{paper.title} {paper.number}", paper.organisation, ""


def _fonts(document: Any) -> None:
    """The Chinese font of every style: without it the reader's program substitutes one."""
    from docx.oxml.ns import qn
    from docx.shared import Pt

    for style in document.styles:
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts() if hasattr(style, "font") else None
        if fonts is not None:
            for part in ("w:eastAsia", "w:ascii", "w:hAnsi"):
                fonts.set(qn(part), FANGSONG)
    normal = document.styles["Normal"]
    normal.font.size = Pt(12)
    normal.paragraph_format.space_after = Pt(0)


def _head(document: Any, paper: Printed) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    notes = "　".join(each for each in (*paper.notes, paper.header) if each)
    _paragraph(document, "　".join(each for each in (paper.organisation, notes) if each), size=10.5)
    if paper.mark:
        _paragraph(document, f"【{paper.mark}】", size=14, font=HEI, align=WD_ALIGN_PARAGRAPH.CENTER)
    title = _paragraph(document, paper.title, size=22, font=SONG, align=WD_ALIGN_PARAGRAPH.CENTER)
    title.runs[0].bold = True
    numbers = [f"编号：{paper.case_number}"] if paper.case_number else []
    numbers += [f"文号：{paper.own_number}"] if paper.own_number else [] if paper.case_number else [paper.number]
    numbers += [f"（{paper.version_words}）"] if paper.version_words else []
    numbers += [] if paper.letter or paper.seal else [paper.day]
    _paragraph(document, "　　".join(numbers), size=10.5)
    if paper.change:
        _paragraph(document, paper.change, size=10.5)
    if paper.to:
        _paragraph(document, f"送：{'、'.join(paper.to)}")


def _close(document: Any, paper: Printed) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    if paper.letter or paper.seal:
        seal = "（盖章）" if paper.seal else ""
        _paragraph(document, f"{paper.organisation}{seal}", align=WD_ALIGN_PARAGRAPH.RIGHT)
        _paragraph(document, paper.day, align=WD_ALIGN_PARAGRAPH.RIGHT)
    foot = document.sections[0].footer.paragraphs[0]
    parts = (paper.regime, paper.copies, paper.footer, paper.number, paper.version_words)
    _run(foot, "　".join(part for part in parts if part) + "　第 ", 9, SONG)
    _field(foot, "PAGE")
    _run(foot, " 页 共 ", 9, SONG)
    _field(foot, "NUMPAGES")
    _run(foot, " 页", 9, SONG)


def _labelled(cell: PrintedCell) -> tuple[str, str, int]:
    return cell.label, cell.value, cell.height


def _signed(name: str, when: str) -> str:
    return f"{name}　{when}" if name else "　　　　　　年　月　日"


def _cells(document: Any, rows: list[list[tuple[str, str, int]]]) -> None:
    """Label and value side by side, a value alone in its row across three columns."""
    from docx.shared import Mm

    table = document.add_table(rows=0, cols=4, style="Table Grid")
    table.autofit = False
    widths = _widths(document)
    for row in rows:
        line = table.add_row()
        line.height = Mm(_ROOM * max(height for _label, _value, height in row) + 2)
        for number, width in enumerate(widths):
            line.cells[number].width = width
        for place, (label, value, _height) in enumerate(row):
            _fill(line.cells[place * 2], label, label=True)
            last = line.cells[place * 2 + 1]
            _fill(last.merge(line.cells[3]) if len(row) == 1 else last, value)
    _apart(document)


def _widths(document: Any) -> list[int]:
    section = document.sections[0]
    room = section.page_width - section.left_margin - section.right_margin
    return [int(room * share) for share in (0.17, 0.33, 0.17, 0.33)]


def _grid(document: Any, grid: PrintedGrid) -> None:
    table = document.add_table(rows=1, cols=len(grid.columns), style="Table Grid")
    for cell, title in zip(table.rows[0].cells, grid.columns, strict=True):
        _fill(cell, title, label=True)
    _repeat_head(table.rows[0])
    for row in grid.rows or (tuple("无" if not number else "" for number, _column in enumerate(grid.columns)),):
        for cell, value in zip(table.add_row().cells, row, strict=True):
            _fill(cell, value)
    _apart(document)


def _repeat_head(row: Any) -> None:
    """The head stands on every page."""
    from docx.oxml import OxmlElement

    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # noqa: SLF001 - python-docx has no name for it


def _apart(document: Any) -> None:
    """Word joins tables that touch; a line of almost no height keeps them apart."""
    from docx.shared import Pt

    gap = document.add_paragraph()
    gap.paragraph_format.line_spacing = Pt(2)


def _fill(cell: Any, text: str, *, label: bool = False) -> None:
    from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    paragraph = cell.paragraphs[0]
    if label:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _run(paragraph, text, 11, SONG if label else FANGSONG)


def _paragraph(
    document: Any, text: str, *, size: float = 12, font: str = FANGSONG, indent: int = 0, align: Any = None
) -> Any:
    from docx.shared import Pt

    paragraph = document.add_paragraph()
    if align is not None:
        paragraph.alignment = align
    if indent:
        paragraph.paragraph_format.first_line_indent = Pt(size * indent)
    _run(paragraph, text, size, font)
    return paragraph


def _run(paragraph: Any, text: str, size: float, font: str) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Pt

    run = paragraph.add_run(text)
    run.font.size, run.font.name = Pt(size), font
    run.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)


def _field(paragraph: Any, code: str) -> None:
    """A field that Word fills in itself: PAGE, NUMPAGES."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), code)
    paragraph._p.append(field)  # noqa: SLF001 - python-docx has no name for it
