"""E-mail through a real SMTP server: who gets it, what it says, and what happens when the server or an address fails."""

import pytest
from django.db import OperationalError
from django.utils import timezone
from tests.notices.conftest import GU, MEI, in_office_hours, states
from tests.notices.sinks import free_port, mail_server, words_of

from huiyin.cases.commands import Supervise
from huiyin.notices import delivering
from huiyin.notices.delivering import MOST_ATTEMPTS
from huiyin.notices.models import Channel, Delivery
from huiyin.store.personal.data import PersonalData

LIN_WITH_MAIL = PersonalData(name="林晓雨", phone="13800005521", email="lin@example.cn")


def test_the_complainant_is_told_by_mail_with_a_link_but_without_the_code(mail, mailbox, file, round_):
    receipt = file("护士态度差", personal=LIN_WITH_MAIL)
    round_()
    first = mailbox.mails[0]
    assert first["To"] == "lin@example.cn"
    assert receipt.number in words_of(first)
    assert "https://tousu.example.cn/track/" in words_of(first)
    assert "林晓雨" in words_of(first)
    assert receipt.code not in words_of(first)


def test_the_log_says_to_whom_and_when_it_was_accepted_but_keeps_no_address(mail, mailbox, file, round_):
    file("护士态度差", personal=LIN_WITH_MAIL)
    round_()
    sent = Delivery.objects.order_by("id")[0]
    assert (sent.state, sent.recipient, sent.address) == ("sent", "complainant", "l***@example.cn")
    assert sent.ended_at is not None
    assert sent.subject in mailbox.mails[0]["Subject"]
    assert sent.answer == mailbox.mails[0]["Message-ID"]


def test_staff_are_told_where_they_left_an_address(mail, mailbox, reachable, assigned, do, round_):
    reachable("gu", email="gu@example.cn")
    receipt = assigned("护士态度差")
    do(MEI, receipt, Supervise(text="请两天内报告"))
    round_()
    told = [mail for mail in mailbox.mails if mail["To"] == "gu@example.cn"]
    assert len(told) == 1
    assert receipt.number in told[0]["Subject"]
    assert f"https://tousu.example.cn/desk/cases/{receipt.number}/" in words_of(told[0])


def test_who_does_not_want_mail_gets_none(mail, mailbox, reachable, assigned, do, round_):
    reachable("gu", email="gu@example.cn", chosen={("order", "email"): False})
    do(MEI, assigned("护士态度差"), Supervise(text="请两天内报告"))
    round_()
    assert [each["To"] for each in mailbox.mails] == []


def test_in_the_readers_language(mail, mailbox, reachable, assigned, do, round_):
    reachable("gu", email="gu@example.cn", language="en")
    receipt = assigned("护士态度差")
    do(MEI, receipt, Supervise(text="请两天内报告"))
    round_()
    assert f"Number: {receipt.number}" in words_of(mailbox.mails[-1])


def test_outside_office_hours_it_waits_for_the_morning(mail, mailbox, reachable, assigned, do, round_, hospital):
    reachable("gu", email="gu@example.cn")
    do(MEI, assigned("护士态度差"), Supervise(text="请两天内报告"))
    night = in_office_hours().replace(hour=15)      # 23:00
    round_(tell_at=night)
    told = Delivery.objects.get(recipient="person:gu")
    assert timezone.localtime(told.not_before).strftime("%H:%M") == "08:00"


def test_a_server_that_is_down_costs_a_delay_and_no_message(channel, file, round_):
    port = free_port()
    row = channel("email", host="127.0.0.1", port=port, security="none", sender="tousu@example.cn")
    file("护士态度差", personal=LIN_WITH_MAIL)
    file("收费不明", personal=LIN_WITH_MAIL, subject="fee")
    assert not round_().accepted
    assert {state for _, state in states()} == {"waiting"}
    assert Channel.objects.get(pk=row.pk).rests == 1
    assert "连接不上" in Delivery.objects.exclude(trouble="").get().why
    with mail_server(port) as (box, _):
        assert round_().accepted == len(states()) == len(box.mails)
    assert Channel.objects.get(pk=row.pk).rests == 0


