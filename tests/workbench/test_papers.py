"""Documents and registers at the desk: read, print, take out, sign; logged, masked, and checked for tampering."""

import json
from io import BytesIO

import docx
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from python_calamine import CalamineWorkbook

from huiyin.cases.commands import Reissue
from huiyin.store import guard
from huiyin.store.loading import kept
from huiyin.store.models import AccessRow, EventRow

FORM = "register-form-1"


@pytest.fixture
def registered(complaint, do):
    """A complaint with its registration form, signed by the head of the office."""
    receipt = complaint(points=("退还第二次检查费",))
    do("jiang-xubai", receipt, "receive", outcome="guided")
    do("he-wanyin", receipt, "register", fields={"damage_dispute": "no", "checked_facts": "缴费单据两张"})
    do("he-wanyin", receipt, "assign", unit="nursing-office")
    return receipt


def address(receipt, name="desk-paper", key=FORM):
    return reverse(name, args=[receipt.number, key])


def logged(receipt):
    return list(AccessRow.objects.filter(case_id=receipt.case_id).order_by("id").values_list("person", "what", "reason"))


def test_the_case_page_lists_documents_with_number_state_and_files(desk_of, registered):
    shown = desk_of("he-wanyin").get(reverse("desk-case", args=[registered.number])).content.decode()
    assert f"{registered.number}/1" in shown
    assert "签名齐全" in shown
    for name in ("desk-paper", "desk-paper-pdf", "desk-paper-word"):
        assert address(registered, name) in shown


def test_a_document_is_shown_signed_checked_and_logged(desk_of, registered):
    shown = desk_of("he-wanyin").get(address(registered)).content.decode()
    for words in ("医院投诉登记表", "林晓雨", "何婉吟", "退还第二次检查费", "已核对", "演练，不作凭证"):
        assert words in shown
    assert logged(registered) == [("he-wanyin", "print", f"《医院投诉登记表》{registered.number}/1")]


def test_whose_role_needs_no_personal_data_gets_a_masked_paper(desk_of, registered):
    """铁明远 heads the ward complained about; the statement is his to make, the complainant's number is not his to have."""
    shown = desk_of("tie-mingyuan").get(address(registered)).content.decode()
    assert "医院投诉登记表" in shown
    assert "林晓雨" not in shown
    assert "13800005521" not in shown
    assert "林**" in shown


def test_files_are_downloads_nobody_keeps_and_their_taking_is_logged(desk_of, registered):
    client = desk_of("he-wanyin")
    word = client.get(address(registered, "desk-paper-word"))
    made = client.get(address(registered, "desk-paper-pdf"))
    for answer in (word, made):
        assert answer.headers["Content-Disposition"].startswith("attachment")
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "no-store" in answer.headers["Cache-Control"]
    cells = [cell.text for table in docx.Document(BytesIO(word.content)).tables for row in table.rows for cell in row.cells]
    assert "林晓雨" in cells
    assert made.content.startswith(b"%PDF")
    assert [(what, reason[-4:]) for _person, what, reason in logged(registered)] == [("export", "Word"), ("export", "，PDF")]


def test_without_the_typesetter_everything_else_works(desk_of, registered, monkeypatch):
    monkeypatch.setattr("huiyin.documents.pdf.missing_software", lambda: ("libpangoft2-1.0-0",))
    monkeypatch.setattr("huiyin.workbench.pages.paper.missing_software", lambda: ("libpangoft2-1.0-0",))
    client = desk_of("he-wanyin")
    answer = client.get(address(registered, "desk-paper-pdf"), follow=True)
    assert answer.redirect_chain == [(address(registered), 302)]
    shown = answer.content.decode()
    assert "不能生成 PDF" in shown
    assert "请管理员安装 libpangoft2-1.0-0" in shown
    assert client.get(address(registered, "desk-paper-word")).status_code == 200


def test_an_earlier_version_leads_to_the_later_one(desk_of, registered, do):
    do("he-wanyin", registered, Reissue(document=FORM, text="更正单据张数"))
    client = desk_of("he-wanyin")
    old = client.get(address(registered)).content.decode()
    assert "作废" in old
    assert "更正单据张数；以第2版" in old
    assert address(registered, key="register-form-2") in old
    new = client.get(address(registered, key="register-form-2")).content.decode()
    assert "第2版" in new
    assert "更改1：代替第1版（2026年9月28日出具）；更正单据张数" in new


