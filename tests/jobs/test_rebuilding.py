"""Lists are rebuilt while people go on working: what they do meanwhile is not lost."""

import threading
import time

import pytest
from django.db import connection, transaction
from django.test import Client
from tests.workbench.rehearsal import account

from huiyin.application.filing import file_case
from huiyin.application.rebuilding import is_being_rebuilt, rebuild_after_upgrade
from huiyin.application.running import run
from huiyin.application.upkeep import verify
from huiyin.application.world import world_of
from huiyin.cases.commands import File, Perform
from huiyin.cases.people import Actor, Respondent
from huiyin.cli import main
from huiyin.jobs.models import Job
from huiyin.jobs.running import Runner
from huiyin.organisations.models import Staff
from huiyin.store import rebuild
from huiyin.store.models import CaseRow, EventRow, ProjectedRow, TurnRow
from huiyin.store.one_writer import one_writer
from huiyin.store.projections.form import PROJECTED, current_form


def filed(hospital):
    command = File(kind="complaint", channel="phone", category="service", respondent=Respondent("unit", "orthopaedics-ward"),
                   matter={"account": "换药等了两小时", "subject": "service"})  # fmt: skip
    return file_case(hospital, "patient-relations", Actor("jiang-xubai"), command)


@pytest.fixture
def upgraded(hospital):
    """A hospital with a case, whose lists an earlier version computed, without a column that is new."""
    receipt = filed(hospital)
    rebuild_after_upgrade()
    CaseRow.objects.filter(id=receipt.case_id).update(transfer="old")
    ProjectedRow.objects.update(form="an earlier one")
    Job.objects.all().delete()
    return hospital


def test_an_upgrade_that_computes_other_lists_asks_for_the_rebuild_by_itself(upgraded, capsys):
    assert verify(upgraded)
    assert rebuild_after_upgrade() == 1
    job = Job.objects.get()
    assert (job.kind, job.asked_by, job.state, job.organisation) == ("rebuild", "system", "waiting", upgraded)
    assert is_being_rebuilt(upgraded)
    assert main(["verify", upgraded.slug]) == 1
    assert "正在后台由事件重建" in capsys.readouterr().out
    while Runner().round():
        pass
    assert verify(upgraded) == []
    assert not is_being_rebuilt(upgraded)


def test_it_is_asked_for_once(upgraded):
    rebuild_after_upgrade()
    Job.objects.update(state="done")
    assert rebuild_after_upgrade() == 0
    assert Job.objects.count() == 1


def test_where_there_are_no_cases_nothing_is_rebuilt(hospital):
    assert rebuild_after_upgrade() == 0
    assert not Job.objects.exists()
    assert ProjectedRow.objects.get().form == current_form()


def test_the_administrator_sees_it_among_the_jobs(upgraded):
    rebuild_after_upgrade()
    Staff.objects.filter(organisation=upgraded, person="he-wanyin").update(administrator=True)
    client = Client()
    client.force_login(account("he-wanyin"))
    page = client.get("/desk/jobs/").content.decode()
    assert "重建列表与检索" in page
    assert "系统 · " in page


def test_every_table_that_is_rebuilt_belongs_to_the_form():
    """Else an upgrade of it would go unnoticed."""
    dropped = {name for name in vars(rebuild) if name.endswith("Row")} - {"EventRow"}
    assert dropped == {model.__name__ for model in PROJECTED}


def test_cases_that_hold_each_others_numbers_get_their_own_back(hospital):
    first, second = filed(hospital), filed(hospital)
    CaseRow.objects.filter(id=first.case_id).update(number="搁在一边")
    CaseRow.objects.filter(id=second.case_id).update(number=first.number)
    CaseRow.objects.filter(id=first.case_id).update(number=second.number)
    rebuild.rebuild_projections(hospital.pk, world_of(hospital))
    numbers = dict(CaseRow.objects.values_list("id", "number"))
    assert numbers == {first.case_id: first.number, second.case_id: second.number}


@pytest.mark.django_db(transaction=True)
def test_a_step_taken_while_its_case_is_rebuilt_stands_in_the_lists_afterwards(hospital, monkeypatch):
    receipt = filed(hospital)
    really, reading, done = rebuild._rebuild, threading.Event(), []

    def slowly(portion, around):
        reading.set()  # the events are read, the lists not yet written
        time.sleep(0.5)
        really(portion, around)

    def clerk():
        reading.wait()
        done.append(run(hospital, Actor("jiang-xubai"), receipt.case_id, Perform(work="receive", outcome="guided")))
        connection.close()

    monkeypatch.setattr(rebuild, "_rebuild", slowly)
    working = threading.Thread(target=clerk)
    working.start()
    with one_writer(), transaction.atomic():
        rebuild.rebuild_cases(hospital.pk, [receipt.case_id], world_of(hospital))
    working.join()
    assert len(done) == 1
    last = EventRow.objects.filter(case_id=receipt.case_id).order_by("-sequence").first()
    row, turns = CaseRow.objects.values().get(id=receipt.case_id), set(TurnRow.objects.values_list("work", "subject"))
    assert row["version"] == last.sequence
    monkeypatch.undo()
    rebuild.rebuild_projections(hospital.pk, world_of(hospital))
    assert CaseRow.objects.values().get(id=receipt.case_id) == row
    assert set(TurnRow.objects.values_list("work", "subject")) == turns
