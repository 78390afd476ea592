"""Rows made quickly are the rows Django would make."""

from datetime import UTC, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from huiyin.store.models import BlindIndexRow, CaseRow, OutboxRow, TurnRow
from huiyin.store.rows import Change, insert_rows, new_row, update_versions

NOW = datetime(2026, 3, 2, 1, 0, 30, 5, tzinfo=UTC)
SOMEBODY = UUID(int=7)


def test_what_is_not_said_has_its_default():
    values = {"case_id": SOMEBODY, "position": 1, "number": "2026-0001"}
    made, as_django = new_row(TurnRow, **values), TurnRow(**values)
    names = [field.attname for field in TurnRow._meta.concrete_fields if field.column]
    assert [getattr(made, name) for name in names] == [getattr(as_django, name) for name in names]


def test_defaults_are_not_shared_between_rows():
    first, second = new_row(TurnRow), new_row(TurnRow)
    first.cite.append("八")
    assert second.cite == []


def test_a_name_that_is_no_column_is_refused():
    with pytest.raises(TypeError, match="digits"):
        new_row(BlindIndexRow, digits="1")


def test_it_is_read_as_it_was_made(db):
    row = new_row(
        OutboxRow, id=SOMEBODY, organisation_id=SOMEBODY, case_id=SOMEBODY, kind="notice", key="k",
        payload={"to": ["person:mei"], "text": "已收到"}, available_at=NOW,
    )
    insert_rows([row])
    read = OutboxRow.objects.get()
    assert (read.payload, read.available_at, read.attempts, read.done_at) == (row.payload, NOW, 0, None)


def a_case(**values):
    return new_row(CaseRow, **{
        "id": SOMEBODY, "organisation_id": SOMEBODY, "search_id": 1, "number": "2026-0001", "state": "open",
        "received_at": NOW, "filed_at": NOW, "version": 3, "head": "a", **values,
    })


def test_of_a_changed_row_only_what_differs_is_written(db):
    insert_rows([a_case()])
    stored = CaseRow.objects.get()
    with CaptureQueriesContext(connection) as written:
        assert update_versions([Change(a_case(overdue=True, version=4, head="b"), 3, stored)])
    update = written[0]["sql"]
    assert "overdue" in update
    assert "received_at" not in update
    now = CaseRow.objects.get()
    assert (now.overdue, now.version, now.head, now.received_at) == (True, 4, "b", NOW)


def test_a_row_that_was_not_read_is_written_whole(db):
    insert_rows([a_case(title="电梯")])
    assert update_versions([Change(a_case(title="电梯故障", version=4), 3)])
    assert CaseRow.objects.get().title == "电梯故障"


def test_a_row_that_has_moved_on_is_left_alone(db):
    insert_rows([a_case(version=5)])
    assert not update_versions([Change(a_case(version=4, head="b"), 3, a_case())])
    assert CaseRow.objects.get().head == "a"


def test_rows_changed_in_different_columns_are_written_together(db):
    first, second = a_case(), a_case(id=UUID(int=8), search_id=2, number="2026-0002")
    insert_rows([first, second])
    changes = [
        Change(a_case(overdue=True, version=4), 3, first),
        Change(a_case(id=UUID(int=8), search_id=2, number="2026-0002", state="closed", version=4), 3, second),
    ]
    assert update_versions(changes)
    assert sorted(CaseRow.objects.values_list("overdue", "state")) == [(False, "closed"), (True, "open")]


def test_both_passes_of_the_hour_that_is_repeated_in_autumn_are_kept_apart(db):
    paris = ZoneInfo("Europe/Paris")
    first, again = (datetime(2026, 10, 25, 2, 30, tzinfo=paris, fold=fold) for fold in (0, 1))
    insert_rows([a_case(received_at=first, filed_at=again)])
    row = CaseRow.objects.get()
    assert (row.filed_at - row.received_at).total_seconds() == 3600
