"""A complaint on a telephone without scripts: filing with a picture, tracking, rating, asking for a second look."""

import re

import pytest
from playwright.sync_api import expect
from tests.portal.conftest import BILL, HOSPITAL, MONDAY, Receipt, set_clock, with_pack

from huiyin.application.running import run
from huiyin.cases.commands import Perform
from huiyin.cases.people import Actor
from huiyin.organisations import demo

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PORTAL = f"/o/{demo.REHEARSAL_SLUG}"
PHONE = {"width": 390, "height": 844}


@pytest.fixture
def hospital(transactional_db):
    organisation = with_pack(HOSPITAL)
    set_clock(organisation, MONDAY)
    return organisation


def fill(page, name="林晓雨"):
    """From the front page to the check page."""
    page.get_by_role("link", name=re.compile("填写.*青屿医院")).click()
    page.get_by_label("投诉", exact=True).check()
    page.get_by_label("收费、价格").check()
    page.get_by_label("事情经过").fill("磁共振按单侧开单，扣费却是双侧的价格。")
    page.get_by_label("您认为多收了多少元").fill("340.00")
    page.get_by_label("要点，一行一条").fill("核对单侧还是双侧\n多收的退还")
    page.get_by_label("收费票据或费用清单").set_input_files(
        {"name": BILL[0], "mimeType": "image/png", "buffer": BILL[1]}
    )
    page.get_by_role("radio", name="实名").check()
    page.get_by_label("姓名", exact=True).fill(name)
    page.get_by_role("textbox", name="电话").fill("13800005521")
    page.get_by_role("button", name="下一步：核对提交").click()


def receipt_on(page):
    return Receipt(page.inner_text("[data-number]"), page.inner_text("[data-code]"))


def answer(hospital, receipt):
    """The hospital looks into it and replies."""
    steps = [
        ("he-wanyin", "register", {"fields": {"damage_dispute": False}}),
        ("he-wanyin", "assign", {"to": "functional-department", "unit": "hospital-finance"}),
        ("ji-yunhe", "investigate", {"outcome": "founded", "fields": {"point_finding": "录入错误"}}),
        ("ji-yunhe", "investigate", {"outcome": "founded", "fields": {"point_finding": "应退 340 元"}}),
        ("ji-yunhe", "propose", {"fields": {
            "facts_found": "单侧误录为双侧", "liability": "staff", "proposal": "退费", "overcharged": True, "refund_amount": 340,
        }}),
        ("ji-yunhe", "refund", {"fields": {"apologised": True, "refund_way": "same-way"}}),
        ("he-wanyin", "reply", {"fields": {"reply_text": "多收的 340 元已原路退回。", "reply_way": "online"}}),
    ]  # fmt: skip
    for person, work, arguments in steps:
        run(hospital, Actor(person), receipt.case_id, Perform(work=work, **arguments))


def test_a_complaint_is_filed_on_a_phone_without_scripts(hospital, open_page):
    page = open_page(f"{PORTAL}/", javascript=False, **PHONE)
    fill(page, name="")
    expect(page.locator(".wrong")).to_have_text(["请填写“姓名”"])
    assert page.get_by_label("您认为多收了多少元").input_value() == "340.00"
    page.get_by_label("姓名", exact=True).fill("林晓雨")
    page.get_by_role("button", name="下一步：核对提交").click()
    expect(page.get_by_text("10月8日前").first).to_be_visible()
    expect(page.get_by_text(BILL[0]).first).to_be_visible()
    page.get_by_role("button", name="确认提交").click()
    assert receipt_on(page).number == "YH2026-0001"
    assert page.evaluate("document.documentElement.scrollWidth") == 390


def test_going_back_from_the_check_page_loses_nothing_that_was_typed(hospital, open_page):
    page = open_page(f"{PORTAL}/", **PHONE)
    fill(page)
    expect(page.get_by_role("button", name="确认提交")).to_be_visible()
    page.go_back()
    expect(page.get_by_label("事情经过")).to_have_value("磁共振按单侧开单，扣费却是双侧的价格。")
    expect(page.get_by_label("姓名", exact=True)).to_have_value("林晓雨")
    page.get_by_role("button", name="下一步：核对提交").click()
    page.get_by_role("button", name="确认提交").click()
    assert receipt_on(page).number == "YH2026-0001"


def test_it_is_tracked_rated_and_looked_at_again_without_scripts(hospital, open_page):
    page = open_page(f"{PORTAL}/", javascript=False, **PHONE)
    fill(page)
    page.get_by_role("button", name="确认提交").click()
    receipt = receipt_on(page)
    answer(hospital, receipt)

    page = open_page(f"{PORTAL}/", javascript=False, **PHONE)
    page.get_by_label("案件编号").fill(receipt.number)
    page.get_by_label("查询码").fill(receipt.code)
    page.get_by_role("button", name="查询").click()
    expect(page.locator("h1")).to_have_text("已经答复您，请您评价")
    expect(page.get_by_text("多收的 340 元已原路退回。").first).to_be_visible()
    expect(page.locator("input[type=radio]:checked")).to_have_count(0)
    page.get_by_role("group", name="对处理结果是否满意").get_by_text("不满意", exact=True).click()
    page.get_by_label("您还想说什么").fill("没有说明为什么录错")
    page.get_by_role("button", name="提交评价").click()
    expect(page.locator("h1")).to_have_text("已经答复您")
    page.get_by_role("link", name="要求再处理").first.click()
    page.get_by_label("理由和说明").fill("请说明为什么会录错")
    page.get_by_role("button", name="确认对答复有异议").click()
    expect(page.locator("h1")).to_have_text("正在再次处理，您不用做什么")


@pytest.mark.parametrize(("width", "dark"), [(390, False), (390, True), (1280, False), (320, False)])
def test_everybody_can_read_and_use_every_page(hospital, open_page, accessibility_faults, width, dark):
    page = open_page(f"{PORTAL}/", width=width, dark=dark)
    faults = {}

    def look(name):
        faults[name] = accessibility_faults(page)
        assert page.evaluate("document.documentElement.scrollWidth") == width, name

    look("home")
    page.goto(f"{PORTAL}/regimes/{HOSPITAL}/")
    look("regime")
    page.goto(f"{PORTAL}/file/{HOSPITAL}/")
    look("form")
    page.get_by_role("button", name="下一步：核对提交").click()
    look("form with faults")
    page.goto(f"{PORTAL}/")
    fill(page)
    look("check")
    page.get_by_role("button", name="确认提交").click()
    look("receipt")
    receipt = receipt_on(page)
    page.get_by_role("link", name="看办理进度").click()
    page.locator("summary", has_text="这些日子是怎么算的").click()
    look("tracking")
    answer(hospital, receipt)
    page.reload()
    look("rating")
    page.get_by_role("link", name="要求再处理").first.click()
    look("appeal")
    page.goto(f"{PORTAL}/track/")
    page.get_by_role("button", name="查询").click()
    look("number and code")
    assert [(name, found) for name, found in faults.items() if found] == []


def test_controls_are_large_enough_for_a_thumb(hospital, open_page):
    page = open_page(f"{PORTAL}/file/{HOSPITAL}/", **PHONE)
    controls = "main :is(.input, .select, .choice, .file-input, .btn):not(.sr-only)"
    small = f"[...document.querySelectorAll('{controls}')].filter(e => e.offsetHeight < 48).map(e => e.outerHTML)"
    assert page.locator(controls).count() > 15
    assert page.evaluate(small) == []
