"""Turns a checked tree into a Python function, so that evaluating costs a microsecond instead of ten.

The function is built as an `ast` of our own nodes: nothing of the author's text becomes code; literals become
constants, names become attributes from the fixed list or constant keys. It sees no builtins and only the scope it is given.

It returns the value, or a `frozenset` of what is missing when the condition is undecided (no value of a condition is a
frozenset). `&&`, `||`, `exists` and `all` go on when an operand is undecided, because a later one may decide.
"""

from __future__ import annotations

import ast
import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from huiyin.regime.expressions.functions import FUNCTIONS
from huiyin.regime.expressions.scope import Scope
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
from huiyin.regime.expressions.written import written

Evaluator = Callable[[Scope], Any]

_COMPARE: dict[str, type[ast.cmpop]] = {
    "==": ast.Eq, "!=": ast.NotEq, "<": ast.Lt, "<=": ast.LtE, ">": ast.Gt, ">=": ast.GtE, "in": ast.In,
}  # fmt: skip
_RECKON: dict[str, type[ast.operator]] = {"+": ast.Add, "-": ast.Sub, "*": ast.Mult}
_METHODS = {"startsWith": "startswith", "endsWith": "endswith"}


@dataclass(frozen=True, slots=True)
class _Operand:
    """An expression that may be used once its checks have passed.

    Each check is a variable and the constant that holds what is missing while the variable is None; without a constant
    the variable itself holds a value or what is missing.
    """

    expression: ast.expr
    checks: tuple[tuple[str, str | None], ...] = ()


def generate(tree: Node) -> Evaluator:
    """The function for a tree that has passed all checks."""
    generator = _Generator()
    generator.block.append(ast.Return(_name(generator.value(tree))))
    arguments = ast.arguments(posonlyargs=[], args=[ast.arg("scope")], kwonlyargs=[], kw_defaults=[], defaults=[])
    function = ast.FunctionDef("condition", arguments, generator.block, [], None, None)
    module = ast.fix_missing_locations(ast.Module([function], []))
    namespace: dict[str, Any] = {
        "__builtins__": {}, "number": float, "listed": tuple, "length": len, "kind_of": type, "missing_kind": frozenset,
        "divide": _divide, "gather": _gather, **generator.constants,
    }  # fmt: skip
    exec(compile(module, "<condition>", "exec"), namespace)  # noqa: S102 - our own nodes, see the module's first lines
    evaluator: Evaluator = namespace["condition"]
    return evaluator


