"""Many reminders waiting for one person go as one message."""

from django.utils import timezone
from tests.notices.conftest import MEI, in_office_hours, states
from tests.notices.sinks import words_of

from huiyin.application.telling import tell_once
from huiyin.cases.commands import Supervise
from huiyin.notices.managing import send_again
from huiyin.notices.models import Delivery
from huiyin.store.personal.data import PersonalData


def orders(assigned, do, count, first=0):
    """So many supervise orders for 顾南乔, each in a case of its own."""
    receipts = [assigned(f"第{number}件：态度差", personal=PersonalData(name=f"来电人{number}")) for number in range(first, first + count)]
    for receipt in receipts:
        do(MEI, receipt, Supervise(text="请两天内报告"))
    return receipts


def test_three_go_one_by_one(mail, mailbox, reachable, assigned, do, round_):
    reachable("gu", email="gu@example.cn")
    orders(assigned, do, 3)
    round_()
    assert len(mailbox.mails) == 3


def test_thirty_after_a_breakdown_go_as_one(mail, mailbox, reachable, assigned, do, round_):
    reachable("gu", email="gu@example.cn")
    receipts = orders(assigned, do, 30)
    round_()
    assert len(mailbox.mails) == 1
    assert "30项" in mailbox.mails[0]["Subject"]
    assert all(receipt.number in words_of(mailbox.mails[0]) for receipt in receipts)
    assert states() == [("person:gu", "sent")] * 30


def test_a_second_try_says_the_same_under_the_same_identity(mail, mailbox, reachable, assigned, do, round_):
    reachable("gu", email="gu@example.cn")
    orders(assigned, do, 5)
    round_()
    Delivery.objects.update(state="waiting", ended_at=None)     # sent, but the worker died before it wrote that down
    orders(assigned, do, 1)
    round_()
    first, second, third = mailbox.mails
    assert first["Message-ID"] == second["Message-ID"]
    assert words_of(first) == words_of(second)
    assert "5项" not in third["Subject"]


def test_a_message_folded_before_is_never_cut_in_two(mail, mailbox, reachable, assigned, do, round_, monkeypatch):
    reachable("gu", email="gu@example.cn")
    orders(assigned, do, 6)
    round_()
    Delivery.objects.update(state="waiting", ended_at=None)     # sent, but the worker died before it wrote that down
    monkeypatch.setattr("huiyin.notices.claiming.BATCH", 4)
    round_()
    first, second = mailbox.mails
    assert words_of(first) == words_of(second)
    assert states() == [("person:gu", "sent")] * 6


def test_of_a_folded_message_that_was_given_up_all_is_sent_again(mail, mailbox, hospital, reachable, assigned, do, round_):
    reachable("gu", email="gu@example.cn")
    mailbox.refused = {"gu@example.cn": 550}
    orders(assigned, do, 5)
    round_()
    mailbox.refused = {}
    assert send_again(hospital, [Delivery.objects.filter(state="dead")[0].id], timezone.now()) == 5
    round_()
    assert "5项" in mailbox.mails[0]["Subject"]


def test_folded_with_one_that_others_may_read_it_says_nothing_personal(mail, mailbox, reachable, assigned, do, round_):
    reachable("gu", email="gu@example.cn")
    orders(assigned, do, 4)
    tell_once(in_office_hours())
    Delivery.objects.filter(pk=Delivery.objects.order_by("-id")[0].pk).update(open=True)
    round_()
    assert "顾南乔" not in words_of(mailbox.mails[0])


def test_what_was_begun_alone_stays_alone(mail, mailbox, reachable, assigned, do, round_):
    reachable("gu", email="gu@example.cn")
    orders(assigned, do, 1)
    round_()
    Delivery.objects.update(state="waiting", ended_at=None)     # sent, but the worker died before it wrote that down
    orders(assigned, do, 4, first=10)
    round_()
    first, second, third = mailbox.mails
    assert first["Message-ID"] == second["Message-ID"]
    assert "4项" in third["Subject"]
