"""A late matter is supervised: the order is given on a form, reported by its addressee, sent back once, and accepted."""

import pytest
from tests.browser.desk import Desk
from tests.workbench.rehearsal import rehearsal_of

from huiyin.application.filing import file_case
from huiyin.application.running import run
from huiyin.cases.commands import File, Perform
from huiyin.cases.people import Actor, Respondent

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def number(transactional_db):
    """A complaint that 夏芷柔 of the nursing office handles."""
    organisation = rehearsal_of("patient-relations")
    matter = {"account": "换药等了两小时，没有人说明原因", "subject": "service"}
    about = Respondent(kind="unit", unit="orthopaedics-ward")
    command = File(kind="complaint", channel="phone", matter=matter, category="service", respondent=about)
    receipt = file_case(organisation, "patient-relations", Actor("jiang-xubai"), command)
    for who, step in (
        ("jiang-xubai", Perform(work="receive", outcome="guided")),
        ("he-wanyin", Perform(work="register", fields={"damage_dispute": "no"})),
        ("he-wanyin", Perform(work="assign", unit="nursing-office")),
    ):
        run(organisation, Actor(who), receipt.case_id, step)
    return receipt.number


def test_an_order_goes_to_its_addressee_and_comes_back_as_a_report(number, open_page):
    office = Desk(open_page, "he-wanyin").open(number)
    office.do("督办", 督办要求="请报当日排班和交接记录", choose=["交给谁：承办人"]).done("督办")
    office.shows("待报告")

    handler = Desk(open_page, "xia-zhirou", path="/desk/")
    handler.shows("报告督办件：请报当日排班和交接记录")
    handler.open(number).do("报告督办件", 办理情况="当班两人，一人请假").done("报告督办件")

    office.page.goto("/desk/orders/?view=reported")
    office.shows("当班两人，一人请假")
    office.open(number).do("退回报告：督办件", **{"为什么退回，还要补什么": "没有附交接记录"}).done("退回报告：督办件")
    handler.open(number).do("报告督办件", 办理情况="附交接记录，当晚无人补位").done("报告督办件")
    office.open(number).do("认可报告：督办件").done("认可报告：督办件")
    office.page.goto("/desk/orders/?view=over")
    office.shows("附交接记录，当晚无人补位")
