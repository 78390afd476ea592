"""A complaint about a ward, from the telephone to the satisfied call back, by four people at four desks."""

from datetime import UTC, datetime

import pytest
from playwright.sync_api import expect
from tests.browser.desk import Desk
from tests.workbench.rehearsal import rehearsal_of, set_clock

from huiyin.store.models import CaseRow

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def hospital(transactional_db):
    return rehearsal_of("patient-relations")


def take_call(open_page, *, subject="服务态度", account="换药等了两个小时，没有人说明原因"):
    """蒋旭白 takes a call and notes it; gives the desk and the number."""
    receiver = Desk(open_page, "jiang-xubai", "/desk/intake/patient-relations/")
    page = receiver.page
    page.get_by_label("来电号码").fill("13800005521")
    page.get_by_label("怎么称呼").fill("林晓雨")
    page.get_by_label("您反映的是哪方面的问题").select_option(label=subject)
    page.get_by_label("类别").select_option(label=subject)
    page.get_by_label("事情经过").fill(account)
    page.get_by_label("被投诉部门").select_option(label="骨科病区")
    page.get_by_label("具体诉求").fill("说明为什么等这么久")
    page.get_by_role("button", name="保存并给编号").click()
    return receiver, page.locator("[data-number]").inner_text()


def test_from_the_call_to_the_satisfied_call_back(hospital, open_page):
    receiver, number = take_call(open_page)
    receiver.shows("10月10日 周六17:30前")
    receiver.open(number).do("接待", choose=["引导到医患办"]).done("接待")

    office = Desk(open_page, "he-wanyin").open(number)
    office.do("登记和受理审查", choose=["属于医疗损害争议：否"]).done("登记和受理审查")
    office.do("分派", unit="护理部").done("分派")

    handler = Desk(open_page, "xia-zhirou").open(number)
    handler.do("逐项调查核实", choose=["属实"], 这一项查明的情况="排班不足属实").done("逐项调查核实")
    Desk(open_page, "tie-mingyuan").open(number).do(
        "当事科室说明情况", 当事科室和人员的说明="当班护士一人支援急诊"
    ).done("当事科室说明情况")
    handler.open(number).do(
        "提出处理意见", choose=["管理责任"], 查明的事实="等候两小时属实", 处理意见="科室致歉并调整排班"
    ).done("提出处理意见")
    office.open(number).do("答复投诉人", choose=["电话"], 答复内容="经核实属实，已调整排班，向您致歉").done("答复投诉人")

    set_clock(hospital, datetime(2026, 9, 30, 2, 0, tzinfo=UTC))
    office.open(number).do("回访", choose=["满意"], 回访记录="本人表示满意").done("回访")
    office.open(number).do("归档").done("归档")
    office.shows("已办结")
    row = CaseRow.objects.get(number=number)
    assert (row.state, row.overdue) == ("closed", False)


def test_a_refund_is_sent_back_and_agreed_when_it_is_handed_in_again(hospital, open_page):
    receiver, number = take_call(open_page, subject="收费、价格", account="心电监护费重复收取六天")
    receiver.open(number).do("接待", choose=["引导到医患办"]).done("接待")
    office = Desk(open_page, "he-wanyin").open(number)
    office.do("登记和受理审查", choose=["属于医疗损害争议：否"]).done("登记和受理审查")
    office.do("分派", unit="财务处").done("分派")
    ward = Desk(open_page, "tie-mingyuan").open(number)
    ward.do("当事科室说明情况", 当事科室和人员的说明="计费员重复录入").done("当事科室说明情况")
    fees = Desk(open_page, "ji-yunhe").open(number)
    fees.do("逐项调查核实", choose=["属实"], 这一项查明的情况="重复收取六天").done("逐项调查核实")
    fees.do(
        "提出处理意见",
        choose=["责任：人员责任", "确属违规收费：是"],
        查明的事实="重复收费",
        处理意见="退费并致歉",
        应退金额="1286",
    ).done("提出处理意见")
    fees.do("口头道歉并退费", choose=["已向投诉人口头道歉：是", "现金"]).handed_in("口头道歉并退费")

    leader = Desk(open_page, "shen-huaijin", "/desk/approvals/")
    leader.page.get_by_label("批示").fill("请改为原路退回")
    leader.page.get_by_role("button", name="退回").click()
    leader.done("口头道歉并退费")
    leader.shows("没有等您审批的事")

    fees.open(number)
    fees.shows("请改为原路退回")
    fees.do("口头道歉并退费", choose=["已向投诉人口头道歉：是", "原路退回"]).handed_in("口头道歉并退费")
    leader.page.goto("/desk/")
    leader.page.get_by_role("button", name="同意").click()
    leader.done("口头道歉并退费")
    office.open(number)
    expect(office.page.get_by_role("link", name="答复投诉人").first).to_be_visible()


def test_an_empty_note_is_refused_inside_its_dialog_and_sent_again_from_there(hospital, open_page):
    receiver, number = take_call(open_page)
    receiver.open(number).do("记录", 内容="")
    dialog = receiver.page.get_by_role("dialog")
    dialog.get_by_text("请写明理由").wait_for()
    dialog.get_by_label("内容").fill("来电人情绪激动，已安抚")
    dialog.get_by_role("button", name="确定").click()
    receiver.done("记录")
    receiver.shows("来电人情绪激动，已安抚")
