"""Registers as spreadsheets. Every cell is written as text: what somebody typed never becomes a formula or a link."""

from io import BytesIO

from huiyin.documents.printed import Printed, PrintedGrid

LONGEST_CELL = 32_000
_WIDEST, _NARROWEST = 42, 6


def xlsx_of(paper: Printed) -> bytes:
    """The table of a paper as a .xlsx file, ready to print: title, frozen head, page numbers."""
    import xlsxwriter

    grid = next(block for block in paper.blocks if isinstance(block, PrintedGrid))
    file = BytesIO()
    plain = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(file, plain) as book:
        book.set_properties({"title": paper.title, "author": paper.organisation})
        frame = {"border": 1, "font_name": "宋体", "font_size": 10.5, "valign": "vcenter", "text_wrap": True}
        title = book.add_format({"bold": True, "font_name": "宋体", "font_size": 18, "align": "center"})
        note, head, cell = (
            book.add_format({"font_name": "宋体", "font_size": 10}),
            book.add_format({**frame, "bold": True, "align": "center"}),
            book.add_format(frame),
        )
        sheet = book.add_worksheet("登记簿")
        last = len(grid.columns) - 1
        sheet.merge_range(0, 0, 0, last, "", title) if last else None
        sheet.write_string(0, 0, paper.title, title)
        sheet.write_string(1, 0, f"{paper.organisation}　{paper.number}　{paper.regime}　{paper.day}", note)
        for column, name in enumerate(grid.columns):
            sheet.write_string(2, column, name[:LONGEST_CELL], head)
            widest = max((_width(row[column]) for row in grid.rows), default=0)
            sheet.set_column(column, column, min(_WIDEST, max(_NARROWEST, _width(name), widest) + 2))
        for line, row in enumerate(grid.rows, start=3):
            for column, value in enumerate(row):
                sheet.write_string(line, column, value[:LONGEST_CELL], cell)
        sheet.freeze_panes(3, 0)
        sheet.repeat_rows(2)
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.fit_to_pages(1, 0)
        sheet.set_footer("&C第 &P 页 共 &N 页")
    return file.getvalue()


def _width(text: str) -> int:
    """In the columns of a fixed font: a Chinese character takes two."""
    longest = max(text.split("\n"), key=len, default="")
    return sum(1 if letter.isascii() else 2 for letter in longest[:40])
