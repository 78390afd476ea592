"""Registers as spreadsheets: text in every cell, whatever was typed."""

import zipfile
from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook

from huiyin.documents.printed import Printed, PrintedGrid
from huiyin.documents.spreadsheet import LONGEST_CELL, xlsx_of

COLUMNS = ("序号", "案件编号", "投诉人", "经过")


def register(*rows: tuple[str, ...]) -> Printed:
    return Printed(
        title="投诉登记簿", organisation="青屿医院", number="2026年9月1日至2026年9月30日", case_number="", version=1,
        day="2026年10月9日", regime="《投诉管理制度》1.0", blocks=(PrintedGrid(COLUMNS, rows),),
    )  # fmt: skip


def rows_of(content: bytes) -> list[list[object]]:
    return CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()


def test_title_period_head_and_a_line_for_each_case():
    rows = rows_of(xlsx_of(register(("1", "2026-0417", "林晓雨", "等候太久"))))
    assert rows[0][0] == "投诉登记簿"
    assert "2026年9月1日至2026年9月30日" in str(rows[1][0])
    assert rows[2] == list(COLUMNS)
    assert rows[3] == ["1", "2026-0417", "林晓雨", "等候太久"]


@pytest.mark.parametrize(
    "typed", ["=1+1", "=cmd|'/C calc'!A0", "+86 138", "-2+3", "@SUM(A1)", "\t=1", "http://evil.example/", "{=1}", "00123"]
)
def test_what_somebody_typed_is_never_a_formula_a_link_or_a_number(typed):
    content = xlsx_of(register(("1", "2026-0417", typed, typed)))
    with zipfile.ZipFile(BytesIO(content)) as parts:
        sheet = parts.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert "hyperlink" not in sheet
    assert rows_of(content)[3][2] == typed


def test_a_very_long_text_is_cut_where_the_program_would_lose_it():
    cell = rows_of(xlsx_of(register(("1", "2026-0417", "林晓雨", "长" * 40_000))))[3][3]
    assert cell == "长" * LONGEST_CELL


def test_an_empty_register_is_still_a_register():
    assert rows_of(xlsx_of(register()))[2] == list(COLUMNS)
