"""Names and numbers: sealed in the database, masked on the page, given out for a reason, which is logged."""

import pytest
from tests.application.conftest import GU, LIN, MEI, SHEN

from huiyin.application.attempts import MOST_PER_NUMBER_AND_SOURCE
from huiyin.application.loading import open_case
from huiyin.application.personal import look_at_personal, parties_of
from huiyin.application.story import TELL, story
from huiyin.application.tracking import track
from huiyin.cases.events import EVENT_KINDS
from huiyin.cases.refusals import Refused
from huiyin.store.errors import TooManyAttempts, UnknownCase
from huiyin.store.models import AccessRow, BlindIndexRow, EventRow, PersonalRow
from huiyin.store.personal.records import erase


def test_a_page_shows_masked_names_and_a_look_is_logged(assigned, hospital):
    receipt = assigned()
    masked = parties_of(open_case(hospital, GU, receipt.case_id))["complainant"]
    assert (masked.name, masked.phone, masked.address) == ("林**", "138****5521", "青屿市明珠区****")
    assert not AccessRow.objects.exists()
    full = look_at_personal(hospital, GU, receipt.case_id, "约投诉人面谈")["complainant"]
    assert full == LIN
    look = AccessRow.objects.get()
    assert (look.person, look.reason) == ("gu", "约投诉人面谈")


def test_a_look_without_reason_or_right_is_refused(assigned, hospital):
    receipt = assigned()
    with pytest.raises(Refused):
        look_at_personal(hospital, GU, receipt.case_id, " ")
    with pytest.raises(UnknownCase):
        look_at_personal(hospital, SHEN, receipt.case_id, "好奇")
    assert not AccessRow.objects.exists()


def test_the_database_holds_no_name(file):
    file()
    stored = b"".join(bytes(row.sealed) + bytes(row.wrapped) for row in PersonalRow.objects.all())
    digests = "".join(BlindIndexRow.objects.values_list("digest", flat=True))
    for secret in ("林晓雨", "13800005521", "海棠路"):
        assert secret.encode() not in stored
        assert secret not in digests


def test_personal_data_is_erased_without_breaking_the_chain(assigned, hospital):
    from huiyin.application.upkeep import verify

    receipt = assigned()
    assert erase(receipt.case_id) >= 1
    assert parties_of(open_case(hospital, GU, receipt.case_id)) == {}
    assert not BlindIndexRow.objects.filter(case_id=receipt.case_id).exists()
    assert verify(hospital) == []


def test_number_and_code_open_the_tracking_page(file, hospital):
    receipt = file()
    assert track(hospital, receipt.number, receipt.code.lower().replace("-", " "), source="203.0.113.5").case_id == (
        receipt.case_id
    )


def test_wrong_codes_are_soon_locked_out_for_that_visitor_only(file, hospital):
    receipt = file()
    for _ in range(MOST_PER_NUMBER_AND_SOURCE):
        with pytest.raises(UnknownCase):
            track(hospital, receipt.number, "AAAA-AAAA", source="203.0.113.5")
    with pytest.raises(TooManyAttempts) as locked:
        track(hospital, receipt.number, receipt.code, source="203.0.113.5")
    assert 0 < locked.value.retry_after <= 900
    assert track(hospital, receipt.number, receipt.code, source="203.0.113.9").case_id == receipt.case_id


def test_an_unknown_number_looks_like_a_wrong_code(hospital):
    with pytest.raises(UnknownCase, match="编号或查询码不对"):
        track(hospital, "2026-9999", "AAAA-AAAA", source="203.0.113.5")


def test_the_story_tells_what_happened_newest_first(assigned, do, hospital):
    receipt = assigned()
    do(GU, receipt, "verify", outcome="founded", fields={"cause": "ours"}, text="已调取录像")
    entries = story(open_case(hospital, MEI, receipt.case_id))
    assert [entry.sequence for entry in entries] == sorted((entry.sequence for entry in entries), reverse=True)
    sentences = "\n".join(entry.sentence_zh for entry in entries)
    for sentence in ("收到电话投诉，登记为 2026-0001", "审查结果：受理", "交由东病区、顾南乔办理", "核实：属实"):
        assert sentence in sentences
    verify = next(entry for entry in entries if entry.sentence_zh == "核实：属实")
    assert (verify.who_name, verify.body, verify.cite) == ("顾南乔", "已调取录像", ("二",))
    assert ("原因", "我方") in verify.facts


def test_every_kind_of_event_is_told():
    assert {kind.__name__ for kind in TELL} == set(EVENT_KINDS)


def test_no_event_names_the_complainant(assigned):
    assigned()
    assert not EventRow.objects.filter(body__contains="林晓雨").exists()
