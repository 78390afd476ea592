"""The clear word when something cannot be done: unknown, closed, overtaken, sent twice, or a store that takes nothing now.

In each case nothing is written by half, what was typed is still there, and the message says what to do.
"""

import errno
import json
import os
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from tests.security.conftest import HANDLER, MANAGER, PNG, RECEIVER, portal

from huiyin.cases.commands import Supervise
from huiyin.store import availability
from huiyin.store.files import storage
from huiyin.store.models import AttachmentRow, CaseRow, CommandRow, EventRow, OutboxRow

INTAKE = {
    "kind": "complaint", "channel": "phone", "f-account": "多收了钱", "f-subject": "fee", "name": "林晓雨", "phone": "13800005521",
    "category": "fee",
}  # fmt: skip
FORM = {"kind": "complaint", "matter-subject": "fee", "matter-account": "多收了钱", "identity": "anonymous", "do": "submit"}


def order(client, number, name, **body):
    address = f"/api/v1/cases/{number}/commands/{name}"
    return client.post(address, json.dumps(body), content_type="application/json")


# -- unknown and closed -----------------------------------------------------------------------------------------------------


def test_an_unknown_case_is_said_to_be_unknown(hospital, desk_of, api_of):
    page = desk_of(MANAGER).get("/desk/cases/YH2026-0404/")
    assert page.status_code == 404
    assert "没有找到这件案件；请核对编号" in page.content.decode()
    answer = api_of(MANAGER).get("/api/v1/cases/YH2026-0404")
    assert (answer.status_code, answer.json()["code"]) == (404, "unknown-case")
    assert "请核对编号" in answer.json()["message"]


@pytest.fixture
def closed(file, do):
    """Settled on the spot and filed away."""
    receipt = file()
    do(RECEIVER, receipt, "receive", outcome="settled", fields={"spot_result": "当场说清"})
    do(MANAGER, receipt, "register", fields={"damage_dispute": "no"})
    do(MANAGER, receipt, "close")
    assert CaseRow.objects.get(id=receipt.case_id).state == "closed"
    return receipt


def test_a_closed_case_takes_no_more_work_and_says_so(closed, desk_of, api_of):
    version = CaseRow.objects.get(id=closed.case_id).version
    for name in ("perform.register", "add-unit.add-unit", "perform.close"):
        page = desk_of(MANAGER).post(f"/desk/cases/{closed.number}/do/{name}/", {"text": "x"}, follow=True)
        assert "这一步现在不能办" in page.content.decode()
    answer = order(api_of(MANAGER), closed.number, "perform", work="register", fields={"damage_dispute": "no"})
    assert answer.status_code == 409
    assert answer.json()["message"]
    assert answer.json()["cite"]
    assert not EventRow.objects.filter(case_id=closed.case_id, sequence__gt=version).exclude(kind="AttemptRefused").exists()


# -- overtaken ---------------------------------------------------------------------------------------------------------------


