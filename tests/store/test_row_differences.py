"""Rows that hang on a case are brought to what they are now by writing what differs."""

from datetime import UTC, datetime
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from huiyin.store.models import PublishedRow, TurnRow
from huiyin.store.row_differences import write_differences
from huiyin.store.rows import insert_rows, new_row, values_of

FRIDAY = datetime(2026, 3, 6, 9, 30, tzinfo=UTC)
MONDAY = datetime(2026, 3, 9, 9, 30, tzinfo=UTC)
ORGANISATION, LIFT, HEATING = UUID(int=1), UUID(int=7), UUID(int=8)


def a_turn(case_id=LIFT, position=0, **values):
    return new_row(TurnRow, **{
        "case_id": case_id, "position": position, "organisation_id": ORGANISATION, "regime": "service", "title": "答复",
        "due": FRIDAY, "due_order": FRIDAY, "cite": ["第八条"], "number": "2026-0001", **values,
    })


def bring(model, case_ids, rows):
    write_differences(model, case_ids, values_of(rows))


@pytest.fixture
def written():
    """The statements that change something, as they are executed."""
    with CaptureQueriesContext(connection) as captured:
        yield lambda: [query["sql"] for query in captured if not query["sql"].startswith("SELECT")]


@pytest.fixture
def two_turns(db):
    insert_rows([a_turn(), a_turn(position=1, title="受理审查", due=None)])


@pytest.mark.usefixtures("two_turns")
def test_what_stands_there_already_is_not_touched(written):
    bring(TurnRow, [LIFT], [a_turn(), a_turn(position=1, title="受理审查", due=None)])
    assert written() == []
    assert TurnRow.objects.count() == 2


@pytest.mark.usefixtures("two_turns")
def test_a_turn_that_is_late_now_is_changed_in_that_alone(written):
    bring(TurnRow, [LIFT], [a_turn(overdue=True), a_turn(position=1, title="受理审查", due=None)])
    (update,) = written()
    assert 'UPDATE "store_turnrow" SET "overdue" = %s WHERE' in update
    assert list(TurnRow.objects.order_by("position").values_list("overdue", "due")) == [(True, FRIDAY), (False, None)]


@pytest.mark.usefixtures("two_turns")
def test_what_is_not_owed_any_more_goes_and_what_is_new_comes():
    bring(TurnRow, [LIFT, HEATING], [a_turn(due=MONDAY), a_turn(HEATING, 0, cite=[]), a_turn(HEATING, 1)])
    found = TurnRow.objects.order_by("case_id", "position").values_list("case_id", "position", "due", "cite")
    assert list(found) == [
        (LIFT, 0, MONDAY, ["第八条"]), (HEATING, 0, FRIDAY, []), (HEATING, 1, FRIDAY, ["第八条"]),
    ]


@pytest.mark.usefixtures("two_turns")
def test_a_closed_case_owes_nothing():
    bring(TurnRow, [LIFT], [])
    assert not TurnRow.objects.exists()


@pytest.mark.usefixtures("two_turns")
def test_rows_of_new_cases_are_inserted_beside_those_that_are_left_alone():
    bring(TurnRow, [], [a_turn(HEATING)])
    assert TurnRow.objects.filter(case_id=LIFT).count() == 2
    assert TurnRow.objects.filter(case_id=HEATING).count() == 1


@pytest.mark.usefixtures("two_turns")
def test_rows_in_which_different_things_changed_are_written_together():
    bring(TurnRow, [LIFT], [a_turn(cite=["第九条"]), a_turn(position=1, title="审查", due=None, paused=True)])
    found = TurnRow.objects.order_by("position").values_list("cite", "title", "paused")
    assert list(found) == [(["第九条"], "答复", False), (["第八条"], "审查", True)]


def test_a_table_with_one_row_for_each_case(db, written):
    reply = {"case_id": LIFT, "organisation_id": ORGANISATION, "received_at": FRIDAY, "published_at": MONDAY}
    bring(PublishedRow, [LIFT], [new_row(PublishedRow, **reply, contents={"reply": "已修复", "rank": 1})])
    before = len(written())
    bring(PublishedRow, [LIFT], [new_row(PublishedRow, **reply, contents={"rank": 1, "reply": "已修复"})])
    assert len(written()) == before     # the order of names in JSON is no difference
    bring(PublishedRow, [LIFT], [new_row(PublishedRow, **reply, contents={"reply": "已更换"})])
    assert PublishedRow.objects.get().contents == {"reply": "已更换"}


def test_more_cases_than_one_statement_asks_for(db, monkeypatch):
    monkeypatch.setattr("huiyin.store.stored_rows.AT_ONCE", 2)
    cases = [UUID(int=number) for number in range(10, 15)]
    insert_rows([a_turn(case_id) for case_id in cases])
    bring(TurnRow, cases, [a_turn(case_id, overdue=True) for case_id in cases])
    assert list(TurnRow.objects.values_list("overdue", flat=True)) == [True] * 5
