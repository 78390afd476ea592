"""Every day from 2007 to 2026 against calendars that others published."""

import csv
from datetime import date, datetime, time, timedelta
from itertools import islice
from pathlib import Path

import chinese_calendar
import holidays
import pytest

from huiyin.calendars import DayKind, Span, Unit

PUBLISHED = Path(__file__).resolve().parents[3] / "shared" / "data" / "cn_holiday_arrangements_2019_2026.csv"


def every_day(first_year: int, last_year: int) -> list[date]:
    first = date(first_year, 1, 1)
    return [first + timedelta(days=offset) for offset in range((date(last_year, 12, 31) - first).days + 1)]


def test_working_days_are_those_of_chinesecalendar(cn):
    days = every_day(2007, 2026)
    assert len(days) == 7305
    assert [day for day in days if cn.is_workday(day) != chinese_calendar.is_workday(day)] == []


def test_working_days_are_those_of_holidays(cn):
    china = holidays.country_holidays("CN", years=range(2007, 2027))
    assert [day for day in every_day(2007, 2026) if cn.is_workday(day) != china.is_working_day(day)] == []


@pytest.mark.skipif(not PUBLISHED.exists(), reason="the shared table of published arrangements is not beside this tree")
def test_working_days_are_those_of_the_state_council_papers(cn):
    with PUBLISHED.open(encoding="utf-8") as table:
        papers = {date.fromisoformat(row["date"]): row["kind"] == "work" for row in csv.DictReader(table)}
    days = every_day(2019, 2026)
    assert [day for day in days if cn.is_workday(day) != papers.get(day, day.weekday() < 5)] == []


@pytest.mark.skipif(not PUBLISHED.exists(), reason="the shared table of published arrangements is not beside this tree")
def test_each_day_off_has_the_name_of_its_holiday(cn):
    with PUBLISHED.open(encoding="utf-8") as table:
        off = {date.fromisoformat(row["date"]): row["holiday"] for row in csv.DictReader(table) if row["kind"] == "off"}
    assert {day: cn.day(day).title for day in off} == off
    assert {cn.day(day).kind for day in off} == {DayKind.HOLIDAY}


@pytest.mark.parametrize(
    ("day", "works", "expected"),
    [
        (date(2026, 10, 1), False, (DayKind.HOLIDAY, "国庆节", "国务院办公厅 2026 安排")),
        (date(2026, 10, 10), True, (DayKind.MAKE_UP, "补班", "国务院办公厅 2026 安排")),
        (date(2026, 10, 11), False, (DayKind.WEEKEND, "周日", "每周作息")),
        (date(2026, 10, 12), True, (DayKind.WORKDAY, "周一", "每周作息")),
        (date(2018, 12, 29), True, (DayKind.MAKE_UP, "补班", "国务院办公厅 2019 安排")),
        (date(2020, 2, 3), True, (DayKind.WORKDAY, "周一", "每周作息")),  # 春节延长后周一上班，不是补班
        (date(2027, 10, 1), True, (DayKind.WORKDAY, "周五", "2027 年安排未公布，按每周作息")),
    ],
)
def test_a_day_says_what_it_is_and_who_said_so(cn, day, works, expected):
    found = cn.day(day)
    assert found.works is works
    assert (found.kind, found.title, found.source) == expected


@pytest.mark.parametrize("amount", [1, 5, 15])
def test_due_days_are_those_of_counting_day_by_day_with_chinesecalendar(cn, amount):
    starts = every_day(2007, 2025)[::7]
    wrong = []
    for start in starts:
        working = (start + timedelta(days=offset) for offset in range(1, 60))
        expected = next(islice(filter(chinese_calendar.is_workday, working), amount - 1, None))
        noon = datetime.combine(start, time(12), cn.zone)
        if cn.due(noon, Span(amount, Unit.WORKDAYS)).at.astimezone(cn.zone).date() != expected:
            wrong.append(start)
    assert len(starts) > 900
    assert wrong == []


def test_2026_is_the_last_published_year(cn):
    assert cn.last_published_year == 2026