def test_a_form_that_was_overtaken_tells_what_changed_and_keeps_what_was_typed(matter, do, desk_of):
    desk = desk_of(HANDLER)
    form = desk.get(f"/desk/cases/{matter.number}/do/add-evidence.add-evidence/").context
    seen = form["based_on"]
    do(MANAGER, matter, Supervise(text="请抓紧"))
    before = CaseRow.objects.get(id=matter.case_id).version
    address = f"/desk/cases/{matter.number}/do/record.contact/"
    answer = desk.post(address, {"text": "已与投诉人通话", "based_on": str(seen), "key": "k1"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "这一步没有执行" in page
    assert "何婉吟" in page
    assert "已与投诉人通话" in page
    assert CaseRow.objects.get(id=matter.case_id).version == before
    again = desk.post(address, {"text": "已与投诉人通话", "based_on": str(answer.context["based_on"]), "key": "k1"})
    assert again.status_code == 302


def test_the_interface_tells_the_same_with_version_and_changes(matter, do, api_of):
    seen = CaseRow.objects.get(id=matter.case_id).version
    do(MANAGER, matter, Supervise(text="请抓紧"))
    answer = order(api_of(HANDLER), matter.number, "record", kind_of_act="contact", text="通话", based_on=seen)
    problem = answer.json()
    assert (answer.status_code, problem["code"]) == (409, "conflict")
    assert problem["version"] == CaseRow.objects.get(id=matter.case_id).version
    assert [change["title"] for change in problem["changes"]]
    assert all(change["title"] in problem["message"] for change in problem["changes"])


# -- sent twice ----------------------------------------------------------------------------------------------------------------


def test_pressing_twice_files_once_at_every_door(hospital, nobody, desk_of, api_of):
    key = str(uuid4())
    for _ in range(2):
        assert nobody.post(portal(hospital, "file/patient-relations/"), {**FORM, "key": key}).status_code == 302
        assert desk_of(RECEIVER).post("/desk/intake/patient-relations/", {**INTAKE, "key": key}).status_code == 302
        body = {
            "regime": "patient-relations", "kind": "complaint", "channel": "phone", "category": "fee",
            "matter": {"account": "多收了钱", "subject": "fee"},
        }  # fmt: skip
        answer = api_of(RECEIVER).post(
            "/api/v1/file", json.dumps(body), content_type="application/json", headers={"Idempotency-Key": key}
        )
        assert answer.status_code == 201
    assert CaseRow.objects.count() == 3


def test_pressing_twice_acts_once(matter, desk_of):
    desk, address = desk_of(MANAGER), f"/desk/cases/{matter.number}/do/supervise.supervise/"
    for _ in range(2):
        assert desk.post(address, {"text": "请抓紧", "key": "the-same"}).status_code == 302
    assert EventRow.objects.filter(case_id=matter.case_id, kind="Ordered").count() == 1
    other = desk.post(address, {"text": "别的要求", "key": "the-same"})
    assert other.status_code == 422
    assert "请换一个新的编号" in other.content.decode()


def test_a_key_of_somebody_else_gives_nothing_away(hospital, nobody, api_of):
    """Whoever knows another's key gets no receipt and no code by sending it."""
    key = str(uuid4())
    body = {"regime": "patient-relations", "kind": "complaint", "channel": "phone", "category": "fee",
            "matter": {"account": "多收了钱", "subject": "fee"}}  # fmt: skip
    headers = {"Idempotency-Key": key}
    raw = json.dumps(body)
    first = api_of(RECEIVER).post("/api/v1/file", raw, content_type="application/json", headers=headers)
    second = api_of(MANAGER).post("/api/v1/file", raw, content_type="application/json", headers=headers)
    assert first.json()["number"] != second.json()["number"]
    nobody.post(portal(hospital, "file/patient-relations/"), {**FORM, "key": key})
    copied = nobody.post(portal(hospital, "file/patient-relations/"), {**FORM, "matter-account": "别的事", "key": key})
    assert copied.status_code == 422
    assert "已经交过一次" in copied.content.decode()


# -- a store that takes nothing now ---------------------------------------------------------------------------------------------

only_sqlite = pytest.mark.skipif("postgresql" in os.environ.get("HUIYIN_DATABASE", ""), reason="a trouble of SQLite files")


@pytest.fixture
def read_only():
    """From now on the database can only be read."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA query_only = ON")
    yield
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA query_only = OFF")


def everything_stored():
    return [model.objects.count() for model in (CaseRow, EventRow, AttachmentRow, OutboxRow, CommandRow)]


@only_sqlite
def test_a_read_only_database_is_said_to_be_so_at_every_door(
    transactional_db, hospital, matter, nobody, complainant, desk_of, api_of, request
):
    desk, interface, before = desk_of(MANAGER), api_of(MANAGER), everything_stored()
    supervise = f"/desk/cases/{matter.number}/do/supervise.supervise/"
    form = desk.get(supervise)
    assert form.status_code == 200
    request.getfixturevalue("read_only")
    answers = {
        "portal": nobody.post(portal(hospital, "file/patient-relations/"), FORM),
        "track": nobody.post(portal(hospital, "track/"), {"number": matter.number, "code": "AAAA-AAAA"}),
        "say": complainant.post(portal(hospital, "track/case/say/"), {"text": "还有一句话"}),
        "intake": desk.post("/desk/intake/patient-relations/", {**INTAKE, "key": "k"}),
        "act": desk.post(supervise, {"text": "请抓紧", "key": "k"}),
        "look": desk.post(f"/desk/cases/{matter.number}/look/", {"reason": "约见"}),
        "interface": order(interface, matter.number, "supervise", text="请抓紧"),
        "sign-in": nobody.post("/accounts/sign-in/", {"username": "yl-he-wanyin", "password": "x"}),
    }
    assert {what: answer.status_code for what, answer in answers.items() if answer.status_code != 503} == {}
    for what, answer in answers.items():
        assert "只能读取" in answer.content.decode(), what
    assert "多收了钱" in answers["portal"].content.decode()
    assert desk.get(f"/desk/cases/{matter.number}/").status_code == 200
    assert interface.get(f"/api/v1/cases/{matter.number}").status_code == 200
    assert everything_stored() == before


def test_a_full_disk_takes_no_case_without_its_file(hospital, matter, nobody, complainant, desk_of, api_of, monkeypatch):
    before = everything_stored()

    def full(_descriptor):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(storage.os, "fsync", full)

    def photo(number):
        return SimpleUploadedFile("照片.png", PNG + bytes([number]) * 9)

    address = f"/desk/cases/{matter.number}/do/add-evidence.add-evidence/"
    answers = {
        "portal": nobody.post(portal(hospital, "file/patient-relations/"), {**FORM, "file-bill": photo(1)}),
        "say": complainant.post(portal(hospital, "track/case/say/"), {"text": "一句话", "files": photo(2)}),
        "intake": desk_of(RECEIVER).post("/desk/intake/patient-relations/", {**INTAKE, "files": photo(3), "key": "k"}),
        "act": desk_of(MANAGER).post(address, {"files": photo(4), "key": "k"}),
        "interface": api_of(MANAGER).post(f"/api/v1/cases/{matter.number}/files", {"files": photo(5)}),
    }
    assert {what: answer.status_code for what, answer in answers.items()} == dict.fromkeys(answers, 503)
    for what, answer in answers.items():
        assert availability.FULL in answer.content.decode(), what
    assert everything_stored() == before
