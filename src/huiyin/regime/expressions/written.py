"""Writes a tree back as an expression: for messages, for the keys of decision values, and to compare in tests."""

from __future__ import annotations

import json
from functools import singledispatch

from huiyin.regime.expressions.tree import (
    Binary,
    Call,
    Choice,
    Constant,
    Element,
    Given,
    Items,
    Logic,
    Minus,
    Node,
    Not,
    Quantifier,
    Read,
)

_TEXT_TESTS = ("contains", "startsWith", "endsWith")


@singledispatch
def written(node: Node) -> str:
    """The expression of a tree, with all brackets it may need; reading it again gives the same tree."""
    raise TypeError(f"no such node: {type(node).__name__}")


@written.register
def _(node: Constant) -> str:
    value = node.value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        plain = value.isprintable() and "'" not in value and "\\" not in value
        return f"'{value}'" if plain else json.dumps(value, ensure_ascii=False)
    return number_text(value)


@written.register
def _(node: Read) -> str:
    return node.name.as_written


@written.register
def _(node: Given) -> str:
    return f"given({node.name.as_written})"


@written.register
def _(node: Element) -> str:
    return node.variable


@written.register
def _(node: Not) -> str:
    return f"!{_bracketed(node.operand)}"


@written.register
def _(node: Minus) -> str:
    return f"-({written(node.operand)})"


@written.register
def _(node: Logic) -> str:
    return f" {node.operator} ".join(_bracketed(operand) for operand in node.operands)


@written.register
def _(node: Binary) -> str:
    if node.operator in _TEXT_TESTS:
        return f"{_bracketed(node.left)}.{node.operator}({written(node.right)})"
    return f"{_bracketed(node.left)} {node.operator} {_bracketed(node.right)}"


@written.register
def _(node: Choice) -> str:
    return f"{_bracketed(node.condition)} ? {_bracketed(node.then)} : {_bracketed(node.otherwise)}"


@written.register
def _(node: Items) -> str:
    return f"[{', '.join(written(item) for item in node.items)}]"


@written.register
def _(node: Quantifier) -> str:
    return f"{_bracketed(node.range)}.{node.word}({node.variable}, {written(node.predicate)})"


@written.register
def _(node: Call) -> str:
    return f"{node.function}({', '.join(written(argument) for argument in node.arguments)})"


def number_text(value: float) -> str:
    """A number without a needless `.0`."""
    return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)


def _bracketed(node: Node) -> str:
    if isinstance(node, (Binary, Logic, Choice)) and not (isinstance(node, Binary) and node.operator in _TEXT_TESTS):
        return f"({written(node)})"
    return written(node)
