"""Word files open, say what the paper says, and ask for Chinese fonts by name."""

import re
import zipfile
from io import BytesIO

import docx
from docx.oxml.ns import qn
from tests.documents.paper import HOSTILE, paper

from huiyin.documents.word import word_of


def words_of(content: bytes) -> str:
    document = docx.Document(BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(each.text for each in document.paragraphs), *cells])


def test_a_word_file_opens_and_says_what_the_paper_says():
    text = words_of(word_of(paper()))
    for words in ("投诉登记表", "编号：2026-0417", "文号：登〔2026〕0007", "林晓雨", "☑来电", "逐条核实", "退费", "骨科病区", "何婉吟"):
        assert words in text


def test_pages_are_numbered_by_word_itself():
    foot = docx.Document(BytesIO(word_of(paper()))).sections[0].footer.paragraphs[0]
    fields = [each.get(qn("w:instr")) for each in foot._p.iter(qn("w:fldSimple"))]
    assert fields == ["PAGE", "NUMPAGES"]
    assert "《投诉管理制度》1.0" in foot.text


def test_every_style_and_every_run_has_a_chinese_font():
    document = docx.Document(BytesIO(word_of(paper())))
    styles = [each for each in document.styles if each.element.rPr is not None and each.element.rPr.rFonts is not None]
    assert styles
    assert {each.element.rPr.rFonts.get(qn("w:eastAsia")) for each in styles} == {"仿宋"}
    runs = [run for table in document.tables for row in table.rows for cell in row.cells for run in cell.paragraphs[0].runs]
    assert {run.element.rPr.rFonts.get(qn("w:eastAsia")) for run in runs} <= {"宋体", "仿宋", "黑体"}


def test_landscape_and_small_paper():
    section = docx.Document(BytesIO(word_of(paper(paper="A4-landscape")))).sections[0]
    assert section.page_width > section.page_height


def test_hostile_words_stay_text_and_call_nothing():
    content = word_of(paper(HOSTILE + "\x00\x0b\u202e"))
    assert "<script>alert(1)</script>" in words_of(content)
    with zipfile.ZipFile(BytesIO(content)) as parts:
        written = parts.read("word/document.xml").decode()
        outside = [name for name in parts.namelist() if name.endswith(".rels") and b"External" in parts.read(name)]
    assert not re.search(r"<w:hyperlink|<w:fldSimple", written)
    assert outside == []
