"""Whatever an intruder with the database in hands changes is found, and the case is named."""

import json

import pytest
from django.db import DatabaseError, connection, transaction
from tests.application.conftest import GU, MONDAY, YAN

from huiyin.application.evidence import as_evidence
from huiyin.application.upkeep import verify
from huiyin.application.working import work_once
from huiyin.cases.commands import Approve
from huiyin.store import guard
from huiyin.store.chain import event_digest
from huiyin.store.files.storage import Upload, path_of
from huiyin.store.models import (
    AnchorRow,
    AttachmentRow,
    AudienceRow,
    BookingRow,
    CaseRow,
    EventRow,
    PersonalRow,
    TurnRow,
)
from huiyin.store.models.append_only import AppendOnlyError


def sql(statement, *parameters):
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)


def tamper(statement, *parameters):
    """What somebody does who drops the triggers first."""
    with guard.log.lifted(connection):
        sql(statement, *parameters)


def identity(value):
    return CaseRow._meta.pk.get_db_prep_value(value, connection)


@pytest.fixture
def case(assigned):
    """A case with a good dozen events; nothing is wrong yet."""
    return assigned("护士态度差", uploads=[Upload("录音说明.txt", "走廊监控有录像".encode())])


def found(hospital):
    return {(finding.kind, finding.number, finding.message_zh) for finding in verify(hospital)}


def test_what_nobody_touched_is_in_order(case, hospital):
    assert verify(hospital) == []


@pytest.mark.parametrize(
    "statement",
    ["UPDATE store_eventrow SET body = '{}'", "DELETE FROM store_eventrow"],
)
def test_the_database_itself_refuses_to_change_events(case, statement):
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        sql(statement)


def test_django_refuses_to_change_events(case):
    row = EventRow.objects.first()
    with pytest.raises(AppendOnlyError):
        row.save()
    with pytest.raises(AppendOnlyError):
        row.delete()
    with pytest.raises(AppendOnlyError):
        EventRow.objects.all().delete()
    with pytest.raises(AppendOnlyError):
        EventRow.objects.update(body="{}")


def test_a_changed_event_is_found(case, hospital):
    body = json.loads(EventRow.objects.get(sequence=1).body)
    body["matter"]["account"] = "护士态度很好"
    tamper("UPDATE store_eventrow SET body = %s WHERE sequence = 1", json.dumps(body, ensure_ascii=False))
    assert ("event", case.number, "第 1 个事件（Filed）的内容被改动。") in found(hospital)


def test_an_event_changed_with_its_digest_is_found(case, hospital):
    row = EventRow.objects.get(sequence=2)
    digest = event_digest(row.case_id, 2, row.kind, row.at, "shen", row.body, row.previous)
    tamper("UPDATE store_eventrow SET by = %s, digest = %s WHERE sequence = 2", "shen", digest)
    assert any(kind == "event" and "接不上" in message for kind, _, message in found(hospital))


def test_a_removed_event_is_found(case, hospital):
    tamper("DELETE FROM store_eventrow WHERE sequence = 3")
    assert ("event", case.number, "第 3 个事件缺失。") in found(hospital)


def test_a_removed_last_event_is_found(case, hospital):
    tamper("DELETE FROM store_eventrow WHERE sequence = %s", EventRow.objects.count())
    assert any(number == case.number for _, number, _ in found(hospital))


def test_a_case_removed_from_the_log_is_found(case, hospital):
    tamper("DELETE FROM store_eventrow")
    assert ("event", case.number, "全部事件都不见了，列表里还有这件案件。") in found(hospital)


def test_an_inserted_event_is_found(case, hospital):
    last = EventRow.objects.order_by("-sequence").first()
    tamper(
        "INSERT INTO store_eventrow (organisation_id, case_id, sequence, kind, at, by, body, key, digest, previous) "
        "SELECT organisation_id, case_id, sequence + 1, kind, at, by, body, key, digest, digest "
        "FROM store_eventrow WHERE sequence = %s",
        last.sequence,
    )
    assert any(kind == "event" and number == case.number for kind, number, _ in found(hospital))


