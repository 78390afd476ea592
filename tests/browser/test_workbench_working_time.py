"""An administrator gives the hospital a day off: edit, see what it touches, give a reason, and it is done."""

from datetime import date

import pytest
from playwright.sync_api import expect
from tests.browser.desk import Desk
from tests.workbench.rehearsal import rehearsal_of

from huiyin.application.filing import file_case
from huiyin.application.working import work_once
from huiyin.cases.commands import File
from huiyin.cases.people import Actor, Respondent
from huiyin.organisations.models import OwnDay

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def number(transactional_db):
    """A complaint of Monday, 28 September 2026."""
    organisation = rehearsal_of("patient-relations")
    matter = {"account": "换药等了两小时，没有人说明原因", "subject": "service"}
    about = Respondent(kind="unit", unit="orthopaedics-ward")
    command = File(kind="complaint", channel="phone", matter=matter, category="service", respondent=about)
    return file_case(organisation, "patient-relations", Actor("jiang-xubai"), command).number


@pytest.mark.parametrize("width", [1440, 390])
def test_a_day_off_goes_from_the_form_to_the_case(number, open_page, width):
    desk = Desk(open_page, "qi-anlan", path="/desk/working-time/", width=width)
    page = desk.page
    page.get_by_role("region", name="本单位的日子").get_by_role("link", name="修改").click()
    row = page.get_by_role("group", name="第1行")
    row.get_by_label("日期").fill("2026-09-29")
    row.get_by_label("名称").fill("院庆")
    row.get_by_label("办公时间").fill("下午")
    page.get_by_role("button", name="看影响").click()
    page.get_by_text("“下午”读不懂").wait_for()
    row.get_by_label("办公时间").fill("")
    page.get_by_role("button", name="看影响").click()
    page.get_by_text("新增 2026-09-29 放假：院庆").wait_for()
    desk.shows(number)
    page.get_by_label("理由").fill("院庆放假一天")
    page.get_by_role("button", name="确认生效").click()
    page.get_by_role("progressbar", name="进度").wait_for()
    page.get_by_role("link", name="看最新进度").wait_for()
    expect(page.get_by_role("status").filter(has_text="已完成")).to_have_count(0)
    work_once()
    page.get_by_role("complementary").get_by_text("已完成，改了1件案件的到期时间").wait_for()      # without a reload
    expect(page.locator("#change-said")).to_have_text("已完成，改了1件案件的到期时间")
    expect(page.get_by_role("progressbar")).to_have_count(0)
    expect(page.locator("[hx-trigger^='every 2s']")).to_have_count(0)
    assert OwnDay.objects.get().day == date(2026, 9, 29)
    for address in ("", "hours/", "days/", "years/"):
        page.goto(f"/desk/working-time/{address}")
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
