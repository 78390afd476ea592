"""The words of whatever the product hands out: pages, and files made on the spot."""

import subprocess
from io import BytesIO
from typing import Any

import docx
from python_calamine import CalamineWorkbook


def words_of(answer: Any) -> str:
    """An answer's text, a PDF, Word or XLSX file's words."""
    content, kind = b"".join(answer), answer.headers.get("Content-Type", "")
    if kind == "application/pdf":
        return subprocess.run(["pdftotext", "-", "-"], input=content, capture_output=True, check=True).stdout.decode()
    if kind.endswith("wordprocessingml.document"):
        document = docx.Document(BytesIO(content))
        cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
        return "\n".join([*(each.text for each in document.paragraphs), *cells])
    if kind.endswith("spreadsheetml.sheet"):
        rows = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()
        return "\n".join(str(cell) for row in rows for cell in row)
    return content.decode()
