"""Bodies outside through the interface: a bank files, follows and completes with its own code; a party with a link does its part."""

import json
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.api.conftest import Caller
from tests.portal.banks import BANK, OTHER, PACK, administrator, agency, handler, perform, registered, row
from tests.portal.conftest import changed_packs, rehearsal

from huiyin.api.tokens import issue
from huiyin.application import sources
from huiyin.application.outside import open_invitation
from huiyin.application.running import run
from huiyin.application.world import world_of
from huiyin.cases.commands import AskMore, Invite
from huiyin.organisations.models import Source, SourceEntry, SourceEntryKind, Staff
from huiyin.store.models import AccessRow, CaseRow
from huiyin.store.receipts import invitation_code

__all__ = ["agency", "changed_packs", "rehearsal"]

FILING = {
    "regime": PACK,
    "kind": "complaint",
    "channel": "bank",
    "matter": {"account": "客户反映催收人员一天打十几个电话。", "bank_number": "投2026-131", "client_bank": BANK},
    "personal": {"name": "林晓雨", "phone": "13800005521"},
    "private": {"home": "青屿市海滨路8号"},
}
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 64


@pytest.fixture
def program(agency):
    """A program with a token of the organisation's, for services."""
    return Caller(issue(agency, "银行接口", ("file", "track"), life=timedelta(days=30))[1])


@pytest.fixture
def bank(agency):
    """What opens the bank's door."""
    source, code = registered(agency)
    return {"source": str(source.pk), "code": code}


def filed(program, bank, key="", **changes):
    """The number of a case the bank files."""
    answer = program.post("/source/file", {"opening": bank, "filing": {**FILING, **changes}}, key=key)
    assert answer.status == 201, answer.body
    return answer.body["number"]


def of_case(bank, number):
    return {**bank, "number": number}


def staff_caller(agency, person):
    staff = Staff.objects.get(organisation=agency, person=person)
    return Caller(issue(agency, "人员", ("read", "act"), staff=staff, life=timedelta(days=30))[1])


def test_the_bank_sees_where_it_may_file_and_files(program, bank, agency):
    found = program.post("/source", {"opening": bank}).body
    assert (found["name"], found["cases"]) == (BANK, [])
    assert found["pages"] == [
        {"regime": PACK, "regime_title": "委外催收客户投诉处理制度", "channel": "bank", "title": "合作银行反馈"}
    ]
    answer = program.post("/source/file", {"opening": bank, "filing": FILING})
    assert set(answer.body) == {"number", "version", "rehearsal"}     # the complainant's code is not the bank's
    found = row(answer.body["number"])
    assert (found.source, found.channel, found.first_receiver) == (BANK, "bank", "")
    (line,) = program.post("/source", {"opening": bank}).body["cases"]
    assert (line["number"], line["reference"], line["state"], line["open"]) == (found.number, "投2026-131", "open", True)


def test_the_same_key_files_once(program, bank, agency):
    assert filed(program, bank, key="a-1") == filed(program, bank, key="a-1")
    assert CaseRow.objects.filter(source=BANK).count() == 1


def test_files_come_along(program, bank, agency):
    answer = program.upload(
        "/source/file/with-files?evidence_kind=recording", said=json.dumps({"opening": bank, "filing": FILING}),
        files=[SimpleUploadedFile("通话.png", PNG)],
    )  # fmt: skip
    assert answer.status == 201, answer.body
    (material,) = program.post("/party", of_case(bank, answer.body["number"])).body["materials"]
    assert (material["kind"], material["mine"], material["file"]["name"]) == ("recording", True, "通话.png")
    got = program.raw_post("/party/attachments", {"opening": of_case(bank, answer.body["number"]), "file": material["file"]["id"]})
    assert b"".join(got.streaming_content) == PNG
    assert AccessRow.objects.filter(person="outside:1", what="download").count() == 1


def test_only_through_its_own_channels_and_in_its_own_name(program, bank, agency):
    for channel, regime in (("phone", PACK), ("bank", "patient-relations"), ("web", "patient-relations")):
        answer = program.post("/source/file", {"opening": bank, "filing": {**FILING, "channel": channel, "regime": regime}})
        assert answer.status == 404, answer.body
    number = filed(program, bank, source=OTHER)     # whatever it writes there
    assert row(number).source == BANK
    Source.objects.update(channels=[])
    assert program.post("/source/file", {"opening": bank, "filing": FILING}).status == 404