class _Generator:
    """Writes statements into `block`; every variable is written once before it is read."""

    def __init__(self) -> None:
        self.block: list[ast.stmt] = []
        self.constants: dict[str, frozenset[str]] = {}
        self.count = 0
        self.elements: dict[str, str] = {}

    def value(self, node: Node) -> str:
        """A variable that holds the node's value or what is missing."""
        operand = self.operand(node)
        expression, checks = operand.expression, operand.checks
        if isinstance(expression, ast.Name) and (not checks or checks == ((expression.id, None),)):
            return expression.id
        target = self.variable()
        if not checks:
            self.assign(target, expression)
        else:
            self.assign(target, ast.IfExp(_any_missing(checks), _all_missing(checks), expression))
        return target

    def operand(self, node: Node) -> _Operand:
        match node:
            case Constant(value=value):
                return _Operand(ast.Constant(value))
            case Element(variable=variable):
                return _Operand(_name(self.elements[variable]))
            case Read():
                return self._read(node)
            case Given(name=name):
                return _Operand(
                    ast.Compare(_fetch(name.root, name.key, name.mapped), [ast.IsNot()], [ast.Constant(None)])
                )
            case Not(operand=inner) | Minus(operand=inner):
                operand = self.operand(inner)
                sign = ast.Not() if isinstance(node, Not) else ast.USub()
                return _Operand(ast.UnaryOp(sign, operand.expression), operand.checks)
            case Items(items=items):
                operands = [self.operand(item) for item in items]
                listed = ast.Tuple([operand.expression for operand in operands], ast.Load())
                return _Operand(listed, _joined(operands))
            case Binary():
                return self._binary(node)
            case Logic():
                return self._logic(node)
            case Choice():
                return self._choice(node)
            case Quantifier():
                return self._quantifier(node)
            case Call():
                return self._call(node)
        raise TypeError(f"no such node: {type(node).__name__}")

    def variable(self) -> str:
        self.count += 1
        return f"v{self.count}"

    def missing(self, what: str) -> str:
        """The constant that stands for one missing thing."""
        name = f"M{len(self.constants)}"
        self.constants[name] = frozenset({what})
        return name

    def assign(self, target: str, expression: ast.expr) -> None:
        self.block.append(ast.Assign([ast.Name(target, ast.Store())], expression))

    def _read(self, node: Read) -> _Operand:
        target = self.variable()
        self.assign(target, _fetch(node.name.root, node.name.key, node.name.mapped))
        return _Operand(_as_kind(node, _name(target)), ((target, self.missing(node.name.path)),))

    def _binary(self, node: Binary) -> _Operand:
        left, right = self.operand(node.left), self.operand(node.right)
        first, second = left.expression, right.expression
        expression: ast.expr
        if node.operator in _COMPARE:
            expression = ast.Compare(first, [_COMPARE[node.operator]()], [second])
        elif node.operator in _RECKON:
            expression = ast.BinOp(first, _RECKON[node.operator](), second)
        elif node.operator == "/":
            expression = _call(_name("divide"), first, second)
        elif node.operator == "contains":
            expression = ast.Compare(second, [ast.In()], [first])
        else:
            expression = _call(ast.Attribute(first, _METHODS[node.operator], ast.Load()), second)
        return _Operand(expression, _joined([left, right]))

    def _logic(self, node: Logic) -> _Operand:
        decisive = node.operator == "||"
        result = self.variable()
        self.assign(result, ast.Constant(not decisive))
        outside = self.block
        for operand in node.operands:
            self._fold(self.value(operand), result, decisive, stop=[])
        self.block = outside
        return _Operand(_name(result), ((result, None),))

    def _fold(self, found: str, result: str, decisive: bool, stop: list[ast.stmt]) -> None:
        """Let one more operand decide, or be undecided; go on writing where neither has settled the result."""
        settle: list[ast.stmt] = [ast.Assign([ast.Name(result, ast.Store())], ast.Constant(decisive)), *stop]
        neutral = ast.Constant(not decisive)
        first = ast.Compare(_name(result), [ast.Is()], [neutral])
        both = ast.BinOp(_name(result), ast.BitOr(), _name(found))
        remember = ast.Assign([ast.Name(result, ast.Store())], ast.IfExp(first, _name(found), both))
        undecided = ast.If(ast.Compare(_name(found), [ast.IsNot()], [neutral]), [remember], [])
        rest: list[ast.stmt] = [undecided]
        decided = ast.Compare(_name(found), [ast.Is()], [ast.Constant(decisive)])
        self.block.append(ast.If(decided, settle, rest))
        self.block = rest

    def _choice(self, node: Choice) -> _Operand:
        asked, result = self.value(node.condition), self.variable()
        outside = self.block
        branches: list[list[ast.stmt]] = []
        for branch in (node.then, node.otherwise):
            self.block = []
            self.assign(result, _name(self.value(branch)))
            branches.append(self.block)
        self.block = []
        self.assign(result, _name(asked))
        no = ast.If(ast.Compare(_name(asked), [ast.Is()], [ast.Constant(False)]), branches[1], self.block)
        self.block = outside
        self.block.append(ast.If(ast.Compare(_name(asked), [ast.Is()], [ast.Constant(True)]), branches[0], [no]))
        return _Operand(_name(result), ((result, None),))

    def _call(self, node: Call) -> _Operand:
        arguments = [self.operand(argument) for argument in node.arguments]
        checks = _joined(arguments)
        expressions = [argument.expression for argument in arguments]
        if node.function == "count":
            return _Operand(_call(_name("number"), _call(_name("length"), *expressions)), checks)
        left_out = FUNCTIONS[node.function].parameters[len(expressions) :]
        expressions += [ast.Constant(parameter.default) for parameter in left_out]
        asked = _call(ast.Attribute(_name("scope"), node.function, ast.Load()), *expressions)
        target, lacking = self.variable(), self.missing(written(node))
        if not checks:
            self.assign(target, asked)
            return _Operand(_as_kind(node, _name(target)), ((target, lacking),))
        answer: list[ast.stmt] = [
            ast.Assign([ast.Name(target, ast.Store())], asked),
            ast.If(_is_none(target), [ast.Assign([ast.Name(target, ast.Store())], _name(lacking))], []),
        ]
        unasked: list[ast.stmt] = [ast.Assign([ast.Name(target, ast.Store())], _all_missing(checks))]
        self.block.append(ast.If(_any_missing(checks), unasked, answer))
        return _Operand(_as_kind(node, _name(target)), ((target, None),))

    def _quantifier(self, node: Quantifier) -> _Operand:
        where, result, element = self.operand(node.range), self.variable(), self.variable()
        outside, self.block = self.block, []
        hidden = self.elements
        self.elements = {**hidden, node.variable: element}
        if node.word == "filter":
            self._filter_loop(node, where.expression, result, element)
        else:
            self._decide_loop(node, where.expression, result, element)
        loop, self.block, self.elements = self.block, outside, hidden
        if where.checks:
            unasked: list[ast.stmt] = [ast.Assign([ast.Name(result, ast.Store())], _all_missing(where.checks))]
            self.block.append(ast.If(_any_missing(where.checks), unasked, loop))
        else:
            self.block += loop
        return _Operand(_name(result), ((result, None),))

    def _decide_loop(self, node: Quantifier, where: ast.expr, result: str, element: str) -> None:
        decisive = node.word == "exists"
        self.assign(result, ast.Constant(not decisive))
        outside, body = self.block, list[ast.stmt]()
        self.block = body
        self._fold(self.value(node.predicate), result, decisive, stop=[ast.Break()])
        self.block = outside
        self.block.append(ast.For(ast.Name(element, ast.Store()), where, body, []))

    def _filter_loop(self, node: Quantifier, where: ast.expr, result: str, element: str) -> None:
        lacking = self.variable()
        self.assign(result, ast.Tuple([], ast.Load()))
        self.assign(lacking, ast.Constant(None))
        outside, self.block = self.block, []
        found = self.value(node.predicate)
        longer = ast.BinOp(_name(result), ast.Add(), ast.Tuple([_name(element)], ast.Load()))
        more = ast.IfExp(_is_none(lacking), _name(found), ast.BinOp(_name(lacking), ast.BitOr(), _name(found)))
        remember: ast.stmt = ast.If(
            ast.Compare(_name(found), [ast.IsNot()], [ast.Constant(False)]),
            [ast.Assign([ast.Name(lacking, ast.Store())], more)],
            [],
        )
        keep: list[ast.stmt] = [ast.Assign([ast.Name(result, ast.Store())], longer)]
        self.block.append(ast.If(ast.Compare(_name(found), [ast.Is()], [ast.Constant(True)]), keep, [remember]))
        body, self.block = self.block, outside
        self.block.append(ast.For(ast.Name(element, ast.Store()), where, body, []))
        self.assign(result, ast.IfExp(_is_none(lacking), _name(result), _name(lacking)))


