from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from tests.calendars.story import CHINA, at, due

from huiyin.calendars import Calendar, Span, Unit, parse_span, read_arrangements


@pytest.mark.parametrize(
    ("start", "span", "expected"),
    [
        ("2026-09-28 15:00", "15 workdays", "2026-10-23"),  # 国庆七天不计，10月10日补班计入
        ("2026-10-23 17:30", "10 workdays", "2026-11-06"),  # 延长十个工作日
        ("2026-09-28 09:26", "10 workdays", "2026-10-16"),
        ("2026-09-18 10:00", "1 workday", "2026-09-20"),  # 周日补班，算工作日
        ("2026-09-24 10:00", "1 workday", "2026-09-28"),  # 中秋三天
        ("2026-09-30 23:59", "1 workday", "2026-10-08"),  # 国庆七天
        ("2026-10-09 00:00", "1 workday", "2026-10-10"),  # 补班周六
        ("2026-10-17 10:00", "1 workday", "2026-10-19"),  # 周六发生，周一是第一天
        ("2025-12-31 10:00", "1 workday", "2026-01-04"),  # 跨年，元旦后周日补班
        ("2018-12-28 10:00", "2 workdays", "2019-01-02"),  # 12月29日补班，12月30日起放假
        ("2020-01-23 10:00", "1 workday", "2020-02-03"),  # 2020 年春节延长
        ("2024-02-28 10:00", "1 workday", "2024-02-29"),  # 闰日
    ],
)
def test_workdays_follow_the_state_council(cn, start, span, expected):
    assert due(cn, start, span) == f"{expected} 23:59"


@pytest.mark.parametrize(
    ("start", "span", "expected"),
    [
        ("2026-03-02 10:00", "7 days", "2026-03-09"),
        ("2026-03-02 10:00", "5 days", "2026-03-09"),  # 期满日是周六，顺延到周一
        ("2026-09-01 10:00", "30 days", "2026-10-08"),  # 期满日是国庆，顺延到节后
        ("2026-03-02 10:00", "2 weeks", "2026-03-16"),
        ("2026-01-31 10:00", "1 month", "2026-02-28"),  # 2月没有31日；28日周六补班
        ("2024-01-31 10:00", "1 month", "2024-02-29"),
        ("2023-01-31 10:00", "1 month", "2023-02-28"),
        ("2026-08-31 10:00", "1 month", "2026-09-30"),
        ("2025-11-30 10:00", "3 months", "2026-02-28"),  # 跨年
        ("2024-02-29 10:00", "1 year", "2025-02-28"),
        ("2024-02-29 10:00", "2 years", "2026-02-28"),
        ("2025-10-01 10:00", "1 year", "2026-10-08"),
    ],
)
def test_natural_limits_end_with_their_last_day_and_move_off_days_off(cn, start, span, expected):
    assert due(cn, start, span) == f"{expected} 23:59"


def test_a_natural_limit_may_end_on_a_day_off_if_the_regime_says_so(cn):
    assert due(cn, "2026-09-01 10:00", "30 days", roll=False) == "2026-10-01 23:59"


@pytest.mark.parametrize(
    ("start", "span", "expected"),
    [
        ("2026-09-30 17:00", "2 hours", "2026-09-30 19:00"),
        ("2026-09-30 17:00", "24 hours", "2026-10-01 17:00"),
        ("2026-09-30 23:50", "30 minutes", "2026-10-01 00:20"),
    ],
)
def test_hours_and_minutes_run_through_nights_and_holidays(hospital, start, span, expected):
    assert due(hospital, start, span) == expected


@pytest.mark.parametrize(
    ("start", "span", "expected"),
    [
        ("2026-03-02 08:00", "2 working hours", "2026-03-02 10:00"),
        ("2026-03-02 11:00", "2 working hours", "2026-03-02 15:00"),  # 午休不计
        ("2026-03-02 11:00", "1 working hour", "2026-03-02 12:00"),  # 正好到午休，不拖到下午
        ("2026-03-02 17:00", "1 working hour", "2026-03-03 08:30"),
        ("2026-09-30 17:00", "1 working hour", "2026-10-08 08:30"),  # 国庆
        ("2026-10-09 17:00", "1 working hour", "2026-10-10 08:30"),  # 补班周六与周一同样营业
        ("2026-03-01 03:00", "1 working hour", "2026-03-02 09:00"),  # 非营业时间收到，从上班算起
        ("2026-03-02 08:00", "15 working hours", "2026-03-03 17:30"),
    ],
)
def test_working_hours_run_only_while_the_organisation_is_open(hospital, start, span, expected):
    assert due(hospital, start, span) == expected


