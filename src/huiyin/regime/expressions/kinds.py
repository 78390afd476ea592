"""Checks that every operator and function gets values it can work with (E4), beyond what the reference refuses.

The reference refuses wrong types too, but speaks of overloads; these checks come first to say it in the author's words.
They are also stricter: times are compared only through `days` and the like, and the values of a choice have no order.
"""

from __future__ import annotations

from huiyin.regime.expressions.functions import FUNCTIONS
from huiyin.regime.expressions.messages import Findings
from huiyin.regime.expressions.tree import (
    Binary,
    Call,
    Choice,
    Constant,
    Items,
    Kind,
    Logic,
    Minus,
    Node,
    Not,
    Quantifier,
    Read,
    walk,
)
from huiyin.regime.expressions.written import written

KINDS_ZH: dict[Kind, str] = {
    "yes-no": "是/否", "number": "数字", "text": "文字", "time": "时间", "texts": "列表", "numbers": "列表",
    "unknown": "不明",
}  # fmt: skip
_KINDS_EN: dict[Kind, str] = {
    "yes-no": "a yes/no", "number": "a number", "text": "a text", "time": "a time", "texts": "a list",
    "numbers": "a list", "unknown": "unknown",
}  # fmt: skip
_ORDER = ("<", "<=", ">", ">=")
_DEEPEST = 24
"""Levels of nesting a tree may have; the reference itself stops at 32 brackets."""
_LOOPS = 2
"""How many quantifiers may stand inside each other."""


def check_kinds(tree: Node, findings: Findings) -> None:
    """Add an E4 for every operand of a type that does not fit."""
    for node in walk(tree):
        match node:
            case Logic(operands=operands, operator=operator):
                for operand in operands:
                    _need(findings, operand, "yes-no", f"{operator} 两边")
            case Not(operand=operand) | Minus(operand=operand):
                wanted, where = ("yes-no", "! 后面") if isinstance(node, Not) else ("number", "负号后面")
                _need(findings, operand, wanted, where)  # type: ignore[arg-type]
            case Choice(condition=condition, then=then, otherwise=otherwise):
                _need(findings, condition, "yes-no", "? 前面")
                _same(findings, node, then, otherwise)
            case Binary():
                _check_binary(node, findings)
            case Call():
                _check_call(node, findings)
            case Items():
                if node.kind == "unknown" and _all_known(node.items):
                    zh, hint = "列表须有内容，且都是文字或都是数字；", "如 ['visit', 'letter']。"
                    findings.add(node.position, "E4", zh, "a list must hold only texts or only numbers", hint)
            case Quantifier():
                if node.range.kind not in ("texts", "numbers", "unknown"):
                    _mismatch(findings, node.range, "列表", f"{node.word} 前面")
                _need(findings, node.predicate, "yes-no", f"{node.word} 里的条件")


def check_depth(tree: Node, findings: Findings) -> None:
    """Refuse trees nested so deeply that no one can read them (and no evaluator should have to)."""
    if _depth(tree) > _DEEPEST or _loops(tree) > _LOOPS:
        findings.add(
            tree.position, "E3", "嵌套太深；", "the condition is nested too deeply", "请把其中的部分写成字段。"
        )


def check_result(tree: Node, wanted: Kind | None, findings: Findings) -> None:
    """The whole must give what the place needs; None: any single value."""
    if wanted and tree.kind not in (wanted, "unknown"):
        hint = ""
        if wanted == "yes-no" and tree.kind == "number":
            hint = f"请与一个数比较，如 {written(tree)} > 0。"
        elif wanted == "yes-no" and tree.kind in ("text", "time"):
            hint = (
                f"是否填写请写 given({written(tree)})。"
                if isinstance(tree, Read) and tree.name.root
                else "请与一个值比较。"
            )
        zh = f"{written(tree)} 得出{KINDS_ZH[tree.kind]}，这里须得出{KINDS_ZH[wanted]}；"
        findings.add(tree.position, "E4", zh, f"gives {_KINDS_EN[tree.kind]}, {_KINDS_EN[wanted]} is needed", hint)


