"""A bank that files on its own page is written to: the receipt, what is still missing, what came of it; nothing of the customer."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone
from tests.notices.conftest import states
from tests.notices.sinks import mail_server, words_of
from tests.portal.banks import BANK, administrator, agency, handler, number_of_filing, perform, registered, row
from tests.portal.conftest import Visitor, changed_packs, rehearsal

from huiyin.application import sources
from huiyin.application.loading import open_by_number
from huiyin.application.running import run
from huiyin.application.telling import tell_once
from huiyin.application.world import world_of
from huiyin.cases.commands import AskMore, Invite, TellOutside, Uninvite
from huiyin.notices.delivering import Sender
from huiyin.notices.managing import save_channel
from huiyin.notices.models import Delivery, SourceContact
from huiyin.notices.sources import address_of
from huiyin.notices.wording import TO_SOURCE, WordingRefusedError, built_in, check
from huiyin.organisations.models import Organisation, Source, SourceEntry
from huiyin.organisations.services import regimes_in_force
from huiyin.store.models import EventRow, OutboxRow
from huiyin.workbench.pages.outgoing import sent_rows

__all__ = ["agency", "changed_packs", "rehearsal"]

ADDRESS = "tousu@jianghai-bank.example.cn"


@pytest.fixture
def post(agency, settings):
    """`post()` works off what waits and gives the mails that came since; the agency is at work, no rehearsal any more."""
    settings.HUIYIN_PRIVATE_TARGETS, settings.HUIYIN_URL = ["127.0.0.1"], "https://tousu.example.cn"
    Organisation.objects.filter(pk=agency.pk).update(rehearsal=False, rehearsal_clock=None)
    agency.refresh_from_db()
    with mail_server() as (mailbox, port):
        mail = {"host": "127.0.0.1", "port": str(port), "security": "none", "sender": "tousu@example.cn"}
        save_channel(agency, administrator(agency), "email", "邮件", mail)
        sender = Sender()

        def work():
            before = len(mailbox.mails)
            tell_once()
            Delivery.objects.update(not_before=timezone.now() - timedelta(minutes=1))
            sender.round(patience=15.0)
            return mailbox.mails[before:]

        yield work
        sender.close()


@pytest.fixture
def bank(agency, post):
    """The bank's browser on its page; it has left an address."""
    source, code = registered(agency, email=ADDRESS)
    return Visitor().post(f"/source/{source.pk}/", code=code)


def test_the_receipt_names_both_numbers_and_leads_to_the_page(bank, agency, post):
    number = number_of_filing(bank)
    (mail,) = post()
    text = words_of(mail)
    assert mail["To"] == ADDRESS
    assert f"收到贵单位提交的投诉：{number}" in mail["Subject"]
    assert "贵单位编号：投2026-131" in text
    source = Source.objects.get(name=BANK)
    assert f"https://tousu.example.cn/o/{agency.slug}/source/{source.pk}/" in text
    assert "验证码" not in text
    for secret in ("林晓雨", "5521", "十几个电话"):
        assert secret not in text


def test_more_material_is_asked_for_by_mail(bank, agency, post):
    number = number_of_filing(bank)
    post()
    run(agency, handler(agency), row(number).id, AskMore(text="请补催收案件编号"))
    (mail,) = post()
    assert f"请补充材料：{number}" in mail["Subject"]
    assert "请补催收案件编号" in words_of(mail)


def test_the_result_the_regime_gives_the_bank_is_told(bank, agency, post):
    number = number_of_filing(bank)
    post()
    perform(agency, number, "complaint-handler", "register", fields={"course": "银行提交", "calmed": "客户满意", "over": True})
    perform(agency, number, "complaint-handler", "report-leader", fields={"brief": "客户满意"})
    perform(agency, number, "complaint-handler", "report-result", fields={"result": "已道歉"})
    told = post()
    assert ["结果反馈合作银行" in mail["Subject"] for mail in told].count(True) == 1
    assert all("已道歉" not in words_of(mail) for mail in told)     # the paper stands on the page


