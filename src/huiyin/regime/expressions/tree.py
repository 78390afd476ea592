"""The tree of a condition that has been read: what the checks, the generator and the Chinese rendering walk over."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from huiyin.regime.expressions.names import Name

Kind = Literal["yes-no", "number", "text", "time", "texts", "numbers", "unknown"]
"""The type of a node's value. `unknown` only in trees that have not passed the check."""


@dataclass(frozen=True, slots=True)
class Node:
    """Common to all nodes: `position` is the offset in the text that was handed to the reference, `kind` the type."""

    position: int
    kind: Kind

    def children(self) -> tuple[Node, ...]:
        """The nodes directly below, in the order they were written."""
        return ()


@dataclass(frozen=True, slots=True)
class Constant(Node):
    """A number, a text or true / false."""

    value: bool | float | str


@dataclass(frozen=True, slots=True)
class Read(Node):
    """The value of a name; undecided while it is empty."""

    name: Name


@dataclass(frozen=True, slots=True)
class Given(Node):
    """Whether a name has a value."""

    name: Name


@dataclass(frozen=True, slots=True)
class Element(Node):
    """The element a quantifier is looking at."""

    variable: str


@dataclass(frozen=True, slots=True)
class Not(Node):
    """Negation."""

    operand: Node

    def children(self) -> tuple[Node, ...]:
        return (self.operand,)


@dataclass(frozen=True, slots=True)
class Logic(Node):
    """`&&` or `||` over two or more conditions; one deciding operand is enough, whatever the others lack."""

    operator: Literal["&&", "||"]
    operands: tuple[Node, ...]

    def children(self) -> tuple[Node, ...]:
        return self.operands


@dataclass(frozen=True, slots=True)
class Binary(Node):
    """Comparison, membership, arithmetic or a test on text."""

    operator: Literal["==", "!=", "<", "<=", ">", ">=", "in", "+", "-", "*", "/", "contains", "startsWith", "endsWith"]
    left: Node
    right: Node

    def children(self) -> tuple[Node, ...]:
        return (self.left, self.right)


@dataclass(frozen=True, slots=True)
class Minus(Node):
    """The negative of a number."""

    operand: Node

    def children(self) -> tuple[Node, ...]:
        return (self.operand,)


@dataclass(frozen=True, slots=True)
class Choice(Node):
    """`condition ? then : otherwise`."""

    condition: Node
    then: Node
    otherwise: Node

    def children(self) -> tuple[Node, ...]:
        return (self.condition, self.then, self.otherwise)


@dataclass(frozen=True, slots=True)
class Items(Node):
    """A list written out."""

    items: tuple[Node, ...]

    def children(self) -> tuple[Node, ...]:
        return self.items


@dataclass(frozen=True, slots=True)
class Quantifier(Node):
    """`exists`, `all` or `filter` over a list."""

    word: Literal["exists", "all", "filter"]
    variable: str
    range: Node
    predicate: Node

    def children(self) -> tuple[Node, ...]:
        return (self.range, self.predicate)


@dataclass(frozen=True, slots=True)
class Call(Node):
    """A function of the language."""

    function: str
    arguments: tuple[Node, ...]

    def children(self) -> tuple[Node, ...]:
        return self.arguments


def walk(node: Node) -> Iterator[Node]:
    """The node and everything below it."""
    yield node
    for child in node.children():
        yield from walk(child)
