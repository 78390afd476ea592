"""The history of working time cannot be rewritten with SQL either: the database itself refuses."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from huiyin.organisations import guard
from huiyin.organisations.models import ChangeState, WorkingTimeChange, WorkingTimeEffect
from huiyin.organisations.uuid7 import uuid7
from huiyin.organisations.working_time import working_time_of


@pytest.fixture
def change(hospital, staff):
    """`change("done")`: a change of working time as far as that, with what the preview found for one case."""
    admin = staff("clerk")
    found = working_time_of(hospital).as_json()

    def made(state):
        in_effect = state in ("applying", "done")
        row = WorkingTimeChange.objects.create(
            organisation=hospital, before=found, after={**found, "workweek": [0, 1, 2, 3, 4, 5]}, proposed_by=admin,
            proposed_at=timezone.now(), state=state, reason="夏季作息" if in_effect else "",
            applied_by=admin if in_effect else None, applied_at=timezone.now() if in_effect else None,
        )  # fmt: skip
        WorkingTimeEffect.objects.create(change=row, case_id=uuid7(), limits=[])
        return row

    return made


def refused(statement, *parameters):
    """Whether the database refuses the statement itself, whatever the models would say."""
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, parameters)
    return True


@pytest.mark.parametrize("state", ["checking", "ready", "applying", "done", "dropped"])
@pytest.mark.parametrize("kept", [
    "after = before", "before = after", "proposed_by_id = NULL", "proposed_at = '2020-01-01 00:00:00+00:00'",
])  # fmt: skip
def test_what_was_proposed_by_whom_and_when_is_kept_from_the_first(change, state, kept):
    change(state)
    assert refused(f"UPDATE {guard.CHANGES} SET {kept}")


@pytest.mark.parametrize("kept", [
    "reason = '别的理由'", "applied_by_id = NULL", "applied_at = '2020-01-01 00:00:00+00:00'", "total = 7", "state = 'ready'",
    "state = 'dropped'",
])  # fmt: skip
def test_who_took_it_into_effect_when_and_why_is_kept(change, kept):
    change("applying")
    assert refused(f"UPDATE {guard.CHANGES} SET {kept}")


@pytest.mark.parametrize("state", ["done", "dropped"])
def test_nothing_of_a_change_that_is_over_changes_any_more(change, state):
    change(state)
    assert refused(f"UPDATE {guard.CHANGES} SET changed = 99")
    assert refused(f"UPDATE {guard.CHANGES} SET state = 'applying'")


def test_nothing_of_the_history_is_deleted(change):
    change("dropped")
    assert refused(f"DELETE FROM {guard.EFFECTS}")
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM " + guard.EFFECTS)
        assert cursor.fetchone() == (1,)
    assert refused(f"DELETE FROM {guard.CHANGES}")


def test_what_the_preview_found_is_only_added_to(change):
    change("ready")
    assert refused(f"UPDATE {guard.EFFECTS} SET limits = '[1]'")


def test_the_tables_are_not_emptied_at_one_stroke(change):
    change("done")
    connection.check_constraints()    # PostgreSQL truncates nothing while checks are put off
    empty = "TRUNCATE TABLE" if connection.vendor == "postgresql" else "DELETE FROM"
    assert refused(f"{empty} {guard.EFFECTS}")
    assert refused(f"{empty} {guard.CHANGES}" + (" CASCADE" if connection.vendor == "postgresql" else ""))


def test_how_far_a_change_has_come_is_written_as_before(change):
    row = change("ready")
    row.state, row.reason, row.applied_by, row.applied_at = ChangeState.APPLYING, "夏季作息", row.proposed_by, timezone.now()
    row.save(update_fields=["state", "reason", "applied_by", "applied_at"])
    row.checked, row.state, row.done_at = 4, ChangeState.DONE, timezone.now()
    row.save(update_fields=["checked", "state", "done_at"])
    assert WorkingTimeChange.objects.get().state == "done"
