"""An import as a job: each row once whoever was killed, a trial that leaves nothing, and what was not taken told by line."""

import os
import signal
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone
from tests.importer.test_import import GOOD, HEADER, MAPPING
from tests.prepared import prepared

from huiyin.application.ahead.helper import Helper
from huiyin.importer import import_job, portions
from huiyin.importer.import_job import IMPORT, checked, import_parameters
from huiyin.jobs.asking import ask, try_again
from huiyin.jobs.kinds import JobFailed
from huiyin.jobs.models import INPUT, PROBLEMS, Job
from huiyin.jobs.running import Runner
from huiyin.store.models import CaseRow, EventRow

BAD = "b1,昨天,环境,噪声,很吵,吴清和,,\n"


def rows(count):
    return "".join(
        f"{number},2026/09/28 09:30,环境,夜间施工{number},连续三晚施工到凌晨,林知秋,,\n" for number in range(1, count + 1)
    )


@pytest.fixture
def organisation(db):
    return prepared()[0]


@pytest.fixture
def importing(organisation):
    def ask_(table, *, trial=False, mapping=MAPPING, language=""):
        parameters = import_parameters("来件.csv", "来件.yaml", mapping, trial=trial, language=language)
        return ask(organisation, "admin", IMPORT, "导入案件：来件.csv", parameters, uploaded=table.encode())

    return ask_


def cases():
    return CaseRow.objects.filter(regime="efficiency-network")


def filed():
    return EventRow.objects.filter(kind="Filed", case_id__in=cases().values("id")).count()


def test_all_rows_come_in_and_the_bad_ones_are_listed_with_their_lines(importing, monkeypatch):
    monkeypatch.setattr(import_job, "BATCH", 2)
    job = importing(HEADER + rows(3) + BAD + GOOD.replace("1,", "x1,", 1))
    Runner().round()
    job.refresh_from_db()
    assert (job.state, job.done, job.total) == ("done", 5, 5)
    assert job.counts == {"filed": 4, "already": 0, "played": 0, "refused": 1}
    problems = b"".join(part.content(job.organisation_id) for part in job.parts.filter(file=PROBLEMS)).decode("utf-8-sig")
    assert problems.splitlines()[0] == "行,原因"
    assert problems.splitlines()[1].startswith("5,")
    assert "昨天" in problems
    assert not job.parts.filter(file=INPUT).exists()  # the uploaded table is not kept


def test_who_asks_in_english_reads_in_english_which_lines_were_not_taken(importing):
    job = importing(HEADER + rows(1) + BAD + "7,只有两列\n", language="en")
    Runner().round()
    problems = b"".join(part.content(job.organisation_id) for part in job.parts.filter(file=PROBLEMS)).decode("utf-8-sig")
    assert problems.splitlines()[0] == "Line,Reason"
    assert "cannot be read as a time" in problems
    assert "This line has 2 columns, the heading has" in problems


def test_a_trial_tells_the_same_and_leaves_nothing(importing):
    job = importing(HEADER + rows(3) + BAD, trial=True)
    Runner().round()
    job.refresh_from_db()
    assert (job.state, job.counts["filed"], job.counts["refused"]) == ("done", 3, 1)
    assert not cases().exists()
    assert job.parts.filter(file=INPUT).exists()  # for the import itself


def test_a_table_the_mapping_does_not_fit_is_refused_before_a_job_is_made():
    parameters = import_parameters("来件.csv", "来件.yaml", MAPPING.replace("column: 姓名", "column: 答复人"), trial=False)
    with pytest.raises(JobFailed, match=r"来件\.csv 没有列：答复人"):
        checked(parameters, (HEADER + GOOD).encode())
    with pytest.raises(JobFailed, match=r"来件\.yaml:4 knd"):
        checked(parameters | {"mapping": MAPPING.replace("kind:", "knd:")}, (HEADER + GOOD).encode())


