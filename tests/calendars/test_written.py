import pytest

from huiyin.calendars import Span, Unit, UnreadableSpanError, parse_span
from huiyin.calendars.written import as_said, as_written


@pytest.mark.parametrize("unit", list(Unit))
def test_what_is_written_is_read_back(unit):
    for amount in (1, 2, 15):
        assert parse_span(str(Span(amount, unit))) == Span(amount, unit)


@pytest.mark.parametrize("unit", list(Unit))
def test_what_people_say_is_written_as_regimes_write_it_and_said_again(unit):
    for amount in (1, 2, 15):
        span = Span(amount, unit)
        assert as_written(span.title_zh) == str(span)
        assert as_said(str(span)) == span.title_zh


@pytest.mark.parametrize(
    ("said", "written"), [("立即", "at once"), ("当日", "same day"), ("3 天", "3 days"), (" before year end ", "before year end")]
)
def test_words_without_a_figure_and_what_is_written_already(said, written):
    assert as_written(said) == written


def test_nothing_is_read_into_what_is_no_limit():
    assert [as_written("0天"), as_written("三天"), as_said("before year end")] == ["0天", "三天", "before year end"]


def test_singular_case_and_blanks_are_tolerated():
    assert parse_span("1 workday") == parse_span(" 1  Workdays ") == Span(1, Unit.WORKDAYS)
    assert parse_span("2 working  hours") == Span(2, Unit.WORKING_HOURS)


def test_a_span_is_shown_in_chinese_and_english():
    assert [Span(15, Unit.WORKDAYS).title_zh, Span(3, Unit.MONTHS).title_zh] == ["15个工作日", "3个月"]
    assert [str(Span(1, Unit.WORKING_HOURS)), str(Span(2, Unit.DAYS))] == ["1 working hour", "2 days"]


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ("15个工作日", "例如 15 workdays"),
        ("3个月", "例如 3 months"),
        ("48小时", "例如 48 hours"),
        ("fifteen workdays", "例如 15 workdays"),
        ("15", "例如 15 workdays"),
        ("15 fortnights", "例如 15 workdays"),
        ("-3 days", "例如 15 workdays"),
        ("1.5 days", "例如 15 workdays"),
        ("١٥ workdays", "例如 15 workdays"),
        ("", "例如 15 workdays"),
        ("0 days", "请写 same day"),
    ],
)
def test_anything_else_is_refused_with_advice(text, advice):
    with pytest.raises(UnreadableSpanError) as refused:
        parse_span(text)
    assert f"“{text}”" in refused.value.zh
    assert advice in refused.value.zh
    assert text in refused.value.en


def test_a_span_cannot_be_negative():
    with pytest.raises(ValueError, match="不能是负数"):
        Span(-1, Unit.DAYS)
