"""A bank files what its customers complain of on a page of its own, and sees there what came of it."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.portal.banks import (
    BANK,
    FORM,
    OTHER,
    PACK,
    ROUGH,
    administrator,
    agency,
    bank,
    entered,
    number_of_filing,
    perform,
    registered,
    row,
)
from tests.portal.conftest import MONDAY, Visitor, set_clock

from huiyin.application import sources
from huiyin.application.filing import file_case
from huiyin.application.loading import open_case
from huiyin.application.running import run
from huiyin.application.tracking import COMPLAINANT
from huiyin.application.world import world_of
from huiyin.cases.commands import File, Uninvite
from huiyin.cases.people import Actor
from huiyin.cases.refusals import Refused
from huiyin.organisations.models import Source, SourceEntry, SourceEntryKind
from huiyin.store.log import events_of
from huiyin.store.models import CaseRow

__all__ = ["agency", "bank"]


def kinds(source):
    return list(SourceEntry.objects.filter(source=source).order_by("id").values_list("kind", flat=True))


def test_the_address_asks_for_the_code_and_tells_nothing(agency):
    source, code = registered(agency)
    for address in (source.pk, uuid4()):
        page = Visitor().get(f"/source/{address}/")
        assert page.status == 200
        assert BANK not in page.text
    page = entered(source, code.lower().replace("-", " "))
    assert page.status == 200
    assert "我们提交的投诉" in page.text
    assert "还没有提交过" in page.text
    assert kinds(source) == [SourceEntryKind.ISSUED, SourceEntryKind.OPENED]


def test_the_pages_speak_english(agency):
    source, code = registered(agency)
    browser = Visitor()
    browser.client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    page = browser.get(f"/source/{source.pk}/")
    assert ">Code<" in page.html
    assert "Please enter the code." in browser.post(f"/source/{source.pk}/", code="").text
    page = browser.post(f"/source/{source.pk}/", code=code)
    assert "Complaints we filed" in page.text
    assert "Whether to say who the complainant is" in browser.get(FORM).text


def test_the_code_is_kept_as_a_digest_alone(agency):
    source, code = registered(agency)
    stored = Source.objects.filter(pk=source.pk).values().get()
    assert code.replace("-", "") not in str(stored).replace("-", "")


def test_a_filing_names_its_source_and_lets_it_in(bank, agency):
    page = bank.get(FORM)
    assert page.value("matter-client_bank") == BANK
    proof = SimpleUploadedFile("通话记录.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 64)
    number = number_of_filing(bank, **{"file-recording": [proof]})
    assert f"已经提交，编号 {number}" in bank.html
    found = row(number)
    assert (found.channel, found.source, found.reference, found.first_receiver) == ("bank", BANK, "投2026-131", "")
    case = open_case(agency, COMPLAINANT, found.id).case
    assert (case.source, case.passed_on_by, case.filed_at) == (BANK, "bank", MONDAY)
    assert [(each.key, each.role, each.name) for each in case.invitations.values()] == [("1", "bank", BANK)]
    assert "林晓雨" not in "".join(event.body for event in events_of(found.id))


def test_the_list_says_how_far_each_is_and_the_case_opens_without_another_code(bank, agency):
    number = number_of_filing(bank)
    page = bank.get("/source/cases/")
    assert number in page.text
    assert "贵单位编号 投2026-131" in page.text
    assert "受理审查" in page.text
    page = bank.client.get(f"{bank.base}/source/cases/{number}/", follow=True).content.decode()
    assert "客户反映催收人员一天打十几个电话。" in page
    assert "提交这件投诉" in page
    assert "林晓雨" not in page
    assert "我们提交的投诉" in page


def test_the_list_says_until_when_what_is_awaited(bank, agency):
    number = number_of_filing(bank)
    perform(agency, number, "complaint-handler", "register", fields={"course": "银行提交", "calmed": "已安抚"})
    perform(agency, number, "complaint-handler", "assign", to="department", unit=world_of(agency).directory(PACK).units_of("department")[0])
    page = bank.get("/source/cases/")
    assert "调查核实" in page.text
    assert "解决投诉：明天前" in page.text
    set_clock(agency, datetime(2026, 9, 30, 1, 0, tzinfo=UTC))
    assert "已经超期" in bank.get("/source/cases/").text


def test_the_result_is_for_the_bank_to_confirm(bank, agency):
    number = number_of_filing(bank)
    register = {"course": "银行提交", "calmed": "客户满意", "over": True}
    perform(agency, number, "complaint-handler", "register", fields=register)
    perform(agency, number, "complaint-handler", "report-leader", fields={"brief": "客户满意"})
    perform(agency, number, "complaint-handler", "report-result", fields={"result": "已道歉"})
    assert "请贵单位" in bank.get("/source/cases/").text
    assert "当场解决" in bank.text
    page = bank.get(f"/source/cases/{number}/")
    page = bank.get("/outside/case/")
    assert "投诉处理记录单" in page.text
    assert "银行对处理结果的意见" in page.text


def test_leaving_the_case_leaves_the_page_as_well(bank, agency):
    bank.get(f"/source/cases/{number_of_filing(bank)}/")
    bank.post("/outside/leave/")
    assert bank.get("/outside/case/").status == 403
    assert bank.get("/source/cases/").status == 403


def test_handing_in_twice_is_filing_once(bank, agency):
    bank.send(FORM, ROUGH)
    said = {**bank.hidden, "do": "submit"}
    for _ in range(2):
        bank.send(FORM, said)
        assert bank.status == 200
    assert CaseRow.objects.filter(source=BANK).count() == 1


def test_nobody_looks_for_half_an_hour_and_the_page_is_closed(bank, agency):
    session = bank.client.session
    session["portal-source"] = session["portal-source"] | {"seen": session["portal-source"]["seen"] - 1801}
    session.save()
    assert bank.get("/source/cases/").status == 403


def test_other_sources_see_nothing_of_it(bank, agency):
    number = number_of_filing(bank)
    other = entered(*registered(agency, OTHER))
    assert number not in other.get("/source/cases/").text
    assert other.get(f"/source/cases/{number}/").status == 404
    assert other.get("/source/cases/%00/").status == 404
    assert other.get("/outside/case/").status == 403


def test_a_case_of_somebody_else_does_not_open(bank, agency, filed):
    assert bank.get(f"/source/cases/{filed.number}/").status == 404


def test_a_link_that_was_ended_closes_the_case_but_not_the_page(bank, agency):
    number = number_of_filing(bank)
    handler = world_of(agency).directory(PACK).holders_of("complaint-handler")[0]
    run(agency, Actor(handler), row(number).id, Uninvite(invitation="1", text="银行要求停用"))
    page = bank.get("/source/cases/")
    assert "这一件现在不能查看" in page.text
    assert "投2026-131" not in page.text
    assert bank.get(f"/source/cases/{number}/").status == 404


def test_revoked_renewed_and_run_out(bank, agency):
    source, someone = Source.objects.get(name=BANK), administrator(agency)
    code = sources.renew(source, someone, MONDAY)
    assert bank.get("/source/cases/").status == 403  # what the old code opened is over
    again = entered(source, code)
    assert again.status == 200
    sources.revoke(source, someone, MONDAY)
    assert again.get("/source/cases/").status == 403
    assert again.get(FORM).status == 403
    assert entered(source, code).status == 422
    assert kinds(source)[-3:] == [SourceEntryKind.OPENED, SourceEntryKind.REVOKED, SourceEntryKind.CLOSED]
    short, code = registered(agency, OTHER, until=MONDAY + timedelta(days=1))
    browser = entered(short, code)
    assert browser.status == 200
    set_clock(agency, datetime(2026, 9, 29, 1, 0, tzinfo=UTC))
    assert browser.get("/source/cases/").status == 403
    assert entered(short, code).status == 422


def test_wrong_codes_are_logged_and_lock_the_door(agency):
    source, code = registered(agency)
    answers = [entered(source, "AAAA-AAAA-AAAA-AAAA").status for _ in range(6)]
    assert answers == [422] * 5 + [429]
    assert entered(source, code).status == 429
    assert kinds(source) == [SourceEntryKind.ISSUED] + [SourceEntryKind.WRONG] * 5


def test_it_files_only_where_the_organisation_lets_it(bank, agency):
    assert bank.get("/source/file/patient-relations/web/").status == 404
    Source.objects.filter(name=BANK).update(channels=[])
    assert bank.get(FORM).status == 404
    assert "现在没有贵单位可以提交的渠道" in bank.get("/source/cases/").text


def test_nobody_else_files_in_a_source_s_name(agency):
    command = File(kind="complaint", channel="bank", matter={"account": "催收粗暴"}, source=BANK)
    for who in (COMPLAINANT, Actor(administrator(agency).person)):
        with pytest.raises(Refused) as refused:
            file_case(agency, PACK, who, command)
        assert set(refused.value.fields) == {"source"}


def test_older_cases_are_on_further_pages(bank, agency, django_assert_max_num_queries):
    numbers = [number_of_filing(bank, **{"matter-bank_number": f"投{serial}"}) for serial in range(22)]
    page = bank.get("/source/cases/")
    assert numbers[-1] in page.text
    assert numbers[0] not in page.text
    more = page.answer.context["next"]
    with django_assert_max_num_queries(14):
        page = bank.get(f"/source/cases/?after={more}")
    assert numbers[0] in page.text
    assert bank.get("/source/cases/?after=nonsense").status == 400
