"""Conditions are written by strangers: nothing they write becomes code, and nothing they write is expensive to read."""

import pytest

from huiyin.regime.expressions import ConditionErrors, FieldType, Names, PlainScope, compile_condition
from huiyin.regime.expressions.generate import generate

FUNCTIONS_OF_OURS = {"number", "listed", "length", "kind_of", "missing_kind", "divide", "gather"}


@pytest.mark.parametrize(
    "source",
    [
        "matter.__class__",
        "case.__class__ == ''",
        "case.kind.__class__ == ''",
        "matter.get('harm')",
        "__import__('os') == ''",
        "exec('1') == ''",
        "matter.merchant.format('x') == ''",
        "''.join(['a']) == ''",
        "scope.case == ''",
        "@result",
        "`matter.harm`",
        "matter.harm; true",
        "matter.harm\x00",
        "given.matter.harm.x",
        "matter.demands.exists(matter, matter.harm)",
        "matter.demands.exists(d, matter.demands.exists(e, matter.demands.exists(f, f == d)))",
        "(" * 40 + "true" + ")" * 40,
        "+".join(["1"] * 100) + " > 0",
        "!(" * 30 + "true" + ")" * 30,
        " || ".join(["matter.harm"] * 40),
        "'" + "\\" * 250,
        "'''" + "\\" * 250,
        "'" * 299,
    ],
)
def test_what_reaches_for_more_than_names_is_refused(names, source):
    with pytest.raises(ConditionErrors) as caught:
        compile_condition(source, names)
    assert caught.value.problems[0].code in ("E3", "E4")


def test_a_field_named_like_an_attribute_is_only_a_key():
    names = Names(matter={"__class__": FieldType("yes-no"), "items": FieldType("yes-no"), "from": FieldType("yes-no")})
    scope = PlainScope({"matter.__class__": True, "matter.items": False, "matter.from": True})

    condition = compile_condition("matter.__class__ && !matter.items && matter.from", names)

    assert condition.evaluate(scope) is True


def test_literals_stay_literals(names):
    nasty = """matter.merchant == "'; __import__('os').system('x') #" """

    assert compile_condition(nasty, names).evaluate(PlainScope({"matter.merchant": "甲"})) is False


def test_the_compiled_function_can_reach_only_the_scope(names):
    condition = compile_condition(
        "matter.harm && matter.demands.exists(d, d.startsWith('re')) && facts.refund / 2 > balance('score') "
        "|| count(matter.demands.filter(d, d != 'repair')) > 1 && happened('replied')",
        names,
    )
    function = generate(condition.tree)
    code = function.__code__

    allowed = FUNCTIONS_OF_OURS | {"matter", "facts", "get", "startswith", "balance", "happened"}
    assert {name for name in code.co_names if not name.startswith("M")} <= allowed
    assert function.__globals__["__builtins__"] == {}


def test_a_condition_at_the_limit_of_length_is_still_read(names):
    source = " || ".join(["matter.harm"] * 20)

    assert 280 <= len(source) <= 300
    assert compile_condition(source, names).evaluate(PlainScope({"matter.harm": False})) is False
