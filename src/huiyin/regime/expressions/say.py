"""Says a condition in Chinese, for “why” on the case page and for the regime page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import singledispatchmethod

from huiyin.regime.expressions.condition import Condition
from huiyin.regime.expressions.functions import RELATIONS, STATES, period_zh
from huiyin.regime.expressions.names import Names, Vocabulary, title_in
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
from huiyin.regime.expressions.written import number_text

_SIGNS = {">": ">", ">=": "≥", "<": "<", "<=": "≤", "==": "=", "!=": "≠"}
_RANKED = {">": "高于", ">=": "不低于", "<": "低于", "<=": "不高于", "==": "为", "!=": "不为"}
_RECKONED = {"+": "+", "-": "−", "*": "×", "/": "÷"}
_DENIED = {"==": "!=", "!=": "==", "<": ">=", ">=": "<", ">": "<=", "<=": ">"}


def say(condition: Condition, names: Names) -> str:
    """The condition as a Chinese phrase, e.g. `造成人身损害，或投诉人数≥10`; ids appear by their titles."""
    return _Speaker(names).say(condition.tree)


class _Speaker:
    """Renders nodes with the titles that one set of names knows."""

    def __init__(self, names: Names) -> None:
        self.names = names

    @singledispatchmethod
    def say(self, node: Node) -> str:
        raise TypeError(f"no such node: {type(node).__name__}")

    @say.register
    def _(self, node: Constant) -> str:
        if isinstance(node.value, bool):
            return "任何情况" if node.value else "从不"
        return f"“{node.value}”" if isinstance(node.value, str) else number_text(node.value)

    @say.register
    def _(self, node: Read) -> str:
        return node.name.title

    @say.register
    def _(self, node: Given) -> str:
        return f"已填写{node.name.title}"

    @say.register
    def _(self, node: Element) -> str:
        return "该项"

    @say.register
    def _(self, node: Minus) -> str:
        return f"−{self._part(node.operand)}"

    @say.register
    def _(self, node: Items) -> str:
        return "、".join(self.say(item) for item in node.items)

    @say.register
    def _(self, node: Not) -> str:
        return self._denied(node.operand)

    @say.register
    def _(self, node: Logic) -> str:
        joint = "，且" if node.operator == "&&" else "，或"
        return joint.join(self._part(operand) for operand in node.operands)

    @say.register
    def _(self, node: Choice) -> str:
        condition, then, otherwise = self.say(node.condition), self._part(node.then), self._part(node.otherwise)
        return f"（{condition}）时为{then}，否则为{otherwise}"

    @say.register
    def _(self, node: Quantifier) -> str:
        where, predicate = self._part(node.range), self.say(_with_options(node))
        if node.word == "filter":
            return f"{where}中{predicate}的各项"
        return f"{where}中{'有一项' if node.word == 'exists' else '各项都'}满足：{predicate}"

    @say.register
    def _(self, node: Binary) -> str:
        left, right, operator = node.left, node.right, node.operator
        if operator in ("contains", "startsWith", "endsWith"):
            verb = {"contains": "含有", "startsWith": "开头是", "endsWith": "结尾是"}[operator]
            return f"{self._part(left)}{verb}{self._part(right)}"
        if operator in _RECKONED:
            return f"{self._part(left)}{_RECKONED[operator]}{self._part(right)}"
        if operator == "in":
            return self._membership(node, denied=False)
        if (severities := _ranks(left, right)) is not None:
            first, second = severities
            return f"{self._severity(first)}{_RANKED[operator]}{self._severity(second)}"
        if left.kind == "number":
            return f"{self._part(left)}{_SIGNS[operator]}{self._part(right)}"
        if isinstance(left, Constant) and not isinstance(right, Constant):
            left, right = right, left
        return f"{self._part(left)}{'不为' if operator == '!=' else '为'}{self._beside(left, right)}"

    @say.register
    def _(self, node: Call) -> str:
        return _PHRASES[node.function](self, node.arguments)

    def word(self, node: Node, vocabulary: Vocabulary) -> str:
        """A literal id by its title, in quotation marks where it has none; anything else as usual."""
        if isinstance(node, Constant) and isinstance(node.value, str):
            return f"“{title_in(vocabulary, node.value)}”"
        return self._part(node)

    def event(self, node: Node) -> str:
        return self.word(node, self.names.events)

    def _part(self, node: Node) -> str:
        """A part of something larger, in brackets where it would run into its neighbours."""
        loose = isinstance(node, (Logic, Choice)) or (isinstance(node, Binary) and node.operator in _RECKONED)
        return f"（{self.say(node)}）" if loose else self.say(node)

    def _denied(self, node: Node) -> str:
        match node:
            case Read(name=name):
                return name.untrue or f"“{name.title}”为否"
            case Given(name=name):
                return f"未填写{name.title}"
            case Not(operand=operand):
                return self.say(operand)
            case Binary(operator="in"):
                return self._membership(node, denied=True)
            case Binary(operator=operator) if operator in _DENIED:
                return self.say(
                    Binary(node.position, node.kind, _DENIED[operator], node.left, node.right)  # type: ignore[arg-type]
                )
            case Call(function=function, arguments=arguments) if function in _DENIALS:
                return _DENIALS[function](self, arguments)
        return f"并非（{self.say(node)}）"

    def _membership(self, node: Binary, *, denied: bool) -> str:
        left, right = node.left, node.right
        if isinstance(right, Items):
            listed = [self._beside(left, item) for item in right.items]
            last = f"或{listed[-1]}" if listed[1:] else listed[-1]
            return f"{self._part(left)}{'不是' if denied else '为'}{'、'.join(listed[:-1])}{last}"
        return f"{self._part(right)}中{'没有' if denied else '有'}{self._beside(right, left)}"

    def _beside(self, chosen: Node, value: Node) -> str:
        """A value compared with a choice, by the title of the option."""
        if isinstance(chosen, Read) and isinstance(value, Constant) and isinstance(chosen.name.options, Mapping):
            return chosen.name.options.get(str(value.value)) or self.say(value)
        return self._part(value)

    def _severity(self, node: Node) -> str:
        if isinstance(node, Constant):
            return title_in(self.names.severities, str(node.value))
        return self._part(node)


def _ranks(left: Node, right: Node) -> tuple[Node, Node] | None:
    """The two severities of `level(a) >= level(b)`."""
    if isinstance(left, Call) and isinstance(right, Call) and left.function == right.function == "level":
        return left.arguments[0], right.arguments[0]
    return None


def _with_options(node: Quantifier) -> Node:
    """The predicate with the list itself in place of a plain comparison's element, so that options get their titles."""
    predicate = node.predicate
    if isinstance(predicate, Binary) and isinstance(predicate.left, Element) and isinstance(node.range, Read):
        name = node.range.name
        named = Read(predicate.left.position, "text", replace(name, title="该项"))
        return Binary(predicate.position, predicate.kind, predicate.operator, named, predicate.right)
    return predicate


