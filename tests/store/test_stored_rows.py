"""Rows read in a few statements are the rows Django would give."""

from datetime import UTC, datetime
from uuid import UUID

import pytest
from django.db import models

from huiyin.store.models import CaseRow
from huiyin.store.rows import insert_rows, new_row
from huiyin.store.stored_rows import _parser, rows_with_ids, stored

NOW = datetime(2026, 3, 2, 1, 0, 30, 5, tzinfo=UTC)
LIFT, HEATING = UUID(int=7), UUID(int=8)


@pytest.fixture
def two_cases(db):
    common = {"organisation_id": UUID(int=1), "state": "open", "received_at": NOW, "filed_at": NOW, "head": "a", "version": 3}
    insert_rows([
        new_row(CaseRow, id=LIFT, search_id=1, number="2026-0001", title="电梯", also=["east"], overdue=True, **common),
        new_row(CaseRow, id=HEATING, search_id=2, number="2026-0002", origin=LIFT, next_due=NOW.replace(microsecond=0), **common),
    ])


@pytest.mark.usefixtures("two_cases")
def test_they_are_the_rows_django_reads_in_the_order_asked_for():
    found = rows_with_ids(CaseRow, [HEATING, LIFT])
    names = [field.attname for field in CaseRow._meta.concrete_fields]
    for row, id_ in zip(found, [HEATING, LIFT], strict=True):
        as_django = CaseRow.objects.get(id=id_)
        assert [(type(getattr(row, name)), getattr(row, name)) for name in names] == [
            (type(getattr(as_django, name)), getattr(as_django, name)) for name in names
        ]
        assert (row._state.adding, row._state.db) == (as_django._state.adding, as_django._state.db)


@pytest.mark.usefixtures("two_cases")
def test_more_than_one_statement_asks_for(monkeypatch):
    monkeypatch.setattr("huiyin.store.stored_rows.AT_ONCE", 1)
    assert [row.number for row in rows_with_ids(CaseRow, [LIFT, HEATING])] == ["2026-0001", "2026-0002"]
    numbers = [number for number, in stored("SELECT number FROM store_caserow WHERE id IN ({ids})", [LIFT, HEATING])]
    assert sorted(numbers) == ["2026-0001", "2026-0002"]


@pytest.mark.usefixtures("two_cases")
def test_nothing_asked_for_and_something_that_is_not_there():
    assert rows_with_ids(CaseRow, []) == []
    with pytest.raises(KeyError):
        rows_with_ids(CaseRow, [UUID(int=99)])


def test_a_kind_of_column_that_nobody_thought_of_is_refused():
    with pytest.raises(TypeError, match="not read here"):
        _parser(models.DecimalField(name="amount"), "sqlite")
