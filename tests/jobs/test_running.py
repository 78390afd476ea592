"""Jobs go on from the last step that was done, whoever died, and every step counts once."""

import threading
import time
from datetime import timedelta

import pytest
from django.db import OperationalError
from django.utils import timezone

from huiyin.jobs.asking import NotNow, cancel, take_out, try_again
from huiyin.jobs.kinds import JobFailed
from huiyin.jobs.models import RESULT, Job, JobDownload, JobPart, State
from huiyin.jobs.running import KEPT, LISTED, MOST_ATTEMPTS, Runner, claim, clear_away
from huiyin.jobs.steps import LEASE
from huiyin.organisations.models import Organisation


class PowerCut(BaseException):
    """The process ends here and now; nothing more is written."""


def written(job):
    return b"".join(part.content(job.organisation_id) for part in job.parts.filter(file=RESULT).order_by("number")).decode()


WHOLE = "".join(f"第{line}行\n" for line in range(1, 6))


def at(line, error):
    def go_wrong(here):
        if here == line:
            raise error

    return go_wrong


def lease_runs_out():
    Job.objects.filter(state=State.RUNNING).update(lease_until=timezone.now() - timedelta(seconds=1))


def test_a_job_is_done_step_by_step_and_leaves_its_file(typing, runner):
    job = typing()
    assert runner.round() == 1
    job.refresh_from_db()
    assert (job.state, job.done, job.total, job.counts) == ("done", 5, 5, {"lines": 5})
    assert written(job) == WHOLE
    assert runner.round() == 0


@pytest.mark.parametrize("where", ["before", "inside"])
def test_after_a_worker_died_another_one_goes_on_and_no_line_is_written_twice(typing, typist, where):
    job = typing()
    setattr(typist, where, at(3, PowerCut()))
    with pytest.raises(PowerCut):
        Runner().round()
    assert Runner().round() == 0  # it may still be alive
    lease_runs_out()
    setattr(typist, where, lambda _line: None)
    assert Runner().round() == 1
    job.refresh_from_db()
    assert (job.state, typist.steps) == ("done", [1, 2, 3, 3, 4, 5])
    assert written(job) == WHOLE


def test_a_worker_that_was_thought_dead_cannot_write_any_more(typing, typist):
    job = typing()

    def meanwhile(line):
        if line == 3:
            typist.before = lambda _line: None
            lease_runs_out()
            Runner().round()  # the other one does all the rest

    typist.before = meanwhile
    Runner().round()
    job.refresh_from_db()
    assert job.state == "done"
    assert written(job) == WHOLE


def test_two_workers_never_hold_one_job(typing):
    typing("甲")
    typing("乙")
    now = timezone.now()
    first, second = claim(now), claim(now)
    assert first.pk != second.pk
    assert claim(now) is None
    assert claim(now + LEASE - timedelta(seconds=1)) is None
    assert claim(now + LEASE + timedelta(seconds=1)).pk == first.pk


@pytest.mark.django_db(transaction=True)
def test_workers_that_claim_at_the_same_moment_get_different_jobs(typing):
    from django.db import connection

    for number in range(6):
        typing(f"第{number}份")
    claimed, start = [], threading.Barrier(4)

    def work():
        start.wait()
        while (job := claim(timezone.now())) is not None:
            claimed.append(job.pk)
        connection.close()

    workers = [threading.Thread(target=work) for _ in range(4)]
    for each in workers:
        each.start()
    for each in workers:
        each.join()
    assert len(claimed) == len(set(claimed))
    assert Job.objects.filter(state=State.WAITING).count() == 6 - len(claimed)


@pytest.mark.django_db(transaction=True)
def test_others_write_between_the_steps_of_a_job_that_always_writes(typing, typist, hospital):
    from django.db import connection

    job, begun, seen = typing(), threading.Event(), []

    def inside(_line):
        begun.set()
        time.sleep(0.4)

    def clerk():
        begun.wait()
        Organisation.objects.filter(pk=hospital.pk).update(title="改了名称的医院（演练）")
        seen.append(Job.objects.get(pk=job.pk).state)
        connection.close()

    typist.inside = inside
    writing = threading.Thread(target=clerk)
    writing.start()
    Runner().round()
    writing.join()
    assert seen == ["running"]


def test_cancelled_while_waiting_it_never_begins(typing, typist, runner):
    job = typing()
    cancel(job)
    assert runner.round() == 0
    job.refresh_from_db()
    assert (job.state, typist.steps) == ("cancelled", [])
    with pytest.raises(NotNow):
        cancel(job)


def test_cancelled_while_running_it_stops_after_the_step_and_keeps_what_is_done(typing, typist, runner):
    job = typing()
    typist.before = lambda line: cancel(job) if line == 2 else None
    runner.round()
    job.refresh_from_db()
    assert (job.state, job.done, typist.steps) == ("cancelled", 2, [1, 2])
    assert written(job) == "第1行\n第2行\n"
    typist.before = lambda _line: None
    try_again(job)
    runner.round()
    job.refresh_from_db()
    assert (job.state, written(job)) == ("done", WHOLE)


