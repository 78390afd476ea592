"""Figures are found wherever the regime language writes them, and change by one."""

from huiyin.trial import figures


def test_every_number_that_something_is_compared_with():
    condition = "matter.amount >= 1000 && complainant.people > 5 && earlier('same-matter', 'any', '90 days') == 0"
    assert list(figures.in_condition(condition)) == [
        condition.replace("1000", "1001"),
        condition.replace("1000", "999"),
        condition.replace("> 5", "> 6"),
        condition.replace("> 5", "> 4"),
        condition.replace("== 0", "== 1"),
        condition.replace("== 0", "== -1"),
    ]


def test_a_name_that_holds_a_digit_is_no_number():
    assert list(figures.in_condition("matter.kind == 'a1' && facts.x2 > settings.mark")) == []


def test_spans_of_every_unit_and_never_none():
    assert list(figures.in_span("15 workdays")) == ["16 workdays", "14 workdays"]
    assert list(figures.in_span("1 workday before due")) == ["2 workdays before due"]
    assert list(figures.in_span("2 days")) == ["3 days", "1 day"]
    assert list(figures.in_span("4 working hours")) == ["5 working hours", "3 working hours"]
    assert list(figures.in_span("30 days after replied")) == ["31 days after replied", "29 days after replied"]
    assert list(figures.in_span("at once")) == []


def test_shares_stay_between_nought_and_a_hundred():
    assert list(figures.of_share("10%")) == ["11%", "9%"]
    assert list(figures.of_share("100%")) == ["99%"]


def test_marks_are_numbers_or_shares():
    assert list(figures.of_mark(3, least=0)) == [4, 2]
    assert list(figures.of_mark(0, least=0)) == [1]
    assert list(figures.of_mark("90%", least=0)) == ["91%", "89%"]
    assert list(figures.of_mark("$mark", least=0)) == []


def test_a_period_becomes_the_one_before_and_the_one_after():
    assert list(figures.of_period("month")) == ["week", "quarter"]
    assert list(figures.of_period("year")) == ["half-year"]
    assert list(figures.of_period("2 weeks")) == []


def test_amounts_and_both_bounds_of_a_bracket():
    assert list(figures.of_amount(-5)) == [-4, -6]
    assert list(figures.of_amount("200..1500")) == ["201..1500", "199..1500", "200..1501", "200..1499"]
    assert list(figures.of_amount(True)) == []


def test_settings_by_their_type():
    assert list(figures.of_setting({"type": "yes-no", "default": True})) == [False]
    choice = {"type": "choice", "choices": {"received": "收到", "accepted": "受理"}, "default": "received"}
    assert list(figures.of_setting(choice)) == ["accepted"]
    assert list(figures.of_setting({"type": "limit", "default": "5 workdays"})) == ["6 workdays", "4 workdays"]
    assert list(figures.of_setting({"type": "money", "default": 1000})) == [1001, 999]
    assert list(figures.of_setting({"type": "text", "default": "某处"})) == []
