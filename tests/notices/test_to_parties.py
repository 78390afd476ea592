"""Parties outside are written to with link and code, and nothing else of the house can be read from it."""

import pytest
from django.db import connection
from tests.notices.conftest import states
from tests.notices.sinks import mail_server, words_of
from tests.portal.conftest import Visitor, changed_packs, do, mall, rehearsal, visitor, waiting

from huiyin.application.loading import open_by_number
from huiyin.application.running import run
from huiyin.application.telling import tell_once
from huiyin.application.world import world_of
from huiyin.cases.commands import Invite, RenewLink, TellOutside, Uninvite
from huiyin.cases.people import Actor
from huiyin.notices.delivering import Sender
from huiyin.notices.managing import save_channel
from huiyin.notices.models import Delivery
from huiyin.organisations.models import Organisation, Staff
from huiyin.store.models import EventRow, OutboxRow
from huiyin.workbench.pages.outgoing import sent_rows

__all__ = ["changed_packs", "do", "mall", "rehearsal", "visitor", "waiting"]

LUO = Actor("luo-mingzhou")


@pytest.fixture
def post(waiting, mall, settings):
    """`post()` works off what waits and gives the mails that came; the mall is at work, no rehearsal any more."""
    settings.HUIYIN_PRIVATE_TARGETS, settings.HUIYIN_URL = ["127.0.0.1"], "https://tousu.example.cn"
    Organisation.objects.filter(pk=mall.pk).update(rehearsal=False, rehearsal_clock=None)
    mall.refresh_from_db()
    OutboxRow.objects.update(done_at="2026-09-28T00:00:00Z")     # what happened before is no part of these stories
    with mail_server() as (mailbox, port):
        mail = {"host": "127.0.0.1", "port": str(port), "security": "none", "sender": "tousu@example.cn"}
        save_channel(mall, Staff.objects.filter(organisation=mall)[0], "email", "邮件", mail)
        sender = Sender()

        def work():
            from datetime import timedelta

            from django.utils import timezone

            tell_once()
            Delivery.objects.update(not_before=timezone.now() - timedelta(minutes=1))
            sender.round(patience=15.0)
            return mailbox.mails

        yield work
        sender.close()


def invite(mall, receipt, email="shop@example.cn"):
    return run(mall, LUO, receipt.case_id, Invite(role="merchant", name="禾丰 江女士", email=email))


def test_link_and_code_are_sent_to_the_party_and_open_the_case(post, mall, waiting):
    invite(mall, waiting)
    (mail,) = post()
    text = words_of(mail)
    assert mail["To"] == "shop@example.cn"
    assert "禾丰 江女士" in text
    link = next(word for word in text.split() if "tousu.example.cn" in word)[len("https://tousu.example.cn") :]
    link = link[link.index("/outside/") :]
    code = text.split("验证码 ")[1][:9]
    browser = Visitor()
    page = browser.post(link, code=code)
    assert "请您办理" in page.text


def test_the_log_of_the_case_names_the_party_and_keeps_neither_address_nor_code(post, mall, waiting):
    invite(mall, waiting)
    (mail,) = post()
    (sent,) = sent_rows(open_by_number(mall, LUO, waiting.number, world_of(mall)))
    assert (sent.to, sent.way, sent.failed) == ("禾丰 江女士", "电子邮件 s***@example.cn", False)
    assert "送达对方系统" in sent.state
    code = words_of(mail).split("验证码 ")[1][:9]
    kept = repr(list(Delivery.objects.values()))
    assert "shop@example.cn" not in kept
    assert code not in kept


def test_nothing_of_the_matter_or_the_complainant_goes_along(post, mall, waiting):
    invite(mall, waiting)
    (mail,) = post()
    for secret in ("林晓雨", "5521", "牛奶"):
        assert secret not in words_of(mail)


def test_the_address_stands_in_no_event_and_lies_encrypted(post, mall, waiting):
    invite(mall, waiting)
    post()
    with connection.cursor() as cursor:
        for table in (EventRow, OutboxRow, Delivery):
            cursor.execute(f"SELECT * FROM {table._meta.db_table}")
            assert "shop@example.cn" not in repr(cursor.fetchall())
    assert Delivery.objects.get(recipient="party:2").address == "s***@example.cn"


def test_a_new_code_is_sent_as_well(post, mall, waiting):
    invite(mall, waiting)
    (first,) = post()
    run(mall, LUO, waiting.case_id, RenewLink(invitation="2", text="验证码遗失"))
    _, second = post()
    assert words_of(first).split("验证码 ")[1][:9] != words_of(second).split("验证码 ")[1][:9]


def test_what_the_party_is_told_later_is_sent_too(post, mall, waiting):
    invite(mall, waiting)
    post()
    run(mall, LUO, waiting.case_id, TellOutside(invitation="2", text="请附上进货票据"))
    assert len(post()) == 2


def test_a_party_without_an_address_gets_no_mail_and_nothing_waits(post, mall, waiting):
    invite(mall, waiting, email="")
    assert post() == []
    assert [state for recipient, state in states() if recipient.startswith("party")] == []


def test_after_the_link_has_ended_nothing_is_sent(post, mall, waiting):
    invite(mall, waiting)
    post()
    run(mall, LUO, waiting.case_id, Uninvite(invitation="2", text="已办完"))
    assert len(post()) == 1