def test_a_failure_tells_why_and_can_be_tried_again_from_there(typing, typist, runner):
    job = typing()
    typist.before = at(4, JobFailed("第4行的墨水用完了，请加墨水。"))
    runner.round()
    job.refresh_from_db()
    assert (job.state, job.why, job.done) == ("failed", "第4行的墨水用完了，请加墨水。", 3)
    typist.before = lambda _line: None
    try_again(job)
    runner.round()
    job.refresh_from_db()
    assert (job.state, job.trouble, written(job)) == ("done", "", WHOLE)


def test_an_error_of_the_program_tells_where_and_says_nothing_personal(typing, typist, runner):
    job = typing()
    typist.before = at(4, ValueError("林晓雨 13800005521"))
    runner.round()
    job.refresh_from_db()
    assert job.state == "failed"
    assert "程序出错（ValueError）" in job.why
    assert job.doing == "第4行"
    assert str(job.pk) in job.trouble
    assert "林晓雨" not in job.trouble


def test_a_busy_database_costs_a_pause_and_in_the_end_is_told(typing, typist, runner):
    job = typing()
    typist.before = at(2, OperationalError("database is locked"))
    runner.round()
    job.refresh_from_db()
    assert (job.state, job.done) == ("waiting", 1)
    assert "数据库正忙" in job.why
    assert runner.round() == 0  # not at once
    for _ in range(MOST_ATTEMPTS):
        Job.objects.update(not_before=timezone.now())
        runner.round()
    job.refresh_from_db()
    assert job.state == "failed"
    assert "数据库正忙" in job.why


def test_a_job_that_kills_its_workers_is_given_up(typing, typist):
    job = typing()
    typist.before = at(1, PowerCut())
    for _ in range(MOST_ATTEMPTS):
        with pytest.raises(PowerCut):
            Runner().round()
        lease_runs_out()
    Runner().round()
    job.refresh_from_db()
    assert job.state == "failed"
    assert f"连续 {MOST_ATTEMPTS} 次" in job.why


def test_a_worker_told_to_stop_lets_the_next_one_go_on_at_once(typing, typist):
    job, stop = typing(), threading.Event()
    typist.before = lambda line: stop.set() if line == 2 else None
    Runner().round(stop)
    job.refresh_from_db()
    assert (job.state, job.done) == ("waiting", 2)
    assert Runner().round() == 1
    job.refresh_from_db()
    assert (job.state, written(job)) == ("done", WHOLE)


def test_the_same_work_asked_for_twice_is_one_job_until_it_has_ended(typing, runner):
    first = typing()
    assert typing().pk == first.pk
    assert typing(person="jiang-xubai").pk != first.pk
    runner.round()
    again = typing()
    assert again.pk != first.pk
    cancel(again)
    third = typing()
    with pytest.raises(NotNow, match="已经在等待"):
        try_again(Job.objects.get(pk=again.pk))
    assert third.is_open


def test_a_job_of_a_kind_this_program_does_not_know_fails_clearly(typing, runner):
    job = typing()
    Job.objects.update(kind="weaving")
    runner.round()
    job.refresh_from_db()
    assert job.state == "failed"
    assert "不认识这种任务" in job.why


def test_only_who_asked_takes_the_file_out_for_three_days_and_it_is_written_down(typing, runner):
    job, now = typing(), timezone.now()
    assert take_out(job, RESULT, "he-wanyin", now) is None
    runner.round()
    job.refresh_from_db()
    assert take_out(job, RESULT, "jiang-xubai", now) is None
    assert JobDownload.objects.count() == 0
    assert b"".join(take_out(job, RESULT, "he-wanyin", now)).decode() == WHOLE
    assert JobDownload.objects.get().person == "he-wanyin"
    assert take_out(job, RESULT, "he-wanyin", now + KEPT + timedelta(hours=1)) is None


def test_files_are_encrypted_and_cleared_away_jobs_are_forgotten_later(typing, runner):
    job = typing("林晓雨的来信")
    runner.round()
    assert "第1行".encode() not in b"".join(bytes(part.sealed) for part in JobPart.objects.all())
    assert "林晓雨".encode() not in bytes(Job.objects.get().sealed)
    clear_away(timezone.now() + KEPT - timedelta(minutes=5))
    assert JobPart.objects.exists()
    clear_away(timezone.now() + KEPT + timedelta(minutes=5))
    assert not JobPart.objects.exists()
    assert Job.objects.filter(pk=job.pk).exists()
    clear_away(timezone.now() + LISTED + timedelta(minutes=5))
    assert not Job.objects.exists()
