"""Many cases at once: every rule evaluated, batches whole in themselves, a second run changes nothing."""

from datetime import timedelta

import pytest
from tests.application.conftest import GU, LIN, MEI, MONDAY, WANG, make_command

from huiyin.application.filing import Afterwards, Filing
from huiyin.application.filing_many import Row, file_many
from huiyin.application.upkeep import verify
from huiyin.cases.commands import Perform
from huiyin.store.models import BlindIndexRow, CaseRow, EventRow, PersonalRow, RegisterRow
from huiyin.store.personal.data import PersonalData


def rows(*accounts, personal=LIN):
    return [
        Row(line, Filing("service", make_command(account, subject="fee"), personal, key=f"row-{line}"))
        for line, account in enumerate(accounts, start=2)
    ]


def test_rows_are_filed_in_order_and_the_bad_ones_told(hospital):
    outcomes = list(file_many(hospital, MEI, rows("一", "", "三")))
    assert [(outcome.line, outcome.receipt.number if outcome.receipt else "") for outcome in outcomes] == [
        (2, "2026-0001"), (3, ""), (4, "2026-0002"),
    ]
    assert "事情经过" in outcomes[1].refused
    assert dict(outcomes[1].fields).keys() == {"account"}
    assert PersonalRow.objects.count() == 2
    assert RegisterRow.objects.get().last == 2
    assert verify(hospital) == []


def test_a_second_run_files_nothing_and_gives_the_same_receipts(hospital):
    first = list(file_many(hospital, MEI, rows("一", "二", "三"), batch=2))
    again = list(file_many(hospital, MEI, rows("一", "二", "三", "四"), batch=3))
    assert [outcome.receipt for outcome in again[:3]] == [outcome.receipt for outcome in first]
    assert [outcome.already for outcome in again] == [True, True, True, False]
    assert CaseRow.objects.count() == 4


def test_a_key_that_came_with_other_content_is_told(hospital):
    list(file_many(hospital, MEI, rows("一")))
    (outcome,) = file_many(hospital, MEI, rows("别的内容"))
    assert outcome.receipt is None
    assert "Idempotency-Key" in outcome.refused


def test_rules_see_earlier_cases_of_the_same_batch(hospital):
    """The third complaint about a respondent in 90 days is a major one (service.yaml, severity)."""
    list(file_many(hospital, MEI, rows("一", "二", "三", "四", personal=None), batch=10))
    severities = list(CaseRow.objects.order_by("number").values_list("severity", flat=True))
    assert severities == ["general", "general", "major", "major"]


def test_personal_data_of_each_row_is_sealed_with_its_case(hospital):
    people = [PersonalData(name=f"陈{n}", phone=f"1390000000{n}") for n in range(3)]
    several = [Row(n, Filing("service", make_command(f"第{n}件"), person)) for n, person in enumerate(people)]
    receipts = [outcome.receipt for outcome in file_many(hospital, MEI, several)]
    assert {row.case_id for row in PersonalRow.objects.all()} == {receipt.case_id for receipt in receipts}
    assert BlindIndexRow.objects.filter(field="phone").values("digest").distinct().count() == 3


def test_a_past_case_comes_in_whole_or_not_at_all(hospital):
    received = MONDAY - timedelta(days=60)
    past = Row(
        2, Filing("service", make_command("多收费", subject="fee"), key="past-1"), received,
        (Afterwards(received + timedelta(hours=1), MEI, Perform(work="register")),
         Afterwards(received + timedelta(hours=2), MEI, Perform(work="assign")),
         Afterwards(received + timedelta(days=3), GU, Perform(work="verify", outcome="unfounded", fields={"cause": "other"})),
         Afterwards(received + timedelta(days=20), GU, Perform(work="reply", text="已答复"))),
    )
    bad = Row(
        3, Filing("service", make_command("多收费", subject="fee"), key="past-2"), received,
        (Afterwards(received + timedelta(hours=1), WANG, Perform(work="register")),),
    )
    outcomes = list(file_many(hospital, MEI, [past, bad]))
    assert outcomes[0].receipt is not None
    assert outcomes[1].receipt is None
    row = CaseRow.objects.get()
    assert (row.filed_at, row.answered_at) == (received, received + timedelta(days=20))
    assert EventRow.objects.filter(kind="ObligationBreached").count() == 1     # answered late: ten workdays were given
    assert verify(hospital) == []


def test_nothing_of_a_batch_is_kept_when_the_disk_fills(hospital, monkeypatch):
    from django.db import OperationalError

    from huiyin.store import search_index
    from huiyin.store.errors import StoreUnavailable

    def full(*_arguments, **_options):
        raise OperationalError("database or disk is full")

    monkeypatch.setattr(search_index, "write", full)
    with pytest.raises(StoreUnavailable, match="磁盘空间已满"):
        list(file_many(hospital, MEI, rows("一", "二")))
    assert not EventRow.objects.exists()
    assert not RegisterRow.objects.exists()
