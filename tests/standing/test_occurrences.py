"""Recurring duties: periods that follow each other without a gap, opened once, whenever somebody looks."""

import itertools
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from huiyin.calendars import china
from huiyin.regime.limits_written import LimitWritingError, parse_every
from huiyin.standing.occurrences import EPOCH, is_short, latest, next_start, occurrences, periods_to_open

CN = china()
ZONE = ZoneInfo("Asia/Shanghai")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


def days(every: str, since: str, until: str) -> list[tuple[str, str]]:
    """First and last day of each period."""
    return [
        (
            period.start.astimezone(ZONE).date().isoformat(),
            (period.end.astimezone(ZONE) - timedelta(days=1)).date().isoformat(),
        )
        for period in occurrences(every, at(since), at(until), CN)
    ]


def test_months_quarters_half_years_and_years_are_those_of_the_calendar():
    assert days("month", "2026-01-01", "2026-03-01") == [
        ("2026-01-01", "2026-01-31"),
        ("2026-02-01", "2026-02-28"),
        ("2026-03-01", "2026-03-31"),
    ]
    assert days("quarter", "2026-01-01", "2026-06-30") == [("2026-01-01", "2026-03-31"), ("2026-04-01", "2026-06-30")]
    assert days("half-year", "2026-02-01", "2026-12-31") == [("2026-07-01", "2026-12-31")]
    assert days("year", "2025-06-01", "2027-06-01") == [("2026-01-01", "2026-12-31"), ("2027-01-01", "2027-12-31")]


def test_the_first_whole_period_counts_not_the_one_in_which_a_regime_comes_into_force():
    assert days("month", "2026-01-15", "2026-02-20") == [("2026-02-01", "2026-02-28")]


def test_weeks_begin_on_monday_and_two_weeks_are_counted_from_one_monday_for_everybody():
    assert days("week", "2026-09-28", "2026-10-06") == [("2026-09-28", "2026-10-04"), ("2026-10-05", "2026-10-11")]
    fortnights = days("2 weeks", "2026-09-01", "2026-10-31")
    for first, last in fortnights:
        monday = datetime.fromisoformat(first).date()
        assert (monday - EPOCH).days % 14 == 0
        assert (datetime.fromisoformat(last).date() - monday).days == 13


def test_workdays_follow_the_published_calendar():
    """1 to 7 October 2026 are holidays, Saturday 10 October is worked."""
    found = [first for first, _last in days("workday", "2026-09-29", "2026-10-12")]
    assert found == ["2026-09-29", "2026-09-30", "2026-10-08", "2026-10-09", "2026-10-10", "2026-10-12"]


def test_what_is_done_each_working_day_is_due_at_the_end_of_that_day_and_not_of_the_days_off_after_it():
    found = {f"{each.start.astimezone(ZONE):%m-%d}": f"{each.due.astimezone(ZONE):%m-%d %H:%M}"
             for each in occurrences("workday", at("2026-09-30"), at("2026-10-09"), CN)}  # fmt: skip
    assert found == {"09-30": "09-30 23:59", "10-08": "10-08 23:59", "10-09": "10-09 23:59"}
    (thursday,) = latest("workday", 1, at("2026-09-27"), CN)
    assert f"{thursday.due.astimezone(ZONE):%m-%d}" == "09-24"     # Mid-Autumn from Friday on


def test_a_recurrence_rule_names_its_days_itself():
    assert days("RRULE:FREQ=MONTHLY;BYMONTHDAY=10", "2026-01-01", "2026-03-01") == [
        ("2026-01-10", "2026-02-09"),
        ("2026-02-10", "2026-03-09"),
    ]
    assert days("RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "2026-01-01", "2027-01-01") == []  # a day that never comes


def test_a_setting_without_an_answer_has_no_periods():
    assert days("$rhythm", "2026-01-01", "2027-01-01") == []
    assert next_start("$rhythm", at("2026-01-01"), CN) is None


@pytest.mark.parametrize(
    "text",
    ["RRULE:FREQ=HOURLY", "RRULE:FREQ=DAILY;COUNT=3", "RRULE:FREQ=DAILY;UNTIL=20260101", "RRULE:FREQ=DAILY;BYDAY=XX",
     "RRULE:", "2 hours", "3 workdays", "每月"],
)  # fmt: skip
def test_rhythms_that_are_none_are_refused_with_what_may_be_written(text):
    with pytest.raises(LimitWritingError):
        parse_every(text)


def test_a_due_time_is_the_last_moment_of_the_period():
    (month,) = occurrences("month", at("2026-02-01"), at("2026-02-01"), CN)
    assert month.due == at("2026-02-28 23:59:59")


def test_what_was_missed_while_nothing_ran_is_opened_as_one_and_the_running_period_beside_it():
    found = periods_to_open("day", at("2026-01-01"), None, at("2026-04-11 10:00"), CN)
    assert [(period.missed, period.start) for period in found] == [
        (100, at("2026-01-01").astimezone(UTC)),
        (0, at("2026-04-11").astimezone(UTC)),
    ]
    assert found[0].end == found[1].start


RHYTHMS = ["day", "workday", "week", "2 weeks", "10 days", "month", "2 months", "quarter", "half-year", "year",
           "RRULE:FREQ=MONTHLY;BYMONTHDAY=10", "RRULE:FREQ=WEEKLY;BYDAY=TU,FR"]  # fmt: skip
SINCE = at("2026-01-01")


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(RHYTHMS), st.lists(st.integers(min_value=1, max_value=60 * 24 * 90), min_size=1, max_size=12))
def test_no_period_is_ever_opened_twice_or_forgotten_whenever_somebody_looks(every, waits):
    opened, now, opened_to = [], SINCE - timedelta(hours=1), None
    for minutes in waits:
        now += timedelta(minutes=minutes)
        for period in periods_to_open(every, SINCE, opened_to, now, CN):
            assert period.start <= now, "opened before it began"
            opened.append(period)
            opened_to = period.end
    expected = list(occurrences(every, SINCE, now, CN))
    assert sum(period.missed or 1 for period in opened) == len(expected)
    for earlier, later in itertools.pairwise(opened):
        assert earlier.end == later.start, "a gap or an overlap"
    if expected:
        assert (opened[0].start, opened[-1].end) == (expected[0].start, expected[-1].end)


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(RHYTHMS), st.integers(min_value=0, max_value=60 * 24 * 400))
def test_the_next_start_is_after_now_and_begins_a_period(every, minutes):
    now = SINCE + timedelta(minutes=minutes)
    following = next_start(every, now, CN)
    assert following is not None
    assert following > now
    assert next(occurrences(every, following, following, CN)).start == following


def test_only_periods_shorter_than_a_month_give_way_to_the_next():
    short = {every: is_short(next(occurrences(every, SINCE, at("2027-01-01"), CN))) for every in RHYTHMS}
    assert [every for every, is_it in short.items() if is_it] == [
        "day", "workday", "week", "2 weeks", "10 days", "RRULE:FREQ=WEEKLY;BYDAY=TU,FR",
    ]  # fmt: skip
