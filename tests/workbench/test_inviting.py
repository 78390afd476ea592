"""A step that waits for a party outside without a link is the handler's turn: to give it one."""

import pytest
from django.test import Client
from tests.workbench.rehearsal import account, rehearsal_of, variant_of

from huiyin.application.filing import file_case
from huiyin.application.running import run
from huiyin.cases.commands import File, Invite, Perform
from huiyin.cases.people import Actor

PARTS = {
    "roles": {"outside": {"health-authority": {"reached_by": "link"}}},
    "flow": {"authority-word": {"title": "主管部门意见", "by": "health-authority", "after": "assign", "cite": "八(1)"}},
}


@pytest.fixture
def waiting(db, tmp_path):
    """A complaint that 夏芷柔 handles and that waits for a word of the authority."""
    hospital = rehearsal_of("patient-relations", variant=variant_of("patient-relations", tmp_path, **PARTS))
    command = File(kind="complaint", channel="phone", matter={"account": "等候太久", "subject": "service"}, category="service")
    receipt = file_case(hospital, "patient-relations-variant", Actor("jiang-xubai"), command)
    steps = (
        ("jiang-xubai", Perform(work="receive", outcome="guided")),
        ("he-wanyin", Perform(work="register", fields={"damage_dispute": "no"})),
        ("he-wanyin", Perform(work="assign", unit="nursing-office")),
    )
    for who, step in steps:
        run(hospital, Actor(who), receipt.case_id, step)
    return hospital, receipt


def text_of(path):
    client = Client(HTTP_HOST="127.0.0.1")
    client.force_login(account("xia-zhirou"))
    return client.get(path).content.decode()


def test_the_day_and_the_case_page_say_so_and_offer_the_act(waiting):
    hospital, receipt = waiting
    form = f"/desk/cases/{receipt.number}/do/invite.invite/"
    day, page = text_of("/desk/"), text_of(f"/desk/cases/{receipt.number}/")
    assert "开通链接：等“主管部门意见”" in day
    assert form in day
    assert form in page
    assert "还没有开通链接" in page
    assert "哪一家" in text_of(form)
    run(hospital, Actor("xia-zhirou"), receipt.case_id, Invite(role="health-authority", name="市卫生健康委医政处"))
    assert "等“主管部门意见”" not in text_of("/desk/")
    assert "还没有开通链接" not in text_of(f"/desk/cases/{receipt.number}/")
