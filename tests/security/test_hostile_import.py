"""Tables brought in from elsewhere: hostile cells become cases in plain text or refused lines, never an error of ours."""

import csv
import io

import pytest
import xlsxwriter
from click.testing import CliRunner
from tests.security import hostile
from tests.security.conftest import MANAGER

from huiyin.cases.people import SYSTEM
from huiyin.importer.mapping import BadMapping, read_mapping
from huiyin.importer.running import run_import
from huiyin.importer.sheets import UnreadableSheet
from huiyin.store.models import CaseRow

MAPPING = """
regime: patient-relations
key: [编号]
kind: complaint
channel: {column: 渠道, values: {电话: phone, 来访: visit}}
category: service
received_at: {column: 收到}
matter: {account: {column: 内容}, subject: service, happened_on: {column: 日期}, disputed_amount: {column: 金额}}
name: {column: 姓名}
"""
HEADER = ["编号", "渠道", "收到", "内容", "日期", "金额", "姓名"]
GOOD = ["1", "电话", "2026-09-25 09:30", "换药等了两小时", "2026-09-24", "12.5", "林晓雨"]


@pytest.fixture
def importing(hospital, tmp_path):
    """Bring in rows (lists of cells) or the bytes of a file; gives the last report."""

    def bring_in(rows=None, raw=None, name="table.csv", mapping=MAPPING):
        (tmp_path / "mapping.yaml").write_text(mapping, encoding="utf-8")
        if raw is None:
            stream = io.StringIO()
            csv.writer(stream).writerows([HEADER, *rows])
            raw = stream.getvalue().encode("utf-8", "replace")
        (tmp_path / name).write_bytes(raw)
        loaded = read_mapping(tmp_path / "mapping.yaml")
        *_, report = run_import(hospital, SYSTEM, tmp_path / name, loaded)
        return report

    return bring_in


@pytest.mark.parametrize("strings", [lambda: hostile.OURS, hostile.strings], ids=["ours", "collected"])
def test_hostile_cells_become_text_or_a_refused_line(strings, importing, desk_of):
    texts = [hostile.sendable(text) for text in strings()[::5]]
    rows = [[str(number), *GOOD[1:3], text, *GOOD[4:6], text[:90]] for number, text in enumerate(texts, start=1)]
    report = importing(rows)
    assert report.filed + len(report.refused) == len(rows)
    assert report.filed > len(rows) // 2
    assert all(refusal.reason for refusal in report.refused)
    assert desk_of(MANAGER).get("/desk/cases/").status_code == 200


def test_each_bad_cell_is_told_by_line_and_the_rest_comes_in(importing):
    wrong = {
        "渠道": ["", "飞鸽", "phone", "电话\x00"],
        "收到": ["昨天", "2026-13-01", "0001-01-01", "9999-12-31 23:59", "NaN", "2026-09-25T09:30+99:00"],
        "日期": ["昨天", "10000-01-01", "2026-02-30", "\x00"],
        "金额": ["NaN", "Infinity", "1e400", "十二", "9" * 400],
        "编号": [""],
    }
    rows, bad = [GOOD], []
    for column, values in wrong.items():
        for value in values:
            row = list(GOOD)
            row[0] = f"{column}-{len(rows)}"
            row[HEADER.index(column)] = value
            rows.append(row)
            bad.append(len(rows) + 1)
    report = importing([*rows, ["last", *GOOD[1:3], "另一件事", *GOOD[4:]]])
    assert report.filed == 2
    assert sorted(refusal.line for refusal in report.refused) == bad


@pytest.mark.parametrize(("name", "raw"), [
    ("table.csv", b""), ("table.csv", b"\xff\xfe\x00\xd8"), ("table.csv", b'"never closed\n1,2'), ("table.csv", b"\x00" * 100),
    ("table.csv", "编号,编号\n1,2\n".encode()), ("table.csv", "编号,,内容\n1,2,3\n".encode()), ("table.xlsx", b"PK\x03\x04"),
    ("table.xlsx", b"no workbook"), ("table.xlsx", b""), ("table.csv", b"PK\x03\x04\x00\x00"),
])  # fmt: skip
def test_what_is_no_table_is_refused_before_anything_is_written(name, raw, importing):
    with pytest.raises((UnreadableSheet, BadMapping)):
        importing(raw=raw, name=name)
    assert not CaseRow.objects.exists()


def test_a_formula_in_a_workbook_is_not_worked_out(importing, tmp_path):
    """What a cell shows is read, never what it would fetch."""
    with xlsxwriter.Workbook(tmp_path / "made.xlsx") as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, HEADER)
        sheet.write_row(1, 0, GOOD)
        sheet.write_formula(1, 3, "=1+1", None, "换药等了两小时")
    report = importing(raw=(tmp_path / "made.xlsx").read_bytes(), name="table.xlsx")
    assert (report.filed, CaseRow.objects.get().title) == (1, "换药等了两小时")


def test_no_cell_of_the_report_is_a_formula(hospital, tmp_path):
    """The report of refused lines is opened in a spreadsheet by whoever mends them."""
    from huiyin.cli import command

    rows = [[f"={number}", text, text, text, text, text, text] for number, text in enumerate(("=1+1", "@SUM(1)", "+1", "-1", "\t=1"))]
    with (tmp_path / "table.csv").open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([HEADER, *rows])
    (tmp_path / "mapping.yaml").write_text(MAPPING, encoding="utf-8")
    words = ["import", str(tmp_path / "table.csv"), "--map", str(tmp_path / "mapping.yaml"), "--organisation", hospital.slug]
    done = CliRunner().invoke(command, [*words, "--report", str(tmp_path / "report.csv")], standalone_mode=False)
    assert done.return_value == 1, done.output
    with (tmp_path / "report.csv").open(encoding="utf-8-sig", newline="") as stream:
        cells = [cell for row in csv.reader(stream) for cell in row]
    assert len(cells) == 2 * (1 + len(rows))
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


def test_a_mapping_that_is_an_attack_is_refused(importing):
    """No tags that make objects, no doubling of doublings, no bottomless lists."""
    bombs = (
        "!!python/object/apply:os.system ['true']",
        "a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: [*b,*b,*b,*b,*b,*b,*b,*b,*b]\n",
        "[" * 2_000,
        "regime: [" + "'x'," * 1_000 + "]",
        "\x00",
        "- just\n- a list",
        "",
    )
    for bomb in bombs:
        with pytest.raises(BadMapping):
            importing([GOOD], mapping=bomb)
