"""From the parser's raw nodes to our tree: resolves names, recognises operators and functions, refuses the rest."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches

from huiyin.regime.expressions.functions import FUNCTIONS
from huiyin.regime.expressions.messages import Findings
from huiyin.regime.expressions.names import Name, Names
from huiyin.regime.expressions.tokens import GIVEN
from huiyin.regime.expressions.tree import (
    Binary,
    Call,
    Choice,
    Constant,
    Element,
    Given,
    Items,
    Kind,
    Logic,
    Minus,
    Node,
    Not,
    Quantifier,
    Read,
)
from huiyin.regime.expressions.wire import RawNode

_BINARY = {"_==_": "==", "_!=_": "!=", "_<_": "<", "_<=_": "<=", "_>_": ">", "_>=_": ">=", "@in": "in", "_+_": "+",
           "_-_": "-", "_*_": "*", "_/_": "/"}  # fmt: skip
_TEXT_TESTS = ("contains", "startsWith", "endsWith")
_ARITHMETIC = ("+", "-", "*", "/")
_ROOTS = (
    "case", "complainant", "respondent", "matter", "facts", "answers", "settings", "evidence", "person", "unit", "now", GIVEN,
)  # fmt: skip
_INSTEAD = {
    "has": "请写 given(…)。", "size": "列表的项数请写 count(…)。", "matches": "请用 contains、startsWith 或 endsWith。",
    "duration": "时间长度请写在引号里，如 '90 days'。", "timestamp": "两个时间相隔多久请写 days(a, b)。",
    "map": "请用 exists、all 或 filter。", "exists_one": "请用 exists、all 或 filter。", "_%_": "请去掉 %。",
    "_[_]": "列表请用 exists、all 或 in。", "getHours": "请写 hour(…)。", "getMonth": "请写 month(…)。",
}  # fmt: skip
_SHOWN = {"_%_": "%", "_[_]": "[ ]"}


class Reader:
    """Reads one condition; what is wrong is added to `findings`, and a stand-in takes the bad node's place."""

    def __init__(self, names: Names, findings: Findings) -> None:
        self.names = names
        self.findings = findings

    def read(self, raw: RawNode, elements: Mapping[str, Kind] | None = None) -> Node:
        """Our node for a raw one; `elements` are the loop variables in reach with their types."""
        reach = elements or {}
        match raw.what:
            case "constant":
                return self._constant(raw)
            case "name" | "select":
                return self._name(raw, reach)
            case "call":
                return self._call(raw, reach)
            case "list":
                return _items(raw, tuple(self.read(part, reach) for part in raw.parts))
            case "loop":
                return self._quantifier(raw, reach)
            case "test":
                return self._forbidden(raw, "has")
            case _:
                return self._forbidden(raw, "{…}")

    def _constant(self, raw: RawNode) -> Node:
        if raw.value is None:
            self.findings.add(
                raw.position,
                "E3",
                "不能写 null；" if raw.unusable == "null" else "不认识这种数字或文字；",
                f"{raw.unusable} constants are not supported",
                "是否填写请用 given(…)。" if raw.unusable == "null" else "数字请写十进制，文字请写在引号里。",
            )
            return _unknown(raw)
        kind: Kind = "yes-no" if isinstance(raw.value, bool) else "text" if isinstance(raw.value, str) else "number"
        return Constant(raw.position, kind, raw.value)

    def _name(self, raw: RawNode, reach: Mapping[str, Kind]) -> Node:
        path, start = _path(raw)
        if path in reach:
            return Element(raw.position, reach[path], path)
        if not path:
            return self._selection(raw, reach)
        asked = path.removeprefix(GIVEN + ".")
        start += len(path) - len(asked)
        name = self.names.by_path.get(asked)
        if name is None or self.names.forbidden_here(asked):
            self.findings.unknown_name(start, asked, self.names, known=name is not None)
            return _unknown(raw)
        return Read(start, name.value_type, name) if asked == path else Given(start, "yes-no", name)

    def _selection(self, raw: RawNode, reach: Mapping[str, Kind]) -> Node:
        """A part of something that has no parts, e.g. `at('replied').year`."""
        inner = raw
        while inner.what == "select":
            inner = inner.parts[0]
        self.read(inner, reach)
        return self._forbidden(raw, f".{raw.text}")

    def _call(self, raw: RawNode, reach: Mapping[str, Kind]) -> Node:
        word = raw.text
        parts = tuple(self.read(part, reach) for part in raw.parts) if _known(raw) else ()
        if word in ("_&&_", "_||_") and len(parts) >= 2:
            return _logic(raw, parts)
        if word in _BINARY and len(parts) == 2:
            return _binary(raw, _BINARY[word], *parts)
        if word in _TEXT_TESTS and raw.receiver and len(parts) == 2:
            return _binary(raw, word, *parts)
        if word == "!_" and len(parts) == 1:
            return Not(raw.position, "yes-no", parts[0])
        if word == "-_" and len(parts) == 1:
            return Minus(raw.position, "number", parts[0])
        if word == "_?_:_" and len(parts) == 3:
            return Choice(raw.position, parts[1].kind, *parts)
        if word in FUNCTIONS and not raw.receiver:
            return self._function(raw, parts)
        return self._forbidden(raw, word)

    def _function(self, raw: RawNode, parts: tuple[Node, ...]) -> Node:
        function = FUNCTIONS[raw.text]
        if not function.required <= len(parts) <= len(function.parameters):
            self.findings.add(
                self._start_of(raw, function.name),
                "E3",
                f"{function.name} 的参数个数不对（写了 {len(parts)} 个）；",
                f"{function.name} takes another number of arguments",
                f"如 {function.usage}。",
            )
        return Call(raw.position, function.result, function.name, parts)

    def _quantifier(self, raw: RawNode, reach: Mapping[str, Kind]) -> Node:
        over, start, _, step, result = raw.parts
        where = self.read(over, reach)
        variable = raw.text
        if variable in _ROOTS or variable in reach:
            self.findings.add(
                raw.position, "E3", f"“{variable}”已有所指；", f"{variable} already has a meaning", "请换一个名字。"
            )
        element: Kind = {"texts": "text", "numbers": "number"}.get(where.kind, "unknown")  # type: ignore[assignment]
        inner = {**reach, variable: element}
        predicate = None
        if result.what == "name" and step.what == "call":
            if (start.value, step.text) == (False, "_||_"):
                word, predicate = "exists", step.parts[1]
            elif (start.value, step.text) == (True, "_&&_"):
                word, predicate = "all", step.parts[1]
            elif start.what == "list" and step.text == "_?_:_" and step.parts[1].parts[1:] and _keeps(step, variable):
                word, predicate = "filter", step.parts[0]
        if predicate is None:
            counts = start.what == "constant"
            return self._forbidden(raw, "exists_one" if counts else "map")
        kind = where.kind if word == "filter" else "yes-no"
        return Quantifier(raw.position, kind, word, variable, where, self.read(predicate, inner))  # type: ignore[arg-type]

    def _start_of(self, raw: RawNode, word: str) -> int:
        """Where the word of a call begins; the parser gives the place of its bracket."""
        start = raw.position - len(word)
        return start if self.findings.prepared.text[max(start, 0) : raw.position] == word else raw.position

    def _forbidden(self, raw: RawNode, word: str) -> Node:
        shown = _SHOWN.get(word, word)
        near = get_close_matches(word, [*FUNCTIONS, GIVEN, "exists", "all", "filter"], 1)
        hint = _INSTEAD.get(word) or (f"是否想写 {near[0]}？" if near else "可用的函数见条件一节。")
        start = self._start_of(raw, word)
        self.findings.add(start, "E3", f"条件里不能用 {shown}；", f"{shown} cannot be used in a condition", hint)
        return _unknown(raw)


