"""The small parts that generated functions are made of, and the two helpers they call."""

from __future__ import annotations

import ast
import math
from dataclasses import dataclass
from typing import Any

from huiyin.regime.expressions.tree import Node

Checks = tuple[tuple[str, str | None], ...]


@dataclass(frozen=True, slots=True)
class Operand:
    """An expression that may be used once its checks have passed.

    Each check is a variable and the constant that holds what is missing while the variable is None; without a constant
    the variable itself holds a value or what is missing.
    """

    expression: ast.expr
    checks: Checks = ()


def load(name: str) -> ast.expr:
    """The value of a variable."""
    return ast.Name(name, ast.Load())


def call_of(function: ast.expr, *arguments: ast.expr) -> ast.expr:
    """`function(arguments)`."""
    return ast.Call(function, list(arguments), [])


def fetch(root: str, key: str, mapped: bool) -> ast.expr:
    """`scope.matter.get("harm")`, `scope.case.kind` or `scope.now`."""
    if not root:
        return ast.Attribute(load("scope"), key, ast.Load())
    holder = ast.Attribute(load("scope"), root, ast.Load())
    if mapped:
        return call_of(ast.Attribute(holder, "get", ast.Load()), ast.Constant(key))
    return ast.Attribute(holder, key, ast.Load())


def as_kind(node: Node, value: ast.expr) -> ast.expr:
    """Numbers as decimals (int and Decimal come in too), lists as tuples; the rest as it is."""
    if node.kind == "number":
        return call_of(load("number"), value)
    return call_of(load("listed"), value) if node.kind == "texts" else value


def joined(operands: list[Operand]) -> Checks:
    """The checks of all operands, each once."""
    return tuple(dict.fromkeys(check for operand in operands for check in operand.checks))


def is_none(variable: str) -> ast.expr:
    """`variable is None`."""
    return ast.Compare(load(variable), [ast.Is()], [ast.Constant(None)])


def any_missing(checks: Checks) -> ast.expr:
    """Whether at least one check fails."""
    tests = [
        is_none(variable)
        if constant
        else ast.Compare(call_of(load("kind_of"), load(variable)), [ast.Is()], [load("missing_kind")])
        for variable, constant in checks
    ]
    return tests[0] if len(tests) == 1 else ast.BoolOp(ast.Or(), tests)


def all_missing(checks: Checks) -> ast.expr:
    """What is missing, given that at least one check has failed."""
    if len(checks) == 1:
        variable, constant = checks[0]
        return load(constant or variable)
    pairs = [load(part) if part else ast.Constant(None) for check in checks for part in check]
    return call_of(load("gather"), *pairs)


def gather(*pairs: Any) -> frozenset[str]:
    """The union over (value, what is missing while it is None) pairs laid out one after the other."""
    found: frozenset[str] = frozenset()
    for value, lacking in zip(pairs[::2], pairs[1::2], strict=True):
        if lacking is not None and value is None:
            found |= lacking
        elif lacking is None and type(value) is frozenset:
            found |= value
    return found


def divide(dividend: float, divisor: float) -> float:
    """Division as IEEE 754 and CEL have it: by zero gives an infinity, or NaN for 0/0."""
    if divisor:
        return dividend / divisor
    if not dividend or math.isnan(dividend):
        return math.nan
    return math.copysign(math.inf, dividend) * math.copysign(1.0, divisor)
