"""Working time is changed at night, while messages wait for the morning."""

from dataclasses import replace
from datetime import datetime, time, timedelta
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from tests.notices.conftest import MEI

from huiyin.application import working_time
from huiyin.application.telling import tell_once
from huiyin.application.working_time import apply_change, propose, set_due_times_anew
from huiyin.application.world import world_of
from huiyin.cases.commands import Supervise
from huiyin.notices.models import Delivery
from huiyin.organisations.models import Staff
from huiyin.organisations.working_time import calendar_of, store_working_time, working_time_of
from huiyin.store.personal.data import PersonalData

ZONE = ZoneInfo("Asia/Shanghai")
OFFICE_HOURS = {str(weekday): [["08:30", "17:30"]] for weekday in range(5)}


@pytest.fixture
def administrator(hospital):
    """严知远 looks after the system of a hospital that is open on working days from half past eight."""
    store_working_time(hospital, replace(working_time_of(hospital), hours=OFFICE_HOURS))
    Staff.objects.filter(organisation=hospital, person="yan").update(administrator=True)
    return Staff.objects.get(organisation=hospital, person="yan")


@pytest.fixture
def monday_night(hospital, administrator):
    """Ten at night on a Monday to come, in a week without public holidays."""
    day = datetime.combine(datetime.now(ZONE).date() + timedelta(days=1), time(22), ZONE)
    calendar = calendar_of(hospital)
    while day.weekday() or not all(calendar.is_workday((day + timedelta(days=more)).date()) for more in range(5)):
        day += timedelta(days=1)
    return day


@pytest.fixture
def change(hospital, administrator, monday_night, monkeypatch):
    """`change(workweek=…)` takes another working time into effect on Monday night."""
    monkeypatch.setattr(working_time, "timezone", SimpleNamespace(now=lambda: monday_night))

    def change_(**wanted):
        world = world_of(hospital)
        found = propose(world, replace(working_time_of(hospital), **wanted), administrator)
        apply_change(world, found, administrator, "院庆调休")
        set_due_times_anew(hospital)

    return change_


def waits_until(recipient):
    """Weekday and hour until which a message waits, in the hospital's time."""
    (when,) = set(Delivery.objects.filter(recipient=recipient).values_list("not_before", flat=True))
    return f"{when.astimezone(ZONE):%A %H:%M}"


def test_a_morning_that_became_a_day_off_disturbs_nobody(mail, reachable, assigned, do, change, monday_night):
    reachable("gu", email="gu@example.cn")
    do(MEI, assigned("护士态度差"), Supervise(text="请两天内报告"))
    tell_once(monday_night)
    assert waits_until("person:gu") == "Tuesday 08:30"
    change(workweek=[0, 2, 3, 4], hours={day: spans for day, spans in OFFICE_HOURS.items() if day != "1"})
    assert waits_until("person:gu") == "Wednesday 08:30"
    change(workweek=[0, 1, 2, 3, 4], hours=OFFICE_HOURS)
    assert waits_until("person:gu") == "Tuesday 08:30"


def test_complainants_are_told_by_day_whether_the_office_is_open_or_not(mail, file, change, monday_night):
    file("护士态度差", personal=PersonalData(name="林晓雨", email="lin@example.cn"))
    tell_once(monday_night)
    before = waits_until("complainant")
    change(workweek=[0, 2, 3, 4], hours={day: spans for day, spans in OFFICE_HOURS.items() if day != "1"})
    assert waits_until("complainant") == before == "Tuesday 08:00"