def test_without_opening_hours_a_working_day_is_open_around_the_clock(cn):
    assert due(cn, "2026-03-06 20:00", "8 working hours") == "2026-03-09 04:00"


def test_day_limits_end_at_close_of_business_where_there_are_hours(hospital):
    assert due(hospital, "2026-09-28 09:26", "10 workdays") == "2026-10-16 17:30"
    assert due(hospital, "2026-09-01 10:00", "30 days") == "2026-10-08 17:30"
    assert due(hospital, "2026-09-01 10:00", "30 days", roll=False) == "2026-10-01 23:59"


def test_half_days_extra_days_and_days_off_are_the_organisations_own(hospital):
    own = hospital.with_organisation(
        half_days={date(2026, 3, 6): ((time(8), time(12)),)},
        extra_workdays={date(2026, 3, 7): "义诊日"},
        days_off=[date(2026, 3, 9)],
    )
    assert due(own, "2026-03-05 10:00", "1 workday") == "2026-03-06 12:00"
    assert due(own, "2026-03-05 10:00", "2 workdays") == "2026-03-07 17:30"
    assert due(own, "2026-03-05 10:00", "3 workdays") == "2026-03-10 17:30"
    assert due(own, "2026-03-06 11:00", "2 working hours") == "2026-03-07 09:00"
    assert [own.day(date(2026, 3, day)).title for day in (6, 7, 9)] == ["半天", "义诊日", "本单位放假"]
    assert own.day(date(2026, 3, 9)).source == "本单位"
    assert due(hospital, "2026-03-05 10:00", "1 workday") == "2026-03-06 17:30"


def test_a_year_not_yet_published_is_provisional(cn):
    late = cn.due(at("2026-12-28 10:00"), parse_span("5 workdays"))
    assert (late.at.astimezone(CHINA).date(), late.provisional) == (date(2027, 1, 4), True)
    assert not cn.due(at("2026-12-28 10:00"), parse_span("3 workdays")).provisional
    assert cn.due(at("2026-12-01 10:00"), parse_span("2 months")).provisional
    assert not cn.due(at("2026-12-31 10:00"), parse_span("48 hours")).provisional
    assert cn.due(at("2006-12-29 10:00"), parse_span("3 workdays")).provisional


def test_publishing_a_year_moves_the_due_time_and_makes_it_firm(cn):
    (year,) = read_arrangements("year,holiday,off,work\n2027,元旦,2027-01-01..2027-01-04,2026-12-27\n")
    after = cn.with_year(year).due(at("2026-12-28 10:00"), parse_span("5 workdays"))
    assert (after.at.astimezone(CHINA).date(), after.provisional) == (date(2027, 1, 6), False)
    assert cn.with_year(year).is_workday(date(2026, 12, 27))


def test_the_clock_of_another_zone_may_change_during_the_limit():
    berlin = ZoneInfo("Europe/Berlin")
    plain = Calendar("de", zone="Europe/Berlin").with_organisation(
        hours={6: ((time(1), time(4)),), 0: ((time(9), time(17)),)}
    )
    saturday = datetime(2026, 3, 28, 12, 0, tzinfo=berlin)  # clocks go forward on Sunday at 2:00
    assert plain.due(saturday, Span(24, Unit.HOURS)).at.astimezone(berlin).hour == 13
    assert plain.due(saturday, Span(1, Unit.DAYS), roll=False).at.astimezone(berlin).time() == time(4)
    assert plain.due(saturday, Span(1, Unit.WORKDAYS)).at == datetime(2026, 3, 30, 15, 0, tzinfo=UTC)
    assert plain.working_minutes_between(saturday, datetime(2026, 3, 29, 12, tzinfo=berlin)) == 120
    assert plain.due(saturday, Span(1, Unit.DAYS)).provisional


def test_the_date_of_an_event_is_that_of_the_calendars_zone(cn):
    utc_evening = datetime(2026, 9, 29, 16, 30, tzinfo=UTC)  # 30 September, 0:30 in China
    assert cn.due(utc_evening, parse_span("1 workday")).at == datetime(2026, 10, 8, 15, 59, 59, tzinfo=UTC)


@pytest.mark.parametrize("unit", list(Unit))
def test_a_time_without_zone_is_refused(cn, unit):
    with pytest.raises(ValueError, match="没有时区"):
        cn.due(datetime(2026, 9, 28, 9, 0), Span(1, unit))  # noqa: DTZ001 - that is what is refused


@pytest.mark.parametrize("unit", list(Unit))
def test_a_limit_beyond_the_calendar_is_refused(cn, unit):
    with pytest.raises(ValueError, match=r"超出日历范围|太长"):
        cn.due(at("2026-09-28 09:00"), Span(10**13, unit))
