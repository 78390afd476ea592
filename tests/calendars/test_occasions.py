"""Limits without a number: same day, next workday start, before the month ends."""

from datetime import time

import pytest
from tests.calendars.story import CHINA, at


def local(due):
    return f"{due.at.astimezone(CHINA):%m-%d %H:%M}"


@pytest.mark.parametrize(
    ("start", "same_day", "same_workday", "next_start"),
    [
        ("2026-09-30 10:00", "09-30 17:30", "09-30 17:30", "10-08 08:00"),
        ("2026-09-30 07:00", "09-30 17:30", "09-30 17:30", "09-30 08:00"),  # 上班前收到，当天上班时
        ("2026-09-30 20:00", "09-30 23:59", "09-30 23:59", "10-08 08:00"),  # 下班后收到，当天到24时
        ("2026-10-03 10:00", "10-03 23:59", "10-08 17:30", "10-08 08:00"),
        ("2026-10-09 17:30", "10-09 17:30", "10-09 17:30", "10-10 08:00"),
    ],
)
def test_same_day_and_next_start(hospital, start, same_day, same_workday, next_start):
    assert local(hospital.same_day(at(start))) == same_day
    assert local(hospital.same_workday(at(start))) == same_workday
    assert local(hospital.next_workday_start(at(start))) == next_start


@pytest.mark.parametrize(
    ("period", "end"),
    [
        ("day", "08-05 17:30"),
        ("week", "08-09 23:59"),
        ("month", "08-31 17:30"),
        ("quarter", "09-30 17:30"),
        ("half-year", "12-31 17:30"),
        ("year", "12-31 17:30"),
    ],
)
def test_a_period_ends_with_its_last_day(hospital, period, end):
    assert local(hospital.end_of_period(at("2026-08-05 10:00"), period)) == end


def test_an_unknown_period_is_refused(cn):
    with pytest.raises(ValueError, match="不认识周期“decade”"):
        cn.end_of_period(at("2026-08-05 10:00"), "decade")


def test_an_occasion_in_a_year_not_published_is_provisional(cn):
    assert cn.next_workday_start(at("2026-12-31 20:00")).provisional
    assert not cn.end_of_period(at("2026-12-01 20:00"), "year").provisional
    assert cn.same_workday(at("2027-01-02 20:00")).provisional


def test_a_day_starts_and_ends_with_business_where_there_are_hours(cn, hospital):
    day = at("2026-08-05 10:00")
    assert hospital.start_of_day(day).astimezone(CHINA).time() == time(8)
    assert cn.start_of_day(day.date()).astimezone(CHINA).time() == time(0)
    assert cn.end_of_day(day.date()).astimezone(CHINA).time() == time(23, 59, 59)
