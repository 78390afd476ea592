"""What other cases said at a moment of the past: only what was there by then, and nothing that is not kept."""

from datetime import timedelta
from uuid import UUID

import pytest
from tests.workbench.rehearsal import MONDAY, rehearsal_of, set_clock

from huiyin.application.filing import file_case
from huiyin.application.world import world_of
from huiyin.cases.commands import File
from huiyin.cases.people import Actor, Respondent
from huiyin.organisations.services import regime_in_force
from huiyin.store.loading import load
from huiyin.store.models import BookingRow, CaseRow, SanctionRow
from huiyin.store.past_history import PastHistory

PACK = "patient-relations"
DAY = timedelta(days=1)


@pytest.fixture
def hospital(db):
    return rehearsal_of(PACK)


@pytest.fixture
def three_days(hospital):
    """A complaint about the same ward on each of three days."""
    cases = []
    for day in range(3):
        set_clock(hospital, MONDAY + day * DAY)
        matter = {"account": "换药等了两小时", "subject": "service"}
        about = Respondent(kind="unit", unit="orthopaedics-ward")
        command = File(kind="complaint", channel="phone", matter=matter, category="service", respondent=about)
        receipt = file_case(hospital, PACK, Actor("jiang-xubai"), command)
        cases.append(load(CaseRow.objects.get(pk=receipt.case_id)).case)
    return cases


def history(hospital, at):
    return PastHistory(hospital.pk, regime_in_force(hospital, PACK), at, world_of(hospital).calendar.zone)


def test_cases_received_later_do_not_count(hospital, three_days):
    counted = [history(hospital, case.filed_at).earlier(case, "same-respondent", "any", "90 days") for case in three_days]
    assert counted == [0, 1, 2]


def test_whether_another_case_was_open_then_is_not_known(hospital, three_days):
    last = three_days[-1]
    assert history(hospital, last.filed_at).earlier(last, "same-respondent", "open") is None
    assert history(hospital, last.filed_at).earlier_case(last, "same-matter", "open") == ""


def test_sanctions_and_bookings_count_from_the_day_they_were_made(hospital, three_days):
    common = {"organisation_id": hospital.pk, "case_id": UUID(three_days[0].id), "regime": PACK, "rule": "rude", "at": MONDAY + DAY}
    SanctionRow.objects.create(sequence=90, against="钱护士", **common)
    BookingRow.objects.create(sequence=91, ledger="points", account="钱护士", amount=-2, number="1", **common)
    before, after = history(hospital, MONDAY), history(hospital, MONDAY + 2 * DAY)
    assert (before.offences("rude", "钱护士", "12 months"), after.offences("rude", "钱护士", "12 months")) == (0, 1)
    assert (before.balance("points", "钱护士"), after.balance("points", "钱护士")) == (0.0, -2.0)
    SanctionRow.objects.create(sequence=92, against="钱护士", withdraws=90, **common)
    assert after.offences("rude", "钱护士", "12 months") == 0
    assert after.offences("rude", "", "12 months") == 0