WORKER = """
import os
from django.conf import settings
import tests.settings
import django
django.setup()
settings.DATABASES["default"]["NAME"] = os.environ["THE_TEST_DATABASE"]
from django.db import connections
connections["default"].settings_dict["NAME"] = os.environ["THE_TEST_DATABASE"]
from huiyin.importer import import_job
import_job.BATCH = 5
from huiyin.jobs.running import Runner
print("ready", flush=True)
Runner().round()
"""


def worker():
    surroundings = {
        **os.environ,
        "THE_TEST_DATABASE": str(connection.settings_dict["NAME"]),
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "HUIYIN_TEST_DATA": str(settings.HUIYIN_DATA),
        "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
    }
    process = subprocess.Popen([sys.executable, "-c", WORKER], env=surroundings, stdout=subprocess.PIPE, text=True)
    assert process.stdout.readline() == "ready\n"
    process.stdout.close()
    return process


def wait_for(what, seconds=60):
    until = time.monotonic() + seconds
    while not (found := what()):
        assert time.monotonic() < until
        time.sleep(0.01)
    return found


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_in_the_middle_costs_a_delay_and_every_row_comes_in_once(importing):
    job = importing(HEADER + rows(120))
    first = worker()
    wait_for(lambda: 10 <= Job.objects.get(pk=job.pk).done < 120)
    os.kill(first.pid, signal.SIGKILL)
    first.wait()
    job.refresh_from_db()
    assert job.state == "running"  # nobody said that it was over
    assert filed() == job.done  # every step whole: what was done is said, what is said was done
    Job.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    second = worker()
    third = worker()
    assert (second.wait(60), third.wait(60)) == (0, 0)
    job.refresh_from_db()
    assert (job.state, job.counts["filed"], job.counts["already"]) == ("done", 120, 0)
    assert filed() == cases().count() == 120


@pytest.fixture
def with_helper(monkeypatch):
    """A helper from the first row on, in steps of five rows; gives the helpers that were started."""
    started = []

    class Watched(Helper):
        def __init__(self):
            super().__init__()
            started.append(self)

        def is_ready(self):
            while not super().is_ready():
                time.sleep(0.01)
            return True

    monkeypatch.setattr(portions, "WORTH_A_HELPER", 1)
    monkeypatch.setattr(portions, "can_help", lambda: True)
    monkeypatch.setattr("huiyin.application.ahead.portions.Helper", Watched)
    monkeypatch.setattr(import_job, "BATCH", 5)
    monkeypatch.setattr(import_job, "DECIDED_AHEAD", 5)
    return started


def ended(helper):
    return not Path(f"/proc/{helper.pid}").exists()


def test_a_trial_with_a_helper_counts_the_same_and_leaves_nothing(importing, with_helper):
    job = importing(HEADER + rows(23) + BAD, trial=True)
    Runner().round()
    job.refresh_from_db()
    assert (job.state, job.counts["filed"], job.counts["refused"]) == ("done", 23, 1)
    assert not cases().exists()
    assert [ended(helper) for helper in with_helper] == [True]


def test_a_job_that_is_cancelled_keeps_what_is_done_and_ends_its_helper(importing, with_helper, monkeypatch):
    job = importing(HEADER + rows(60))
    bring_in = import_job.bring_in

    def then_cancel(*arguments):
        bring_in(*arguments)
        if cases().count() >= 20:
            Job.objects.filter(pk=job.pk).update(cancelling=True)

    monkeypatch.setattr(import_job, "bring_in", then_cancel)
    Runner().round()
    job.refresh_from_db()
    assert (job.state, job.done, filed()) == ("cancelled", 20, 20)
    assert [ended(helper) for helper in with_helper] == [True]
    monkeypatch.undo()
    try_again(job)
    Runner().round()
    job.refresh_from_db()
    assert (job.state, job.counts["filed"], filed()) == ("done", 60, 60)
