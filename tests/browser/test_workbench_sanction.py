"""A guard was cold to a resident: the rule proposes, the manager decides, the ledger keeps it."""

import pytest
from tests.browser.desk import Desk
from tests.workbench.rehearsal import rehearsal_of

from huiyin.application.filing import file_case
from huiyin.cases.commands import File
from huiyin.cases.people import Actor, Respondent
from huiyin.store.personal.data import PersonalData

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def number(transactional_db):
    """A complaint about the guard 牛保谷, taken by the personnel manager."""
    command = File(
        kind="complaint",
        channel="phone",
        matter={"subject": "attitude", "account": "门岗不理人，问了三遍才答"},
        respondent=Respondent(kind="person", unit="property-order", person="niu-baoguo"),
    )
    organisation = rehearsal_of("property-staff-service")
    caller = PersonalData(name="许清和", phone="13800009917")
    return file_case(organisation, "property-staff-service", Actor("wen-jiahe"), command, personal=caller).number


def test_a_proposed_sanction_is_confirmed_into_the_ledger(number, open_page):
    personnel = Desk(open_page, "wen-jiahe").open(number)
    personnel.do("受理登记和判断", choose=["理由充分：是", "要求合理：是"]).done("受理登记和判断")
    personnel.do("转交被投诉部门").done("转交被投诉部门")
    manager = Desk(open_page, "shan-zhiyong").open(number)
    manager.do("着手调查").done("着手调查")
    found = {"choose": ["查实的行为：接待冷淡或省略服务环节", "属实"], "查明的经过": "监控显示三次未应答"}
    manager.do("调查核实", person=("查明的责任人", "niu-baoguo"), **found).done("调查核实")

    guard = Desk(open_page, "niu-baoguo")
    guard.page.goto("/desk/about-me/")
    guard.shows("处理建议，还没有决定")
    guard.page.get_by_label("您的意见").fill("当时在指挥车辆，没有听见。")
    guard.page.get_by_role("button", name="提交陈述").click()
    guard.page.get_by_text("您的陈述已交给作出决定的人").wait_for()

    manager.page.goto("/desk/approvals/")
    manager.shows("第二档")
    manager.page.get_by_role("button", name="同意").click()
    manager.page.get_by_role("dialog").get_by_text("请勾选查实的情形").first.wait_for()
    manager.page.keyboard.press("Escape")
    manager.page.get_by_label("接待冷淡或省略服务环节").first.check()
    manager.page.get_by_role("button", name="同意").click()
    manager.done("审批")

    personnel.page.goto("/desk/ledgers/")
    personnel.shows("95分")
    personnel.shows("+200元")


def test_the_accused_finds_neither_the_case_nor_its_approval(number, open_page):
    accused = Desk(open_page, "niu-baoguo").open(number)
    accused.shows("没有找到这件案件")
    accused.page.goto("/desk/cases/?q=门岗不理人")
    accused.shows("没有找到这样的案件")
