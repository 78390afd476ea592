"""A value is put right on the real page: picked, found by typing, refused at its place, told in the story."""

import pytest
from tests.browser.desk import Desk
from tests.workbench.rehearsal import rehearsal_of

from huiyin.application.filing import file_case
from huiyin.cases.commands import File
from huiyin.cases.people import Actor, Respondent

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def number(transactional_db):
    """A complaint about the orthopaedic ward, taken by 蒋旭白."""
    command = File(
        kind="complaint",
        channel="phone",
        matter={"account": "换药等了两小时", "subject": "service"},
        respondent=Respondent(kind="unit", unit="orthopaedics-ward"),
    )
    return file_case(rehearsal_of("patient-relations"), "patient-relations", Actor("jiang-xubai"), command).number


def test_the_respondent_is_named_by_typing(number, open_page):
    office = Desk(open_page, "he-wanyin").open(number)
    bar = office.page.get_by_role("group", name="现在可以做的事")
    bar.get_by_text("其他", exact=True).click()
    bar.get_by_role("link", name="更正", exact=True).click()
    dialog = office.page.get_by_role("dialog")
    office.page.locator("#act:not(.htmx-settling) #act_path").wait_for()  # listens a moment after it is shown
    dialog.get_by_label("更正哪一项").select_option("respondent.person")
    dialog.get_by_text("现在空着").wait_for()
    dialog.get_by_label("改为").fill("夏芷柔")
    dialog.get_by_label("改为").press("Enter")
    dialog.get_by_text("请写明理由").wait_for()
    dialog.get_by_label("为什么更正").fill("查看排班后确认")
    dialog.get_by_role("button", name="确定").click()
    office.done("更正")
    office.shows("更正“被投诉人”：（空） → 夏芷柔")


def test_without_scripts_a_value_is_picked_with_the_button(number, open_page):
    office = Desk(open_page, "he-wanyin", f"/desk/cases/{number}/do/correct.correct/", javascript=False)
    office.page.get_by_label("更正哪一项").select_option("respondent.unit")
    office.page.get_by_role("button", name="换成选中的一项").click()
    office.shows("现在是：骨科病区")
    office.page.get_by_label("改为").fill("护理部")
    office.page.get_by_label("为什么更正").fill("登记时听错")
    office.page.get_by_role("button", name="确定").click()
    office.shows("更正“被投诉部门”：骨科病区 → 护理部")
