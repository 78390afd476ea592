"""Several people at once, each with a connection of their own: nothing is lost, nothing happens twice."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections
from tests.application.conftest import MEI, MONDAY, hospital_with_people

from huiyin.application.filing import file_case
from huiyin.application.running import run
from huiyin.application.sweeping import sweep
from huiyin.application.upkeep import verify
from huiyin.cases.commands import Perform
from huiyin.cases.refusals import Refused
from huiyin.store.errors import Conflict
from huiyin.store.models import CaseRow, CommandRow, EventRow

pytestmark = pytest.mark.django_db(transaction=True)

AT_ONCE = 4


@pytest.fixture
def hospital(transactional_db):
    return hospital_with_people()


def all_at_once(work, count=AT_ONCE):
    """Run work(0), work(1) … in threads that start together; results or the exceptions they ended with."""
    start = Barrier(count)

    def one(number):
        start.wait()
        try:
            return work(number)
        except (Refused, Conflict) as error:
            return error
        finally:
            connections.close_all()

    with ThreadPoolExecutor(count) as threads:
        return list(threads.map(one, range(count)))


def test_numbers_stay_gapless_when_many_file_at_once(hospital, command):
    receipts = all_at_once(lambda number: file_case(hospital, "service", MEI, command(f"第{number}件")))
    assert sorted(receipt.number for receipt in receipts) == [f"2026-{number:04}" for number in range(1, AT_ONCE + 1)]
    assert verify(hospital) == []


def test_a_button_pressed_several_times_at_once_files_one_case(hospital, command):
    receipts = all_at_once(lambda _: file_case(hospital, "service", MEI, command("一件"), key="form-1"))
    assert len({receipt.case_id for receipt in receipts}) == 1
    assert len({receipt.code for receipt in receipts}) == 1
    assert CaseRow.objects.count() == CommandRow.objects.count() == 1


def test_two_people_doing_the_same_step_at_once_do_it_once(hospital, command):
    receipt = file_case(hospital, "service", MEI, command("一件"))

    def register(_number):
        return run(hospital, MEI, receipt.case_id, Perform(work="register"), based_on=receipt.version)

    results = all_at_once(register)
    assert sum(not isinstance(result, Exception) for result in results) == 1
    assert verify(hospital) == []
    events = EventRow.objects.filter(case_id=receipt.case_id)
    assert events.filter(kind="Assessed").count() == 1


def test_two_workers_sweep_each_case_once(hospital, command):
    from datetime import timedelta

    for number in range(6):
        receipt = file_case(hospital, "service", MEI, command(f"第{number}件", subject="fee"))
        run(hospital, MEI, receipt.case_id, Perform(work="register"))
    later = MONDAY + timedelta(days=30)
    all_at_once(lambda _: sweep(hospital, now=later), count=2)
    assert EventRow.objects.filter(kind="ObligationBreached").count() == 6
    assert verify(hospital) == []


def test_the_log_can_only_be_emptied_between_tests(hospital, command, monkeypatch):
    from django.core.management import CommandError, call_command
    from django.test import utils

    file_case(hospital, "service", MEI, command("一件"))
    monkeypatch.delattr(utils._TestState, "saved_data")
    with pytest.raises(CommandError, match="只能追加"):
        call_command("flush", interactive=False, verbosity=0)
    assert EventRow.objects.exists()
