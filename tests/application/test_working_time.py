"""Working time is changed: shown beforehand, taken into effect for a reason, and an event says so on each case."""

from datetime import date, timedelta

import pytest
from tests.application.conftest import GU, MEI, MONDAY

from huiyin.application import working_time
from huiyin.application.entering_time import WorkingTimeRefusedError, with_days, with_table
from huiyin.application.sweeping import sweep
from huiyin.application.upkeep import rebuild, verify
from huiyin.application.working import work_once
from huiyin.application.working_time import apply_change, drop_change, effects, propose
from huiyin.application.world import world_of
from huiyin.calendars.own_days import OwnDayLine
from huiyin.organisations.models import ChangeIsKeptError, OwnDay, Staff, WorkingTimeChange
from huiyin.organisations.models.regimes import NOWHERE
from huiyin.organisations.working_time import working_time_of
from huiyin.store.models import CaseRow, EventRow, NoticeRow

HEAD = "year,holiday,off,work\n"


@pytest.fixture
def admin(hospital):
    """严知远 looks after the system."""
    Staff.objects.filter(organisation=hospital, person="yan").update(administrator=True)
    return Staff.objects.get(organisation=hospital, person="yan")


@pytest.fixture
def day_off(hospital, admin):
    """`day_off(2026, 3, 4)` proposes a day off of the hospital's own."""

    def propose_(*day):
        world = world_of(hospital)
        line = OwnDayLine(1, date(*day), "off", "院庆")
        return propose(world, with_days(working_time_of(hospital), [line], world.today), admin)

    return propose_


def moved(receipt):
    return EventRow.objects.filter(case_id=receipt.case_id, kind="ObligationMoved")


def due(receipt):
    return CaseRow.objects.get(id=receipt.case_id).next_due


def refusal(do, *arguments, **named):
    with pytest.raises(WorkingTimeRefusedError) as refused:
        do(*arguments, **named)
    return str(refused.value)


def test_the_preview_says_what_would_move_and_nothing_does(assigned, day_off, hospital, admin):
    receipt = assigned()
    before = due(receipt)
    change = day_off(2026, 3, 4)
    assert (change.state, change.total, change.affected) == ("ready", 1, 1)
    (found,), following = effects(world_of(hospital), change, admin, NOWHERE)
    assert (found.number, following) == (receipt.number, None)
    assert found.limits[0]["before"] == before.isoformat()
    assert found.limits[0]["after"] > found.limits[0]["before"]
    assert (due(receipt), moved(receipt).exists(), OwnDay.objects.exists()) == (before, False, False)


def test_the_worker_sets_due_times_anew_with_the_reason_and_the_store_verifies(assigned, day_off, hospital, admin):
    receipt = assigned()
    change = day_off(2026, 3, 4)
    promised = change.effects.get().limits
    apply_change(world_of(hospital), change, admin, "院庆放假一天")
    assert OwnDay.objects.get().title == "院庆"
    assert work_once().timed
    change.refresh_from_db()
    assert (change.state, change.changed, change.applied_by) == ("done", 1, admin)
    assert moved(receipt).count() == len(promised)
    assert "院庆放假一天" in moved(receipt).first().body
    assert due(receipt).isoformat() in {each["after"] for each in promised}
    assert verify(hospital) == []
    rebuild(hospital)
    assert verify(hospital) == []
    assert not work_once().timed


def test_what_is_closed_met_or_missed_stays(assigned, day_off, do, hospital, admin, at):
    closed = assigned()
    do(GU, closed, "verify", outcome="unfounded", fields={"cause": "other"})
    do(GU, closed, "reply")
    do(MEI, closed, "close")
    met = assigned(subject="fee")
    do(GU, met, "verify", outcome="founded", fields={"cause": "ours"})
    do(GU, met, "reply")
    late = assigned()
    at(MONDAY + timedelta(days=20))
    sweep(hospital)
    before = list(EventRow.objects.filter(case_id=late.case_id, kind="ObligationBreached").values_list("sequence", flat=True))
    assert before
    change = day_off(2026, 3, 4)
    assert change.affected == 0
    apply_change(world_of(hospital), change, admin, "补记院庆")
    work_once()
    change.refresh_from_db()
    assert (change.state, change.changed) == ("done", 0)
    assert not any(moved(each).exists() for each in (met, late, closed))


