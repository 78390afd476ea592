"""What staff enter for a complainant who calls: offered as such, and told as such on both sides."""

from django.urls import reverse
from tests.workbench.test_core_acts import ANSWERED, SATISFIED, _who

from huiyin.application.running import run
from huiyin.cases.commands import Perform


def case_page(client, receipt):
    return client.get(reverse("desk-case", args=[receipt.number])).content.decode()


def act(receipt, name):
    return reverse("desk-act", args=[receipt.number, name])


def test_a_withdrawal_by_phone_is_entered_for_the_complainant(desk_of, complaint):
    receipt, he = complaint(), desk_of("he-wanyin")
    assert "代投诉人撤回" in case_page(he, receipt)
    assert he.post(act(receipt, "withdraw.withdraw"), {"text": "来电说已经解决"}).status_code == 302
    shown = case_page(he, receipt)
    assert "代投诉人撤回" in shown
    assert "不再计时：撤回" in shown
    assert "已撤回" in shown
    assert "withdrawn" not in shown
    listed = he.get(reverse("desk-cases")).content.decode()
    assert "已撤回" in listed
    assert "已办结" not in listed.partition("<tbody")[2]


def test_an_appeal_by_phone_is_entered_for_the_complainant(desk_of, assigned, hospital):
    receipt, he = assigned(), desk_of("he-wanyin")
    closing = [Perform(work="follow-up", outcome="satisfied", answers=SATISFIED), Perform(work="close")]
    for command in (*ANSWERED, *closing):
        run(hospital, _who(command), receipt.case_id, command)
    assert "代投诉人对答复有异议" in case_page(he, receipt)
    assert he.post(act(receipt, "appeal.appeal"), {"text": "来电说没有说清楚等候的原因"}).status_code == 302
    shown = case_page(he, receipt)
    assert "代投诉人申诉，再次办理" in shown
    assert "来电说没有说清楚等候的原因" in shown
