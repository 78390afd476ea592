"""An administrator tries a shorter limit on past cases: asks, waits, reads the figures, and goes to a case."""

from datetime import timedelta

import pytest
from tests.browser.desk import Desk
from tests.workbench.rehearsal import MONDAY, rehearsal_of, set_clock

from huiyin.application.filing import file_case
from huiyin.cases.commands import File
from huiyin.cases.people import Actor, Respondent
from huiyin.jobs.running import Runner
from huiyin.organisations.drafts import draft_of_version, save_draft
from huiyin.organisations.models import RegimeVersion, Staff

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PACK = "patient-relations"
FIVE, THREE = '- {within: 5 workdays, cite: "八(3)"}', '- {within: 3 workdays, cite: "八(3)"}'


@pytest.fixture
def number(transactional_db):
    """Two complaints of Monday, 28 September 2026, still open on 9 October; a draft answers within three working days."""
    hospital = rehearsal_of(PACK)
    about = Respondent(kind="unit", unit="orthopaedics-ward")
    for words, subject in (("换药等了两小时，没有人说明原因", "service"), ("同一项检查收了两次费", "fee")):
        command = File(kind="complaint", channel="phone", matter={"account": words, "subject": subject}, category=subject,
                       respondent=about)  # fmt: skip
        receipt = file_case(hospital, PACK, Actor("jiang-xubai"), command)
    set_clock(hospital, MONDAY + timedelta(days=11))
    Staff.objects.filter(organisation=hospital, person="he-wanyin").update(administrator=True)
    by = Staff.objects.get(organisation=hospital, person="he-wanyin")
    draft = draft_of_version(RegimeVersion.objects.get(organisation=hospital, regime=PACK), by=by)
    source = draft.source.replace('version: "1.0"', 'version: "1.1"').replace(FIVE, THREE)
    save_draft(draft, by=by, edition=draft.edition, source=source)
    return receipt.number


@pytest.mark.parametrize("width", [1440, 390])
def test_a_shorter_limit_is_tried_on_past_cases(number, open_page, accessibility_faults, width):
    def is_well_made():
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        assert accessibility_faults(page) == []

    desk = Desk(open_page, "he-wanyin", path="/desk/drafts/", width=width)
    page = desk.page
    page.get_by_role("link", name="医院投诉管理制度").click()
    page.get_by_role("navigation", name="草稿的各部分").get_by_role("link", name="试算").click()
    desk.shows("还没有试算过")
    is_well_made()
    page.get_by_label("收到日期从").fill("2026-09-01")
    page.get_by_role("button", name="开始试算").click()
    page.get_by_role("progressbar", name="进度").wait_for()
    is_well_made()
    assert Runner().round() == 1
    desk.shows("试算了2件案件：改后有1件结果不同，1件完全相同。")      # without a reload
    is_well_made()
    page.get_by_role("link", name="变为超期").first.click()
    page.get_by_role("heading", name="是否超期：反馈投诉人").wait_for()
    is_well_made()
    page.get_by_role("main").get_by_role("link", name="YH2026-0001").click()
    desk.shows("换药等了两小时")
