"""Filing through the interface: the receipt, the same filing twice, what does not fit."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.api.conftest import FILING

from huiyin.store.models import AttachmentRow, CaseRow, EventRow, PersonalRow

PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


def test_the_website_files_for_a_complainant_and_gets_number_and_code(as_):
    answer = as_("").post("/file", FILING)
    assert answer.status == 201
    assert answer.body["number"] == "2026-0001"
    assert len(answer.body["code"]) == 9
    assert answer.body["rehearsal"] is True
    assert answer.headers["Huiyin-Rehearsal"] == "1"
    assert EventRow.objects.get(sequence=1).by == "complainant"


def test_what_a_person_files_is_received_by_that_person(as_):
    as_("mei").post("/file", FILING | {"channel": "phone"})
    assert CaseRow.objects.get().first_receiver == "mei"


def test_personal_data_never_reach_the_events(as_):
    as_("").post("/file", FILING | {"private": {"bed": "东-12床"}})
    assert not [row for row in EventRow.objects.all() if "林晓雨" in row.body or "东-12床" in row.body]
    assert PersonalRow.objects.count() == 2


def test_the_same_filing_under_one_key_is_filed_once_and_gives_the_same_receipt(as_):
    website = as_("")
    first = website.post("/file", FILING, key="order-1")
    second = website.post("/file", FILING, key="order-1")
    assert second.status == 201
    assert second.body == first.body
    assert CaseRow.objects.count() == 1


def test_a_key_that_comes_with_other_content_is_refused(as_):
    website = as_("")
    website.post("/file", FILING, key="order-1")
    answer = website.post("/file", FILING | {"points": ["道歉"]}, key="order-1")
    assert (answer.status, answer.body["code"]) == (422, "key-reused")
    assert CaseRow.objects.count() == 1


def test_two_callers_may_use_the_same_key(as_):
    assert as_("").post("/file", FILING, key="1").body["number"] == "2026-0001"
    assert as_("mei").post("/file", FILING, key="1").body["number"] == "2026-0002"


def test_what_is_missing_is_said_field_by_field_with_the_rule(as_):
    answer = as_("").post("/file", FILING | {"matter": {"subject": "attitude"}})
    assert answer.status == 422
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.body["code"] == "missing-field"
    assert answer.body["fields"] == {"account": "请填写“事情经过”"}
    assert answer.body["cite"][0] == {"article": "通则五", "text": "应填内容填写完整、真实，格式正确。"}
    assert not CaseRow.objects.exists()


def test_a_regime_that_is_not_in_force_is_not_found(as_):
    answer = as_("").post("/file", FILING | {"regime": "nowhere"})
    assert (answer.status, answer.body["code"]) == (404, "unknown-regime")


def test_nobody_names_a_stored_record_or_file_as_his_own(as_):
    """Party records and file digests are given by the store alone; a client that sends them is refused."""
    for trick in (
        {"complainant": {"party": "0190-of-somebody-else"}},
        {"respondent": {"kind": "person", "party": "0190-of-somebody-else"}},
        {"evidence": [{"key": "a", "title": "照片", "digest": "ab" * 32}]},
        {"evidence": [{"key": "a", "title": "照片", "added_by": "yan"}]},
    ):
        answer = as_("").post("/file", FILING | trick)
        assert (answer.status, list(answer.body["fields"].values())) == (422, ["这里没有这一项"]), trick


def test_files_come_with_a_filing_and_are_known_by_their_content(as_):
    import json

    answer = as_("").upload(
        "/file/with-files", filing=json.dumps(FILING), files=[SimpleUploadedFile("收据.pdf", PDF, "application/pdf")]
    )
    assert answer.status == 201, answer.body
    assert AttachmentRow.objects.get().name == "收据.pdf"


def test_a_file_with_a_lying_name_is_refused_with_the_reason(as_):
    import json

    answer = as_("").upload(
        "/file/with-files", filing=json.dumps(FILING), files=[SimpleUploadedFile("收据.pdf", b"MZ\x90\x00" + b"\x00" * 99)]
    )
    assert (answer.status, answer.body["code"]) == (422, "upload-refused")
    assert "收据.pdf" in answer.body["fields"]
    assert not CaseRow.objects.exists()


@pytest.mark.parametrize(("given", "where"), [
    ({"received_at": "2026-03-01T09:00:00"}, "received_at"),        # no offset
    ({"received_at": "0001-01-01T00:00:00Z", "late_reason": "补登"}, "received_at"),
    ({"received_at": "2026-03-03T09:00:00+08:00"}, "received_at"),  # tomorrow
    ({"received_at": "2026-02-27T09:00:00+08:00"}, "late_reason"),  # without a reason
    ({"points": ["一"] * 201}, "points"),
    ({"complainant": {"people": 0}}, "people"),
    ({"complainant": {"people": "三"}}, "complainant.people"),
    ({"nonsense": 1}, "nonsense"),
])
def test_what_does_not_fit_names_its_field(as_, given, where):
    answer = as_("").post("/file", FILING | given)
    assert answer.status == 422, answer.body
    assert list(answer.body["fields"]) == [where]
