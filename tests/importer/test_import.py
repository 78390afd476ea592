"""Bringing in cases from tables: what fits comes in once, what does not is told line by line."""

import pytest
import xlsxwriter
from tests.prepared import prepared

from huiyin.application.timeliness import Question, timeliness
from huiyin.cases.people import SYSTEM
from huiyin.importer.mapping import BadMapping, read_mapping
from huiyin.importer.running import run_import
from huiyin.importer.sheets import UnreadableSheet, read_rows
from huiyin.store.models import CaseRow, EventRow

pytestmark = pytest.mark.django_db

MAPPING = """
regime: efficiency-network
key: [编号]
kind: complaint
channel: web
received_at: {column: 收到, formats: ["%Y/%m/%d %H:%M"]}
matter:
  subject: {column: 类别, values: {环境: environment, 交通: transport}}
  title: {column: 标题}
  account: {column: 内容}
name: {column: 姓名}
"""
PAST = """
history: as-it-was
past:
  - {do: review, at: {column: 收到, formats: ["%Y/%m/%d %H:%M"]}}
  - {do: handle, at: {column: 答复时间, formats: ["%Y/%m/%d %H:%M"]}, fields: {established: 见答复, measures: 见答复}}
  - {do: reply, at: {column: 答复时间, formats: ["%Y/%m/%d %H:%M"]}, fields: {answer: {column: 答复}}}
"""
HEADER = "编号,收到,类别,标题,内容,姓名,答复时间,答复\n"
GOOD = "1,2026/09/28 09:30,环境,夜间施工,连续三晚施工到凌晨,林知秋,2026/10/12 10:00,已责令停工\n"
ALSO_GOOD = "2,2026/09/29 10:00,交通,路灯不亮,南巷路灯坏了一个月,周远行,2026/10/23 10:00,已修复\n"


@pytest.fixture
def organisation(db):
    organisation, _rehearsal = prepared()
    return organisation


@pytest.fixture
def importing(tmp_path, organisation):
    """Import a table's text under a mapping's text; gives the last report."""

    def bring_in(table: str, mapping: str = MAPPING):
        (tmp_path / "mapping.yaml").write_text(mapping, encoding="utf-8")
        (tmp_path / "table.csv").write_text(table, encoding="utf-8")
        loaded = read_mapping(tmp_path / "mapping.yaml")
        *_, report = run_import(organisation, SYSTEM, tmp_path / "table.csv", loaded)
        return report

    return bring_in


def imported():
    return CaseRow.objects.filter(regime="efficiency-network").order_by("received_at")


def test_rows_become_cases_that_were_received_when_they_were_and_registered_now(importing):
    report = importing(HEADER + GOOD + ALSO_GOOD)
    assert (report.filed, report.refused) == (2, [])
    first = imported()[0]
    assert first.received_at.isoformat().startswith("2026-09-28T01:30")
    assert EventRow.objects.filter(case_id=first.id, kind="Filed").count() == 1


def test_a_second_run_brings_nothing_in_again(importing):
    importing(HEADER + GOOD)
    report = importing(HEADER + GOOD + ALSO_GOOD)
    assert (report.already, report.filed) == (1, 1)
    assert imported().count() == 2


def test_a_bad_row_is_told_with_its_line_and_leaves_nothing_behind(importing):
    bad_category = "3,2026/09/30 10:00,教育,学位,没有学位,孙一帆,,\n"
    bad_time = "4,昨天,环境,噪声,很吵,吴清和,,\n"
    short = "5,2026/09/30 10:00\n"
    report = importing(HEADER + GOOD + bad_category + bad_time + short)
    reasons = {refusal.line: refusal.reason for refusal in report.refused}
    assert report.filed == 1
    assert "教育" in reasons[3]
    assert "环境、交通" in reasons[3]
    assert "昨天" in reasons[4]
    assert "2列" in reasons[5]
    assert "8列" in reasons[5]
    assert imported().count() == 1


def test_the_past_is_played_as_of_its_own_time(importing, organisation):
    report = importing(HEADER + GOOD + ALSO_GOOD, MAPPING + PAST)
    assert report.played == 2
    assert [row.answered_at.date().isoformat() for row in imported()] == ["2026-10-12", "2026-10-23"]
    figures = timeliness(
        organisation, SYSTEM, Question("efficiency-network", received_from=imported()[0].received_at.date())
    )
    # 9月28日收到，10月12日答复：29、30、8、9、10（补班）、12，第6个工作日；9月29日收到、10月23日答复：第15个工作日
    assert figures.within == {5: 0, 10: 1, 15: 2}


def test_names_are_sealed_and_stand_nowhere_in_the_events(importing):
    importing(HEADER + GOOD)
    bodies = " ".join(str(body) for body in EventRow.objects.values_list("body", flat=True))
    assert "连续三晚" in bodies
    assert "林知秋" not in bodies


def test_a_mapping_that_names_a_column_the_table_lacks_is_refused_before_anything_is_written(importing):
    with pytest.raises(BadMapping, match="没有列：答复人"):
        importing(HEADER + GOOD, MAPPING.replace("column: 姓名", "column: 答复人"))
    assert imported().count() == 0


def test_a_slip_in_the_mapping_is_told_with_its_line(importing):
    with pytest.raises(BadMapping, match=r"mapping\.yaml:4 knd：不认识这一项"):
        importing(HEADER + GOOD, MAPPING.replace("kind:", "knd:"))


def test_a_spreadsheet_reads_like_a_csv(tmp_path):
    book = xlsxwriter.Workbook(tmp_path / "table.xlsx")
    sheet = book.add_worksheet("来件")
    for number, line in enumerate((HEADER + GOOD).splitlines()):
        for column, text in enumerate(line.split(",")):
            sheet.write_string(number, column, text)
    book.close()
    rows = list(read_rows(tmp_path / "table.xlsx", "来件"))
    assert rows[0].line == 2
    assert rows[0].cells["标题"] == "夜间施工"
    with pytest.raises(UnreadableSheet, match="没有工作表“去件”；有：来件"):
        list(read_rows(tmp_path / "table.xlsx", "去件"))


def test_a_csv_saved_by_a_chinese_spreadsheet_program_reads_too(tmp_path):
    (tmp_path / "table.csv").write_bytes((HEADER + GOOD).encode("gb18030"))
    assert next(read_rows(tmp_path / "table.csv")).cells["姓名"] == "林知秋"
