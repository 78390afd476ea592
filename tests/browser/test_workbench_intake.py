"""Noting a call: with the keyboard, with a slip on the way, with what came before beside it."""

import pytest
from tests.browser.desk import Desk
from tests.workbench.rehearsal import rehearsal_of

from huiyin.application.filing import file_case
from huiyin.cases.commands import File
from huiyin.cases.people import Actor, Respondent
from huiyin.store.personal.data import PersonalData

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
CALLER = PersonalData(name="林晓雨", phone="13800005521")


@pytest.fixture
def earlier(transactional_db):
    """The number of an earlier call from the same telephone."""
    command = File(
        kind="complaint",
        channel="phone",
        matter={"subject": "service", "account": "取药窗口排队太久"},
        respondent=Respondent(kind="unit", unit="emergency-ward"),
    )
    organisation = rehearsal_of("patient-relations")
    return file_case(organisation, "patient-relations", Actor("jiang-xubai"), command, personal=CALLER).number


def test_a_call_is_noted_in_one_page_and_gets_a_number_to_read_out(earlier, open_page):
    desk = Desk(open_page, "jiang-xubai", "/desk/intake/")
    page = desk.page
    page.locator("main").press("3")
    assert page.get_by_role("radio", name="意见建议").is_checked()
    page.locator("main").press("1")
    page.get_by_label("来电号码").fill("13800005521")
    page.get_by_text("取药窗口排队太久").wait_for()
    page.get_by_label("被投诉部门").select_option(label="骨科病区")
    page.get_by_role("button", name="保存并给编号").click()
    page.get_by_text("请填写“事情经过”").first.wait_for()
    assert page.get_by_label("来电号码").input_value() == "13800005521"
    page.get_by_label("事情经过").fill("换药等了两个小时")
    page.get_by_label("您反映的是哪方面的问题").select_option(label="服务态度")
    page.get_by_label("被投诉部门").press("Tab")
    page.get_by_role("region", name="制度会这样办").get_by_text("10月10日 周六17:30").wait_for()
    page.get_by_role("button", name="保存并给编号").click()
    page.locator("[data-number]").wait_for()
    assert page.locator("[data-number]").inner_text() == "YH2026-0002"
    desk.shows("10月10日 周六17:30前")


def test_every_page_stands_without_scripts(earlier, open_page):
    desk = Desk(open_page, "jiang-xubai", f"/desk/cases/{earlier}/", javascript=False)
    desk.page.get_by_role("link", name="接待").first.click()
    desk.page.get_by_label("引导到医患办").check()
    desk.page.get_by_role("button", name="确定").click()
    desk.shows("接待：引导到医患办")


PAGES = (
    "/desk/",
    "/desk/cases/",
    "/desk/cases/YH2026-0001/",
    "/desk/cases/YH2026-0001/do/perform.receive/",
    "/desk/intake/",
    "/desk/intake/patient-relations/",
    "/desk/approvals/",
    "/desk/regimes/",
    "/desk/regimes/patient-relations/",
    "/desk/ledgers/",
)


@pytest.mark.parametrize("width", [1440, 1280, 390])
def test_pages_fit_their_window_and_everybody(earlier, open_page, accessibility_faults, width):
    page = Desk(open_page, "jiang-xubai", width=width).page
    found = {}
    for path in PAGES:
        page.goto(path)
        found[path] = (page.evaluate("document.documentElement.scrollWidth") > width, accessibility_faults(page))
    assert found == dict.fromkeys(PAGES, (False, []))
