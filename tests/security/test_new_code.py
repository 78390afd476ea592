"""A tracking code that was lost is replaced: only by whom deals with the complainant, and the old one opens nothing."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from tests.workbench.rehearsal import MONDAY, account, rehearsal_of, set_clock

from huiyin.application.filing import file_case, receipt_of
from huiyin.application.running import run
from huiyin.application.tracking import track
from huiyin.application.upkeep import rebuild, verify
from huiyin.cases.commands import File, RenewCode
from huiyin.cases.people import Actor, Respondent
from huiyin.cases.refusals import Refused
from huiyin.store.errors import UnknownCase
from huiyin.store.models import AccessRow, CaseRow, CommandRow, EventRow
from huiyin.store.personal.data import PersonalData

PACK = "patient-relations"
RECOGNISED = "按登记的电话回拨，核对了姓名和经过"


@pytest.fixture
def hospital(db):
    return rehearsal_of(PACK)


@pytest.fixture
def receipt(hospital):
    """A complaint about 铁明远 of the orthopaedic ward, taken on the phone by 蒋旭白."""
    return file_case(hospital, PACK, Actor("jiang-xubai"), filing(), personal=PersonalData(name="林晓雨"), key="call-1")


def filing():
    return File(
        kind="complaint",
        channel="phone",
        matter={"account": "换药等了两小时", "subject": "service"},
        respondent=Respondent(kind="person", unit="orthopaedics-ward", person="tie-mingyuan"),
    )


def desk(person):
    client = Client(HTTP_HOST="127.0.0.1")
    client.force_login(account(person))
    return client


def renew(hospital, receipt, who="jiang-xubai"):
    run(hospital, Actor(who), receipt.case_id, RenewCode(text=RECOGNISED))
    return receipt_of(CaseRow.objects.get(id=receipt.case_id)).code


def opens(hospital, receipt, code):
    try:
        return track(hospital, receipt.number, code, source="203.0.113.5").case_id == receipt.case_id
    except UnknownCase:
        return False


def test_the_new_code_opens_the_case_and_no_earlier_one_does(hospital, receipt):
    first = renew(hospital, receipt)
    second = renew(hospital, receipt)
    assert len({receipt.code, first, second}) == 3
    assert [opens(hospital, receipt, code) for code in (receipt.code, first, second)] == [False, False, True]
    assert verify(hospital) == []
    rebuild(hospital)
    assert opens(hospital, receipt, second)


def test_codes_stand_nowhere_in_the_database(hospital, receipt):
    code = renew(hospital, receipt)
    assert EventRow.objects.filter(kind="CodeRenewed").count() == 1
    for model in (EventRow, CaseRow, CommandRow):
        stored = str(list(model.objects.values()))
        assert code not in stored
        assert code.replace("-", "") not in stored


def test_a_session_that_the_old_code_opened_is_over(hospital, receipt):
    visitor = Client(HTTP_HOST="127.0.0.1")
    entered = visitor.post(reverse("portal-track", args=[hospital.slug]), {"number": receipt.number, "code": receipt.code})
    assert visitor.get(entered.url).status_code == 200
    renew(hospital, receipt)
    answer = visitor.get(entered.url)
    assert (answer.status_code, answer.url) == (302, reverse("portal-track", args=[hospital.slug]))


def test_whoever_sends_the_filing_again_learns_no_new_code(hospital, receipt):
    code = renew(hospital, receipt)
    again = file_case(
        hospital, PACK, Actor("jiang-xubai"), filing(), personal=PersonalData(name="林晓雨"), key="call-1"
    )
    assert again.code == receipt.code != code


def test_neither_the_accused_nor_strangers_nor_the_complainant_issue_one(hospital, receipt):
    for who in ("tie-mingyuan", "hao-dingbang"):
        with pytest.raises(UnknownCase):
            renew(hospital, receipt, who)
    with pytest.raises(Refused) as refused:
        run(hospital, Actor("complainant", kind="complainant"), receipt.case_id, RenewCode(text="忘了"))
    assert refused.value.code == "not-yours"
    assert opens(hospital, receipt, receipt.code)


def test_without_saying_how_the_complainant_was_recognised_nothing_changes(hospital, receipt):
    where = reverse("desk-act", args=[receipt.number, "renew-code.renew-code"])
    answer = desk("jiang-xubai").post(where, {"text": " "})
    assert (answer.status_code, "请写明怎样核实是投诉人本人" in answer.content.decode()) == (422, True)
    assert opens(hospital, receipt, receipt.code)


def test_the_page_leads_to_the_receipt_with_the_new_code_and_logs_it(hospital, receipt):
    clerk = desk("he-wanyin")
    where = reverse("desk-act", args=[receipt.number, "renew-code.renew-code"])
    answer = clerk.post(where, {"text": RECOGNISED})
    assert answer.url == reverse("desk-receipt", args=[receipt.number])
    code = receipt_of(CaseRow.objects.get(id=receipt.case_id)).code
    assert code in clerk.get(answer.url).content.decode()
    assert AccessRow.objects.filter(case_id=receipt.case_id, what="print", person="he-wanyin").exists()
    assert "重新发放查询码，旧码作废" in clerk.get(reverse("desk-case", args=[receipt.number])).content.decode()
    assert desk("jiang-xubai").get(answer.url).status_code == 404


def test_the_complainant_is_told_but_not_the_code(hospital, receipt):
    set_clock(hospital, MONDAY + timedelta(hours=2))
    code = renew(hospital, receipt)
    visitor = Client(HTTP_HOST="127.0.0.1")
    entered = visitor.post(reverse("portal-track", args=[hospital.slug]), {"number": receipt.number, "code": code})
    shown = visitor.get(entered.url).content.decode()
    assert "已为您重新发放查询码" in shown
    assert code not in shown