def _name(name: str) -> ast.expr:
    return ast.Name(name, ast.Load())


def _call(function: ast.expr, *arguments: ast.expr) -> ast.expr:
    return ast.Call(function, list(arguments), [])


def _fetch(root: str, key: str, mapped: bool) -> ast.expr:
    """`scope.matter.get("harm")`, `scope.case.kind` or `scope.now`."""
    if not root:
        return ast.Attribute(_name("scope"), key, ast.Load())
    holder = ast.Attribute(_name("scope"), root, ast.Load())
    if mapped:
        return _call(ast.Attribute(holder, "get", ast.Load()), ast.Constant(key))
    return ast.Attribute(holder, key, ast.Load())


def _as_kind(node: Node, value: ast.expr) -> ast.expr:
    """Numbers as decimals (int and Decimal come in too), lists as tuples; the rest as it is."""
    if node.kind == "number":
        return _call(_name("number"), value)
    return _call(_name("listed"), value) if node.kind == "texts" else value


def _joined(operands: list[_Operand]) -> tuple[tuple[str, str | None], ...]:
    return tuple(dict.fromkeys(check for operand in operands for check in operand.checks))


def _is_none(variable: str) -> ast.expr:
    return ast.Compare(_name(variable), [ast.Is()], [ast.Constant(None)])


def _any_missing(checks: tuple[tuple[str, str | None], ...]) -> ast.expr:
    tests = [
        _is_none(variable)
        if constant
        else ast.Compare(_call(_name("kind_of"), _name(variable)), [ast.Is()], [_name("missing_kind")])
        for variable, constant in checks
    ]
    return tests[0] if len(tests) == 1 else ast.BoolOp(ast.Or(), tests)


def _all_missing(checks: tuple[tuple[str, str | None], ...]) -> ast.expr:
    """What is missing, given that at least one check has failed."""
    if len(checks) == 1:
        variable, constant = checks[0]
        return _name(constant or variable)
    pairs = [_name(part) if part else ast.Constant(None) for check in checks for part in check]
    return _call(_name("gather"), *pairs)


def _gather(*pairs: Any) -> frozenset[str]:
    """The union over (value, what is missing while it is None) pairs laid out one after the other."""
    found: frozenset[str] = frozenset()
    for value, lacking in zip(pairs[::2], pairs[1::2], strict=True):
        if lacking is not None and value is None:
            found |= lacking
        elif lacking is None and type(value) is frozenset:
            found |= value
    return found


def _divide(dividend: float, divisor: float) -> float:
    """Division as IEEE 754 and CEL have it: by zero gives an infinity, or NaN for 0/0."""
    if divisor:
        return dividend / divisor
    if not dividend or math.isnan(dividend):
        return math.nan
    return math.copysign(math.inf, dividend) * math.copysign(1.0, divisor)
