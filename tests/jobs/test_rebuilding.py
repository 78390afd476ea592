"""Lists are rebuilt while people go on working: what they do meanwhile is not lost."""

import threading
import time

import pytest
from django.db import connection, transaction

from huiyin.application.filing import file_case
from huiyin.application.running import run
from huiyin.application.world import world_of
from huiyin.cases.commands import File, Perform
from huiyin.cases.people import Actor, Respondent
from huiyin.store import rebuild
from huiyin.store.models import CaseRow, EventRow, TurnRow
from huiyin.store.one_writer import one_writer


def filed(hospital):
    command = File(kind="complaint", channel="phone", category="service", respondent=Respondent("unit", "orthopaedics-ward"),
                   matter={"account": "换药等了两小时", "subject": "service"})  # fmt: skip
    return file_case(hospital, "patient-relations", Actor("jiang-xubai"), command)


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