def test_one_change_at_a_time(day_off, hospital, admin):
    apply_change(world_of(hospital), day_off(2026, 3, 4), admin, "院庆")
    second = day_off(2026, 3, 5)
    assert "上一项改动还在改算" in refusal(apply_change, world_of(hospital), second, admin, "再放一天")
    assert [each["day"] for each in working_time_of(hospital).days] == ["2026-03-04"]
    work_once()
    apply_change(world_of(hospital), second, admin, "再放一天")
    assert [each["day"] for each in working_time_of(hospital).days] == ["2026-03-05"]


def test_nothing_is_missed_by_a_calendar_that_holds_no_longer(assigned, day_off, hospital, admin, at):
    receipt = assigned()
    last = due(receipt)
    change = day_off(2026, 3, 4)
    apply_change(world_of(hospital), change, admin, "院庆")
    at(last + timedelta(minutes=5))                 # no worker ran between
    sweep(hospital)
    assert moved(receipt).exists()
    assert not CaseRow.objects.get(id=receipt.case_id).overdue


def test_a_due_time_moved_into_the_past_is_told_before_it_counts_as_missed(assigned, hospital, admin, at):
    receipt = assigned()
    at(due(receipt) - timedelta(hours=12))
    sweep(hospital)
    world = world_of(hospital)
    lines = [OwnDayLine(number, date(2026, 3, day), "extra", "义诊日") for number, day in enumerate((7, 8), 1)]
    change = propose(world, with_days(working_time_of(hospital), lines, world.today), admin)
    assert change.effects.get().limits[0]["late"]
    apply_change(world, change, admin, "周末义诊")
    work_once()
    kinds = list(EventRow.objects.filter(case_id=receipt.case_id).order_by("sequence").values_list("kind", flat=True))
    assert kinds[kinds.index("ObligationMoved"):] == ["ObligationMoved", "RungReached", "ObligationBreached"]
    assert NoticeRow.objects.filter(title="已超期：答复").count() == 1
    assert verify(hospital) == []


def test_many_cases_are_looked_at_by_the_worker_in_batches(file, do, day_off, hospital, admin, monkeypatch):
    receipts = [file(f"第{number}次等了很久") for number in range(5)]
    for receipt in receipts:
        do(MEI, receipt, "register")
    monkeypatch.setattr(working_time, "AT_ONCE", 2)
    monkeypatch.setattr(working_time, "BATCH", 2)
    change = day_off(2026, 3, 4)
    assert (change.state, change.checked) == ("checking", 0)
    assert "还在核对" in refusal(apply_change, world_of(hospital), change, admin, "院庆")
    for _round in range(3):
        work_once()
    change.refresh_from_db()
    assert (change.state, change.checked, change.affected) == ("ready", 5, 5)
    apply_change(world_of(hospital), change, admin, "院庆")
    work_once()
    change.refresh_from_db()
    assert (change.state, change.checked, change.changed) == ("done", 5, 5)
    assert all(moved(receipt).exists() for receipt in receipts)


def test_somebody_elses_change_meanwhile_is_not_overwritten(day_off, hospital, admin):
    change = day_off(2026, 3, 4)
    OwnDay.objects.create(organisation=hospital, day=date(2026, 5, 12), kind="off", title="护士节")
    assert "其间工作时间已有别的改动" in refusal(apply_change, world_of(hospital), change, admin, "院庆")


def test_a_newer_proposal_replaces_the_one_that_waits(day_off, admin):
    first, second = day_off(2026, 3, 4), day_off(2026, 3, 5)
    first.refresh_from_db()
    assert (first.state, second.state) == ("dropped", "ready")
    drop_change(second, admin)
    second.refresh_from_db()
    assert second.state == "dropped"


