from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from tests.calendars.story import CHINA, at

from huiyin.calendars import Calendar, Unit


@pytest.mark.parametrize(
    ("unit", "due", "suspended", "expected"),
    [
        # 鉴定三个工作日：十个工作日的时限顺延三个工作日
        (Unit.WORKDAYS, "2026-03-16 17:30", ("2026-03-04 10:00", "2026-03-09 15:00"), "2026-03-19 17:30"),
        (Unit.WORKDAYS, "2026-10-16 17:30", ("2026-09-30 10:00", "2026-10-08 15:00"), "2026-10-19 17:30"),  # 国庆
        (Unit.WORKDAYS, "2026-03-16 17:30", ("2026-03-04 10:00", "2026-03-04 16:00"), "2026-03-16 17:30"),  # 当天恢复
        (Unit.DAYS, "2026-03-16 17:30", ("2026-03-04 10:00", "2026-03-07 15:00"), "2026-03-19 17:30"),
        (Unit.DAYS, "2026-03-16 17:30", ("2026-03-04 10:00", "2026-03-09 15:00"), "2026-03-23 17:30"),  # 周六顺延
        (Unit.MONTHS, "2026-03-16 17:30", ("2026-03-04 10:00", "2026-03-05 15:00"), "2026-03-17 17:30"),
        (Unit.HOURS, "2026-03-06 20:00", ("2026-03-06 10:00", "2026-03-07 10:30"), "2026-03-07 20:30"),
        (Unit.WORKING_HOURS, "2026-03-06 17:00", ("2026-03-06 11:00", "2026-03-06 15:00"), "2026-03-09 09:30"),
        (Unit.WORKDAYS, "2026-03-16 17:30", ("2026-03-17 10:00", "2026-03-20 10:00"), "2026-03-16 17:30"),  # 已过期
    ],
)
def test_a_suspension_stops_the_clock(hospital, unit, due, suspended, expected):
    after = hospital.resume(at(due), unit, *map(at, suspended))
    assert f"{after.at.astimezone(CHINA):%Y-%m-%d %H:%M}" == expected
    assert not after.provisional


def test_a_suspension_into_an_unpublished_year_is_provisional(cn):
    assert cn.resume(
        at("2026-12-30 23:59:59"), Unit.WORKDAYS, at("2026-12-21 10:00"), at("2026-12-25 10:00")
    ).provisional


def test_a_suspension_cannot_end_before_it_begins(cn):
    begins = at("2026-03-04 10:00")
    with pytest.raises(ValueError, match="早于中止时间"):
        cn.resume(at("2026-03-16 17:30"), Unit.WORKDAYS, begins, begins - timedelta(seconds=1))


def test_a_clock_change_during_a_suspension_neither_gives_nor_takes_an_hour():
    berlin = ZoneInfo("Europe/Berlin")
    due = datetime(2026, 3, 28, 20, 0, tzinfo=berlin)
    after = Calendar("de", zone="Europe/Berlin").resume(
        due, Unit.HOURS, datetime(2026, 3, 28, 12, 0, tzinfo=berlin), datetime(2026, 3, 29, 12, 0, tzinfo=berlin)
    )
    assert after.at == datetime(2026, 3, 29, 18, 0, tzinfo=UTC)  # 23 hours later: eight were left
