"""The compiled function and the reference implementation must agree on every expression and every case."""

import math
from dataclasses import fields
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from huiyin.regime.expressions import (
    ConditionErrors,
    FieldType,
    Names,
    PlainScope,
    Undecided,
    compile_condition,
    reference,
)
from huiyin.regime.expressions.functions import FUNCTIONS
from huiyin.regime.expressions.tokens import prepare
from huiyin.regime.expressions.tree import Node
from huiyin.regime.expressions.written import number_text, written

NAMES = Names(
    matter={
        "harm": FieldType("yes-no"), "urgent": FieldType("yes-no"), "distance": FieldType("number"),
        "merchant": FieldType("text"), "demands": FieldType("choices"), "bought_on": FieldType("datetime"),
    },
    facts={"founded": FieldType("yes-no"), "refund": FieldType("money"), "cause": FieldType("text")},
    settings={"mark": FieldType("money")},
)  # fmt: skip
PATHS = {
    "yes-no": ["matter.harm", "matter.urgent", "facts.founded", "case.off_hours"],
    "number": ["matter.distance", "facts.refund", "settings.mark", "complainant.people"],
    "text": ["matter.merchant", "facts.cause", "case.from", "case.severity"],
    "texts": ["matter.demands"],
    "time": ["matter.bought_on", "case.received_at", "now"],
}
EVERY_PATH = [path for paths in PATHS.values() for path in paths]

words = st.sampled_from(["", "a", "ab", "费", "收费", "收费单", "😀", "it's", '"\\', "换\n行", "é"])
# whole numbers and quarters: exact as float and as Decimal
amounts = st.integers(-8, 8).map(lambda quarter: quarter / 4) | st.sampled_from([1e300, 1000, 0.1])
moments = st.integers(0, 5).map(lambda day: datetime(2026, 1, 1 + day, tzinfo=UTC))
as_stored = st.sampled_from(
    [float, lambda number: Decimal(repr(number)), lambda number: int(number) if number % 1 == 0 else number]
)


def text_literal(word):
    return '"' + word.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


def pick(*strategies):
    """One of them, each as likely as the next (`one_of` favours whatever has many plain alternatives)."""
    return st.sampled_from(strategies).flatmap(lambda strategy: strategy)


def put(form, *strategies):
    return st.builds(form.format, *strategies)


def numbers(depth, element=None):
    if not depth:
        asked = [
            "earlier('same-matter')",
            "earlier('similar', 'open', '90 days')",
            "times('replied')",
            "balance('score')",
        ]
        return pick(
            amounts.map(lambda n: f"({number_text(float(n))})"),
            st.sampled_from(PATHS["number"]),
            st.sampled_from(asked),
        )
    inner = numbers(depth - 1, element)
    return pick(
        inner,
        put("({} {} {})", inner, st.sampled_from("+-*"), inner),
        put("({} / {})", inner, inner),
        put("-({})", inner),
        put("({} ? {} : {})", conditions(depth - 1, element), inner, inner),
        put("count({})", texts(depth - 1, element)),
        put("days({}, {})", times(), times()),
        put("level({})", strings(depth - 1, element)),
    )


def strings(depth, element=None):
    plain = pick(words.map(text_literal), st.sampled_from(PATHS["text"] + ([element] * 4 if element else [])))
    if not depth:
        return plain
    inner = strings(depth - 1, element)
    return pick(
        plain,
        put("lookup('remit', {}, 'unit')", inner),
        put("({} + {})", inner, inner),
        put("({} ? {} : {})", conditions(depth - 1, element), inner, inner),
    )


def times():
    return st.sampled_from([*PATHS["time"], "at('replied')", "at('verify')"])


def texts(depth, element=None):
    listed = st.lists(strings(0, element), min_size=1, max_size=3).map(lambda items: f"[{', '.join(items)}]")
    if not depth or element == "e":
        return pick(st.just("matter.demands"), listed)
    variable = "e" if element else "d"
    kept = put(f"{{}}.filter({variable}, {{}})", texts(0, element), conditions(depth - 1, variable))
    return pick(st.just("matter.demands"), listed, kept)


def conditions(depth, element=None):
    if not depth:
        asked = ["happened('replied')", "under('fee')", "has_evidence('invoice')", "in_table('remit', facts.cause)"]
        return pick(
            st.sampled_from(["true", "false", *PATHS["yes-no"], *PATHS["yes-no"]]),
            st.sampled_from(EVERY_PATH).filter(lambda path: "." in path).map("given({})".format),
            st.sampled_from(asked),
            put("workday({})", times()),
            put("({} {} {})", numbers(0), st.sampled_from(["<", "<=", ">", ">=", "==", "!="]), numbers(0)),
            put("({} {} {})", strings(0, element), st.sampled_from(["==", "!="]), strings(0, element)),
        )
    inner = conditions(depth - 1, element)
    shapes = [
        put("({} || {})", inner, inner),
        put("({} && {})", inner, inner),
        put("({} || {} || {})", inner, inner, inner),
        put("({} && {} && {})", inner, inner, inner),
        put("!{}", inner),
        put("({} ? {} : {})", inner, inner, inner),
        put("({} == {})", inner, inner),
        put("({} in {})", strings(depth - 1, element), texts(depth - 1, element)),
        put("({} in [{}, {}])", numbers(depth - 1, element), numbers(0), numbers(0)),
        put("({} {} {})", numbers(depth, element), st.sampled_from(["<", ">=", "=="]), numbers(0)),
        put("({} < {})", strings(depth - 1, element), strings(depth - 1, element)),
        put("({} == {})", texts(depth - 1, element), texts(0, element)),
    ]
    shapes += [
        put(f"{{}}.{word}({{}})", strings(0, element), strings(0)) for word in ("contains", "startsWith", "endsWith")
    ]
    if element != "e":
        variable = "e" if element else "d"
        shapes += [
            put(f"{{}}.{word}({variable}, {{}})", texts(depth - 1, element), conditions(depth - 1, variable))
            for word in ("exists", "all")
        ]
    return pick(*shapes)


