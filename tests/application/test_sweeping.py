"""Many cases fall due at once: batch after batch, the next one read ahead; each case is acted on once, in order."""

import threading
from datetime import timedelta

import pytest
from structlog.testing import capture_logs
from tests.application.conftest import MEI, MONDAY, hospital_with_people

from huiyin.application import sweeping
from huiyin.application.filing import file_case
from huiyin.application.running import run
from huiyin.application.sweeping import due_cases, sweep
from huiyin.application.upkeep import verify
from huiyin.cases.commands import Perform
from huiyin.store import reading_ahead
from huiyin.store.models import CaseRow, EventRow

pytestmark = pytest.mark.django_db(transaction=True)

LATER = MONDAY + timedelta(days=30)


@pytest.fixture
def hospital(transactional_db):
    return hospital_with_people()


@pytest.fixture
def due(hospital, command, monkeypatch):
    """Five cases that are due, the longest waiting first; a batch has two."""
    monkeypatch.setattr(sweeping, "BATCH", 2)
    for number in range(5):
        receipt = file_case(hospital, "service", MEI, command(f"第{number}件", subject="fee"))
        run(hospital, MEI, receipt.case_id, Perform(work="register"))
    return list(due_cases(hospital.pk, LATER).values_list("id", flat=True))


@pytest.fixture
def read(monkeypatch):
    """The cases that were read ahead, with how many others had been acted on by then."""
    seen = {}
    as_it_is = reading_ahead._read

    def reading(of_reader, case_ids):
        as_it_is(of_reader, case_ids)
        seen.update(dict.fromkeys(case_ids, threading.current_thread().name))

    monkeypatch.setattr(reading_ahead, "_read", reading)
    return seen


def breached():
    return list(EventRow.objects.filter(kind="ObligationBreached").values_list("case_id", flat=True))


def test_every_case_is_read_ahead_and_acted_on_once(hospital, due, read):
    assert sweep(hospital, now=LATER) == 5
    assert set(read) == set(due)
    assert all(name.startswith("huiyin-read-ahead") for name in read.values())
    assert sorted(breached()) == sorted(due)
    assert verify(hospital) == []
    assert sweep(hospital, now=LATER) == 0


def test_a_batch_finds_its_cases_read_and_nobody_reads_on_when_all_is_done(hospital, due, read, monkeypatch):
    batches = []
    as_it_is = sweeping.pass_time_for

    def passing(recording, world, rows):
        batches.append([row.id for row in rows])
        assert read.keys() >= {row.id for row in rows}
        as_it_is(recording, world, rows)

    monkeypatch.setattr(sweeping, "pass_time_for", passing)
    sweep(hospital, now=LATER)
    assert batches == [due[:2], due[2:4], due[4:]]
    assert not [each for each in threading.enumerate() if each.name.startswith("huiyin-read-ahead")]


def test_what_is_recorded_is_the_same_as_without_reading_ahead(hospital, due, monkeypatch):
    sweep(hospital, now=LATER, most=2)      # one batch: nothing is read ahead
    ahead = []
    monkeypatch.setattr(sweeping, "ReadingAhead", lambda: ahead.append(reading_ahead.ReadingAhead()) or ahead[-1])
    sweep(hospital, now=LATER)
    assert len(ahead) == 1
    for case_id in due:
        kinds = EventRow.objects.filter(case_id=case_id).order_by("sequence").values_list("kind", flat=True)
        assert list(kinds)[-3:] == ["RungReached", "ObligationBreached", "RungReached"]
    assert set(CaseRow.objects.values_list("state", "overdue", "attention_at")) == {("open", True, None)}
    assert verify(hospital) == []


@pytest.mark.usefixtures("due")
def test_one_batch_is_not_read_ahead(hospital, read):
    assert sweep(hospital, now=LATER, most=2) == 2
    assert read == {}


def test_reading_ahead_that_fails_harms_nothing_and_is_said_once(hospital, due, monkeypatch):
    monkeypatch.setattr(reading_ahead, "_EVERYTHING", "SELECT nothing FROM nowhere WHERE id IN ({places})")
    with capture_logs() as logs:
        assert sweep(hospital, now=LATER) == 5
    assert [each["event"] for each in logs].count("reading-ahead-failed") == 1
    assert sorted(breached()) == sorted(due)
    assert verify(hospital) == []


def test_without_a_thread_to_spare_the_sweep_goes_on_alone(hospital, due, monkeypatch):
    def submit(*_arguments):
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(reading_ahead.ThreadPoolExecutor, "submit", submit)
    assert sweep(hospital, now=LATER) == 5
    assert sorted(breached()) == sorted(due)


def test_readers_end_with_a_sweep_that_fails(hospital, due, monkeypatch):
    def failing(*_arguments):
        raise ZeroDivisionError

    monkeypatch.setattr(sweeping, "pass_time_for", failing)
    with pytest.raises(ZeroDivisionError):
        sweep(hospital, now=LATER)
    assert not [each for each in threading.enumerate() if each.name.startswith("huiyin-read-ahead")]
    assert breached() == []
    monkeypatch.undo()
    assert sweep(hospital, now=LATER) == len(due)
