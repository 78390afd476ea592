"""What people write is looked over: tables of holidays, opening spans."""

from importlib import resources

import pytest

from huiyin.calendars.arrangements import china_arrangements
from huiyin.calendars.entering import look_over
from huiyin.calendars.spans import UnreadableHoursError, parse_hours, written_hours

HEAD = "year,holiday,off,work"
TABLE = resources.files("huiyin.calendars").joinpath("china.csv").read_text(encoding="utf-8").splitlines()[1:]
KNOWN = {each.year: each for each in china_arrangements()}


@pytest.mark.parametrize("year", range(2007, 2027))
def test_every_arrangement_ever_announced_passes(year):
    # 3 February 2020, a Monday, became a working day again after the holiday had been prolonged over it.
    rows = [row.replace(" 2020-02-03", "") for row in TABLE if row.startswith(f"{year},")]
    found, faults = look_over("\n".join([HEAD, *rows]), KNOWN)
    assert faults == ()
    assert [each.year for each in found] == [year]


def test_two_years_must_not_contradict_each_other():
    _found, (fault,) = look_over(f"{HEAD}\n2027,元旦,2026-10-10 2027-01-01,\n", KNOWN | {})
    assert "2027年前后" in fault.zh
    rows = f"{HEAD}\n2025,元旦,2024-12-29 2025-01-01,\n"
    other = {2024: look_over(f"{HEAD}\n2024,元旦,2024-01-01,2024-12-29\n", {})[0][0]}
    assert [each.zh for each in look_over(rows, other)[1]] == ["2024-12-29与2024年的安排矛盾。"]


@pytest.mark.parametrize(("text", "written"), [
    ("8:30-12:00 14:00-17:30", "08:30-12:00 14:00-17:30"),
    ("8：30 至 12：00、13:00－24:00".replace("－", "-"), "08:30-12:00 13:00-24:00"),
    ("22:00-06:00", "22:00-06:00"),
    ("00:00-24:00", "00:00-24:00"),
    ("", ""),
])
def test_spans_are_read_as_people_write_them(text, written):
    assert written_hours(parse_hours(text)) == written


@pytest.mark.parametrize(("text", "said"), [
    ("14:00-17:30 8:30-12:00", "先后颠倒"),
    ("8:30-12:00 11:00-17:30", "重叠"),
    ("17:30-14:00", "写反了"),
    ("9:00-9:00", "写反了"),
    ("25:00-26:00", "没有这样的时刻"),
    ("上午", "读不懂"),
])
def test_spans_that_cannot_be_right_are_refused(text, said):
    with pytest.raises(UnreadableHoursError, match=said):
        parse_hours(text)
