"""An organisation's calendar."""

from datetime import date, datetime

import pytest
from django.utils import timezone

from huiyin.calendars import Span, Unit
from huiyin.organisations.models import OwnDay, OwnDayKind
from huiyin.organisations.services import calendar_of
from huiyin.organisations.working_time import WorkingTime, store_working_time, with_years, working_time_of

FIFTEEN = Span(15, Unit.WORKDAYS)


def _local(*parts):
    return timezone.make_aware(datetime(*parts))   # noqa: DTZ001 - made aware at once


def _due(organisation, start, span=FIFTEEN):
    return timezone.localtime(calendar_of(organisation).due(start, span).at)


def test_without_own_days_the_state_council_decides(hospital):
    assert _due(hospital, _local(2026, 9, 28, 15)).date() == date(2026, 10, 23)


@pytest.mark.parametrize(("day", "kind", "due"), [
    (date(2026, 10, 9), OwnDayKind.OFF, date(2026, 10, 26)),      # 院庆放假一天，顺延一个工作日
    (date(2026, 10, 11), OwnDayKind.EXTRA, date(2026, 10, 22)),   # 周日加班一天
])
def test_own_days_move_due_times_at_once(hospital, day, kind, due):
    calendar_of(hospital)
    OwnDay.objects.create(organisation=hospital, day=day, kind=kind, title="院庆")
    assert _due(hospital, _local(2026, 9, 28, 15)).date() == due


def test_opening_hours_end_the_last_day(hospital):
    hospital.opening_hours = {str(weekday): [["08:30", "12:00"], ["14:00", "17:30"]] for weekday in range(5)}
    hospital.save()
    assert _due(hospital, _local(2026, 9, 28, 15)) == _local(2026, 10, 23, 17, 30)


def test_a_half_day_closes_at_noon(hospital):
    OwnDay.objects.create(
        organisation=hospital, day=date(2026, 10, 23), kind=OwnDayKind.HALF, title="运动会", hours=[["08:30", "12:00"]]
    )
    assert _due(hospital, _local(2026, 9, 28, 15)) == _local(2026, 10, 23, 12)


def test_a_new_year_is_entered_when_it_is_announced(hospital):
    start = _local(2026, 12, 31, 9)
    assert calendar_of(hospital).due(start, Span(1, Unit.WORKDAYS)).provisional
    table = "year,holiday,off,work\n2027,元旦,2027-01-01..2027-01-03,\n"
    store_working_time(hospital, with_years(working_time_of(hospital), table))
    due = calendar_of(hospital).due(start, Span(1, Unit.WORKDAYS))
    assert not due.provisional
    assert timezone.localdate(due.at) == date(2027, 1, 4)


def test_a_wrong_row_names_its_line(hospital):
    with pytest.raises(ValueError, match="第 3 行"):
        with_years(WorkingTime(), "year,holiday,off,work\n2027,元旦,2027-01-01,\n2027,春节,二月,\n")


def test_what_is_stored_is_read_back_whole_and_replaces_what_was_there(hospital):
    OwnDay.objects.create(organisation=hospital, day=date(2026, 10, 9), kind=OwnDayKind.OFF, title="院庆")
    wanted = WorkingTime(
        hours={"0": [["08:30", "12:00"]]}, workweek=[0, 1, 2, 3, 4, 5], holiday_hours=[["09:00", "11:00"]],
        days=[{"day": "2026-10-23", "kind": "half", "title": "运动会", "hours": [["08:30", "12:00"]]}],
    )  # fmt: skip
    store_working_time(hospital, wanted)
    assert working_time_of(hospital).as_json() == wanted.as_json()


def test_asking_again_costs_one_small_query(hospital, django_assert_num_queries):
    calendar_of(hospital)
    with django_assert_num_queries(1):
        calendar_of(hospital)
