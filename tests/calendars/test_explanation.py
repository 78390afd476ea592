from datetime import date

from tests.calendars.story import at

from huiyin.calendars import DayKind, parse_span


def test_the_reasons_of_a_limit_over_golden_week(hospital):
    why = hospital.explain(at("2026-09-28 09:26"), parse_span("10 workdays"))
    assert why.sentences_zh("受理") == [
        ("从", "9月28日9:26受理，当天不计（民法典201条）"),
        ("给", "10个工作日"),
        ("跳过", "国庆7天、周日1天"),
        ("计入", "10月10日周六，国务院安排的补班日"),
        ("到", "10月16日（周五）17:30下班止"),
    ]
    assert why.sentences_en("accepted") == [
        ("From", "28 September, 09:26 (accepted); that day does not count (Civil Code art. 201)"),
        ("Allowed", "10 workdays"),
        ("Skipped", "National Day: 7 days, Sunday: 1 day"),
        ("Counted", "Saturday, 10 October: make-up working day"),
        ("Due", "Friday, 16 October, 17:30, close of business"),
    ]


def test_each_day_says_whether_it_counts(hospital):
    days = hospital.explain(at("2026-09-28 09:26"), parse_span("10 workdays")).days
    kinds = ["start", *["count"] * 2, *["skip"] * 7, *["count"] * 3, "skip", *["count"] * 4, "due"]
    assert [day.kind for day in days] == kinds
    assert [day.ordinal for day in days if day.ordinal] == list(range(1, 11))
    assert (days[0].date, days[-1].date) == (date(2026, 9, 28), date(2026, 10, 16))
    assert (days[12].date, days[12].day_kind, days[12].ordinal) == (date(2026, 10, 10), DayKind.MAKE_UP, 5)


def test_a_natural_limit_tells_why_it_moved(cn):
    why = cn.explain(at("2026-09-01 10:00"), parse_span("30 days"))
    assert why.sentences_zh() == [
        ("从", "9月1日10:00，当天不计（民法典201条）"),
        ("给", "30天"),
        ("跳过", "国庆6天"),
        ("顺延", "期满日10月1日是国庆，顺延到下一个工作日（民法典203条）"),
        ("到", "10月8日（周四）24:00止"),
    ]
    assert ("Moved", "1 October is National Day; moved to the next workday (Civil Code art. 203)") in why.sentences_en()
    assert why.rolled_from.date == date(2026, 10, 1)


def test_a_month_that_is_too_short_is_explained(cn):
    why = cn.explain(at("2026-08-31 10:00"), parse_span("1 month"))
    assert why.sentences_zh()[1] == ("给", "1个月，9月没有31日，以30日为准（民法典202条）")
    assert why.sentences_en()[1] == ("Allowed", "1 month; September ends on 30 (Civil Code art. 202)")


def test_an_unpublished_year_is_named(cn):
    why = cn.explain(at("2026-12-28 10:00"), parse_span("5 workdays"))
    assert why.sentences_zh()[-2:] == [
        ("到", "2027年1月4日（周一）24:00止"),
        ("暂定", "2027年放假安排未公布，先按每周作息计算，公布后重算"),
    ]
    assert why.sentences_en()[-1][0] == "Provisional"
    assert why.sentences_zh()[2] == ("跳过", "周末2天")


def test_hours_and_working_hours_say_what_they_count(hospital):
    hours = hospital.explain(at("2026-03-06 16:30"), parse_span("2 hours")).sentences_zh()
    assert hours == [
        ("从", "3月6日16:30，从此时起算（民法典201条）"),
        ("给", "2小时"),
        ("到", "3月6日（周五）18:30止"),
    ]
    working = hospital.explain(at("2026-03-06 16:30"), parse_span("2 working hours")).sentences_zh()
    assert working == [
        ("从", "3月6日16:30，只计营业时间（民法典201条）"),
        ("给", "2个工作小时"),
        ("跳过", "周末2天"),
        ("到", "3月9日（周一）9:00止"),
    ]


def test_the_organisations_own_days_are_named(hospital):
    own = hospital.with_organisation(days_off={date(2026, 3, 5): "院庆"}, extra_workdays={date(2026, 3, 7): "义诊日"})
    sentences = dict(own.explain(at("2026-03-04 10:00"), parse_span("3 workdays")).sentences_zh())
    assert sentences["跳过"] == "院庆1天、周日1天"
    assert sentences["计入"] == "3月7日周六，本单位安排上班（义诊日）"