def test_only_an_administrator_with_a_reason(day_off, hospital, admin):
    change = day_off(2026, 3, 4)
    assert "请写明理由" in refusal(apply_change, world_of(hospital), change, admin, "  ")
    somebody = Staff.objects.get(organisation=hospital, person="mei")
    assert "系统管理员" in refusal(apply_change, world_of(hospital), change, somebody, "院庆")
    assert "系统管理员" in refusal(propose, world_of(hospital), working_time_of(hospital), somebody)
    assert "没有改动" in refusal(propose, world_of(hospital), working_time_of(hospital), admin)


def test_the_history_is_kept(day_off, hospital, admin):
    change = day_off(2026, 3, 4)
    apply_change(world_of(hospital), change, admin, "院庆")
    change.reason = "别的理由"
    with pytest.raises(ChangeIsKeptError):
        change.save(update_fields=["reason"])
    with pytest.raises(ChangeIsKeptError):
        change.save()
    with pytest.raises(ChangeIsKeptError):
        change.delete()
    assert WorkingTimeChange.objects.get().reason == "院庆"


@pytest.mark.parametrize(("lines", "said"), [
    ([(date(2026, 3, 4), "off"), (date(2026, 3, 4), "extra")], "第2行：2026-03-04在第1行已经写过"),
    ([(date(2026, 3, 4), "extra")], "第1行：2026-03-04（周三）本来就上班"),
    ([(date(2026, 3, 7), "off")], "第1行：2026-03-07（周六）本来就不上班"),
    ([(date(2026, 5, 9), "extra")], "第1行：2026-05-09（补班）本来就上班"),
    ([(date(2062, 3, 4), "off")], "第1行：2062-03-04不在2025-01-01至2031-12-31之间"),
    ([(date(2026, 3, 4), "half")], "第1行：请写明半天的办公时间"),
])
def test_days_that_contradict_themselves_or_the_calendar_are_refused(hospital, lines, said):
    days = [OwnDayLine(number, day, kind, "") for number, (day, kind) in enumerate(lines, 1)]
    assert said in refusal(with_days, working_time_of(hospital), days, date(2026, 3, 2))


@pytest.mark.parametrize(("rows", "said"), [
    ("2027,元旦,2027-01-01..2027-01-03,2027-01-04\n", "第2行：2027-01-04本来就是工作日"),
    ("2027,元旦,2027-01-03..2027-01-01,\n", "第2行：年份写作"),
    ("2027,元旦,2027-01-01,\n2027,元旦,2027-01-02,\n", "第3行：2027年的“元旦”第2行已经写过"),
    ("2027,元旦,2027-01-01,\n2027,春节,2027-02-06 2027-01-01,\n", "第3行：2027-01-01写了两次"),
    ("2027,国庆节,2027-05-01..2027-05-05,\n", "第2行：2027年的“国庆节”不在所写的日子里"),
    ("2027,元旦,2026-10-01,\n", "第2行：2026-10-01不在2027年前后"),
    ("2027,春节,2027-02-01..2027-02-20,\n", "第2行：“春节”放假20天"),
    ("2027,元旦,2027-01-01\n", "第2行：应有4列，现有3列"),
    ("2041,元旦,2041-01-01,\n", "2041年不能录入"),
    ("2026,元旦,2026-01-01,\n", "2026年已有一份内容不同的安排"),
    ("", "没有一行安排"),
])
def test_a_table_of_holidays_is_looked_over_line_by_line(hospital, rows, said):
    assert said in refusal(with_table, working_time_of(hospital), HEAD + rows, date(2026, 11, 2))


def test_a_known_year_is_corrected_when_that_is_meant(hospital):
    found = with_table(working_time_of(hospital), HEAD + "2026,元旦,2026-01-01,\n", date(2026, 3, 2), correct=True)
    assert list(found.years) == ["2026"]
    assert "第1行：第一行应为" in refusal(with_table, found, "年,节日\n", date(2026, 3, 2))
