"""Tracking: number and code open one case in one browser; what stays inside the house is never shown."""

from datetime import UTC, datetime

import pytest
from tests.portal.conftest import HOSPITAL

from huiyin.application.running import run
from huiyin.cases.commands import AddEvidence
from huiyin.cases.people import Actor
from huiyin.organisations import demo
from huiyin.store.files.storage import Upload
from huiyin.store.models import AttachmentRow


def test_number_and_code_open_the_case_in_another_browser(filed, another):
    page = another.post("/track/", number=filed.number.lower(), code=filed.code.lower().replace("-", " "))
    assert page.status == 200
    assert "已经登记，正在看是否受理" in page.text
    assert "10月8日 周四前" in page.text
    assert "还剩3个工作日" in page.text


@pytest.mark.parametrize(("number", "code"), [("YH2026-0001", "AAAA-AAAA"), ("YH2026-9999", "AAAA-AAAA")])
def test_a_wrong_pair_does_not_say_what_was_wrong(filed, another, number, code):
    page = another.post("/track/", number=number, code=code)
    assert page.status == 422
    assert "编号或查询码不对；请照回执核对，查询码不分大小写。" in page.text


def test_in_english_a_wrong_pair_is_refused_in_english(filed, another):
    another.client.cookies["huiyin_language"] = "en"
    page = another.post("/track/", number=filed.number, code="AAAA-AAAA")
    assert "Number or code is wrong; please compare them with your receipt." in page.text
    for _ in range(4):
        another.post("/track/", number=filed.number, code="AAAA-AAAA")
    assert "Too many wrong codes; please try again in" in another.post("/track/", number=filed.number, code="AAAA-AAAA").text


def test_the_sixth_wrong_code_has_to_wait(filed, another):
    for _ in range(5):
        assert another.post("/track/", number=filed.number, code="AAAA-AAAA").status == 422
    page = another.post("/track/", number=filed.number, code=filed.code)
    assert page.status == 429
    assert "查询码输错次数太多" in page.text


def test_the_code_never_stands_in_an_address(filed, another):
    page = another.post("/track/", number=filed.number, code=filed.code)
    assert [address for address, _ in page.answer.redirect_chain] == ["/o/qingyu-rehearsal/track/case/"]


def test_without_the_code_a_browser_sees_nothing(filed, another):
    for path in ("/track/case/", "/track/case/do/withdraw/", "/track/case/complete/"):
        assert another.get(path).answer.url == "/o/qingyu-rehearsal/track/"


def test_a_case_of_one_organisation_is_not_opened_at_another(visitor, filed):
    answer = visitor.client.get("/track/case/")
    assert answer.url == "/track/"
    assert demo.REHEARSAL_SLUG not in answer.url


def test_half_an_hour_without_a_look_closes_the_case(visitor, filed):
    session = visitor.client.session
    session["portal-tracked"] = session["portal-tracked"] | {"seen": session["portal-tracked"]["seen"] - 1801}
    session.save()
    assert visitor.get("/track/case/").answer.url == "/o/qingyu-rehearsal/track/"


def test_leaving_closes_case_and_receipt(visitor, filed):
    visitor.post("/track/leave/")
    assert visitor.get("/track/case/").answer.url == "/o/qingyu-rehearsal/track/"
    assert visitor.get("/receipt/").answer.url == "/o/qingyu-rehearsal/track/"


def test_every_day_is_explained(visitor, filed):
    page = visitor.get("/track/case/")
    assert "这些日子是怎么算的？" in page.text
    assert "第3天" in page.text
    assert "国庆" in page.text


def test_the_reply_is_shown_as_the_paper_says_it_and_nothing_else(visitor, answered):
    page = visitor.get("/track/case/")
    assert "已经答复您，请您评价" in page.text
    assert "多收的 340 元已原路退回，向您道歉。" in page.text
    assert "投诉答复书" in page.text
    for inside in ("内部编号甲一", "单侧误录为双侧", "人员责任", "计云鹤", "ji-yunhe"):
        assert inside not in page.html


def test_the_line_of_steps_says_how_far_it_is(visitor, answered):
    steps = [(step.word, step.state) for step in visitor.get("/track/case/").answer.context["steps"]]
    assert steps == [
        ("登记", "done"), ("受理", "done"), ("分派", "done"), ("核实", "done"), ("答复", "done"), ("回访", "now"), ("办结", "todo"),
    ]  # fmt: skip


def test_an_answer_that_comes_late_is_said_to_be_late(visitor, filed, at):
    at(datetime(2026, 10, 12, 2, 0, tzinfo=UTC))
    page = visitor.get("/track/case/")
    assert "超期3个工作日" in page.text       # 9, 10 (a make-up Saturday), 12 October


def test_ones_own_file_comes_back_as_a_download(visitor, filed):
    row = AttachmentRow.objects.get()
    answer = visitor.get(f"/track/case/files/{row.id}/").answer
    assert answer["Content-Disposition"].startswith("attachment;")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert b"".join(answer.streaming_content).startswith(b"\x89PNG")


def test_what_the_house_added_is_not_handed_out(visitor, filed, rehearsal):
    note = Upload("内部谈话.txt", "谈话记录".encode())
    run(rehearsal, Actor("he-wanyin"), filed.case_id, AddEvidence(evidence=()), uploads=[note])
    row = AttachmentRow.objects.get(name="内部谈话.txt")
    assert visitor.get(f"/track/case/files/{row.id}/").status == 404
    assert "内部谈话" not in visitor.get("/track/case/").html


def test_a_file_of_another_case_is_not_found(visitor, filed, another):
    another.fill(HOSPITAL).submit()
    row = AttachmentRow.objects.get()
    assert another.get(f"/track/case/files/{row.id}/").status == 404


def test_pages_about_a_case_are_kept_nowhere(visitor, filed):
    assert visitor.get("/track/case/").answer["Cache-Control"] == "no-store"


def test_forms_are_refused_without_the_token_of_the_page(filed, rehearsal):
    from django.test import Client

    strict = Client(enforce_csrf_checks=True)
    answer = strict.post("/o/qingyu-rehearsal/track/", {"number": filed.number, "code": filed.code})
    assert answer.status_code == 403