def test_wrong_codes_tell_nothing_and_lock_the_door(program, bank, agency):
    wrong = {**bank, "code": "AAAA-AAAA-AAAA-AAAA"}
    nobody = {**bank, "source": str(uuid4())}
    assert program.post("/source", {"opening": nobody}).body["code"] == "wrong-code"
    answers = [program.post("/source", {"opening": wrong}) for _ in range(6)]
    assert [answer.status for answer in answers] == [404] * 5 + [429]
    assert answers[0].body["code"] == "wrong-code"
    assert program.post("/source", {"opening": bank}).status == 429


def test_a_program_that_asks_again_is_one_visit_in_the_log(program, bank, agency):
    for _ in range(3):
        program.post("/source", {"opening": bank})
    assert SourceEntry.objects.filter(kind=SourceEntryKind.OPENED).count() == 1


def test_revoked_is_revoked(program, bank, agency):
    number = filed(program, bank)
    sources.revoke(Source.objects.get(), administrator(agency), world_of(agency).now)
    assert program.post("/source", {"opening": bank}).status == 404
    assert program.post("/party", of_case(bank, number)).status == 404


def test_beyond_the_bound_nothing_is_filed(program, agency):
    source, code = registered(agency, hourly=1, daily=2)
    bank = {"source": str(source.pk), "code": code}
    filed(program, bank)
    answer = program.post("/source/file", {"opening": bank, "filing": FILING})
    assert (answer.status, answer.body["code"]) == (429, "too-many-filings")
    assert 3500 < answer.body["retry_after"] <= 3601
    assert "一小时内最多提交1件" in answer.body["message"]


def test_its_case_shows_what_its_role_may_see_and_no_more(program, bank, agency):
    number = filed(program, bank)
    run(agency, handler(agency), row(number).id, AskMore(text="请补催收案件编号"))
    answer = program.post("/party", of_case(bank, number))
    found = answer.body
    assert (found["source"], found["reference"], found["role"], found["state"]) == (BANK, "投2026-131", "合作银行", "waiting")
    assert found["matter"]["account"] == FILING["matter"]["account"]
    assert "home" not in found["matter"]
    assert "林晓雨" not in str(found)
    assert "海滨路" not in str(found)
    assert any(line["body"] == "请补催收案件编号" for line in found["story"])
    names = {each.name for each in world_of(agency).people.persons.values() if not each.outside}
    assert not {line["who"] for line in found["story"]} & names


def test_it_completes_what_was_asked_for(program, bank, agency):
    number = filed(program, bank)
    run(agency, handler(agency), row(number).id, AskMore(text="请补催收案件编号"))
    opening = of_case(bank, number)
    offered = {each["command"]: each for each in program.post("/party", opening).body["possible"]}
    assert "debt_case" in {each["id"] for each in offered["complete"]["fields"]}
    assert "bank_number" not in {each["id"] for each in offered["complete"]["fields"]}
    answer = program.post("/party/commands/complete", {"opening": opening, "matter": {"debt_case": "催2026-77"}, "text": "已补"})
    assert answer.status == 200, answer.body
    assert program.post("/party", opening).body["state"] == "open"
    assert program.post("/party/commands/complete", {"opening": opening, "matter": {}}).status == 409


def test_the_paper_with_the_result_is_had_as_pdf_and_logged(program, bank, agency):
    number = filed(program, bank)
    perform(agency, number, "complaint-handler", "register", fields={"course": "银行提交", "calmed": "客户满意", "over": True})
    perform(agency, number, "complaint-handler", "report-leader", fields={"brief": "客户满意"})
    perform(agency, number, "complaint-handler", "report-result", fields={"result": "已道歉"})
    opening = of_case(bank, number)
    (paper,) = program.post("/party", opening).body["documents"]
    assert paper["title"] == "投诉处理记录单"
    answer = program.raw_post("/party/papers", {"opening": opening, "document": paper["key"]})
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")
    logged = AccessRow.objects.get(what="export")
    assert (logged.person, "投诉处理记录单" in logged.reason) == ("outside:1", True)
    assert program.post("/party/papers", {"opening": opening, "document": "nothing"}).status == 404


