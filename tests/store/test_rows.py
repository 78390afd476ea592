"""Rows made quickly are the rows Django would make."""

from datetime import UTC, datetime
from uuid import UUID

import pytest

from huiyin.store.models import BlindIndexRow, OutboxRow, TurnRow
from huiyin.store.rows import insert_rows, new_row

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
