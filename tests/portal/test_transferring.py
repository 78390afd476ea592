"""What the complainant and the body outside see of a transfer."""

import re

import pytest
from tests.portal.conftest import Visitor, set_clock
from tests.workbench.rehearsal import MONDAY
from tests.workbench.transferred import OFFICE, passed_on

from huiyin.cases.commands import ConfirmTransfer, Invite, ReturnTransfer, Suspend
from huiyin.store.models import AccessRow
from huiyin.store.receipts import invitation_code


@pytest.fixture
def report(db):
    return passed_on()


@pytest.fixture
def complainant(report):
    """The complainant's browser, with number and code given."""
    browser = Visitor()
    browser.post("/track/", number=report.number, code=report.receipt.code)
    return browser


def tracking(browser):
    return browser.get("/track/case/").text


@pytest.fixture
def body(report):
    """The browser of the body outside, with the code of its link given."""
    report.sent()
    return entered(report, report.opened().case.transfer.invitation)


def entered(report, key):
    browser = Visitor()
    return browser.post(f"/outside/{report.number}/{key}/", code=invitation_code(report.receipt.case_id, key))


def test_before_it_is_sent_the_page_says_where_it_will_go(complainant):
    page = tracking(complainant)
    assert "这件事将移送有权处理的单位，您不用做什么" in page
    assert "已经决定移送，发出后会告诉您移送文号。" in page
    assert "云岫县健康路6号" in page
    assert "移送，已完成" not in page


def test_once_sent_the_page_says_where_when_and_under_what_number(report, complainant):
    report.sent()
    page = tracking(complainant)
    assert "已经移送有权处理的单位" in page
    assert "移送，已完成" in page
    assert f"移送文号{report.opened().case.transfer_number}" in page
    for words in ("转给：云岫县卫生监督所", "云岫县健康路6号", "0571-00000041", "工作日 8:30—17:00", "等对方签收"):
        assert words in page
    assert "您反映的事项将移送有权处理的单位。接收单位：" in page
    assert "要求再处理" not in page


def test_after_the_receipt_it_says_so_with_their_number(report, complainant):
    report.sent().do(OFFICE, ConfirmTransfer(received_by="谷科员", their_number="云监收41"))
    page = tracking(complainant)
    assert "9月28日对方签收，由对方办理并答复您。" in page
    assert "对方编号云监收41" in page
    assert "已经移送，由有权处理的单位办理并答复您" in page
    assert "谷科员" not in page


def test_after_a_return_the_matter_is_with_us_again(report, complainant):
    report.sent().do(OFFICE, ReturnTransfer(text="经营地在青屿区"))
    page = tracking(complainant)
    assert "对方退回了，正在重新审查" in page
    assert "移送到哪里" not in page
    assert "接收单位退回了您反映的事项" in page


def test_a_suspended_case_says_why_and_that_time_stands_still(report, complainant):
    report.sent().do(OFFICE, ReturnTransfer(text="经营地在青屿区"))
    report.do(OFFICE, Suspend(text="等待检验结果"))
    page = tracking(complainant)
    assert "暂时停办，您不用做什么" in page
    assert "等待检验结果" in page


def test_the_body_sees_what_it_is_asked_and_confirms(report, body):
    for words in ("登记签收", "登记退回", "下载案卷", "酱肉发酸", "案件移送给贵单位"):
        assert words in body.text
    assert "内有目录、《案件移送函》、《登记处理单》、投诉人陈述、材料2件" in body.text
    assert "林晓雨" not in body.html
    form = body.get("/outside/case/do/confirm-transfer.confirm-transfer/")
    assert form.status == 200
    missing = body.send("/outside/case/do/confirm-transfer.confirm-transfer/", {**form.hidden, "received_by": ""})
    assert missing.status == 422
    page = body.send(
        "/outside/case/do/confirm-transfer.confirm-transfer/", {**form.hidden, "received_by": "谷科员", "their_number": "云监收41"}
    )
    assert "已经办好：登记签收" in page.text
    transfer = report.opened().case.transfer
    assert (transfer.stage, transfer.received_by, transfer.their_number) == ("received", "谷科员", "云监收41")


def test_the_body_gives_it_back_with_a_reason_and_its_link_ends(report, body):
    form = body.get("/outside/case/do/return-transfer.return-transfer/")
    assert body.send("/outside/case/do/return-transfer.return-transfer/", form.hidden).status == 422
    body.send("/outside/case/do/return-transfer.return-transfer/", {**form.hidden, "text": "经营地在青屿区"})
    assert report.opened().case.transfer.reason == "经营地在青屿区"
    assert body.get("/outside/case/").status == 403
    assert body.get("/outside/case/package/").status == 403


def test_the_body_fetches_the_package_and_that_is_logged(body, monkeypatch):
    monkeypatch.setattr("huiyin.documents.package.pdf_of", lambda paper: str(paper).encode())
    answer = body.get("/outside/case/package/").answer
    assert answer.headers["Content-Type"] == "application/zip"
    assert b"".join(answer.streaming_content).startswith(b"PK")
    assert list(AccessRow.objects.values_list("person", "what")) == [("outside:1", "export")]


def test_another_party_outside_has_neither_package_nor_tasks(report):
    report.do(OFFICE, Invite(role="competent-authority", name="旁人"))
    report.sent()
    stranger = entered(report, "1")
    assert "下载案卷" not in stranger.text
    assert stranger.get("/outside/case/package/").status == 404
    assert stranger.get("/outside/case/do/confirm-transfer.confirm-transfer/").status == 404


def test_a_reminder_comes_when_no_receipt_does(report):
    report.sent()
    later = MONDAY.replace(month=10, day=20)
    set_clock(report.institute, later)
    item = next(each for each in report.opened().case.running() if each.limit == "receipt")
    assert re.search("签收", item.title)
    assert item.due is not None
    assert item.due < later