def test_other_bodies_and_other_cases_stay_closed(program, bank, agency):
    number = filed(program, bank)
    source, code = registered(agency, OTHER)
    other = {"source": str(source.pk), "code": code}
    assert program.post("/source", {"opening": other}).body["cases"] == []
    for path, body in (
        ("/party", of_case(other, number)),
        ("/party/commands/complete", {"opening": of_case(other, number), "matter": {}}),
        ("/party/papers", {"opening": of_case(other, number), "document": "x"}),
    ):
        assert program.post(path, body).status == 404


def test_older_cases_are_on_further_pages(program, bank, agency):
    numbers = [filed(program, bank, matter={**FILING["matter"], "bank_number": f"投{serial}"}) for serial in range(21)]
    first = program.post("/source", {"opening": bank}).body
    assert [each["number"] for each in first["cases"]] == numbers[:0:-1]
    rest = program.post("/source", {"opening": bank, "after": first["next"]}).body
    assert ([each["number"] for each in rest["cases"]], rest["next"]) == (numbers[:1], "")
    assert program.post("/source", {"opening": bank, "after": "nonsense"}).status == 400


def test_a_party_with_a_link_has_the_same_door(program, bank, agency):
    number = filed(program, bank)
    case = row(number)
    run(agency, handler(agency), case.id, Invite(role="bank", name=OTHER))
    opening = {"number": number, "link": "2", "code": invitation_code(case.id, "2")}
    assert open_invitation(agency, number, "2", opening["code"], source="x").key == "2"
    found = program.post("/party", opening).body
    assert (found["name"], found["source"]) == (OTHER, "")     # who filed it is not this party's to know
    answer = program.post("/party/commands/ask-back", {"opening": opening, "text": "哪一笔？"})
    assert answer.status == 200, answer.body
    assert program.post("/party", {**opening, "code": "AAAA-AAAA"}).body["code"] == "wrong-code"
    both = program.post("/party", {**opening, **bank})
    assert both.status == 422


def test_staff_are_told_the_source_others_are_not(program, bank, agency):
    number = filed(program, bank)
    reader = staff_caller(agency, handler(agency).person)
    (line,) = [each for each in reader.get("/cases").body["items"] if each["number"] == number]
    assert line["source"] == BANK
    found = reader.get(f"/cases/{number}").body
    assert (found["source"], found["reference"]) == (BANK, "投2026-131")


def test_staff_have_papers_as_pdf_and_word_by_their_links(program, bank, agency):
    number = filed(program, bank)
    perform(agency, number, "complaint-handler", "register", fields={"course": "银行提交", "calmed": "客户满意", "over": True})
    perform(agency, number, "complaint-handler", "report-leader", fields={"brief": "客户满意"})
    perform(agency, number, "complaint-handler", "report-result", fields={"result": "已道歉"})
    reader = staff_caller(agency, handler(agency).person)
    document = reader.get(f"/cases/{number}").body["documents"][0]
    for link, begins in ((document["pdf"], b"%PDF"), (document["word"], b"PK")):
        answer = reader.raw(link)
        assert answer.status_code == 200
        assert answer.content.startswith(begins)
        assert answer.headers["Cache-Control"] == "private, no-store"
    logged = AccessRow.objects.filter(what="export").order_by("id")
    assert [row_.reason.rpartition("，")[2] for row_ in logged] == ["PDF", "Word"]
    assert reader.raw(document["pdf"].replace(document["key"], "nothing")).status_code == 404
    stranger = next(
        person for person in world_of(agency).people.persons
        if person not in world_of(agency).directory(PACK).holders_of("complaint-handler")
        and staff_caller(agency, person).get(f"/cases/{number}").status == 404
    )  # fmt: skip
    assert staff_caller(agency, stranger).raw(document["pdf"]).status_code == 404
    assert AccessRow.objects.filter(what="export").count() == 2