def tamper(receipt, kind, change):
    """What somebody does who writes into the database itself."""
    row = EventRow.objects.filter(case_id=receipt.case_id, kind=kind).first()
    body = json.loads(row.body)
    change(body)
    key = EventRow._meta.get_field("case_id").get_db_prep_value(row.case_id, connection)
    with guard.log.lifted(connection), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE store_eventrow SET body = %s WHERE case_id = %s AND sequence = %s",
            [json.dumps(body, ensure_ascii=False), key, row.sequence],
        )
    kept.clear()


def test_a_document_changed_after_signing_says_so_on_the_page_and_to_verify(hospital, desk_of, registered):
    from huiyin.application.upkeep import verify

    def other_title(body):
        body["content"]["title"] = "医院表扬登记表"

    tamper(registered, "DocumentProduced", other_title)
    shown = desk_of("he-wanyin").get(address(registered)).content.decode()
    assert "《医院投诉登记表》的内容与出具时不符。" in shown
    assert "内容有误" in shown
    assert "已核对" not in shown
    found = [(finding.kind, finding.number, finding.message_zh) for finding in verify(hospital)]
    assert ("document", registered.number, "《医院投诉登记表》的内容与出具时不符。") in found


def test_a_document_of_another_case_or_of_none_is_not_there(desk_of, registered):
    client = desk_of("he-wanyin")
    for name in ("desk-paper", "desk-paper-pdf", "desk-paper-word"):
        assert client.get(address(registered, name, key="register-form-9")).status_code == 404


# -- registers ---------------------------------------------------------------------------------------------------------


def register(name="desk-register", form="cases", **asked):
    query = "&".join(f"{key.rstrip('_')}={value}" for key, value in asked.items())
    return reverse(name, args=["patient-relations", form]) + (f"?{query}" if query else "")


def test_registers_are_listed_by_regime(desk_of, hospital):
    shown = desk_of("he-wanyin").get(reverse("desk-registers")).content.decode()
    assert register() in shown


def test_a_register_has_a_line_for_each_case_of_the_period_and_leads_to_it(desk_of, registered):
    client = desk_of("he-wanyin")
    shown = client.get(register(from_="2026-09-01", to="2026-09-30")).content.decode()
    assert reverse("desk-case", args=[registered.number]) in shown
    for words in ("2026年9月28日", "骨科病区", "护理部", "办理中"):
        assert words in shown
    assert registered.number not in client.get(register(from_="2026-10-01")).content.decode()
    assert registered.number not in client.get(register(state="closed")).content.decode()
    assert registered.number in client.get(register(state="nonsense", from_="yesterday")).content.decode()


def test_only_cases_one_may_see_stand_in_the_register(desk_of, registered):
    for name in ("desk-register", "desk-register-xlsx"):
        answer = desk_of("bo-nanzhi").get(register(name))
        assert answer.status_code == 200
        assert registered.number.encode() not in answer.content


def test_a_spreadsheet_has_the_lines_oldest_first_and_is_logged_with_each_case(desk_of, registered, complaint):
    second = complaint("=1+1")
    answer = desk_of("he-wanyin").get(register("desk-register-xlsx"))
    assert answer.headers["Content-Disposition"].startswith("attachment")
    rows = CalamineWorkbook.from_filelike(BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    assert [row[1] for row in rows[3:]] == [registered.number, second.number]
    for receipt in (registered, second):
        assert ("he-wanyin", "export", "《案件登记簿》全部，XLSX") in logged(receipt)


def test_a_register_is_taken_out_as_pdf(desk_of, registered):
    assert desk_of("he-wanyin").get(register("desk-register-pdf")).content.startswith(b"%PDF")


def test_an_unknown_register_is_not_there(desk_of, hospital):
    client = desk_of("he-wanyin")
    assert client.get(register(form="register-form")).status_code == 404
    assert client.get(reverse("desk-register", args=["nothing", "cases"])).status_code == 404


def test_the_register_costs_the_same_however_many_lines(desk_of, registered, complaint):
    client = desk_of("he-wanyin")
    client.get(register())
    with CaptureQueriesContext(connection) as few:
        client.get(register())
    for number in range(6):
        complaint(f"第{number}件")
    client.get(register())
    with CaptureQueriesContext(connection) as many:
        shown = client.get(register()).content.decode()
    assert shown.count("骨科病区") == 7
    assert len(many) <= len(few)