def _check_binary(node: Binary, findings: Findings) -> None:
    left, right, operator = node.left, node.right, node.operator
    if not _all_known((left, right)):
        return
    if operator in ("contains", "startsWith", "endsWith"):
        _need(findings, left, "text", f"{operator} 前面")
        _need(findings, right, "text", f"{operator} 的参数")
    elif operator == "in":
        wanted = {"texts": "text", "numbers": "number"}.get(right.kind)
        if wanted is None:
            _mismatch(findings, right, "列表", "in 后面")
        elif wanted != left.kind:
            _incomparable(findings, node, left, right)
    elif "time" in (left.kind, right.kind):
        first, second = written(left), written(right)
        hint = f"请写 days({first}, {second}) > 0 之类。" if left.kind == right.kind else "请用 days(a, b)。"
        zh = "时间不能直接比较或加减；"
        findings.add(node.position, "E4", zh, "times cannot be compared or reckoned with directly", hint)
    elif operator in ("==", "!="):
        _same(findings, node, left, right)
    elif operator in _ORDER:
        _check_order(node, findings)
    elif left.kind != right.kind or left.kind not in ("number", "text") or (left.kind == "text" and operator != "+"):
        zh = f"{written(left)} 是{KINDS_ZH[left.kind]}，{written(right)} 是{KINDS_ZH[right.kind]}，不能用 {operator}；"
        findings.add(node.position, "E4", zh, f"{operator} does not fit these values")


def _check_order(node: Binary, findings: Findings) -> None:
    left, right = node.left, node.right
    if left.kind != right.kind or left.kind not in ("number", "text"):
        _incomparable(findings, node, left, right)
    elif left.kind == "text":
        chosen = next(
            (side for side in (left, right) if isinstance(side, Read) and side.name.options is not None), None
        )
        if chosen is not None:
            hint = _level_hint(node, chosen) or "请用 == 或 in。"
            zh = f"{written(chosen)} 的选项没有大小之分；"
            findings.add(node.position, "E4", zh, "the values of a choice have no order", hint)


def _check_call(node: Call, findings: Findings) -> None:
    parameters = FUNCTIONS[node.function].parameters
    for place, (argument, parameter) in enumerate(zip(node.arguments, parameters, strict=False), start=1):
        wanted: Kind = "text" if parameter.kind == "word" else parameter.kind
        _need(findings, argument, wanted, f"{node.function} 的第{place}个参数")


def _need(findings: Findings, node: Node, wanted: Kind, where: str) -> None:
    if node.kind not in (wanted, "unknown"):
        _mismatch(findings, node, KINDS_ZH[wanted], where)


def _mismatch(findings: Findings, node: Node, wanted: str, where: str) -> None:
    zh = f"{where}须是{wanted}，{written(node)} 是{KINDS_ZH[node.kind]}；"
    hint = "请与一个值比较。" if wanted == "是/否" else ""
    findings.add(node.position, "E4", zh, f"{written(node)} is {_KINDS_EN[node.kind]}, which does not fit here", hint)


def _same(findings: Findings, node: Node, left: Node, right: Node) -> None:
    if left.kind != right.kind and _all_known((left, right)):
        _incomparable(findings, node, left, right)


def _incomparable(findings: Findings, node: Node, left: Node, right: Node) -> None:
    if isinstance(left, Constant) and not isinstance(right, Constant):
        left, right = right, left
    zh = f"{written(left)} 是{KINDS_ZH[left.kind]}，不能与{KINDS_ZH[right.kind]} {written(right)} 比较；"
    en = f"{written(left)} is {_KINDS_EN[left.kind]} and cannot be compared with {_KINDS_EN[right.kind]}"
    hint = ""
    if isinstance(node, Binary) and isinstance(left, Read):
        hint = _level_hint(node, left)
        if left.kind == "yes-no":
            hint = f"请直接写 {written(left)} 或 !{written(left)}。"
    findings.add(node.position, "E4", zh, en, hint)


def _level_hint(node: Binary, chosen: Node) -> str:
    """A severity is ranked by `level`."""
    if not (isinstance(chosen, Read) and chosen.name.path == "case.severity"):
        return ""
    other = node.right if node.left is chosen else node.left
    ranked = f"level({written(other)})" if other.kind == "text" else written(other)
    return f"请写 level(case.severity) {node.operator} {ranked}。"


def _all_known(nodes: tuple[Node, ...]) -> bool:
    return all(node.kind != "unknown" for node in nodes)


def _depth(node: Node) -> int:
    return 1 + max((_depth(child) for child in node.children()), default=0)


def _loops(node: Node) -> int:
    return isinstance(node, Quantifier) + max((_loops(child) for child in node.children()), default=0)
