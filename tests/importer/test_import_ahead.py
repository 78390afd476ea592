"""A helper decides ahead: the same cases come of it as without, whatever happens to the helper or beside it."""

import errno
import fcntl
import os
import signal
import subprocess
import sys
import time
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from click.testing import CliRunner
from django.db import connection
from django.db.models import QuerySet
from tests.importer.ahead import AS_IT_WAS, MIXED, Beside, everything, good, ids_in_order, undone, written
from tests.importer.test_import import HEADER, MAPPING
from tests.prepared import prepared

from huiyin.application.ahead import portions as ahead
from huiyin.application.ahead.helper import Helper
from huiyin.application.filing import file_case
from huiyin.application.upkeep import verify
from huiyin.cases.commands import File
from huiyin.cases.people import SYSTEM
from huiyin.importer import portions, running
from huiyin.importer.command import command
from huiyin.importer.running import Report, run_import
from huiyin.organisations.models import Organisation, RegimeVersion
from huiyin.organisations.services import people_changed
from huiyin.store.models import CaseRow, RegisterRow
from huiyin.store.recording import Recording

NOW = datetime(2026, 3, 20, 12, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture
def organisation(db):
    _demo, rehearsal = prepared()
    QuerySet(RegimeVersion).update(effective_on=NOW.date())     # its own manager lets nobody change what is published
    Organisation.objects.filter(pk=rehearsal.pk).update(rehearsal_clock=NOW)
    return Organisation.objects.get(pk=rehearsal.pk)


@pytest.fixture
def taken(monkeypatch):
    """How many cases were written as the helper had decided them."""
    counted = []
    unpack = Recording.unpack

    def counting(self, packed):
        counted.extend(packed.rows.get("new_cases", ()))
        unpack(self, packed)

    monkeypatch.setattr(Recording, "unpack", counting)
    return counted


@pytest.fixture
def small(monkeypatch):
    """Portions of four rows, and a helper from the first row on."""
    monkeypatch.setattr(portions, "WORTH_A_HELPER", 1)
    monkeypatch.setattr(portions, "can_help", lambda: True)
    monkeypatch.setattr(running, "BATCH", 4)
    monkeypatch.setattr(running, "DECIDED_AHEAD", 4)


@pytest.fixture
def beside(small, monkeypatch):
    """A helper without a process."""
    monkeypatch.setattr(ahead, "Helper", Beside)


@pytest.fixture
def process(small, monkeypatch):
    """A process of its own, waited for until it is ready."""
    is_ready = Helper.is_ready

    def wait(self):
        while not is_ready(self):
            time.sleep(0.01)
        return True

    monkeypatch.setattr(Helper, "is_ready", wait)


def bring_in(tmp_path, organisation, table, mapping=AS_IT_WAS, between=lambda: None):
    file, loaded = written(tmp_path, table, mapping)
    reports = run_import(organisation, SYSTEM, file, loaded)
    for last in reports:
        between()
        report = last
    return report


def alone(tmp_path, organisation, table, monkeypatch, mapping=AS_IT_WAS):
    """Report and rows of the import without a helper, which is then taken back."""
    with monkeypatch.context() as here:
        here.setattr(portions, "can_help", lambda: False)
        ids_in_order(here)
        return undone(lambda: (bring_in(tmp_path, organisation, table, mapping), everything()))


@pytest.mark.parametrize("mapping", [AS_IT_WAS, MAPPING], ids=["as it was", "registered now"])
def test_the_same_rows_come_of_it_byte_for_byte(tmp_path, organisation, beside, taken, monkeypatch, mapping):
    expected, rows = alone(tmp_path, organisation, MIXED, monkeypatch, mapping)
    ids_in_order(monkeypatch)
    report = bring_in(tmp_path, organisation, MIXED, mapping)
    assert report == expected
    assert [refusal.line for refusal in sorted(report.refused, key=lambda each: each.line)] == [8, 9, 10, 12]
    for table, found in everything().items():
        assert found == rows[table], table
    if mapping is AS_IT_WAS or connection.vendor == "sqlite":
        assert len(taken) > 10      # on PostgreSQL others may be counting at the same time, so watches are always judged
    assert bool(rows["FiringRow"]) == (mapping is MAPPING)      # the alarm went off where cases are registered now
    assert verify(organisation) == []


def test_a_process_of_its_own_gives_the_same(tmp_path, organisation, process, taken, monkeypatch):
    expected, rows = alone(tmp_path, organisation, MIXED, monkeypatch)
    ids_in_order(monkeypatch)
    assert bring_in(tmp_path, organisation, MIXED) == expected
    assert everything() == rows
    assert len(taken) > 10


def test_a_second_run_brings_nothing_in_again_and_goes_on_with_the_numbers(tmp_path, organisation, beside, taken):
    bring_in(tmp_path, organisation, HEADER + good(range(1, 11)))
    taken.clear()
    report = bring_in(tmp_path, organisation, HEADER + good(range(1, 25)))
    assert (report.already, report.filed, len(taken)) == (10, 14, 14)
    assert RegisterRow.objects.get(year=2026).last == 24


def test_a_helper_that_is_killed_is_told_and_every_row_comes_in_once(tmp_path, organisation, process, taken, monkeypatch):
    killed = []

    def kill():
        if taken and not killed:
            killed.append(started[0].pid)
            os.kill(killed[0], signal.SIGKILL)

    started = []
    start = Helper.__init__
    monkeypatch.setattr(Helper, "__init__", lambda self: (started.append(self), start(self))[1])
    report = bring_in(tmp_path, organisation, HEADER + good(range(1, 61)), between=kill)
    assert killed
    assert report.trouble == "SIGKILL"
    assert (report.filed, report.refused) == (60, [])
    assert 0 < len(taken) < 60
    assert CaseRow.objects.values("number").distinct().count() == RegisterRow.objects.get(year=2026).last == 60
    assert verify(organisation) == []


def test_the_command_line_says_that_a_helper_was_lost(tmp_path, organisation, monkeypatch):
    written(tmp_path, HEADER + good(range(1, 4)))
    monkeypatch.setattr(running, "run_import", lambda *_arguments, **_options: iter([Report(filed=3, trouble="SIGKILL")]))
    given = [str(tmp_path / "table.csv"), "--map", str(tmp_path / "mapping.yaml")]
    done = CliRunner().invoke(command, given, standalone_mode=False)
    assert done.return_value == 0
    assert "SIGKILL" in done.stderr


def test_where_no_process_can_be_started_every_row_comes_in_all_the_same(tmp_path, organisation, small, taken, monkeypatch):
    def full(*_arguments, **_named):
        raise OSError(errno.EAGAIN, "Resource temporarily unavailable")

    monkeypatch.setattr(subprocess, "Popen", full)
    report = bring_in(tmp_path, organisation, HEADER + good(range(1, 11)))
    assert (report.trouble, report.filed, report.refused, taken) == ("EAGAIN", 10, [], [])


def test_a_system_that_grants_no_wide_pipes_gets_a_helper_as_well(monkeypatch):
    def refused(*_arguments):
        raise PermissionError

    monkeypatch.setattr(fcntl, "fcntl", refused)
    helper = Helper()
    until = time.monotonic() + 60
    while not helper.is_ready():
        assert time.monotonic() < until
        time.sleep(0.01)
    helper.close()


def test_cases_filed_in_between_get_their_number_and_leave_no_gap(tmp_path, organisation, beside, taken):
    def file_one():
        matter = {"subject": "environment", "title": "臭味", "account": "厂区夜里有臭味"}
        if CaseRow.objects.count() < 20:
            file_case(organisation, "efficiency-network", SYSTEM, File(kind="complaint", channel="web", matter=matter))

    report = bring_in(tmp_path, organisation, HEADER + good(range(1, 61)), between=file_one)
    assert (report.filed, report.refused) == (60, [])
    numbers = CaseRow.objects.filter(regime="efficiency-network").values_list("number", flat=True)
    assert len(set(numbers)) == len(numbers) == RegisterRow.objects.get(year=2026, pattern__startswith="效能").last > 60
    assert len(taken) >= 30        # once nobody files in between, the helper is in step again


def test_a_helper_that_can_tell_nothing_is_ended(tmp_path, organisation, beside, taken, monkeypatch):
    closed = []
    monkeypatch.setattr(Beside, "close", lambda self: closed.append(self.asked))
    monkeypatch.setattr("huiyin.application.ahead.deciding.record", lambda *_arguments: 1 / 0)
    report = bring_in(tmp_path, organisation, HEADER + good(range(1, 31)))
    assert (report.filed, report.refused, taken) == (30, [], [])
    assert closed[0] == 4       # after the first portion


def test_what_was_decided_before_people_changed_is_decided_again(tmp_path, organisation, beside, taken):
    changes = []

    def change():
        if len(changes) == 2:
            taken.clear()
        if len(changes) < 3:
            people_changed(organisation.pk)
            changes.append(len(taken))

    report = bring_in(tmp_path, organisation, HEADER + good(range(1, 25)), between=change)
    assert report.filed == 24
    assert changes[1:] == [changes[0], 0]       # nothing was taken while they changed
    assert verify(organisation) == []


WRITER = """
import time, django
django.setup()
from huiyin.application.ahead.helper import Helper
helper = Helper()
while not helper.is_ready():
    time.sleep(0.01)
print(helper.pid, flush=True)
time.sleep(600)
"""


def test_a_helper_ends_with_its_writer_even_by_kill_nine():
    surroundings = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings", "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    writer = subprocess.Popen([sys.executable, "-c", WRITER], env=surroundings, stdout=subprocess.PIPE, text=True)
    helper = int(writer.stdout.readline())
    assert _runs(helper)
    writer.kill()
    writer.wait()
    writer.stdout.close()
    until = time.monotonic() + 20
    while _runs(helper):
        assert time.monotonic() < until
        time.sleep(0.05)


def _runs(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


