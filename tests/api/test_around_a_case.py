"""A case through the interface tells what its page tells the same person: warnings, orders, papers, files, links, turns."""

from datetime import timedelta

import pytest
from tests.api.conftest import Caller
from tests.workbench.rehearsal import rehearsal_of, variant_of

from huiyin.api.tokens import issue
from huiyin.application.filing import file_case
from huiyin.application.running import run
from huiyin.cases.commands import Charge, File, Link, Perform, Record, Supervise
from huiyin.cases.people import Actor, Respondent
from huiyin.organisations.models import Staff
from huiyin.store.files.storage import Upload
from huiyin.store.models import AccessRow
from huiyin.store.personal.data import PersonalData

REGIME = "patient-relations-variant"
LIN = PersonalData(name="林晓雨", phone="13800005521")
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 64
PARTS = {
    "flags": {"threat": {"title": "扬言报复", "after": "risk-flagged", "ends": "lift", "lasts": "30 days", "cite": "八(1)"}},
    "acts": {"lift": {"title": "解除提示", "by": "relations-office", "cite": "八(1)"}},
}


@pytest.fixture
def hospital(db, tmp_path):
    return rehearsal_of("patient-relations", variant=variant_of("patient-relations", tmp_path, **PARTS))


@pytest.fixture
def filed(hospital):
    """`filed()` enters a telephone complaint of 林晓雨 with a photograph, handled by 夏芷柔 of the nursing office."""

    def file(words="换药等了两小时"):
        about = Respondent(kind="unit", unit="orthopaedics-ward")
        matter = {"account": words, "subject": "service"}
        command = File(kind="complaint", channel="phone", matter=matter, category="service", respondent=about)
        uploads = [Upload("伤口.png", PNG, "recording")]
        receipt = file_case(hospital, REGIME, Actor("jiang-xubai"), command, personal=LIN, uploads=uploads)
        for who, step in (
            ("jiang-xubai", Perform(work="receive", outcome="guided")),
            ("he-wanyin", Perform(work="register", fields={"damage_dispute": "no"})),
            ("he-wanyin", Perform(work="assign", unit="nursing-office")),
        ):
            run(hospital, Actor(who), receipt.case_id, step)
        return receipt

    return file


@pytest.fixture
def caller(hospital):
    def call(person):
        staff = Staff.objects.get(organisation=hospital, person=person)
        return Caller(issue(hospital, f"试用 {person}", ("read", "act"), staff=staff, life=timedelta(days=1))[1])

    return call


@pytest.fixture
def case_of(caller):
    return lambda person, receipt: caller(person).get(f"/cases/{receipt.number}").body


def test_a_warning_from_another_case_of_the_same_person_is_told_and_logged(hospital, filed, case_of):
    first, second = filed(), filed("又等了一小时")
    assert case_of("xia-zhirou", second)["flags"] == []
    run(hospital, Actor("jiang-xubai"), first.case_id, Record(kind_of_act="flag-risk", text="扬言带人来堵诊室"))
    (flag,) = case_of("xia-zhirou", second)["flags"]
    assert (flag["title"], flag["text"], flag["by_name"], flag["number"]) == ("扬言报复", "扬言带人来堵诊室", "蒋旭白", first.number)
    assert flag["cite"][0]["article"] == "八(1)"
    assert AccessRow.objects.filter(case_id=first.case_id, person="xia-zhirou", what="flag").count() == 1


def test_the_warning_is_not_told_to_staff_who_do_not_need_to_know_the_person(hospital, filed, case_of):
    receipt = filed()
    run(hospital, Actor("jiang-xubai"), receipt.case_id, Record(kind_of_act="flag-risk", text="扬言带人来堵诊室"))
    head = case_of("tie-mingyuan", receipt)  # the head of the ward that is complained about makes a statement
    assert head["number"] == receipt.number
    assert head["flags"] == []


def test_orders_of_the_case_are_told(hospital, filed, case_of):
    receipt = filed()
    run(hospital, Actor("he-wanyin"), receipt.case_id, Supervise(text="督办", orders=(Charge(text="请报排班记录", to="handler"),)))
    (order,) = case_of("xia-zhirou", receipt)["orders"]
    assert (order["title"], order["text"], order["state"]) == ("督办件", "请报排班记录", "waiting")
    assert case_of("xia-zhirou", receipt)["orders_carried"] == []
    turns = case_of("xia-zhirou", receipt)["turns"]
    assert [turn["title"] for turn in turns if turn["kind"] == "order"] == ["报告督办件：请报排班记录"]


def test_papers_and_files_are_told_and_a_file_can_be_fetched(filed, case_of, caller):
    receipt = filed()
    case = case_of("he-wanyin", receipt)
    assert case["title"] == "换药等了两小时"
    assert case["first_receiver"] == "jiang-xubai"
    paper = case["documents"][0]
    assert paper["title"]
    assert paper["produced_by"]
    assert not paper["void"]
    (piece,) = case["evidence"]
    assert (piece["file"]["name"], piece["file"]["type"], piece["file"]["size"]) == ("伤口.png", "image/png", len(PNG))
    path = f"/api/v1/cases/{receipt.number}/files/{piece['file']['id']}"
    answer = caller("he-wanyin").raw(path)
    assert answer.status_code == 200
    assert answer["Content-Disposition"].startswith("attachment")
    assert b"".join(answer.streaming_content) == PNG
    assert caller("bo-nanzhi").raw(path).status_code == 404  # of another ward


def test_cases_that_are_linked_are_told_as_far_as_the_caller_sees_them(hospital, filed, case_of):
    first, second = filed(), filed("又等了一小时")
    run(hospital, Actor("he-wanyin"), second.case_id, Link(other=str(first.case_id)))
    related = case_of("he-wanyin", second)["related"]
    assert {"how": "linked", "number": first.number, "kind": "complaint"} in related


def test_the_description_of_the_interface_names_all_of_it(caller):
    described = caller("he-wanyin").get("/openapi.json").body["components"]["schemas"]["CaseOut"]["properties"]
    assert {"flags", "orders", "orders_carried", "documents", "invitations", "sent", "turns", "samples"} <= described.keys()
