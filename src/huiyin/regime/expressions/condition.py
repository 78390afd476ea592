"""A condition that has been read and checked once, ready to be asked any number of times."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from huiyin.regime.expressions.generate import Evaluator, generate
from huiyin.regime.expressions.problems import ConditionProblem, Undecided, WrongValue
from huiyin.regime.expressions.scope import Scope
from huiyin.regime.expressions.tree import (
    Call,
    Choice,
    Constant,
    Element,
    Given,
    Logic,
    Node,
    Not,
    Quantifier,
    Read,
    walk,
)
from huiyin.regime.expressions.written import written

Value = bool | float | str | tuple[Any, ...]


@dataclass(frozen=True)
class Condition:
    """A checked expression of the condition language. Build it with `compile_condition`.

    `reads` are the paths it may look at (`matter.harm`, `now`), those under `given` included; `calls` the functions it
    may ask; `events` the events named in happened, times and at. `literal_true` is set for the plain condition `true`.
    `warnings` are findings that do not forbid its use (W2: a field that may stay empty). Two conditions are equal when
    their sources are.
    """

    source: str
    tree: Node = field(compare=False, repr=False)
    warnings: tuple[ConditionProblem, ...] = field(default=(), compare=False)
    reads: frozenset[str] = field(init=False, compare=False, repr=False)
    calls: frozenset[str] = field(init=False, compare=False, repr=False)
    events: frozenset[str] = field(init=False, compare=False, repr=False)
    literal_true: bool = field(init=False, compare=False, repr=False)
    _run: Evaluator = field(init=False, compare=False, repr=False)
    _parts: dict[int, Evaluator] = field(init=False, compare=False, repr=False, default_factory=dict)

    def __post_init__(self) -> None:
        nodes = list(walk(self.tree))
        fill = object.__setattr__  # the way to fill in a frozen dataclass
        fill(self, "reads", frozenset(node.name.path for node in nodes if isinstance(node, (Read, Given))))
        fill(self, "calls", frozenset(node.function for node in nodes if isinstance(node, Call)))
        fill(self, "events", frozenset(_named_events(nodes)))
        fill(self, "literal_true", isinstance(self.tree, Constant) and self.tree.value is True)
        fill(self, "_run", self._first_run)

    def _first_run(self, scope: Scope) -> Any:
        """Makes the function when it is first asked for: most conditions of a regime are not, in one process."""
        object.__setattr__(self, "_run", self._evaluator(self.tree))
        return self._run(scope)

    def evaluate(self, scope: Scope) -> Value:
        """The value: a bool for a condition, else a text, a number (float) or a tuple.

        Raises Undecided with the missing paths when what it needs is empty and nothing else decides it, and WrongValue
        when the scope holds a value of another type than declared.
        """
        try:
            result: Value | frozenset[str] = self._run(scope)
        except (TypeError, ValueError, AttributeError, OverflowError) as error:
            raise WrongValue(f"{self.source}: {error}") from error
        if type(result) is frozenset:
            raise Undecided(result)
        if self.tree.kind == "yes-no" and result is not True and result is not False:
            raise WrongValue(f"{self.source}: 得出 {result!r}，应为是或否")
        return result  # type: ignore[return-value]

    def holds(self, scope: Scope) -> bool:
        """`evaluate` for a condition of yes or no. Raises as it does."""
        return self.evaluate(scope) is True

    def values(self, scope: Scope) -> dict[str, Any]:
        """The values that decided it, for the reason shown on screen.

        Of an `||` that is true only the true sides count, of an `&&` that is false only the false ones. Keys are paths
        (`matter.harm`) and functions as written (`earlier('same-matter', 'open')`); what is empty is left out.
        """
        found: dict[str, Any] = {}
        for atom in self._deciding(self.tree, scope):
            for node in walk(atom):
                self._note(node, scope, found)
        return found

    def _note(self, node: Node, scope: Scope, found: dict[str, Any]) -> None:
        if isinstance(node, Read):
            value = _fetch(node, scope)
        elif isinstance(node, (Call, Given)) and not any(isinstance(part, Element) for part in walk(node)):
            value = self._part(node, scope)
        else:
            return
        if value is not None and type(value) is not frozenset:
            found[written(node)] = value

    def _deciding(self, node: Node, scope: Scope) -> Iterator[Node]:
        match node:
            case Logic(operator=operator, operands=operands):
                decisive = operator == "||"
                deciding = [operand for operand in operands if self._part(operand, scope) is decisive]
                for operand in deciding or operands:
                    yield from self._deciding(operand, scope)
            case Not(operand=operand):
                yield from self._deciding(operand, scope)
            case Choice(condition=condition, then=then, otherwise=otherwise):
                yield from self._deciding(condition, scope)
                chosen = self._part(condition, scope)
                if type(chosen) is bool:
                    yield from self._deciding(then if chosen else otherwise, scope)
            case Quantifier(range=where, predicate=predicate):
                yield from (where, predicate)
            case _:
                yield node

    def _part(self, node: Node, scope: Scope) -> Any:
        """The value of a part of the tree, or what it misses."""
        return self._evaluator(node)(scope)

    def _evaluator(self, node: Node) -> Evaluator:
        """The function for a part of the tree, made when it is first asked for."""
        run = self._parts.get(id(node))
        if run is None:
            run = self._parts[id(node)] = generate(node)
        return run


def _named_events(nodes: list[Node]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, Call) and node.function in ("happened", "times", "at"):
            name = node.arguments[0]
            if isinstance(name, Constant):
                yield str(name.value)


def _fetch(node: Read, scope: Scope) -> Any:
    """The value as the scope holds it, before numbers become decimals."""
    name = node.name
    if not name.root:
        return getattr(scope, name.key)
    holder = getattr(scope, name.root)
    return holder.get(name.key) if name.mapped else getattr(holder, name.key)
