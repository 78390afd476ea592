"""When somebody else becomes head of a ward, open cases come to that person's list."""

from tests.application.conftest import GU, MEI

from huiyin.application import changed_people
from huiyin.application.case_lists import list_cases
from huiyin.application.turn_lists import my_turns
from huiyin.application.upkeep import verify
from huiyin.application.working import work_once
from huiyin.cases.people import Actor
from huiyin.organisations.models import Holding, Staff, Unit
from huiyin.store.models import CaseRow


def test_a_new_head_finds_the_open_cases_of_the_ward(file, do, hospital):
    receipt = file()
    do(MEI, receipt, "register")
    ward = Unit.objects.get(key="ward-east")
    lu = Staff.objects.create(organisation=hospital, person="lu", name="陆青禾", unit=ward)
    Holding.objects.filter(staff__person="gu").delete()
    ward.heads.set([lu])
    Holding.objects.create(staff=lu, regime="service", role="ward-head", unit=ward)

    assert work_once().shown == 1
    assert work_once().shown == 0
    do(MEI, receipt, "assign")
    assert [turn.number for turn in my_turns(hospital, Actor("lu")).items]
    assert [item.row.number for item in list_cases(hospital, Actor("lu")).items] == [receipt.number]
    assert my_turns(hospital, GU).items == ()
    assert verify(hospital) == []


def test_a_case_written_late_for_the_people_of_before_is_found_within_minutes(file, hospital, monkeypatch):
    file()
    work_once()
    CaseRow.objects.update(people_as_of="of before")    # a web process had read the people just before they changed
    assert work_once().shown == 0
    monkeypatch.setattr(changed_people, "AGAIN_AFTER", 0.0)
    assert work_once().shown == 1
