"""Projections are disposable: rebuilt from events they are what they were."""

from tests.application.conftest import GU, MEI, MONDAY, YAN

from huiyin.application.case_lists import list_cases
from huiyin.application.sweeping import sweep
from huiyin.application.upkeep import rebuild, verify
from huiyin.cases.commands import Approve
from huiyin.store.models import AudienceRow, BookingRow, CaseRow, SanctionRow, TurnRow
from huiyin.store.verify import _as_set

TABLES = (CaseRow, TurnRow, AudienceRow, SanctionRow, BookingRow)


def everything():
    return [_as_set(table.objects.all(), set()) for table in TABLES]


def test_rebuilt_rows_are_the_live_ones(assigned, file, do, at, hospital):
    from datetime import timedelta

    founded = assigned("护士态度差", subject="attitude")
    do(GU, founded, "verify", outcome="founded", fields={"cause": "ours"})
    do(YAN, founded, Approve(rule="rude"))
    file("举报收红包", kind="report")
    at(MONDAY + timedelta(days=20))
    sweep(hospital)
    live = everything()
    assert all(live)

    for table in TABLES:
        table.objects.all().delete()
    assert rebuild(hospital) == 2
    assert everything() == live
    assert verify(hospital) == []


def test_search_is_rebuilt_as_well(file, hospital):
    file("电梯停了三天")
    TurnRow.objects.all().delete()
    rebuild(hospital)
    assert len(list_cases(hospital, MEI, query="电梯").items) == 1


def test_a_row_without_events_is_dropped(file, hospital):
    from uuid import uuid4

    file()
    row = CaseRow.objects.get()
    row.pk, row.number, row.search_id = uuid4(), "2026-9999", 7
    row.save(force_insert=True)
    rebuild(hospital)
    assert CaseRow.objects.get().number == "2026-0001"
