"""Watches over many cases: windows, marks, growth, firing once until the count has fallen and risen again."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.scenarios.affairs import REGIME

from huiyin.calendars import china
from huiyin.regime import load
from huiyin.regime.model import Watch
from huiyin.standing import watching
from huiyin.standing.watching import Counted, Window

CN = china()
ZONE = ZoneInfo("Asia/Shanghai")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


def rows(*days: str) -> list[Counted]:
    return [Counted(f"case-{number}", at(day), ("内科",)) for number, day in enumerate(days, start=1)]


@pytest.fixture
def regime(tmp_path):
    (tmp_path / "regime.yaml").write_text(REGIME, encoding="utf-8")
    return load(tmp_path)


def watch(over: str, **marks: float | str) -> Watch:
    return Watch(id="same", title="多发", per=("ward",), over=over, cite=("四",), **marks)


def test_a_rolling_window_ends_now_and_a_calendar_window_holds_the_whole_period():
    now = at("2026-05-15 10:00")
    rolling = watching.window_at("90 days", now, CN)
    assert rolling is not None
    assert rolling.start == at("2026-02-14 10:00")
    assert rolling.holds(now)
    quarter = watching.window_at("calendar quarter", now, CN)
    assert quarter == Window(at("2026-04-01").astimezone(UTC), at("2026-07-01").astimezone(UTC))
    assert watching.window_before("calendar quarter", quarter, CN).start == at("2026-01-01")
    assert watching.window_at("$window", now, CN) is None


def test_it_fires_when_the_mark_is_reached_and_not_again_while_it_stands(regime):
    three = rows("2026-05-01", "2026-05-10", "2026-05-14")
    rule = watch("90 days", at_least=3)
    assert not watching.judge(rule, regime, three[:2], at("2026-05-10"), CN, fired_in=None).fires
    found = watching.judge(rule, regime, three, at("2026-05-14"), CN, fired_in=None)
    assert (found.fires, found.value, found.cases) == (True, 3.0, ("case-1", "case-2", "case-3"))
    four = [*three, *rows("2026-05-20")]
    again = watching.judge(rule, regime, four, at("2026-05-20"), CN, fired_in=found.window, newest="case-4")
    assert (again.fires, again.firing) == (False, True)


def test_it_fires_again_after_the_count_had_fallen_even_if_nobody_looked_in_between(regime):
    rule = watch("30 days", at_least=2)
    first = watching.judge(rule, regime, rows("2026-01-01", "2026-01-05"), at("2026-01-05"), CN, fired_in=None)
    later = [*rows("2026-01-01", "2026-01-05", "2026-03-01", "2026-03-02")]
    again = watching.judge(rule, regime, later, at("2026-03-02"), CN, fired_in=first.window, newest="case-4")
    assert again.fires


def test_a_calendar_window_fires_once_in_each_period(regime):
    rule = watch("calendar month", at_least=2)
    january = watching.judge(rule, regime, rows("2026-01-03", "2026-01-04"), at("2026-01-04"), CN, fired_in=None)
    both = rows("2026-01-03", "2026-01-04", "2026-02-01", "2026-02-02")
    assert january.fires
    assert watching.judge(rule, regime, both, at("2026-02-02"), CN, fired_in=january.window).fires


def test_growth_and_count_must_both_be_reached_where_both_are_written(regime):
    rule = watch("7 days", at_least=3, growth=50.0)
    week = rows("2026-05-01", "2026-05-02", "2026-05-08 12:00", "2026-05-09", "2026-05-10")
    now = at("2026-05-10 12:00")
    assert watching.judge(rule, regime, week, now, CN, fired_in=None).fires
    assert not watching.judge(rule, regime, [*rows("2026-05-01 13:00"), *week], now, CN, fired_in=None).fires
    only_growth = watching.judge(watch("7 days", growth=50.0), regime, week, now, CN, fired_in=None)
    assert (only_growth.fires, only_growth.value) == (True, 50.0)


def test_at_most_is_judged_when_the_window_is_over_and_for_those_without_any_case(regime):
    rule = watch("calendar year", at_most=0)
    assert watching.windows_ended("calendar year", at("2026-01-01"), None, at("2026-12-31 23:59"), CN) == []
    (year,) = watching.windows_ended("calendar year", at("2026-01-01"), None, at("2027-01-01"), CN)
    assert watching.judge_ended(rule, regime, [], year).fires
    assert not watching.judge_ended(rule, regime, rows("2026-07-01"), year).fires
    assert watching.windows_ended("calendar year", at("2026-01-01"), year.end, at("2027-06-01"), CN) == []


def test_a_mark_that_is_a_setting_without_an_answer_never_fires(regime):
    assert (
        watching.judge(
            watch("7 days", at_least="$many"), regime, rows("2026-05-01"), at("2026-05-01"), CN, fired_in=None
        )
        is None
    )
    (day,) = watching.windows_ended("day", at("2026-05-01"), None, at("2026-05-02"), CN)
    assert watching.judge_ended(watch("day", at_most="$few"), regime, [], day) is None


@settings(max_examples=100, deadline=None)
@given(
    st.lists(st.integers(min_value=0, max_value=200), min_size=1, max_size=25), st.integers(min_value=1, max_value=4)
)
def test_looked_at_after_every_case_it_fires_exactly_when_the_count_comes_to_the_mark_from_below(gaps, mark):
    rule, seen, fired_in, now = watch("30 days", at_least=float(mark)), [], None, at("2026-01-01")
    regime_without_settings = type("R", (), {"answers": {}})()
    for number, gap in enumerate(gaps):
        now += timedelta(days=gap)
        inside_before = [row for row in seen if now - row.at <= timedelta(days=30)]
        seen.append(Counted(f"case-{number}", now, ("内科",)))
        found = watching.judge(rule, regime_without_settings, seen, now, CN, fired_in=fired_in, newest=f"case-{number}")
        assert found.fires == (len(inside_before) + 1 >= mark and len(inside_before) < mark)
        fired_in = found.window if found.firing else None
