from datetime import date, time

import pytest
from tests.calendars.story import CHINA, at

from huiyin.calendars import parse_span


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        (date(2026, 9, 28), date(2026, 10, 23), (15, 25, 0)),
        (date(2026, 10, 23), date(2026, 9, 28), (-15, -25, 0)),
        (date(2026, 9, 30), date(2026, 10, 7), (0, 7, 0)),
        (date(2026, 1, 31), date(2026, 2, 28), (16, 28, 1)),
        (date(2024, 2, 29), date(2025, 2, 27), (248, 364, 11)),
        (date(2024, 2, 29), date(2025, 2, 28), (249, 365, 12)),
    ],
)
def test_workdays_days_and_months_between_dates(cn, a, b, expected):
    assert (cn.workdays_between(a, b), cn.days_between(a, b), cn.months_between(a, b)) == expected


def test_hours_are_whole_and_signed(cn):
    assert cn.hours_between(at("2026-03-02 10:00"), at("2026-03-02 12:59")) == 2
    assert cn.hours_between(at("2026-03-02 12:59"), at("2026-03-02 10:00")) == -2


def test_working_minutes_leave_out_lunch_nights_and_weekends(hospital):
    assert hospital.working_minutes_between(at("2026-03-06 11:30"), at("2026-03-09 08:15")) == 30 + 210 + 15
    assert hospital.working_minutes_between(at("2026-03-09 08:15"), at("2026-03-06 11:30")) == -255


@pytest.mark.parametrize(
    ("moment", "span", "before", "after"),
    [
        ("2026-10-08 17:30", "1 workday", "2026-09-30 17:30", "2026-10-09 17:30"),
        ("2026-10-08 10:15", "2 workdays", "2026-09-29 10:15", "2026-10-10 10:15"),
        ("2026-10-11 10:15", "1 workday", "2026-10-10 10:15", "2026-10-12 10:15"),
        ("2026-10-08 10:15", "3 days", "2026-10-05 10:15", "2026-10-11 10:15"),
        ("2026-03-31 10:15", "1 month", "2026-02-28 10:15", "2026-04-30 10:15"),
        ("2026-03-09 08:30", "1 working hour", "2026-03-06 17:00", "2026-03-09 09:30"),
        ("2026-03-09 08:30", "2 hours", "2026-03-09 06:30", "2026-03-09 10:30"),
    ],
)
def test_a_rung_of_a_ladder_lies_before_or_after_the_due_time(hospital, moment, span, before, after):
    assert hospital.before(at(moment), parse_span(span)).astimezone(CHINA) == at(before)
    assert hospital.after(at(moment), parse_span(span)).astimezone(CHINA) == at(after)


def test_the_end_of_a_half_day_goes_back_to_the_end_of_a_full_one(hospital):
    own = hospital.with_organisation(half_days={date(2026, 3, 6): ((time(8), time(12)),)})
    assert own.before(at("2026-03-06 12:00"), parse_span("1 workday")).astimezone(CHINA) == at("2026-03-05 17:30")