def test_reordered_events_are_found(case, hospital):
    with guard.log.lifted(connection):
        for old, new in ((2, 900), (3, 2), (900, 3)):
            sql("UPDATE store_eventrow SET sequence = %s WHERE sequence = %s", new, old)
    assert any(kind == "event" and number == case.number for kind, number, _ in found(hospital))


@pytest.mark.parametrize("column", ["state", "handler", "title", "respondent_person", "category"])
def test_a_changed_case_row_is_found(case, hospital, column):
    CaseRow.objects.update(**{column: "other"})
    assert ("projection", case.number, f"案件行与事件不符：{column}。") in found(hospital)


def test_a_removed_case_row_is_found(case, hospital):
    CaseRow.objects.all().delete()
    assert ("projection", case.number, "列表里没有这件案件（案件行缺失）。") in found(hospital)


def test_a_changed_turn_is_found(case, hospital):
    TurnRow.objects.filter(kind="limit").update(due=MONDAY)
    assert ("projection", case.number, "待办与事件不符。") in found(hospital)


def test_somebody_let_in_is_found(case, hospital):
    AudienceRow.objects.create(
        organisation_id=hospital.pk, subject="person:wang", case_id=case.case_id, received_at=MONDAY, state="open"
    )
    assert ("projection", case.number, "可见范围与事件不符。") in found(hospital)


def test_a_changed_ledger_entry_is_found(case, do, hospital):
    do(GU, case, "verify", outcome="founded", fields={"cause": "ours"})
    do(YAN, case, Approve(rule="rude"))
    assert BookingRow.objects.get().amount == -5
    assert verify(hospital) == []
    BookingRow.objects.update(amount=5)
    assert ("projection", case.number, "台账与事件不符。") in found(hospital)


def test_a_changed_attachment_is_found(case, hospital):
    row = AttachmentRow.objects.get()
    path = path_of(row.digest)
    original = path.read_bytes()
    path.write_bytes("没有录像".encode())
    try:
        assert ("attachment", case.number, "附件“录音说明.txt”的内容被改动。") in found(hospital)
        path.unlink()
        assert ("attachment", case.number, "附件“录音说明.txt”的文件不见了。") in found(hospital)
    finally:
        path.write_bytes(original)
    AttachmentRow.objects.all().delete()
    assert any(kind == "attachment" and "登记不见了" in message for kind, _, message in found(hospital))


def test_a_sealed_record_moved_to_another_row_does_not_open(case, file, hospital):
    other = file("另一件", subject="fee")
    stolen = PersonalRow.objects.get(case_id=case.case_id)
    PersonalRow.objects.filter(case_id=other.case_id).update(sealed=stolen.sealed, wrapped=stolen.wrapped)
    assert {(kind, number) for kind, number, _ in found(hospital)} == {("personal", other.number)}


def test_a_past_rewritten_with_all_its_digests_is_found_by_the_anchor(case, at, hospital):
    from datetime import timedelta

    at(MONDAY + timedelta(days=1))
    work_once()
    assert AnchorRow.objects.count() == 1
    last = EventRow.objects.order_by("-sequence").first()
    digest = event_digest(last.case_id, last.sequence, last.kind, last.at, "shen", last.body, last.previous)
    tamper("UPDATE store_eventrow SET by = 'shen', digest = %s WHERE sequence = %s", digest, last.sequence)
    sql("UPDATE store_caserow SET head = %s WHERE id = %s", digest, identity(case.case_id))
    assert any(kind == "anchor" and number == case.number for kind, number, _ in found(hospital))


def test_evidence_keys_are_never_used_twice():
    from huiyin.store.files.storage import check_uploads

    (file,) = check_uploads([Upload("a.txt", b"text")])
    (piece,) = as_evidence([file], {"file-2"})
    assert piece.key == "file-3"
