"""More material is asked for: the bank that filed the case completes it on its own page, and nobody else does."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.portal.banks import agency, bank, handler, number_of_filing, perform, row
from tests.portal.conftest import Visitor

from huiyin.application.loading import open_case
from huiyin.application.outside import Invited
from huiyin.application.running import run
from huiyin.application.tracking import COMPLAINANT
from huiyin.cases.commands import AskMore, Complete, Invite
from huiyin.cases.refusals import Refused
from huiyin.regime.limits_written import parse_span

__all__ = ["agency", "bank"]

ASKED = "请补催收案件编号和通话录音"
FORM = "/outside/case/complete/"


@pytest.fixture
def number(bank, agency):
    """A case of the bank that lacks something, since a moment ago."""
    number = number_of_filing(bank)
    run(agency, handler(agency), row(number).id, AskMore(text=ASKED, within=parse_span("5 workdays")))
    return number


def case_of(organisation, number):
    return open_case(organisation, COMPLAINANT, row(number).id).case


def test_the_list_and_the_case_say_what_is_asked_until_when(bank, agency, number):
    page = bank.get("/source/cases/")
    assert "等补充材料" in page.text
    assert "请贵单位10月10日 周六前补充材料" in page.text
    assert "补正：" not in page.text
    bank.get(f"/source/cases/{number}/")
    page = bank.get("/outside/case/")
    assert "请补充材料" in page.text
    assert ASKED in page.text
    assert FORM in page.html


def test_the_bank_completes_it_with_a_file_and_the_case_goes_on(bank, agency, number):
    bank.get(f"/source/cases/{number}/")
    page = bank.get(FORM)
    assert ASKED in page.text
    assert "催收案件编号" in page.text
    assert "银行的投诉编号" not in page.text     # that was filled in already
    recording = SimpleUploadedFile("通话.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 64)
    page = bank.post(FORM, **{"key": page.hidden["key"], "field-debt_case": "催2026-77", "text": "录音附后", "files": [recording]})
    assert "补充好了" in page.text
    assert "您已办理" in page.text
    assert "催2026-77" in page.text
    case = case_of(agency, number)
    assert (case.state, case.matter["debt_case"]) == ("open", "催2026-77")
    assert [item.added_by for item in case.evidence] == ["outside:1"]
    assert bank.get(FORM).status == 302     # once is enough


def test_what_is_wrong_is_said_and_nothing_typed_is_lost(bank, agency, number):
    bank.get(f"/source/cases/{number}/")
    page = bank.post(FORM, **{"field-happened_on": "去年", "text": "录音附后"})
    assert page.status == 422
    assert "录音附后" in page.text
    assert case_of(agency, number).state == "waiting"


def test_without_a_request_there_is_nothing_to_complete(bank, agency):
    bank.get(f"/source/cases/{number_of_filing(bank)}/")
    page = bank.get("/outside/case/")
    assert FORM not in page.html
    assert bank.get(FORM).status == 302


def test_another_party_of_the_same_role_does_not_complete_it(bank, agency, number):
    run(agency, handler(agency), row(number).id, Invite(role="bank", name="山城银行"))
    with pytest.raises(Refused) as refused:
        run(agency, Invited(row(number).id, "2").who, row(number).id, Complete(text="补充"))
    assert refused.value.code == "not-yours"
    assert Visitor().get(FORM).status == 403


def test_of_what_the_complainant_is_told_the_bank_reads_the_title(bank, agency):
    number_of_filing(bank)
    again = number_of_filing(bank, **{"matter-bank_number": "投2026-132"})     # the same customer, the same matter: merged
    perform(agency, again, "complaint-handler", "register", fields={"course": "银行提交", "calmed": "已安抚"})
    assert "并案" in bank.get("/source/cases/").text
    bank.get(f"/source/cases/{again}/")
    page = bank.get("/outside/case/")
    assert "已告知投诉人：并案告知" in page.text
    assert "您反映的事项正在处理" not in page.text
