"""日历 in a browser: what is owed by day, week and month, whose, the article behind it, and the address for calendar programs."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect
from tests.browser.desk import Desk
from tests.workbench.rehearsal import rehearsal_of, set_clock

from huiyin.application.filing import file_case
from huiyin.application.running import run
from huiyin.application.standing import open_due
from huiyin.application.sweeping import sweep
from huiyin.cases.commands import File, Perform
from huiyin.cases.people import Actor, Respondent
from huiyin.store.models import TurnRow

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WIDTHS = pytest.mark.parametrize("width", [1440, 390])


@pytest.fixture
def hospital(transactional_db):
    return rehearsal_of("patient-relations")


@pytest.fixture
def owed(hospital):
    """`owed(30)`: so many complaints of Monday, 28 September 2026, that 医患办 has to look at; gives their numbers."""

    def file(count):
        numbers = []
        for number in range(count):
            matter = {"account": f"换药等了两小时，没有人说明原因（第{number + 1}次）", "subject": "service"}
            about = Respondent(kind="unit", unit="orthopaedics-ward")
            command = File(kind="complaint", channel="phone", matter=matter, category="service", respondent=about)
            receipt = file_case(hospital, "patient-relations", Actor("jiang-xubai"), command)
            run(hospital, Actor("jiang-xubai"), receipt.case_id, Perform(work="receive", outcome="guided"))
            numbers.append(receipt.number)
        return numbers

    return file


def fits(page):
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def calendar(open_page, width, query=""):
    desk = Desk(open_page, "he-wanyin", path=f"/desk/calendar/{query}", width=width)
    desk.page.get_by_role("heading", name="日历", exact=True).wait_for()
    return desk.page


@WIDTHS
def test_from_the_month_to_a_day_to_the_case_and_to_the_article(owed, open_page, accessibility_faults, width):
    (number,) = owed(1)
    page = calendar(open_page, width, "?date=2026-10-01&scope=all")
    line = page.get_by_role("link", name="反馈投诉人").locator("visible=true").first
    expect(line).to_be_visible()
    assert accessibility_faults(page) == []
    fits(page)
    page.get_by_role("group", name="看多长").get_by_role("link", name="日", exact=True).click()
    page.get_by_text("这一天没有到期的事").wait_for()       # 1 October, a holiday
    expect(page.get_by_text("休 国庆节")).to_be_visible()
    assert accessibility_faults(page) == []
    due = TurnRow.objects.filter(number=number, title="反馈投诉人").first().due
    page.goto(f"/desk/calendar/?view=day&scope=all&date={due.astimezone(ZoneInfo('Asia/Shanghai')):%Y-%m-%d}")
    page.get_by_text(number).first.wait_for()
    article = page.get_by_role("main").locator(".cite").first
    assert "#article-" in article.get_attribute("href")
    assert accessibility_faults(page) == []
    fits(page)
    page.get_by_role("main").get_by_role("link", name="反馈投诉人").first.click()
    page.get_by_role("region", name="时限").get_by_text("为什么是这一天？").first.wait_for()


@WIDTHS
def test_more_than_a_cell_holds_is_counted_and_a_click_away(owed, open_page, accessibility_faults, width):
    numbers = owed(6)
    page = calendar(open_page, width, "?date=2026-10-15&scope=all")
    if width > 700:
        more = page.get_by_role("link", name="还有").first
        more.click()
        page.get_by_role("group", name="看多长").get_by_role("link", name="日", exact=True).and_(
            page.locator("[aria-current]")
        ).wait_for()
        expect(page.get_by_role("group", name="看谁的").locator("[aria-current]")).to_have_text("全部可见")
    for number in numbers:
        expect(page.get_by_text(number).locator("visible=true").first).to_be_visible()
    assert accessibility_faults(page) == []
    fits(page)


@WIDTHS
def test_what_was_missed_and_what_has_no_day_is_said_above_the_days(hospital, owed, open_page, accessibility_faults, width):
    owed(1)
    set_clock(hospital, datetime(2026, 10, 20, 2, tzinfo=UTC))
    sweep(hospital)
    page = calendar(open_page, width, "?view=week&scope=all")
    page.get_by_role("link", name="更早到期、还没有办的").wait_for()
    assert accessibility_faults(page) == []
    page.get_by_role("link", name="更早到期、还没有办的").click()
    page.get_by_role("heading", name="我的一天").wait_for()
    expect(page.get_by_role("link", name="全部可见").and_(page.locator("[aria-current]"))).to_be_visible()


@WIDTHS
def test_duties_to_come_and_a_year_without_holidays(hospital, open_page, accessibility_faults, width):
    open_due(hospital)
    page = calendar(open_page, width, "?date=2027-01-15")
    page.get_by_text("2027年的放假安排还没有收录").wait_for()
    expect(page.get_by_role("link", name="月度分析").locator("visible=true").first).to_be_visible()
    assert accessibility_faults(page) == []
    fits(page)


@WIDTHS
def test_the_secret_address_is_shown_once_and_revoked(hospital, open_page, accessibility_faults, width):
    page = calendar(open_page, width)
    page.get_by_role("button", name="生成订阅地址").click()
    given = page.get_by_label("订阅地址只显示这一次")
    expect(given).to_be_focused()
    address = "/desk/feed/" + given.input_value().split("/desk/feed/")[1]
    assert accessibility_faults(page) == []
    fits(page)
    answer = page.request.get(page.evaluate("location.origin") + address)
    assert answer.text().startswith("BEGIN:VCALENDAR")
    page.get_by_role("button", name="停用").click()
    page.get_by_role("dialog", name="停用订阅地址？").get_by_role("button", name="停用").click()
    page.get_by_text("订阅地址已停用").wait_for()
    expect(page.get_by_label("订阅地址只显示这一次")).to_have_count(0)
    assert page.request.get(page.evaluate("location.origin") + address).status == 404


def test_the_keyboard_goes_from_the_days_in_order(owed, open_page):
    owed(1)
    page = calendar(open_page, 1440, "?date=2026-09-28&scope=all")
    page.locator("#main").focus()
    reached = []
    for _ in range(14):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("(document.activeElement.getAttribute('aria-label') || document.activeElement.innerText).trim()"))
    assert reached[:3] == ["往前", "今天", "往后"]
    assert reached[3:9] == ["日", "周", "月", "我负责", "我的部门", "全部可见"]
