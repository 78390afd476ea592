"""A bank gets its address and code from an administrator, files on its own page and looks at the case; desk and phone."""

from datetime import date

import pytest
from django.db.models import QuerySet
from playwright.sync_api import expect
from tests.browser.desk import Desk
from tests.portal.conftest import with_pack

from huiyin.application.running import run
from huiyin.application.sources import Terms, register
from huiyin.application.world import world_of
from huiyin.cases.commands import AskMore
from huiyin.cases.people import Actor
from huiyin.organisations import demo
from huiyin.organisations.models import RegimeVersion, Staff
from huiyin.organisations.regimes import set_table
from huiyin.organisations.services import regimes_in_force
from huiyin.regime import packs
from huiyin.regime.limits_written import parse_span
from huiyin.store.models import CaseRow

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

HOSPITAL, PACK, BANK = "patient-relations", "debt-collection", "江海银行信用卡中心"


@pytest.fixture
def agency(transactional_db):
    """The rehearsal, which also collects debts for banks."""
    organisation = with_pack(HOSPITAL)
    demo.add_pack(PACK, packs()[PACK])
    QuerySet(RegimeVersion).update(effective_on=date(2026, 1, 1))
    set_table(organisation, PACK, "clients", {BANK: {}})
    Staff.objects.filter(organisation=organisation, person="he-wanyin").update(administrator=True)
    return organisation


@pytest.mark.parametrize("width", [1440, 390])
def test_a_bank_files_on_its_own_page(agency, open_page, accessibility_faults, width):
    def whole(page):
        assert accessibility_faults(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")

    desk = Desk(open_page, "he-wanyin", "/desk/sources/new/", width=width).page
    whole(desk)
    desk.get_by_label("单位名称").fill(BANK)
    desk.get_by_label("合作银行反馈").check()
    desk.get_by_role("button", name="登记并发码").click()
    expect(desk.get_by_text("码只显示这一次")).to_be_visible()
    whole(desk)
    address, code = desk.get_by_text("/source/").inner_text(), desk.locator("[data-code]").inner_text()

    page = open_page(address, width=width)
    whole(page)
    page.get_by_label("单位码").fill(code)
    page.get_by_role("main").get_by_role("button", name="进入").click()
    expect(page.get_by_role("heading", name="我们提交的投诉")).to_be_visible()
    page.get_by_role("link", name="提交投诉").click()
    whole(page)
    expect(page.get_by_label("欠款的银行")).to_have_value(BANK)
    page.get_by_label("投诉", exact=True).check()
    page.get_by_label("事情经过和要求").fill("客户反映催收人员一天打十几个电话，要求停止并道歉。")
    page.get_by_label("银行的投诉编号").fill("投2026-131")
    page.get_by_label("不写明投诉人").check()
    page.get_by_role("button", name="下一步：核对提交").click()
    expect(page.get_by_role("heading", name="核对提交")).to_be_visible()
    whole(page)
    page.get_by_role("button", name="确认提交").click()
    expect(page.get_by_text("贵单位编号 投2026-131")).to_be_visible()
    whole(page)
    page.get_by_role("link", name="催诉2026-00001").click()
    expect(page.get_by_text("客户反映催收人员一天打十几个电话，要求停止并道歉。")).to_be_visible()
    whole(page)
    page.get_by_role("link", name="我们提交的投诉").click()
    expect(page.get_by_role("heading", name="我们提交的投诉")).to_be_visible()
    run(agency, Actor(world_of(agency).directory(PACK).holders_of("complaint-handler")[0]), CaseRow.objects.get(source=BANK).id,
        AskMore(text="请补催收案件编号和通话录音", within=parse_span("5 workdays")))
    page.reload()
    expect(page.get_by_text("等补充材料").first).to_be_visible()
    whole(page)
    page.get_by_role("link", name="催诉2026-00001").click()
    expect(page.get_by_role("heading", name="请补充材料")).to_be_visible()
    whole(page)
    page.get_by_role("link", name="现在补充").click()
    whole(page)
    page.get_by_label("催收案件编号").fill("催2026-77")
    page.get_by_label("补充说明").fill("录音随后寄出。")
    page.get_by_role("button", name="确认补充材料").click()
    expect(page.get_by_text("补充好了，案件接着办理。")).to_be_visible()
    whole(page)

    desk.get_by_role("link", name="记下了").click()
    expect(desk.get_by_role("heading", name="进入记录")).to_be_visible()
    whole(desk)
    desk.goto("/desk/sources/")
    expect(desk.get_by_text("最近进入")).to_be_visible()
    whole(desk)


@pytest.mark.parametrize("width", [1440, 390])
def test_too_many_filings_are_put_off_and_the_administrator_sees_it(agency, open_page, accessibility_faults, width):
    source, code = register(
        world_of(agency), regimes_in_force(agency), Staff.objects.get(organisation=agency, person="he-wanyin"), BANK,
        Terms(["debt-collection/bank"], hourly=1, daily=1),
    )  # fmt: skip
    page = open_page(f"/o/{agency.slug}/source/{source.pk}/", width=width)
    page.get_by_label("单位码").fill(code)
    page.get_by_role("main").get_by_role("button", name="进入").click()
    for number in ("投1", "投2"):
        page.get_by_role("link", name="提交投诉").click()
        page.get_by_label("投诉", exact=True).check()
        page.get_by_label("事情经过和要求").fill("客户反映催收人员一天打十几个电话。")
        page.get_by_label("银行的投诉编号").fill(number)
        page.get_by_label("不写明投诉人").check()
        page.get_by_role("button", name="下一步：核对提交").click()
        page.get_by_role("button", name="确认提交").click()
    expect(page.get_by_text("贵单位一天内最多提交1件")).to_be_visible()
    expect(page.get_by_label("银行的投诉编号")).to_have_value("投2")
    assert accessibility_faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    desk = Desk(open_page, "he-wanyin", "/desk/", width=width).page
    expect(desk.get_by_text(f"{BANK}提交的件数到了上限")).to_be_visible()
    desk.get_by_role("link", name="去核对").click()
    expect(desk.get_by_role("button", name="知道了，不再提醒")).to_be_visible()
    assert accessibility_faults(desk) == []
    assert desk.evaluate("document.documentElement.scrollWidth <= innerWidth")
    desk.get_by_role("button", name="知道了，不再提醒").click()
    expect(desk.get_by_text("已记下，不再提醒")).to_be_visible()


@pytest.mark.parametrize("width", [1440, 390])
def test_where_no_channel_is_for_it_the_page_says_how(transactional_db, open_page, accessibility_faults, width):
    organisation = with_pack(HOSPITAL)
    Staff.objects.filter(organisation=organisation, person="he-wanyin").update(administrator=True)
    desk = Desk(open_page, "he-wanyin", "/desk/sources/", width=width).page
    expect(desk.get_by_text("现在还没有一项施行的制度让外部单位自己提交")).to_be_visible()
    assert accessibility_faults(desk) == []
    assert desk.evaluate("document.documentElement.scrollWidth <= innerWidth")
