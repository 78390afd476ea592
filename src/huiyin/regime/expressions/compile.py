"""From the text in a regime file to a condition: prepare, parse, check names and words, check types, generate."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from huiyin.regime.expressions import reference
from huiyin.regime.expressions.condition import Condition
from huiyin.regime.expressions.kinds import check_depth, check_kinds, check_result
from huiyin.regime.expressions.messages import Findings
from huiyin.regime.expressions.names import Names
from huiyin.regime.expressions.problems import ConditionErrors, ConditionProblem
from huiyin.regime.expressions.reading import Reader
from huiyin.regime.expressions.tokens import Prepared, prepare
from huiyin.regime.expressions.tree import Choice, Given, Kind, Logic, Node, Not, Read
from huiyin.regime.expressions.words import check_words

Result = Literal["bool", "text", "number", "any"]

_KINDS: dict[Result, Kind | None] = {"bool": "yes-no", "text": "text", "number": "number", "any": None}


def compile_condition(source: str, names: Names, *, result: Result = "bool") -> Condition:
    """Read and check an expression; the condition can then be evaluated any number of times.

    `result` is what the place needs: yes or no (`when`, `of`, `satisfied`), a text (`pick`), a number, or anything.
    Raises ConditionErrors with all problems found (E3 to E6).
    """
    prepared, problems = prepare(source)
    if problems:
        raise ConditionErrors(source, problems)
    findings = Findings(prepared)
    try:
        parsed = reference.parse(prepared.text)
    except reference.Rejected as rejected:
        raise ConditionErrors(source, [_syntax(prepared, rejected)]) from rejected
    as_written = Reader(names, findings).read(parsed)
    _check_all(as_written, names, result, findings)
    _raise_if_any(findings)
    try:
        checked = reference.check(prepared.text, names)
    except reference.Rejected as rejected:
        _add_rejections(findings, rejected)
        raise ConditionErrors(source, findings.problems) from rejected
    tree = Reader(names, findings).read(checked)
    _check_all(tree, names, result, findings)
    _raise_if_any(findings)
    # warnings point into the tree as written: there a name's position is its first letter
    return Condition(source, tree, tuple(_warnings(as_written, prepared)))


def _check_all(tree: Node, names: Names, result: Result, findings: Findings) -> None:
    check_depth(tree, findings)
    check_kinds(tree, findings)
    check_words(tree, names, findings)
    check_result(tree, _KINDS[result], findings)


def _raise_if_any(findings: Findings) -> None:
    if findings.problems:
        ordered = sorted(findings.problems, key=lambda problem: (problem.line, problem.column, problem.code))
        raise ConditionErrors(findings.prepared.source, ordered)


def _syntax(prepared: Prepared, rejected: reference.Rejected) -> ConditionProblem:
    """The first thing the parser stumbled over; what follows is mostly its consequence."""
    first = rejected.problems[0]
    if first.position < 0:
        zh, hint = "条件有误：嵌套太深；", "请把其中的部分写成字段。"
        return ConditionProblem("E3", zh, first.message, hint=hint)
    offset = prepared.offset(first.position)
    line, column = prepared.place(first.position)
    if offset >= len(prepared.source.rstrip()):
        return ConditionProblem("E3", "条件有误：没有写完；", first.message, line, column, "请补全，括号须成对。")
    found = re.match(r"\w+|\S", prepared.source[offset:])
    shown = found[0] if found else prepared.source[offset]
    hint = "请看它前后是否少了 &&、||、比较符号或括号。"
    return ConditionProblem("E3", f"条件有误：读到“{shown}”时不合语法；", first.message, line, column, hint)


def _add_rejections(findings: Findings, rejected: reference.Rejected) -> None:
    """What only the reference noticed; our own checks say nearly everything before it is asked."""
    for problem in rejected.problems:
        findings.add(max(problem.position, 0), "E4", f"{problem.message}；", problem.message, "请核对各项的类型。")


def _warnings(tree: Node, prepared: Prepared) -> Iterator[ConditionProblem]:
    seen: set[str] = set()
    for read in _unguarded(tree, frozenset()):
        name = read.name
        if name.always_given or not name.mapped or name.path in seen:
            continue
        seen.add(name.path)
        line, column = prepared.place(read.position)
        zh = f"条件用到可不填的“{name.title}”（{name.as_written}）；"
        hint = f"未填时需人判断，可先写 given({name.as_written}) &&。"
        yield ConditionProblem("W2", zh, f"{name.as_written} may be empty; a person must then decide", line, column, hint)


def _unguarded(node: Node, known: frozenset[str]) -> Iterator[Read]:
    """The reads that can leave the whole undecided; `known` are paths that `given` vouches for here."""
    match node:
        case Read():
            if node.name.path not in known:
                yield node
        case Logic(operator=operator, operands=operands):
            vouched = known | {path for operand in operands for path in _vouched(operand, wanted=operator == "&&")}
            for operand in operands:
                yield from _unguarded(operand, vouched)
        case Choice(condition=condition, then=then, otherwise=otherwise):
            yield from _unguarded(condition, known)
            yield from _unguarded(then, known | set(_vouched(condition, wanted=True)))
            yield from _unguarded(otherwise, known | set(_vouched(condition, wanted=False)))
        case _:
            for child in node.children():
                yield from _unguarded(child, known)


def _vouched(node: Node, *, wanted: bool) -> Iterator[str]:
    """The paths that are given whenever the node comes out as wanted."""
    match node:
        case Given(name=name) if wanted:
            yield name.path
        case Not(operand=operand):
            yield from _vouched(operand, wanted=not wanted)
        case Logic(operator=operator, operands=operands) if wanted == (operator == "&&"):
            for operand in operands:
                yield from _vouched(operand, wanted=wanted)
