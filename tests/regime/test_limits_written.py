"""Limit expressions as people write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin.calendars import Span, Unit
from huiyin.regime.limits_written import LimitWritingError, parse_every, parse_limit, parse_open_for, parse_rung
from huiyin.regime.model import (
    AtField,
    AtOnce,
    BeforeField,
    FromSetting,
    NextWorkdayStart,
    OnField,
    PeriodEnd,
    Permanent,
    Promptly,
    Rung,
    SameDay,
    SameWorkday,
)


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("15 workdays", Span(15, Unit.WORKDAYS)),
        ("1 workday", Span(1, Unit.WORKDAYS)),
        ("4 working hours", Span(4, Unit.WORKING_HOURS)),
        ("at once", AtOnce()),
        ("promptly", Promptly()),
        ("same day", SameDay()),
        ("same workday", SameWorkday()),
        ("next workday start", NextWorkdayStart()),
        ("before month end", PeriodEnd("month")),
        ("at matter.appointment", AtField("matter.appointment")),
        ("on facts.promised_on", OnField("facts.promised_on")),
        ("2 days before matter.appointment", BeforeField(Span(2, Unit.DAYS), "matter.appointment")),
        ("permanent", Permanent()),
        ("$reply_limit", FromSetting("reply_limit")),
    ],
)
def test_each_form_is_read(text, meaning):
    assert parse_limit(text) == meaning


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("15个工作日", "15 workdays"), ("十五个工作日内", "15 workdays"), ("24小时", "24 hours"), ("3天", "3 days"),
        ("立即", "at once"), ("尽快", "promptly"), ("5d", "5 days"), ("15 working days", "15 workdays"),
        ("3 business days", "3 workdays"),
    ],
)  # fmt: skip
def test_a_mistake_is_answered_with_what_was_probably_meant(text, hint):
    with pytest.raises(LimitWritingError) as error:
        parse_limit(text)
    assert error.value.hint == hint
    parse_limit(hint)


def test_rungs_say_where_they_stand():
    assert parse_rung("due") == Rung(None, "at")
    assert parse_rung("1 workday before due") == Rung(Span(1, Unit.WORKDAYS), "before")
    assert parse_rung("$late after due") == Rung(FromSetting("late"), "after")
    with pytest.raises(LimitWritingError):
        parse_rung("before due")


def test_rhythms_and_openings():
    assert parse_every("half-year") == "half-year"
    assert parse_every("2  weeks") == "2 weeks"
    assert parse_every("$rhythm") == "$rhythm"
    assert parse_open_for("10 days after replied") == (Span(10, Unit.DAYS), "replied")
    with pytest.raises(LimitWritingError):
        parse_every("monthly")
    with pytest.raises(LimitWritingError):
        parse_open_for("10 days")


@given(st.integers(1, 9999), st.sampled_from(list(Unit)))
def test_what_a_span_prints_is_read_as_the_same_span(amount, unit):
    assert parse_limit(str(Span(amount, unit))) == Span(amount, unit)


@given(st.text(max_size=40))
def test_any_other_text_is_refused_with_a_hint_never_with_a_crash(text):
    refused: list[str] = []
    try:
        parse_limit(text)
    except LimitWritingError as error:
        refused = [error.hint]
    assert all(refused)
