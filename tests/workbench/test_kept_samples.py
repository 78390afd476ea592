"""留样到期: every sample that is kept for a time is somebody's to dispose of, reminded of and overdue like anything owed."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from tests.workbench.rehearsal import rehearsal_of, set_clock, variant_of
from tests.workbench.test_samples import ROOM, TAKEN, appeal_to_be_tested_again, desk

from huiyin.application.agenda import agenda
from huiyin.application.entering_time import with_days
from huiyin.application.running import run
from huiyin.application.sweeping import sweep
from huiyin.application.upkeep import rebuild, verify
from huiyin.application.working import work_once
from huiyin.application.working_time import apply_change, propose
from huiyin.application.world import world_of
from huiyin.calendars.own_days import OwnDayLine
from huiyin.cases.commands import Perform
from huiyin.cases.people import Actor
from huiyin.organisations.working_time import working_time_of
from huiyin.store.models import CaseRow, EventRow, TurnRow

KIND = {"title": "原样", "number": "原{year}-{serial:03}", "testers": 1, "keep": "30 days", "cite": ["2.2.2"]}
FIELDS = {name.removeprefix("f-"): value for name, value in TAKEN.items()}


@pytest.fixture
def lab(db, tmp_path):
    """The laboratory keeps original samples for thirty days."""
    variant = variant_of("lab-appeals", tmp_path, samples={"original": KIND})
    return rehearsal_of("lab-appeals", variant=variant)


@pytest.fixture
def taken(lab):
    """`taken(days=3)`: the original was fetched so long before it is entered."""
    receipt = appeal_to_be_tested_again(lab, "lab-appeals-variant")

    def fetch(**before):
        at = (world_of(lab).now - timedelta(**before)).isoformat() if before else ""
        fields = {**FIELDS, **({"sample_taken_at": at} if at else {})}
        run(lab, Actor(ROOM), receipt.case_id, Perform(work="fetch-original", fields=fields))
        return receipt

    return fetch


def the_duty():
    return CaseRow.objects.get(regime="lab-appeals-variant/original-kept")


ZONE = ZoneInfo("Asia/Shanghai")


def local(moment):
    return moment.astimezone(ZONE).strftime("%Y-%m-%d")


def test_it_is_owed_from_the_day_it_was_taken_and_stands_in_the_calendar(lab, taken):
    receipt = taken(days=3)
    duty = the_duty()
    assert (local(duty.next_due), duty.member) == ("2026-10-26", "原2026-001")     # the 25th is a Sunday
    assert TurnRow.objects.get(case_id=duty.id).title == "处置留样：原样"
    found = agenda(world_of(lab), Actor(ROOM), date(2026, 10, 26), date(2026, 10, 26))
    assert [row.title for row in found.days[0].owed] == ["处置留样：原样"]
    page = desk(ROOM).get(f"/desk/cases/{receipt.number}/").content.decode()
    assert duty.number in page
    assert "处置留样：原样" in page
    why = desk(ROOM).get(f"/desk/cases/{duty.number}/").content.decode()
    assert "2.2.2" in why
    assert "30天" in why


def test_whoever_owes_it_is_reminded_and_it_is_overdue_when_nobody_did_it(lab, taken):
    taken()
    duty = the_duty()
    set_clock(lab, duty.next_due - timedelta(hours=1))
    sweep(lab)
    kinds = list(EventRow.objects.filter(case_id=duty.id).order_by("sequence").values_list("kind", flat=True))
    assert "RungReached" in kinds
    set_clock(lab, duty.next_due + timedelta(days=1))
    sweep(lab)
    assert the_duty().overdue


def test_it_is_disposed_of_with_an_account_which_the_case_hears_though_it_is_closed(lab, taken):
    receipt = taken()
    fields = {"disposal": "returned", "disposal_note": "委托方签收取回"}
    CaseRow.objects.filter(id=receipt.case_id).update(state="closed")
    run(lab, Actor(ROOM), the_duty().id, Perform(work="original-kept", fields=fields))
    assert the_duty().state == "closed"
    assert "original-kept" in EventRow.objects.filter(case_id=receipt.case_id, kind="Heard").last().body
    rebuild(lab)
    assert verify(lab) == []


def test_a_day_off_moves_when_it_is_owed_and_until_when_the_sample_is_kept(lab, taken):
    receipt = taken()
    duty, world = the_duty(), world_of(lab)
    last = duty.next_due.astimezone(ZONE).date()
    wanted = with_days(working_time_of(lab), [OwnDayLine(1, last, "off", "检修")], world.today)
    change = propose(world, wanted, None)
    assert {limit["title"] for each in change.effects.all() for limit in each.limits} >= {"留样：原2026-001", "处置留样：原样"}
    apply_change(world, change, None, "检修")
    work_once()
    assert the_duty().next_due > duty.next_due
    moved = EventRow.objects.get(case_id=receipt.case_id, kind="DeadlineMoved")
    assert local(the_duty().next_due) in moved.body