def _path(raw: RawNode) -> tuple[str, int]:
    """The dotted path of nested selections, empty if it does not begin with a plain name; and where it begins."""
    if raw.what == "name":
        return raw.text, raw.position
    if raw.what == "select":
        root, start = _path(raw.parts[0])
        return (f"{root}.{raw.text}" if root else ""), start
    return "", raw.position


def _known(raw: RawNode) -> bool:
    """Whether the operands of a call are worth reading, so that a forbidden word is reported once and not its parts."""
    operator = raw.text in _BINARY or raw.text in ("_&&_", "_||_", "!_", "-_", "_?_:_")
    return operator or raw.text in FUNCTIONS or raw.text in _TEXT_TESTS


def _keeps(step: RawNode, variable: str) -> bool:
    """Whether the loop of a filter keeps the element itself."""
    kept = step.parts[1].parts[1]
    return (
        kept.what == "list" and len(kept.parts) == 1 and (kept.parts[0].what, kept.parts[0].text) == ("name", variable)
    )


def _logic(raw: RawNode, parts: tuple[Node, ...]) -> Node:
    """`a && b && c` as one node; the parser nests them in whatever way it likes."""
    operator: str = "&&" if raw.text == "_&&_" else "||"
    operands: list[Node] = []
    for part in parts:
        if isinstance(part, Logic) and part.operator == operator:
            operands += part.operands
        else:
            operands.append(part)
    return Logic(raw.position, "yes-no", operator, tuple(operands))  # type: ignore[arg-type]


def _binary(raw: RawNode, operator: str, left: Node, right: Node) -> Node:
    kind: Kind = left.kind if operator in _ARITHMETIC else "yes-no"
    return Binary(raw.position, kind, operator, left, right)  # type: ignore[arg-type]


def _items(raw: RawNode, items: tuple[Node, ...]) -> Node:
    kinds = {item.kind for item in items}
    kind: Kind = "texts" if kinds == {"text"} else "numbers" if kinds == {"number"} else "unknown"
    return Items(raw.position, kind, items)


def _unknown(raw: RawNode) -> Node:
    return Read(raw.position, "unknown", Name("?", "", "", False, "text", "?", None, True))