def _earlier(_: _Speaker, arguments: tuple[Node, ...]) -> str:
    words = [str(argument.value) for argument in arguments if isinstance(argument, Constant)]
    relation = RELATIONS.get(words[0], words[0])
    state = STATES.get(words[1], "") if len(words) > 1 else ""
    period = period_zh(words[2]) if len(words) > 2 else ""
    return f"{period}{relation}的{state}前案数"


def _offences(speaker: _Speaker, arguments: tuple[Node, ...]) -> str:
    period = str(arguments[1].value) if isinstance(arguments[1], Constant) else ""
    return f"{period_zh(period)}因{speaker.word(arguments[0], speaker.names.rules)}受处理的次数"


def _stands(speaker: _Speaker, arguments: tuple[Node, ...]) -> str:
    who = speaker.say(arguments[1]) if len(arguments) > 1 else "当事人"
    return f"{who}的{speaker.word(arguments[0], speaker.names.measures)}还在有效期内"


def _paper(speaker: _Speaker, paper: Node) -> str:
    """The paper that a number or the id of a form stands for."""
    return speaker.word(paper, speaker.names.forms) if isinstance(paper, Constant) else f"{speaker.say(paper)}所指的文书"


def _lookup(speaker: _Speaker, arguments: tuple[Node, ...]) -> str:
    table, key, column = arguments
    columns = (speaker.names.tables or {}).get(str(table.value)) if isinstance(table, Constant) else None
    return (
        f"表{speaker.word(table, speaker.names.table_titles)}中{speaker.say(key)}对应的{speaker.word(column, columns)}"
    )


