"""The one place that knows cel-expr-python: parsing, type checking and, for comparison in tests, evaluating.

The rest of the package sees `RawNode` trees and `Rejected` only, so the library can be replaced here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from cel_expr_python import cel

from huiyin.regime.expressions.functions import FUNCTIONS, Function
from huiyin.regime.expressions.names import Names, ValueType
from huiyin.regime.expressions.tokens import GIVEN
from huiyin.regime.expressions.wire import RawNode, read_tree

_TYPES = {
    "yes-no": cel.Type.BOOL, "number": cel.Type.DOUBLE, "text": cel.Type.STRING, "time": cel.Type.TIMESTAMP,
    "texts": cel.Type.List(cel.Type.STRING), "word": cel.Type.STRING,
}  # fmt: skip
_ERROR = re.compile(r"^(?:INVALID_ARGUMENT: )?ERROR: <input>:(\d+):(\d+): (.*)$", re.MULTILINE)

Variables = frozenset[tuple[str, ValueType]]


@dataclass(frozen=True, slots=True)
class ReferenceProblem:
    """One message of the reference; `position` is an offset in the checked text, or -1."""

    position: int
    message: str


class Rejected(ValueError):
    """The reference refuses the text."""

    def __init__(self, problems: list[ReferenceProblem]) -> None:
        self.problems = problems
        super().__init__("; ".join(problem.message for problem in problems))


def parse(text: str) -> RawNode:
    """The syntax tree, before any name is looked up. Raises Rejected."""
    try:
        return read_tree(_environment(frozenset()).compile(text, disable_check=True).serialize())
    except RuntimeError as error:
        raise Rejected(_problems(text, str(error))) from error


def check(text: str, names: Names) -> RawNode:
    """The syntax tree with names resolved, after type checking. Raises Rejected."""
    try:
        return read_tree(_environment(variables_of(names)).compile(text).serialize())
    except RuntimeError as error:
        raise Rejected(_problems(text, str(error))) from error


@dataclass(frozen=True, slots=True)
class ReferenceFailure:
    """The reference could not give a value, for want of one it needs."""

    message: str


def evaluate(
    text: str, names: Names, values: Mapping[str, Any], functions: Mapping[str, Callable[..., Any]]
) -> Any | ReferenceFailure:
    """What the reference makes of a prepared text; `values` by dotted path, empty ones left out.

    Meant for tests: it is slow, and functions must take all arguments by position and raise where they have no answer.
    """
    declared = [_declaration(function, functions[function.name]) for function in FUNCTIONS.values()]
    environment = cel.NewEnv(variables=_typed(variables_of(names)), functions=declared)
    result = environment.compile(text).eval(data=dict(values))
    # faults at run time come back as a value, never as an exception
    return ReferenceFailure(str(result.value())) if result.type() == cel.Type.ERROR else result.plain_value()


def variables_of(names: Names) -> Variables:
    """Every readable path with its type, and beside each one whether it is given."""
    readable = {(name.path, name.value_type) for name in names.by_path.values()}
    asked: set[tuple[str, ValueType]] = {(f"{GIVEN}.{path}", "yes-no") for path, _ in readable}
    return frozenset(readable | asked)


@lru_cache(maxsize=64)
def _environment(variables: Variables) -> cel.Env:
    declared = [_declaration(function) for function in FUNCTIONS.values()]
    return cel.NewEnv(variables=_typed(variables), functions=declared)


def _typed(variables: Variables) -> dict[str, cel.Type]:
    return {path: _TYPES[value_type] for path, value_type in sorted(variables)}


def _declaration(function: Function, implementation: Callable[..., Any] | None = None) -> cel.FunctionDecl:
    overloads = []
    for count in range(function.required, len(function.parameters) + 1):
        parameters = [_TYPES[parameter.kind] for parameter in function.parameters[:count]]
        named = f"{function.name}_{count}"
        if implementation is None:
            overloads.append(cel.Overload(named, _TYPES[function.result], parameters))
        else:
            overloads.append(cel.Overload(named, _TYPES[function.result], parameters, impl=implementation))
    return cel.FunctionDecl(function.name, overloads)


def _problems(text: str, message: str) -> list[ReferenceProblem]:
    starts = [0, *(place + 1 for place, letter in enumerate(text) if letter == "\n")]
    found = []
    for line, column, what in _ERROR.findall(message):
        known_line = 0 < int(line) <= len(starts)
        position = starts[int(line) - 1] + int(column) - 1 if known_line else -1
        found.append(ReferenceProblem(position, what.removesuffix(" [INVALID_ARGUMENT]")))
    return found or [ReferenceProblem(-1, message.partition("\n")[0])]
