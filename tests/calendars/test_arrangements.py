from datetime import date

import pytest

from huiyin.calendars import load_calendar, read_arrangements

HEAD = "year,holiday,off,work\n"


def test_a_table_of_one_year_makes_a_calendar():
    calendar = load_calendar(HEAD + "2027,元旦,2027-01-01..2027-01-03,2027-01-09\n", id="demo", issuer="示范单位")
    assert calendar.last_published_year == 2027
    assert calendar.day(date(2027, 1, 9)).source == "示范单位 2027 安排"
    assert not calendar.is_workday(date(2027, 1, 1))


def test_a_gap_in_the_years_is_not_published():
    rows = "2026,元旦,2026-01-01,\n2028,元旦,2028-01-01,\n"
    assert load_calendar(HEAD + rows, id="demo").last_published_year == 2026


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ("date,kind\n", "第 1 行：列应为 year,holiday,off,work"),
        (HEAD + "2027,元旦,2027-01-01,\n2027,春节,2027年2月,\n", "第 3 行"),
        (HEAD + "2027,元旦,2027-01-03..2027-01-01,\n", "第 2 行"),
        (HEAD + "2027,元旦\n", "第 2 行"),
        (HEAD + "2027,元旦,2027-01-01,2027-01-01\n", "2027-01-01 既放假又上班"),
    ],
)
def test_a_bad_table_says_where(table, message):
    with pytest.raises(ValueError, match=message):
        read_arrangements(table)
