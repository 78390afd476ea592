"""Tracking through the interface: number and code open one case, and wrong codes soon close the way."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.api.conftest import FILING
from tests.api.test_filing import PDF

from huiyin.store.models import EventRow


@pytest.fixture
def receipt(as_):
    """The receipt of a complaint that 梅若溪 took on the telephone."""
    body = as_("mei").post("/file", FILING | {"channel": "phone"}).body
    return {"number": body["number"], "code": body["code"]}


@pytest.fixture
def answered(as_, receipt):
    """The same complaint, answered."""
    mei, gu = as_("mei"), as_("gu")
    for caller, order in (
        (mei, {"work": "register"}), (mei, {"work": "assign"}),
        (gu, {"work": "verify", "outcome": "founded", "fields": {"cause": "ours"}}), (gu, {"work": "reply", "text": "已道歉"}),
    ):
        answer = caller.post(f"/cases/{receipt['number']}/commands/perform", order)
        assert answer.status == 200, answer.body
    return receipt


def test_the_complainant_sees_how_things_stand(as_, receipt):
    as_("mei").post(f"/cases/{receipt['number']}/commands/perform", {"work": "register"})
    answer = as_("").post("/track", receipt)
    assert answer.status == 200, answer.body
    assert [each["id"] for each in answer.body["milestones"] if each["at"]] == ["registered", "accepted"]
    assert answer.body["next_due_title"] == "答复"
    assert not answer.body["answered"]


def test_the_complainant_sees_nothing_of_the_inside(as_, answered):
    seen = as_("").post("/track", answered).body
    assert seen["answered"]
    assert not {"story", "facts", "handler", "obligations"} & set(seen)
    assert "顾南乔" not in json.dumps(seen, ensure_ascii=False)


def test_the_code_may_be_typed_in_any_case(as_, receipt):
    typed = receipt | {"code": receipt["code"].lower().replace("-", " ")}
    assert as_("").post("/track", typed).status == 200


def test_number_or_code_wrong_looks_the_same(as_, receipt):
    website = as_("")
    wrong_code = website.post("/track", receipt | {"code": "2222-2222"})
    wrong_number = website.post("/track", receipt | {"number": "2026-0999"})
    assert wrong_code.status == wrong_number.status == 404
    assert {**wrong_code.body, "request": ""} == {**wrong_number.body, "request": ""}


def test_wrong_codes_close_the_way_for_a_while(as_, receipt):
    website = as_("")
    statuses = [website.post("/track", receipt | {"code": "2222-2222"}).status for _ in range(6)]
    assert statuses == [404] * 5 + [429]
    locked = website.post("/track", receipt)
    assert (locked.status, locked.body["code"]) == (429, "too-many-attempts")
    assert int(locked.headers["Retry-After"]) == locked.body["retry_after"] > 0


def test_the_complainant_adds_a_file(as_, receipt):
    answer = as_("").upload(
        "/track/files", opening=json.dumps(receipt), files=[SimpleUploadedFile("照片说明.pdf", PDF, "application/pdf")]
    )
    assert answer.status == 200, answer.body
    assert EventRow.objects.filter(kind="EvidenceAdded", by="complainant").exists()


def test_the_complainant_takes_the_complaint_back(as_, receipt):
    answer = as_("").post("/track/commands/withdraw", receipt | {"text": "误会已经说清"}, key="w1")
    assert answer.status == 200, answer.body
    again = as_("").post("/track/commands/withdraw", receipt | {"text": "误会已经说清"})
    assert again.status in (403, 409), again.body
    assert again.body["cite"]


def test_a_wrong_code_gives_no_command(as_, receipt):
    answer = as_("").post("/track/commands/withdraw", receipt | {"code": "2222-2222"})
    assert (answer.status, answer.body["code"]) == (404, "wrong-code")
    assert not EventRow.objects.filter(kind="Withdrawn").exists()


def test_the_desk_s_work_is_not_the_complainant_s(as_, receipt):
    answer = as_("").post("/track/commands/perform", receipt | {"work": "register"})
    assert (answer.status, answer.body["code"]) == (403, "not-yours")