def test_an_address_that_does_not_exist_is_given_up_and_holds_up_nobody(mail, mailbox, file, round_):
    mailbox.refused = {"gone@example.cn": 550}
    file("护士态度差", personal=PersonalData(name="林晓雨", email="gone@example.cn"))
    file("收费不明", personal=LIN_WITH_MAIL, subject="fee")
    result = round_()
    assert result.dead
    assert result.accepted
    assert {mail["To"] for mail in mailbox.mails} == {"lin@example.cn"}
    assert "550" in Delivery.objects.filter(state="dead")[0].why


def test_a_mailbox_that_is_full_for_now_is_tried_again(mail, mailbox, file, round_):
    mailbox.refused = {"lin@example.cn": 452}
    file("护士态度差", personal=LIN_WITH_MAIL)
    assert round_().again
    mailbox.refused = {}
    assert round_().accepted
    assert Delivery.objects.order_by("id")[0].attempts == 2


def test_what_always_fails_is_given_up_in_the_end(mail, mailbox, file, round_):
    mailbox.refused = {"lin@example.cn": 451}
    file("护士态度差", personal=LIN_WITH_MAIL)
    for _ in range(MOST_ATTEMPTS):
        round_()
    assert {state for _, state in states()} == {"dead"}


def test_a_worker_that_died_while_sending_sends_again_under_the_same_identity(mail, mailbox, file, round_):
    file("护士态度差", personal=LIN_WITH_MAIL)
    round_()
    first = mailbox.mails[0]["Message-ID"]
    # It was sent, but the worker died before it could write that down.
    Delivery.objects.update(state="waiting", ended_at=None, lease_until=timezone.now())
    round_()
    assert [mail["Message-ID"] for mail in mailbox.mails].count(first) == 2


def test_a_database_that_is_away_when_it_is_written_down_costs_no_second_copy(mail, mailbox, file, round_, monkeypatch):
    really, tries = delivering._mark, []

    def mark(*arguments):
        tries.append(arguments)
        if len(tries) == 1:
            raise OperationalError("database is locked")
        really(*arguments)

    monkeypatch.setattr(delivering, "_mark", mark)
    file("护士态度差", personal=LIN_WITH_MAIL)
    with pytest.raises(OperationalError):
        round_()
    sent = len(mailbox.mails)
    assert sent
    assert round_().accepted == sent
    assert len(mailbox.mails) == sent
    assert {state for _, state in states()} == {"sent"}


def test_nothing_is_told_twice_when_the_outbox_is_delivered_twice(mail, mailbox, file, round_):
    from huiyin.store.models import OutboxRow

    file("护士态度差", personal=LIN_WITH_MAIL)
    round_()
    before = len(mailbox.mails)
    OutboxRow.objects.update(done_at=None)
    round_()
    assert len(mailbox.mails) == before


def test_a_rehearsal_sends_nothing_but_shows_what_it_would_send(mail, mailbox, hospital, file, round_):
    from huiyin.organisations.models import Organisation

    Organisation.objects.filter(pk=hospital.pk).update(rehearsal=True)
    file("护士态度差", personal=LIN_WITH_MAIL)
    round_()
    assert mailbox.mails == []
    assert {state for _, state in states()} == {"held"}


@pytest.mark.parametrize("person", ["wang"])
def test_the_accused_hears_nothing(mail, mailbox, reachable, assigned, do, round_, person):
    reachable(person, email="wang@example.cn")
    reachable("gu", email="gu@example.cn")
    do(MEI, assigned("护士态度差"), Supervise(text="请核实王澜的话"))
    round_()
    assert {mail["To"] for mail in mailbox.mails} == {"gu@example.cn"}
    assert GU.person == "gu"


def test_a_clock_that_was_a_year_ahead_delays_nothing(mail, mailbox, file, round_):
    from datetime import timedelta

    file("护士态度差", personal=LIN_WITH_MAIL)
    round_()
    mailbox.mails.clear()
    ahead = timezone.now() + timedelta(days=366)
    Delivery.objects.update(state="waiting", ended_at=None, not_before=ahead, lease_until=ahead)
    assert round_().accepted
    assert mailbox.mails