@st.composite
def cases(draw):
    """Values by path, most given and some empty, and answers to every function, some of them none."""
    by_kind = {
        "yes-no": st.booleans(),
        "number": amounts,
        "text": words,
        "texts": st.lists(words, max_size=3),
        "time": moments,
    }
    values = {}
    for kind, paths in PATHS.items():
        for path in paths:
            if draw(st.integers(0, 3)):
                value = draw(by_kind[kind])
                values[path] = draw(as_stored)(value) if kind == "number" else value
    salt = draw(st.integers(0, 1000))
    return values, {name: answering(name, function.result, salt) for name, function in FUNCTIONS.items()}


def answering(name, result, salt):
    """A function of its arguments alone; about one answer in five is none."""
    answers = {
        "yes-no": [True, False, True, False, None],
        "number": [0, 1, 2.5, 3, None],
        "text": ["a", "费", "", "ab", None],
    }
    answers["time"] = [*(datetime(2026, 1, day, tzinfo=UTC) for day in (1, 2, 3, 4)), None]

    def answer(*arguments):
        return answers[result][sum(map(ord, f"{salt}{name}{arguments}")) % 5]

    return answer


def asked_of_the_reference(source, values, functions):
    def called(name):
        function, defaults = functions[name], [parameter.default for parameter in FUNCTIONS[name].parameters]

        def call(*arguments):
            if name == "count":
                return float(len(arguments[0]))
            arguments = tuple(plain(argument) for argument in arguments)
            answer = function(*arguments, *defaults[len(arguments) :])
            if answer is None:
                raise LookupError(name)
            return float(answer) if FUNCTIONS[name].result == "number" else answer

        return call

    data = {path: float(value) if path in PATHS["number"] else value for path, value in values.items()}
    data |= {f"given.{path}": path in values for path in NAMES.by_path}
    prepared, _ = prepare(source)
    return reference.evaluate(prepared.text, NAMES, data, {name: called(name) for name in FUNCTIONS})


def plain(argument):
    return argument.replace(tzinfo=UTC) if isinstance(argument, datetime) else argument


def asked_of_us(condition, values, functions):
    try:
        return condition.evaluate(PlainScope(values, functions))
    except Undecided as undecided:
        return undecided


def compiled(source, result="bool"):
    assume(len(source) <= 300)
    try:
        return compile_condition(source, NAMES, result=result)
    except ConditionErrors as errors:
        if any("嵌套太深" not in problem.message_zh for problem in errors.problems):
            raise
        assume(False)


def same(ours, theirs):
    if isinstance(theirs, float) and math.isnan(theirs):
        return isinstance(ours, float) and math.isnan(ours)
    if isinstance(theirs, list):
        return list(ours) == theirs
    return type(ours) is type(theirs) and ours == theirs


def assert_agreement(source, result, values, functions):
    condition = compiled(source, result)
    ours = asked_of_us(condition, values, functions)
    theirs = asked_of_the_reference(source, values, functions)
    if isinstance(theirs, reference.ReferenceFailure):
        assert isinstance(ours, Undecided), f"{source}: {ours!r}, reference: {theirs.message}"
        assert ours.missing
        for path in ours.missing & set(EVERY_PATH):
            assert path not in values
    else:
        assert same(ours, theirs), f"{source}: {ours!r}, reference: {theirs!r}"


relaxed = settings(
    max_examples=500, deadline=None, suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow]
)


@relaxed
@given(source=pick(conditions(1), conditions(2)), case=cases())
def test_conditions_come_to_what_the_reference_says(source, case):
    assert_agreement(source, "bool", *case)


@relaxed
@given(source=pick(numbers(1), numbers(2), strings(2), texts(1), texts(2)), case=cases())
def test_values_come_to_what_the_reference_says(source, case):
    assert_agreement(source, "any", *case)


@settings(relaxed, max_examples=150)
@given(source=conditions(1))
def test_a_tree_written_out_reads_back_as_itself(source):
    tree = compiled(source).tree

    assert without_positions(compiled(written(tree)).tree) == without_positions(tree)


def without_positions(node):
    if isinstance(node, Node):
        own = {field.name: getattr(node, field.name) for field in fields(node) if field.name != "position"}
        return type(node), [(name, without_positions(value)) for name, value in own.items()]
    return tuple(map(without_positions, node)) if isinstance(node, tuple) else node


@settings(relaxed, max_examples=150)
@given(source=conditions(1), case=cases())
def test_the_values_shown_suffice_to_decide(source, case):
    values, functions = case
    condition = compiled(source)
    answer = asked_of_us(condition, values, functions)
    assume(not isinstance(answer, Undecided))

    shown = condition.values(PlainScope(values, functions))
    only_shown = {path: value for path, value in values.items() if path in shown or f"given({path})" in shown}

    assert asked_of_us(condition, only_shown, functions) is answer


@pytest.mark.parametrize("word", ["收费", "it's", 'say "a"', "back\\slash", "😀", "换\n行"])
def test_texts_arrive_as_written(word):
    condition = compile_condition(f"facts.cause == {text_literal(word)}", NAMES)

    assert condition.holds(PlainScope({"facts.cause": word}))
    assert not condition.holds(PlainScope({"facts.cause": word + "。"}))