def _between(unit: str) -> Callable[[_Speaker, tuple[Node, ...]], str]:
    return lambda speaker, arguments: f"从{speaker.say(arguments[0])}到{speaker.say(arguments[1])}的{unit}"


_PHRASES: Mapping[str, Callable[[_Speaker, tuple[Node, ...]], str]] = {
    "earlier": _earlier,
    "happened": lambda speaker, a: f"已发生{speaker.event(a[0])}",
    "times": lambda speaker, a: f"{speaker.event(a[0])}的次数",
    "at": lambda speaker, a: f"{speaker.event(a[0])}的时间",
    "days": _between("天数"),
    "workdays": _between("工作日数"),
    "hours": _between("小时数"),
    "months": _between("月数"),
    "workday": lambda speaker, a: f"{speaker.say(a[0])}是工作日",
    "working_time": lambda speaker, a: f"{speaker.say(a[0])}在工作时间内",
    "hour": lambda speaker, a: f"{speaker.say(a[0])}的钟点",
    "month": lambda speaker, a: f"{speaker.say(a[0])}的月份",
    "lookup": _lookup,
    "lookup_number": _lookup,
    "in_table": lambda speaker, a: f"{speaker.say(a[1])}在表{speaker.word(a[0], speaker.names.table_titles)}中",
    "under": lambda speaker, a: f"类别属于{speaker.word(a[0], speaker.names.categories)}",
    "level": lambda speaker, a: f"{speaker.word(a[0], speaker.names.severities)}的等级",
    "has_evidence": lambda speaker, a: f"有证据{speaker.word(a[0], speaker.names.evidence)}",
    "evidence_count": lambda speaker, a: f"证据{speaker.word(a[0], speaker.names.evidence)}的件数",
    "sealed": lambda speaker, a: f"证据{speaker.word(a[0], speaker.names.evidence)}已经封存",
    "samples": lambda speaker, a: f"样品{speaker.word(a[0], speaker.names.samples)}的件数",
    "intact": lambda speaker, a: f"样品{speaker.word(a[0], speaker.names.samples)}封样完好、交接不断",
    "results": lambda speaker, a: f"样品{speaker.word(a[0], speaker.names.samples)}已交来的检验结果数",
    "agree": lambda speaker, a: f"样品{speaker.word(a[0], speaker.names.samples)}的各份检验结果一致",
    "voided": lambda speaker, a: f"{_paper(speaker, a[0])}已作废",
    "offences": _offences,
    "stands": _stands,
    "balance": lambda speaker, a: f"{speaker.word(a[0], speaker.names.ledgers)}的余额",
    "count": lambda speaker, a: f"{speaker.say(a[0])}的项数",
}

_DENIALS: Mapping[str, Callable[[_Speaker, tuple[Node, ...]], str]] = {
    "happened": lambda speaker, a: f"未发生{speaker.event(a[0])}",
    "workday": lambda speaker, a: f"{speaker.say(a[0])}不是工作日",
    "working_time": lambda speaker, a: f"{speaker.say(a[0])}在工作时间外",
    "in_table": lambda speaker, a: f"{speaker.say(a[1])}不在表{speaker.word(a[0], speaker.names.table_titles)}中",
    "under": lambda speaker, a: f"类别不属于{speaker.word(a[0], speaker.names.categories)}",
    "intact": lambda speaker, a: f"样品{speaker.word(a[0], speaker.names.samples)}封样破损或者交接有缺",
    "agree": lambda speaker, a: f"样品{speaker.word(a[0], speaker.names.samples)}的各份检验结果不一致",
    "stands": lambda speaker, a: _stands(speaker, a).replace("还在有效期内", "没有在有效期内的"),
    "voided": lambda speaker, a: f"{_paper(speaker, a[0])}没有作废",
    "has_evidence": lambda speaker, a: f"没有证据{speaker.word(a[0], speaker.names.evidence)}",
    "sealed": lambda speaker, a: f"证据{speaker.word(a[0], speaker.names.evidence)}没有封存",
}
