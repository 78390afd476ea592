"""More time for a case, and time that stands still, on the case page: who decides, what was granted, which day it is now."""

import pytest
from django.test import Client
from tests.portal.conftest import Visitor
from tests.workbench.rehearsal import account, rehearsal_of

from huiyin.application.filing import file_case
from huiyin.application.loading import open_case
from huiyin.application.running import run
from huiyin.calendars import Span, Unit
from huiyin.cases.commands import Approve, Extend, File, Perform, Suspend
from huiyin.cases.people import Actor

CLERK, OFFICE, SECTION = Actor("ou-xiaolu"), Actor("bian-yuqiao"), Actor("dai-lizhi")
MATTER = {"target": "business", "business": "青屿路某小吃店", "subject": "food", "account": "后厨有老鼠。"}
ASKED = {"progress": "已抽样送检。", "reason": "等待检验报告。", "next_steps": "报告出具后提出处理意见。"}


@pytest.fixture
def report(db):
    """`report(person, command)` acts on a report that the food section has had since Monday 28 September 2026."""
    institute = rehearsal_of("health-supervision")
    filing = File(kind="report", channel="phone", category="food", matter=MATTER)
    receipt = file_case(institute, "health-supervision", CLERK, filing)

    def act(who, command):
        run(institute, who, receipt.case_id, command)

    for who, step, more in (
        (CLERK, "register", {}), (CLERK, "hand-in", {}), (OFFICE, "number", {}),
        (OFFICE, "assess", {"fields": {"area": "ours"}}), (OFFICE, "assign", {"to": "section", "unit": "food-section"}),
    ):  # fmt: skip
        act(who, Perform(work=step, **more))
    act.number, act.code = receipt.number, receipt.code
    act.case = lambda: open_case(institute, OFFICE, receipt.case_id).case
    return act


@pytest.fixture
def page(report):
    """What 戴立之 of the food section reads on the case page."""
    client = Client(HTTP_HOST="127.0.0.1")
    client.force_login(account("dai-lizhi"))

    def read():
        return client.get(f"/desk/cases/{report.number}/").content.decode()

    return read


def asked(report):
    report(SECTION, Extend(limit="conclude", by=Span(10, Unit.WORKDAYS), fields=ASKED))
    return next(iter(report.case().approvals))


def test_whose_turn_it_is_names_who_decides_on_more_time_besides_who_works(report, page):
    before = page()
    asked(report)
    assert "审批：查处结案延长10个工作日" not in before
    turns = page().partition("同时进行")[2].partition("</dl>")[0]
    assert "综合办公室" in turns
    assert "审批：查处结案延长10个工作日" in turns


def test_once_granted_the_line_of_days_and_the_reason_lead_to_the_new_day(report, page):
    assert "共15天" in page()
    report(OFFICE, Approve(key=asked(report)))
    after = page()
    assert "共25天" in after
    assert "获准延长10个工作日" in after
    assert "<b>11月6日（周五）17:30到期</b>" in after
    assert "第25天" in after


def test_the_story_tells_the_fields_in_the_order_in_which_they_were_asked(report, page):
    report(OFFICE, Approve(key=asked(report)))
    story = page().partition("申请延期")[2]
    places = [story.index(words) for words in ASKED.values()]
    assert places == sorted(places)


def test_while_it_is_suspended_no_day_is_promised(report, page):
    report(OFFICE, Suspend(text="等待检验报告"))
    after = page()
    assert "起停止计算，恢复办理后按中止的时间顺延" in after
    assert "到期</b>" not in after


def test_the_complainant_reads_that_the_new_day_comes_later(report):
    browser = Visitor()
    browser.post("/track/", number=report.number, code=report.code)
    assert "10月23日" in browser.get("/track/case/").text
    report(OFFICE, Suspend(text="等待检验报告"))
    told = browser.get("/track/case/").text.partition("往来")[0]
    assert "恢复办理后顺延，新的日期会写在这里" in told
    assert "10月23日" not in told.partition("这些日子是怎么算的")[0]