def test_of_what_the_complainant_is_told_the_mail_has_the_title_alone(bank, agency, post):
    number_of_filing(bank)
    again = number_of_filing(bank, **{"matter-bank_number": "投2026-132"})      # the same customer, the same matter: merged
    perform(agency, again, "complaint-handler", "register", fields={"course": "银行提交", "calmed": "已安抚"})
    told = [mail for mail in post() if "已告知投诉人：并案告知" in mail["Subject"]]
    assert len(told) == 1
    assert "您反映的事项正在处理" not in words_of(told[0])


def test_a_word_of_the_handler_goes_there_as_well(bank, agency, post):
    number = number_of_filing(bank)
    post()
    run(agency, handler(agency), row(number).id, TellOutside(invitation="1", text="明天上午回电"))
    (mail,) = post()
    assert "明天上午回电" in words_of(mail)


def test_the_address_lies_sealed_and_the_log_shows_it_masked(bank, agency, post):
    number = number_of_filing(bank)
    post()
    with connection.cursor() as cursor:
        for table in (Source, SourceContact, SourceEntry, EventRow, OutboxRow, Delivery):
            cursor.execute(f"SELECT * FROM {table._meta.db_table}")
            assert ADDRESS not in repr(cursor.fetchall())
    (sent,) = sent_rows(open_by_number(agency, handler(agency), number, world_of(agency)))
    assert (sent.to, sent.way) == (BANK, "电子邮件 t***@jianghai-bank.example.cn")


def test_a_new_address_holds_for_older_cases_and_none_ends_the_mails(bank, agency, post):
    number = number_of_filing(bank)
    post()
    world, source = world_of(agency), Source.objects.get(name=BANK)
    regimes = regimes_in_force(agency)
    sources.change(world, regimes, source, sources.Terms(source.channels, email="Neu@jianghai-bank.example.cn "))
    run(agency, handler(agency), row(number).id, TellOutside(invitation="1", text="明天上午回电"))
    assert [mail["To"] for mail in post()] == ["neu@jianghai-bank.example.cn"]
    sources.change(world, regimes, source, sources.Terms(source.channels))
    assert address_of(source) == ""
    run(agency, handler(agency), row(number).id, TellOutside(invitation="1", text="改为下午"))
    assert post() == []


def test_whoever_s_code_was_revoked_is_not_written_to(bank, agency, post):
    number = number_of_filing(bank)
    post()
    sources.revoke(Source.objects.get(name=BANK), administrator(agency), timezone.now())
    run(agency, handler(agency), row(number).id, TellOutside(invitation="1", text="明天上午回电"))
    assert post() == []


def test_revoked_while_it_waits_the_message_stays_here(bank, agency, post):
    number_of_filing(bank)
    tell_once()
    sources.revoke(Source.objects.get(name=BANK), administrator(agency), timezone.now())
    assert post() == []
    assert [state for recipient, state in states() if recipient.startswith("source:")] == ["dead"]


def test_of_a_case_whose_link_is_over_nothing_is_told(bank, agency, post):
    number = number_of_filing(bank)
    post()
    run(agency, handler(agency), row(number).id, Uninvite(invitation="1", text="银行要求停用"))
    run(agency, handler(agency), row(number).id, AskMore(text="请补催收案件编号"))
    assert post() == []


def test_an_address_left_with_a_link_of_the_case_goes_before(bank, agency, post):
    number = number_of_filing(bank)
    post()
    run(agency, handler(agency), row(number).id, Uninvite(invitation="1", text="换人"))
    run(agency, handler(agency), row(number).id, Invite(role="bank", name=BANK, email="wang@jianghai-bank.example.cn"))
    (mail,) = post()
    assert mail["To"] == "wang@jianghai-bank.example.cn"
    assert "验证码" in words_of(mail)


def test_an_open_way_carries_nothing_but_titles():
    text = built_in(TO_SOURCE, "zh-hans", is_open=True)
    check(TO_SOURCE, text, is_open=True)
    with pytest.raises(WordingRefusedError):
        check(TO_SOURCE, built_in(TO_SOURCE, "zh-hans", is_open=False), is_open=True)
