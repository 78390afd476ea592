"""Turns a checked tree into a Python function, so that evaluating costs a microsecond instead of ten.

The function is built as an `ast` of our own nodes: nothing of the author's text becomes code; literals become
constants, names become attributes from the fixed list or constant keys. It sees no builtins, and only the scope it is
given.

It returns the value, or a `frozenset` of what is missing when the condition is undecided (no value of a condition is a
frozenset). `&&`, `||`, `exists` and `all` go on when an operand is undecided, because a later one may decide.
"""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import Any

from huiyin.regime.expressions.functions import FUNCTIONS
from huiyin.regime.expressions.python_parts import (
    Operand,
    all_missing,
    any_missing,
    as_kind,
    call_of,
    divide,
    fetch,
    gather,
    is_none,
    joined,
    load,
)
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


def generate(tree: Node) -> Evaluator:
    """The function for a tree that has passed all checks."""
    generator = _Generator()
    generator.block.append(ast.Return(load(generator.value(tree))))
    arguments = ast.arguments(posonlyargs=[], args=[ast.arg("scope")], kwonlyargs=[], kw_defaults=[], defaults=[])
    function = ast.FunctionDef("condition", arguments, generator.block, [], None, None)
    module = ast.fix_missing_locations(ast.Module([function], []))
    namespace: dict[str, Any] = {
        "__builtins__": {}, "number": float, "listed": tuple, "length": len, "kind_of": type, "missing_kind": frozenset,
        "divide": divide, "gather": gather, **generator.constants,
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
        target = self.new_variable()
        if not checks:
            self.assign(target, expression)
        else:
            self.assign(target, ast.IfExp(any_missing(checks), all_missing(checks), expression))
        return target

    def operand(self, node: Node) -> Operand:
        match node:
            case Constant(value=value):
                return Operand(ast.Constant(value))
            case Element(variable=variable):
                return Operand(load(self.elements[variable]))
            case Read():
                return self._read(node)
            case Given(name=name):
                return Operand(
                    ast.Compare(fetch(name.root, name.key, name.mapped), [ast.IsNot()], [ast.Constant(None)])
                )
            case Not(operand=inner) | Minus(operand=inner):
                operand = self.operand(inner)
                sign = ast.Not() if isinstance(node, Not) else ast.USub()
                return Operand(ast.UnaryOp(sign, operand.expression), operand.checks)
            case Items(items=items):
                operands = [self.operand(item) for item in items]
                listed = ast.Tuple([operand.expression for operand in operands], ast.Load())
                return Operand(listed, joined(operands))
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

    def new_variable(self) -> str:
        self.count += 1
        return f"v{self.count}"

    def missing(self, what: str) -> str:
        """The constant that stands for one missing thing."""
        name = f"M{len(self.constants)}"
        self.constants[name] = frozenset({what})
        return name

    def assign(self, target: str, expression: ast.expr) -> None:
        self.block.append(ast.Assign([ast.Name(target, ast.Store())], expression))

    def _read(self, node: Read) -> Operand:
        target = self.new_variable()
        self.assign(target, fetch(node.name.root, node.name.key, node.name.mapped))
        return Operand(as_kind(node, load(target)), ((target, self.missing(node.name.as_written)),))

    def _binary(self, node: Binary) -> Operand:
        left, right = self.operand(node.left), self.operand(node.right)
        first, second = left.expression, right.expression
        expression: ast.expr
        if node.operator in _COMPARE:
            expression = ast.Compare(first, [_COMPARE[node.operator]()], [second])
        elif node.operator in _RECKON:
            expression = ast.BinOp(first, _RECKON[node.operator](), second)
        elif node.operator == "/":
            expression = call_of(load("divide"), first, second)
        elif node.operator == "contains":
            expression = ast.Compare(second, [ast.In()], [first])
        else:
            expression = call_of(ast.Attribute(first, _METHODS[node.operator], ast.Load()), second)
        return Operand(expression, joined([left, right]))

    def _logic(self, node: Logic) -> Operand:
        decisive = node.operator == "||"
        result = self.new_variable()
        self.assign(result, ast.Constant(not decisive))
        outside = self.block
        for operand in node.operands:
            self._fold(self.value(operand), result, decisive, stop=[])
        self.block = outside
        return Operand(load(result), ((result, None),))

    def _fold(self, found: str, result: str, decisive: bool, stop: list[ast.stmt]) -> None:
        """Let one more operand decide, or be undecided; go on writing where neither has settled the result."""
        settle: list[ast.stmt] = [ast.Assign([ast.Name(result, ast.Store())], ast.Constant(decisive)), *stop]
        neutral = ast.Constant(not decisive)
        first = ast.Compare(load(result), [ast.Is()], [neutral])
        both = ast.BinOp(load(result), ast.BitOr(), load(found))
        remember = ast.Assign([ast.Name(result, ast.Store())], ast.IfExp(first, load(found), both))
        undecided = ast.If(ast.Compare(load(found), [ast.IsNot()], [neutral]), [remember], [])
        rest: list[ast.stmt] = [undecided]
        decided = ast.Compare(load(found), [ast.Is()], [ast.Constant(decisive)])
        self.block.append(ast.If(decided, settle, rest))
        self.block = rest

    def _choice(self, node: Choice) -> Operand:
        asked, result = self.value(node.condition), self.new_variable()
        outside = self.block
        branches: list[list[ast.stmt]] = []
        for branch in (node.then, node.otherwise):
            self.block = []
            self.assign(result, load(self.value(branch)))
            branches.append(self.block)
        self.block = []
        self.assign(result, load(asked))
        no = ast.If(ast.Compare(load(asked), [ast.Is()], [ast.Constant(False)]), branches[1], self.block)
        self.block = outside
        self.block.append(ast.If(ast.Compare(load(asked), [ast.Is()], [ast.Constant(True)]), branches[0], [no]))
        return Operand(load(result), ((result, None),))

    def _call(self, node: Call) -> Operand:
        arguments = [self.operand(argument) for argument in node.arguments]
        checks = joined(arguments)
        expressions = [argument.expression for argument in arguments]
        if node.function == "count":
            return Operand(call_of(load("number"), call_of(load("length"), *expressions)), checks)
        left_out = FUNCTIONS[node.function].parameters[len(expressions) :]
        expressions += [ast.Constant(parameter.default) for parameter in left_out]
        asked = call_of(ast.Attribute(load("scope"), node.function, ast.Load()), *expressions)
        target, lacking = self.new_variable(), self.missing(written(node))
        if not checks:
            self.assign(target, asked)
            return Operand(as_kind(node, load(target)), ((target, lacking),))
        answer: list[ast.stmt] = [
            ast.Assign([ast.Name(target, ast.Store())], asked),
            ast.If(is_none(target), [ast.Assign([ast.Name(target, ast.Store())], load(lacking))], []),
        ]
        unasked: list[ast.stmt] = [ast.Assign([ast.Name(target, ast.Store())], all_missing(checks))]
        self.block.append(ast.If(any_missing(checks), unasked, answer))
        return Operand(as_kind(node, load(target)), ((target, None),))

    def _quantifier(self, node: Quantifier) -> Operand:
        where, result, element = self.operand(node.range), self.new_variable(), self.new_variable()
        outside, self.block = self.block, []
        hidden = self.elements
        self.elements = {**hidden, node.variable: element}
        if node.word == "filter":
            self._filter_loop(node, where.expression, result, element)
        else:
            self._decide_loop(node, where.expression, result, element)
        loop, self.block, self.elements = self.block, outside, hidden
        if where.checks:
            unasked: list[ast.stmt] = [ast.Assign([ast.Name(result, ast.Store())], all_missing(where.checks))]
            self.block.append(ast.If(any_missing(where.checks), unasked, loop))
        else:
            self.block += loop
        return Operand(load(result), ((result, None),))

    def _decide_loop(self, node: Quantifier, where: ast.expr, result: str, element: str) -> None:
        decisive = node.word == "exists"
        self.assign(result, ast.Constant(not decisive))
        outside, body = self.block, list[ast.stmt]()
        self.block = body
        self._fold(self.value(node.predicate), result, decisive, stop=[ast.Break()])
        self.block = outside
        self.block.append(ast.For(ast.Name(element, ast.Store()), where, body, []))

    def _filter_loop(self, node: Quantifier, where: ast.expr, result: str, element: str) -> None:
        lacking = self.new_variable()
        self.assign(result, ast.Tuple([], ast.Load()))
        self.assign(lacking, ast.Constant(None))
        outside, self.block = self.block, []
        found = self.value(node.predicate)
        longer = ast.BinOp(load(result), ast.Add(), ast.Tuple([load(element)], ast.Load()))
        more = ast.IfExp(is_none(lacking), load(found), ast.BinOp(load(lacking), ast.BitOr(), load(found)))
        remember: ast.stmt = ast.If(
            ast.Compare(load(found), [ast.IsNot()], [ast.Constant(False)]),
            [ast.Assign([ast.Name(lacking, ast.Store())], more)],
            [],
        )
        keep: list[ast.stmt] = [ast.Assign([ast.Name(result, ast.Store())], longer)]
        self.block.append(ast.If(ast.Compare(load(found), [ast.Is()], [ast.Constant(True)]), keep, [remember]))
        body, self.block = self.block, outside
        self.block.append(ast.For(ast.Name(element, ast.Store()), where, body, []))
        self.assign(result, ast.IfExp(is_none(lacking), load(result), load(lacking)))
