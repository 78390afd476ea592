from datetime import date, time

import pytest
from tests.calendars.story import CHINA, at, due

DAY = ((time(8), time(12)), (time(14), time(17, 30)))


@pytest.mark.parametrize(
    ("moment", "open_"),
    [
        ("2026-03-02 07:59:59", False),
        ("2026-03-02 08:00", True),
        ("2026-03-02 12:00", False),
        ("2026-03-02 15:00", True),
        ("2026-03-02 17:30", False),
        ("2026-03-07 10:00", False),
        ("2026-10-10 10:00", True),  # 补班周六
        ("2026-10-05 10:00", False),  # 国庆周一
    ],
)
def test_open_in_office_hours(hospital, moment, open_):
    assert hospital.works_at(at(moment)) is open_


@pytest.mark.parametrize(
    ("moment", "opens"),
    [
        ("2026-03-02 09:00", "2026-03-02 09:00"),
        ("2026-03-02 12:00", "2026-03-02 14:00"),
        ("2026-03-06 18:00", "2026-03-09 08:00"),
        ("2026-09-30 18:00", "2026-10-08 08:00"),  # 国庆之后
        ("2026-10-10 07:00", "2026-10-10 08:00"),  # 补班周六
    ],
)
def test_when_it_opens_next(hospital, moment, opens):
    assert hospital.next_open(at(moment)) == at(opens)


def test_without_hours_a_workday_is_open_at_any_time(cn):
    assert cn.works_at(at("2026-03-02 03:00"))
    assert not cn.works_at(at("2026-03-07 10:00"))


def test_saturday_hours_open_the_doors_but_make_no_working_day(cn):
    shop = cn.with_organisation(hours={**dict.fromkeys(range(5), DAY), 5: ((time(9), time(12)),)})
    assert shop.works_at(at("2026-03-07 10:00"))
    assert not shop.is_workday(date(2026, 3, 7))
    assert due(shop, "2026-03-06 17:00", "1 working hour") == "2026-03-07 09:30"
    assert due(shop, "2026-03-06 17:00", "1 workday") == "2026-03-09 17:30"


def test_a_six_day_week_works_on_saturdays_but_not_on_holidays(cn):
    shop = cn.with_organisation(workweek=range(6), hours=dict.fromkeys(range(6), DAY))
    assert due(shop, "2026-03-06 17:00", "1 workday") == "2026-03-07 17:30"
    assert due(shop, "2026-09-30 17:00", "1 workday") == "2026-10-08 17:30"


def test_night_shifts_belong_to_the_day_they_start(cn):
    around_the_clock = ((time(8), time(20)), (time(20), time(8)))
    desk = cn.with_organisation(hours=dict.fromkeys(range(7), around_the_clock), holiday_hours=around_the_clock)
    assert desk.works_at(at("2026-10-01 03:00"))
    assert due(desk, "2026-09-30 23:00", "10 working hours") == "2026-10-01 09:00"
    assert due(desk, "2026-09-28 10:00", "1 workday") == "2026-09-29 23:59"


def test_a_friday_night_shift_ends_on_saturday_morning(cn):
    desk = cn.with_organisation(hours=dict.fromkeys(range(5), ((time(22), time(6)),)))
    assert desk.works_at(at("2026-03-07 05:00"))
    assert not desk.works_at(at("2026-03-07 06:00"))
    assert due(desk, "2026-03-07 05:00", "2 working hours") == "2026-03-09 23:00"


def test_midnight_may_close_the_day(cn):
    late = cn.with_organisation(hours=dict.fromkeys(range(5), ((time(9), time(0)),)))
    assert late.end_of_day(date(2026, 3, 2)).astimezone(CHINA).time() == time(23, 59, 59)
    assert late.working_minutes_between(at("2026-03-02 00:00"), at("2026-03-03 00:00")) == 15 * 60


def test_what_is_not_given_again_stays(hospital):
    own = hospital.with_organisation(days_off={date(2026, 3, 3): "院庆"}).with_organisation(days_off={})
    assert due(own, "2026-03-02 10:00", "1 workday") == "2026-03-03 17:30"


@pytest.mark.parametrize(
    ("own", "message"),
    [
        ({"hours": {0: ((time(8), time(12)), (time(11), time(17)))}}, "不重叠：08:00-12:00、11:00-17:00"),
        ({"hours": {0: ((time(8), time(12, 0, 30)),)}}, "写到分钟"),
        ({"hours": {0: ((time(7), time(12)),), 1: ((time(22), time(8)),)}}, "夜班"),
        ({"hours": {7: DAY}}, "星期"),
        ({"workweek": []}, "至少有一天"),
        ({"days_off": [date(2026, 3, 3)], "extra_workdays": [date(2026, 3, 3)]}, "2026-03-03 既是"),
    ],
)
def test_working_time_that_makes_no_sense_is_refused(cn, own, message):
    with pytest.raises(ValueError, match=message):
        cn.with_organisation(**own)


def test_an_organisation_that_never_opens_cannot_work_an_hour(cn):
    closed = cn.with_organisation(hours={0: ()})
    with pytest.raises(ValueError, match="超出日历范围"):
        due(closed, "2026-03-02 10:00", "1 working hour")
