from datetime import UTC, date, datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from huiyin.calendars import Span, Unit, china

DAY = ((time(8), time(12)), (time(14), time(17, 30)))
CALENDARS = {
    "state": china(),
    "office": china().with_organisation(hours=dict.fromkeys(range(5), DAY)),
    "shifts": china().with_organisation(
        hours=dict.fromkeys(range(7), ((time(6), time(14)), (time(14), time(22)), (time(22), time(6)))),
        days_off={date(2025, 6, 9): "院庆"},
        extra_workdays={date(2025, 6, 14): "义诊日"},
    ),
}
DAY_UNITS = (Unit.DAYS, Unit.WORKDAYS, Unit.WEEKS, Unit.MONTHS, Unit.YEARS)

calendars = st.sampled_from(sorted(CALENDARS)).map(CALENDARS.__getitem__)
moments = st.datetimes(datetime(2007, 1, 1), datetime(2030, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001
spans = st.builds(Span, st.integers(0, 60), st.sampled_from(Unit))
day_spans = st.builds(Span, st.integers(1, 60), st.sampled_from(DAY_UNITS))


@given(calendars, moments, st.integers(0, 300))
def test_adding_then_counting_workdays_gives_back_the_number(calendar, start, amount):
    due = calendar.due(start, Span(amount, Unit.WORKDAYS))
    expected = amount if amount or calendar.is_workday(start) else 1
    assert calendar.workdays_between(start, due.at) == expected
    assert calendar.workdays_between(due.at, start) == -expected
    assert calendar.is_workday(due.at)


@given(calendars, moments, st.integers(1, 300))
def test_adding_then_counting_natural_time_gives_back_the_number(calendar, start, amount):
    assert calendar.days_between(start, calendar.due(start, Span(amount, Unit.DAYS), roll=False).at) == amount
    assert calendar.months_between(start, calendar.due(start, Span(amount, Unit.MONTHS), roll=False).at) == amount
    assert calendar.hours_between(start, calendar.due(start, Span(amount, Unit.HOURS)).at) == amount


@given(calendars, moments, st.integers(1, 100))
def test_adding_then_counting_working_hours_gives_back_the_number(calendar, start, amount):
    due = calendar.due(start, Span(amount, Unit.WORKING_HOURS)).at
    assert calendar.working_minutes_between(start, due) == amount * 60
    assert calendar.after(start, Span(amount, Unit.WORKING_HOURS)) == due
    back = calendar.before(due, Span(amount, Unit.WORKING_HOURS))
    assert calendar.working_minutes_between(back, due) == amount * 60


@given(calendars, moments, spans)
def test_a_due_time_is_never_before_its_start(calendar, start, span):
    assert calendar.due(start, span).at >= start
    assert calendar.same_day(start).at >= start
    assert calendar.same_workday(start).at >= start
    assert calendar.next_workday_start(start).at > start
    assert calendar.end_of_period(start, "month").at >= start


@given(calendars, moments, st.timedeltas(timedelta(0), timedelta(days=20)), spans)
def test_a_later_start_is_never_due_earlier(calendar, start, later, span):
    assert calendar.due(start, span).at <= calendar.due(start + later, span).at


@given(calendars, moments, st.integers(0, 60), st.sampled_from(Unit))
def test_more_time_is_never_due_earlier(calendar, start, amount, unit):
    assert calendar.due(start, Span(amount, unit)).at <= calendar.due(start, Span(amount + 1, unit)).at


@given(calendars, moments, day_spans)
def test_a_limit_that_rolls_ends_on_a_working_day_and_no_later_than_the_first(calendar, start, span):
    exact = calendar.due(start, span, roll=False).at
    rolled = calendar.due(start, span).at
    assert calendar.is_workday(rolled)
    assert calendar.workdays_between(exact, rolled) == (0 if calendar.is_workday(exact) else 1)


@given(
    calendars,
    moments,
    st.integers(1, 60),
    st.timedeltas(timedelta(0), timedelta(days=30)),
    st.timedeltas(timedelta(0), timedelta(days=60)),
)
def test_a_suspension_shifts_by_exactly_the_time_suspended(calendar, start, amount, until, length):
    suspended = start + until
    resumed = suspended + length

    hours = calendar.due(start, Span(amount, Unit.HOURS)).at
    running = suspended < hours
    assert calendar.resume(hours, Unit.HOURS, suspended, resumed).at - hours == (length if running else timedelta(0))

    days = calendar.due(start, Span(amount, Unit.DAYS), roll=False).at
    shifted = calendar.resume(days, Unit.DAYS, suspended, resumed, roll=False).at
    running = suspended < days
    assert calendar.days_between(days, shifted) == (calendar.days_between(suspended, resumed) if running else 0)

    workdays = calendar.due(start, Span(amount, Unit.WORKDAYS)).at
    shifted = calendar.resume(workdays, Unit.WORKDAYS, suspended, resumed).at
    missed = calendar.workdays_between(suspended, resumed) if suspended < workdays else 0
    assert calendar.workdays_between(workdays, shifted) == missed


@given(
    calendars,
    moments,
    st.integers(1, 100),
    st.timedeltas(timedelta(0), timedelta(days=10)),
    st.timedeltas(timedelta(0), timedelta(days=20)),
)
def test_working_hours_left_when_suspended_are_left_when_resumed(calendar, start, amount, until, length):
    due = calendar.due(start, Span(amount, Unit.WORKING_HOURS)).at
    suspended = min(start + until, due - timedelta(minutes=1))
    resumed = suspended + length
    left = calendar.working_minutes_between(suspended, due)
    again = calendar.resume(due, Unit.WORKING_HOURS, suspended, resumed).at
    assert calendar.working_minutes_between(resumed, again) == left


@given(calendars, moments, st.builds(Span, st.integers(1, 60), st.sampled_from([Unit.DAYS, Unit.WORKDAYS])))
def test_an_explanation_counts_the_days_and_ends_with_the_due_day(calendar, start, span):
    why = calendar.explain(start, span)
    due = calendar.due(start, span)
    assert [day.ordinal for day in why.counted] == list(range(1, span.amount + 1))
    assert why.days[0].date == start.astimezone(calendar.zone).date()
    assert (why.days[-1].kind, why.days[-1].date) == ("due", due.at.astimezone(calendar.zone).date())
    assert (why.due, why.provisional) == (due.at, due.provisional)
    assert all(not day.works for day in map(calendar.day, (skipped.date for skipped in why.skipped)))


@given(calendars, moments, spans)
def test_every_due_time_can_be_explained(calendar, start, span):
    why = calendar.explain(start, span)
    for sentences in (why.sentences_zh("受理"), why.sentences_en()):
        assert all(label and sentence for label, sentence in sentences)
    assert (why.sentences_zh()[-1][0] == "暂定") == calendar.due(start, span).provisional


@given(moments, st.integers(1, 300))
def test_provisional_exactly_when_an_unpublished_year_is_touched(start, amount):
    calendar = CALENDARS["state"]
    due = calendar.due(start, Span(amount, Unit.WORKDAYS))
    assert due.provisional == (due.at.astimezone(calendar.zone).year > 2026)
