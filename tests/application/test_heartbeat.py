"""Workers give signs of life, and a clock that jumps is noticed before anything falls due by it."""

from datetime import UTC, datetime, timedelta

import pytest
from tests.application.conftest import MEI

from huiyin.application.heartbeat import Heartbeat, take_note, unseen_jumps
from huiyin.application.working import work_once
from huiyin.jobs.models import Job
from huiyin.jobs.running import clear_away
from huiyin.organisations.models import Organisation
from huiyin.organisations.uuid7 import uuid7
from huiyin.store.clock_jumps import clock_is_doubtful
from huiyin.store.models import AnchorRow, ClockJumpRow, EventRow, WorkerRow

START = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


class Clocks:
    """A wall clock that can be set, and one that only counts on."""

    def __init__(self):
        self.wall, self.steady = START, 1000.0

    def pass_(self, **time):
        """Time passes on both."""
        self.wall += timedelta(**time)
        self.steady += timedelta(**time).total_seconds()

    def heartbeat(self):
        """A worker that starts now."""
        return Heartbeat(wall=lambda: self.wall, steady=lambda: self.steady, host="here")


@pytest.fixture
def clocks(db):
    return Clocks()


def test_a_worker_says_that_it_lives_and_what_it_did(clocks, hospital):
    heartbeat = clocks.heartbeat()
    heartbeat.round(work_once)
    clocks.pass_(seconds=30)
    heartbeat.round(work_once)
    row = WorkerRow.objects.get()
    assert (row.beat_at, row.rounds, row.trouble) == (clocks.wall, 2, "")
    heartbeat.stop()
    assert WorkerRow.objects.get().stopped_at == clocks.wall


def test_trouble_is_written_down_until_a_round_ends_well(clocks):
    heartbeat = clocks.heartbeat()

    def fails():
        raise OSError("disk is full")

    with pytest.raises(OSError, match="disk"):
        heartbeat.round(fails)
    assert "disk is full" in WorkerRow.objects.get().trouble
    heartbeat.round(dict)
    assert WorkerRow.objects.get().trouble == ""


def test_time_that_passes_is_no_jump_and_a_correction_of_seconds_neither(clocks):
    heartbeat = clocks.heartbeat()
    clocks.pass_(days=3)        # the machine slept
    heartbeat.watch()
    clocks.wall += timedelta(seconds=90)
    heartbeat.watch()
    assert not ClockJumpRow.objects.exists()


@pytest.mark.parametrize("by", [timedelta(hours=1), timedelta(days=366)])
def test_after_a_jump_forward_nothing_falls_due_until_somebody_has_looked(clocks, hospital, assigned, by):
    Organisation.objects.filter(pk=hospital.pk).update(rehearsal_clock=START)
    assigned("护士态度差")
    heartbeat = clocks.heartbeat()
    clocks.wall += by
    heartbeat.watch()
    Organisation.objects.filter(pk=hospital.pk).update(rehearsal_clock=START + timedelta(days=60))
    assert clock_is_doubtful()
    assert work_once().swept == 0
    assert not AnchorRow.objects.exists()       # a day sealed before its time could take in nothing more
    assert not EventRow.objects.filter(kind="ObligationBreached").exists()
    assert take_note(MEI.person) == 1
    assert work_once().swept == 1
    assert EventRow.objects.filter(kind="ObligationBreached").exists()
    assert AnchorRow.objects.exists()


def test_a_clock_that_comes_back_settles_the_jump_and_only_warns(clocks):
    heartbeat = clocks.heartbeat()
    clocks.wall += timedelta(days=366)
    heartbeat.watch()
    clocks.wall -= timedelta(days=366)
    heartbeat.watch()
    assert not clock_is_doubtful()
    (jump,) = unseen_jumps()
    assert jump.shown < jump.expected


def test_after_a_jump_back_nothing_is_done_twice(clocks, hospital, assigned):
    Organisation.objects.filter(pk=hospital.pk).update(rehearsal_clock=START)
    assigned("护士态度差")
    Organisation.objects.filter(pk=hospital.pk).update(rehearsal_clock=START + timedelta(days=60))
    work_once()
    before = EventRow.objects.count()
    for back in (timedelta(hours=1), timedelta(days=365)):
        Organisation.objects.filter(pk=hospital.pk).update(rehearsal_clock=START + timedelta(days=60) - back)
        work_once()
    Organisation.objects.filter(pk=hospital.pk).update(rehearsal_clock=START + timedelta(days=60))
    work_once()
    assert EventRow.objects.count() == before


def test_a_clock_that_went_back_while_nobody_worked_is_noticed_at_the_start(clocks):
    clocks.heartbeat()
    clocks.wall -= timedelta(hours=1)
    clocks.heartbeat()
    (jump,) = unseen_jumps()
    assert jump.expected - jump.shown == timedelta(hours=1)


def test_downtime_is_caught_up_without_asking_until_it_is_so_long_that_the_clock_may_have_gone_forward(clocks, hospital, assigned):
    Organisation.objects.filter(pk=hospital.pk).update(rehearsal_clock=START)
    assigned("护士态度差")
    clocks.heartbeat()
    Organisation.objects.filter(pk=hospital.pk).update(rehearsal_clock=START + timedelta(days=60))
    clocks.wall += timedelta(days=29)       # the machine was off: its other clock began anew
    clocks.heartbeat()
    assert not clock_is_doubtful()
    assert work_once().swept == 1
    clocks.wall += timedelta(days=366)
    clocks.heartbeat()
    assert clock_is_doubtful()
    clocks.wall -= timedelta(days=366)      # it was the clock; set right, it goes on by itself and says that it went back
    clocks.heartbeat()
    assert not clock_is_doubtful()
    assert [jump.shown < jump.expected for jump in unseen_jumps()] == [True]


def test_what_an_export_left_is_not_cleared_away_by_a_clock_that_may_be_wrong(clocks):
    long_ago = START - timedelta(days=200)
    Job.objects.create(kind="export", title="案件清单", organisation_id=uuid7(), asked_by="mei", asked_at=long_ago, not_before=long_ago,
                       state="done",
                       ended_at=long_ago)  # fmt: skip
    heartbeat = clocks.heartbeat()
    clocks.wall += timedelta(days=366)
    heartbeat.watch()
    clear_away(clocks.wall)
    assert Job.objects.count() == 1
    take_note(MEI.person)
    clear_away(clocks.wall)
    assert not Job.objects.exists()
