"""人员提示: a threat on one complaint is known to whoever handles another of the same person, and to nobody else."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.workbench.rehearsal import MONDAY, account, rehearsal_of, set_clock, variant_of

from huiyin.application.entering_time import with_days
from huiyin.application.filing import file_case
from huiyin.application.flags import flags_of
from huiyin.application.loading import open_case
from huiyin.application.running import run
from huiyin.application.tracking import COMPLAINANT
from huiyin.application.working import work_once
from huiyin.application.working_time import apply_change, propose
from huiyin.application.world import world_of
from huiyin.calendars.own_days import OwnDayLine
from huiyin.cases.commands import File, Perform, Record
from huiyin.cases.people import Actor
from huiyin.organisations.working_time import working_time_of
from huiyin.store.models import AccessRow
from huiyin.store.personal.data import PersonalData

LIN = PersonalData(name="林晓雨", phone="13800005521")
PARTS = {
    "flags": {"threat": {"title": "扬言报复", "after": "risk-flagged", "ends": "lift", "lasts": "30 days", "cite": "八(1)"}},
    "acts": {"lift": {"title": "解除提示", "by": "relations-office", "cite": "八(1)"}},
}


@pytest.fixture
def hospital(db, tmp_path):
    return rehearsal_of("patient-relations", variant=variant_of("patient-relations", tmp_path, **PARTS))


@pytest.fixture
def filed(hospital):
    def file(personal=LIN, words="换药等了两小时"):
        command = File(kind="complaint", channel="phone", matter={"account": words, "subject": "service"}, category="service")
        return file_case(hospital, "patient-relations-variant", Actor("jiang-xubai"), command, personal=personal)

    return file


@pytest.fixture
def threatened(hospital, filed):
    receipt = filed()
    run(hospital, Actor("jiang-xubai"), receipt.case_id, Record(kind_of_act="flag-risk", text="扬言带人来堵诊室"))
    return receipt


def desk(person):
    client = Client(HTTP_HOST="127.0.0.1")
    client.force_login(account(person))
    return client


def page(person, receipt):
    return desk(person).get(f"/desk/cases/{receipt.number}/").content.decode()


def test_it_stands_on_every_open_case_of_the_same_person_with_who_why_and_until_when(threatened, filed):
    other = filed(PersonalData(name="林女士", phone="138 0000 5521"), words="收费不清")
    for receipt in (threatened, other):
        shown = page("he-wanyin", receipt)
        for words in ("扬言报复", "扬言带人来堵诊室", "蒋旭白", "10月28日"):
            assert words in shown
    assert f"/desk/cases/{threatened.number}/" in page("he-wanyin", other)


def test_the_same_name_is_not_the_same_person(threatened, filed):
    namesake = filed(PersonalData(name="林晓雨", phone="13900001234"))
    assert "扬言报复" not in page("he-wanyin", namesake)
    assert "扬言报复" not in page("he-wanyin", filed(PersonalData(name="林晓雨")))


def test_neither_the_complainant_nor_staff_who_need_no_names_see_it(hospital, threatened, filed):
    other = filed()
    seen = open_case(hospital, Actor("he-wanyin"), other.case_id)
    assert [each.title for each in flags_of(seen)] == ["扬言报复"]
    assert flags_of(replace(seen, sight=replace(seen.sight, personal=False))) == []
    assert flags_of(open_case(hospital, COMPLAINANT, other.case_id)) == []


def test_each_showing_from_another_case_is_logged_there_once_a_day(threatened, filed):
    other = filed()
    page("he-wanyin", threatened)
    assert not AccessRow.objects.filter(what="flag").exists()
    page("he-wanyin", other)
    page("he-wanyin", other)
    assert [(row.case_id, row.person) for row in AccessRow.objects.filter(what="flag")] == [(threatened.case_id, "he-wanyin")]


def test_it_ends_by_a_decision_or_runs_out(hospital, threatened, filed):
    other = filed()
    set_clock(hospital, MONDAY + timedelta(days=31))
    assert "扬言报复" not in page("he-wanyin", other)
    set_clock(hospital, MONDAY)
    assert "扬言报复" in page("he-wanyin", other)
    run(hospital, Actor("he-wanyin"), threatened.case_id, Perform(work="lift"))
    assert "扬言报复" not in page("he-wanyin", other)


def test_whoever_takes_the_call_is_told_by_the_number_alone(threatened):
    client = desk("jiang-xubai")
    told = client.post("/desk/intake/similar/", {"phone": "13800005521"}).content.decode()
    assert "扬言带人来堵诊室" in told
    assert "扬言带人来堵诊室" not in client.post("/desk/intake/similar/", {"name": "林晓雨"}).content.decode()


def test_the_page_asks_no_more_of_the_database_for_more_flags(threatened, filed, hospital):
    other = filed()

    def cost():
        page("he-wanyin", other)
        with CaptureQueriesContext(connection) as captured:
            page("he-wanyin", other)
        return len(captured)

    few = cost()
    for number in range(3):
        more = filed(words=f"第{number}件")
        run(hospital, Actor("jiang-xubai"), more.case_id, Record(kind_of_act="flag-risk", text="又扬言"))
    assert page("he-wanyin", other).count("又扬言") == 3
    assert cost() == few


def test_a_day_off_on_its_last_day_lets_it_stand_on_the_other_cases_too(hospital, threatened, filed):
    other, world = filed(), world_of(hospital)
    wanted = with_days(working_time_of(hospital), [OwnDayLine(1, date(2026, 10, 28), "off", "院庆")], world.today)
    change = propose(world, wanted, None)
    apply_change(world, change, None, "院庆")
    work_once()
    assert "10月29日" in page("he-wanyin", other)
    assert "10月28日" not in page("he-wanyin", other).partition("扬言报复")[2][:900]
