"""What conditions come to: true, false, or undecided for want of a field."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from huiyin.regime.expressions import PlainScope, Undecided, WrongValue, compile_condition

RECEIVED = datetime(2026, 9, 28, 9, 0, tzinfo=UTC)


def missing_from(condition, scope):
    with pytest.raises(Undecided) as caught:
        condition.evaluate(scope)
    return caught.value.missing


@pytest.mark.parametrize(
    ("source", "values", "expected"),
    [
        ("matter.harm", {"matter.harm": True}, True),
        ("!matter.harm", {"matter.harm": True}, False),
        ("facts.refund > 1000", {"facts.refund": 1000}, False),
        ("facts.refund > 1000", {"facts.refund": Decimal("1000.01")}, True),
        ("facts.refund > settings.refund_mark", {"facts.refund": 1500, "settings.refund_mark": 1000.0}, True),
        ("facts.refund == 0.1", {"facts.refund": Decimal("0.1")}, True),
        ("case.channel in ['letter', 'phone']", {"case.channel": "phone"}, True),
        ("case.from == 'authority'", {"case.from": "ward"}, False),
        ("'refund' in matter.demands", {"matter.demands": ["apology", "refund"]}, True),
        ("matter.demands.all(d, d != 'repair')", {"matter.demands": []}, True),
        ("matter.demands.filter(d, d != 'repair') == ['refund']", {"matter.demands": ["repair", "refund"]}, True),
        ("count(matter.demands) >= 2", {"matter.demands": ("refund", "repair")}, True),
        ("matter.merchant.contains('超市')", {"matter.merchant": "惠民超市二店"}, True),
        ("matter.merchant.startsWith('惠') && matter.merchant.endsWith('店')", {"matter.merchant": "惠民店"}, True),
        ("(matter.harm ? 5 : 15) < 10", {"matter.harm": True}, True),
        ("-matter.distance + 2 * 3 > 10 / 4", {"matter.distance": 3}, True),
        ("1 / matter.distance > 1000000", {"matter.distance": 0}, True),
        ("true", {}, True),
    ],
)
def test_a_condition_is_true_or_false_of_a_case(names, source, values, expected):
    assert compile_condition(source, names).evaluate(PlainScope(values)) is expected


def test_one_deciding_side_is_enough_whatever_the_other_lacks(names):
    either = compile_condition("matter.harm || complainant.people >= 10", names)
    both = compile_condition("matter.harm && complainant.people >= 10", names)

    assert either.evaluate(PlainScope({"complainant.people": 12})) is True
    assert either.evaluate(PlainScope({"matter.harm": True})) is True
    assert both.evaluate(PlainScope({"complainant.people": 2})) is False
    assert missing_from(either, PlainScope({"complainant.people": 2})) == {"matter.harm"}
    assert missing_from(both, PlainScope({"matter.harm": True})) == {"complainant.people"}


def test_undecided_names_only_what_would_help(names):
    condition = compile_condition("(matter.harm || complainant.people >= 10) && matter.distance > 3", names)

    assert missing_from(condition, PlainScope({"complainant.people": 12})) == {"matter.distance"}
    assert missing_from(condition, PlainScope({})) == {"matter.harm", "complainant.people", "matter.distance"}
    assert missing_from(condition, PlainScope({"matter.harm": False, "matter.distance": 5})) == {"complainant.people"}


def test_none_is_as_empty_as_absent(names):
    condition = compile_condition("matter.distance > 3", names)

    assert missing_from(condition, PlainScope({"matter.distance": None})) == {"matter.distance"}


def test_given_is_never_undecided(names):
    condition = compile_condition("given(matter.distance) && matter.distance <= 100", names)

    assert condition.evaluate(PlainScope({})) is False
    assert condition.evaluate(PlainScope({"matter.distance": 80})) is True
    assert compile_condition("!given(case.category)", names).evaluate(PlainScope({})) is True


def test_functions_are_asked_with_what_the_author_wrote(names):
    scope = PlainScope(
        {
            "case.severity": "major",
            "case.received_at": RECEIVED,
            "matter.bought_on": date(2026, 9, 1),
            "matter.subject": "fee",
        },
        {
            "earlier": {
                ("same-respondent", "any", "90 days"): 2,
                ("same-matter", "open", None): 1,
                ("similar", "any", None): 0,
            },
            "level": {"general": 1, "major": 2},
            "days": {(date(2026, 9, 1), RECEIVED): 27},
            "lookup": {("remit", "fee", "unit"): "finance"},
            "happened": {"replied": False, "refused": True},
        },
    )

    def value(source, result="bool"):
        return compile_condition(source, names, result=result).evaluate(scope)

    assert value("level(case.severity) >= level('major') && earlier('same-respondent', 'any', '90 days') >= 2") is True
    assert value("earlier('same-matter', 'open') >= 1 && earlier('similar') == 0") is True
    assert value("days(matter.bought_on, case.received_at) <= 15") is False
    assert value("lookup('remit', matter.subject, 'unit')", "text") == "finance"
    assert value("happened('replied') || happened('refused')") is True
    assert value("earlier('same-matter', 'open')", "number") == 1.0


def test_a_function_without_an_answer_leaves_it_undecided(names):
    scope = PlainScope({"matter.subject": "goods"}, {"at": {}, "days": lambda *_: 1, "lookup": {}})

    never_replied = compile_condition("days(at('replied'), case.received_at) > 3", names)
    no_row = compile_condition("lookup('remit', matter.subject, 'unit') == 'finance'", names)

    assert missing_from(never_replied, scope) == {"at('replied')", "case.received_at"}
    assert missing_from(no_row, scope) == {"lookup('remit', matter.subject, 'unit')"}


def test_a_function_is_not_asked_about_an_empty_field(names):
    def must_not_be_called(*arguments):
        raise AssertionError(arguments)

    scope = PlainScope({}, {"level": must_not_be_called})

    assert missing_from(compile_condition("level(case.severity) >= 2", names), scope) == {"case.severity"}


def test_a_value_of_the_wrong_type_is_a_fault_not_a_verdict(names):
    distance = compile_condition("matter.distance > 3", names)
    harm = compile_condition("matter.harm", names)

    with pytest.raises(WrongValue):
        distance.evaluate(PlainScope({"matter.distance": "很远"}))
    with pytest.raises(WrongValue):
        harm.evaluate(PlainScope({"matter.harm": "yes"}))


def test_values_show_what_decided(names):
    condition = compile_condition("matter.harm || earlier('same-matter', 'open') >= 1 && facts.refund > 100", names)

    harmed = PlainScope({"matter.harm": True, "facts.refund": 500}, {"earlier": lambda *_: 0})
    repeated = PlainScope({"matter.harm": False, "facts.refund": 500}, {"earlier": lambda *_: 2})
    neither = PlainScope({"matter.harm": False, "facts.refund": 500}, {"earlier": lambda *_: 0})

    assert condition.values(harmed) == {"matter.harm": True}
    assert condition.values(repeated) == {"earlier('same-matter', 'open')": 2, "facts.refund": 500}
    assert condition.values(neither) == {"matter.harm": False, "earlier('same-matter', 'open')": 0}


def test_a_condition_tells_what_it_reads_and_calls(names):
    condition = compile_condition(
        "given(facts.cause) || happened('refused') || days(at('replied'), now) > 3 && matter.demands.exists(d, d == 'repair')",
        names,
    )

    assert condition.reads == {"facts.cause", "now", "matter.demands"}
    assert condition.calls == {"happened", "days", "at"}
    assert condition.events == {"refused", "replied"}
    assert not condition.literal_true
    assert compile_condition("true", names).literal_true
    assert condition == compile_condition(condition.source, names)
