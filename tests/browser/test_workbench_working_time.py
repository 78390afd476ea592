"""An administrator gives the hospital a day off: edit, see what it touches, give a reason, and it is done."""

from datetime import date, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect
from tests.browser.desk import Desk
from tests.workbench.rehearsal import rehearsal_of

from huiyin.application.filing import file_case
from huiyin.application.working import work_once
from huiyin.cases.commands import File
from huiyin.cases.people import Actor, Respondent
from huiyin.organisations.models import OwnDay
from huiyin.organisations.uuid7 import uuid7
from huiyin.store.models import ClockJumpRow

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
    page.get_by_text("新增 2026年9月29日 放假：院庆").wait_for()
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


@pytest.mark.parametrize("width", [1440, 390])
def test_a_table_that_contradicts_itself_is_refused_line_by_line_and_kept(number, open_page, accessibility_faults, width):
    desk = Desk(open_page, "qi-anlan", path="/desk/working-time/years/", width=width)
    page = desk.page
    assert accessibility_faults(page) == []
    table = page.get_by_label("放假安排（CSV）")
    wrong = "year,holiday,off,work\n2027,元旦,2027-01-01..2027-01-03,2027-01-02\n2027,春节,2027-01-03..2027-02-12,2027-02-03\n"
    table.fill(wrong)
    page.get_by_role("button", name="看影响").click()
    page.get_by_text("第2行").first.wait_for()
    expect(page.get_by_text("第3行").first).to_be_visible()
    expect(table).to_have_value(wrong)
    expect(table).to_have_attribute("aria-invalid", "true")
    assert accessibility_faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    table.fill("year,holiday,off,work\n2027,元旦,2027-01-01..2027-01-03,\n")     # invented for this story
    page.get_by_role("button", name="看影响").click()
    page.get_by_text("2027年放假安排：元旦").wait_for()
    assert accessibility_faults(page) == []
    page.get_by_role("button", name="不采用").click()
    page.get_by_text("没有采用，工作时间不变").wait_for()


def test_progress_is_read_by_a_plain_link_where_there_are_no_scripts(number, open_page):
    desk = Desk(open_page, "qi-anlan", path="/desk/working-time/days/", javascript=False)
    page = desk.page
    row = page.get_by_role("group", name="第1行")
    row.get_by_label("日期").fill("2026-09-29")
    row.get_by_label("名称").fill("院庆")
    page.get_by_role("button", name="看影响").click()
    page.get_by_label("理由").fill("院庆放假一天")
    page.get_by_role("button", name="确认生效").click()
    page.get_by_role("progressbar", name="进度").wait_for()
    work_once()
    page.get_by_role("link", name="看最新进度").click()
    page.get_by_text("已完成，改了1件案件的到期时间").first.wait_for()


@pytest.mark.parametrize("width", [1440, 390])
def test_an_administrator_reads_on_every_page_that_the_clock_may_be_wrong(number, open_page, accessibility_faults, width):
    now = timezone.now()
    ClockJumpRow.objects.create(id=uuid7(), host="主机甲", shown=now + timedelta(days=366), expected=now)
    page = Desk(open_page, "qi-anlan", path="/desk/calendar/", width=width).page
    warned = page.get_by_role("complementary", name="要先处理")
    expect(warned).to_contain_text("到期事项已暂停处理")
    assert accessibility_faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    warned.get_by_role("link", name="去核对").click()
    page.get_by_role("button", name="时间已核对无误").click()
    page.get_by_role("heading", name="后台运行").wait_for()
    expect(page.get_by_role("complementary", name="要先处理")).to_have_count(0)
