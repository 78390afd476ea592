"""Checks the literal words of a condition: options of a choice (E5), events (E6), periods, tables and so on (E3)."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches

from huiyin.regime.expressions.functions import FUNCTIONS, RELATIONS, STATES, Parameter, is_period
from huiyin.regime.expressions.messages import Findings, shown
from huiyin.regime.expressions.names import Names, Vocabulary
from huiyin.regime.expressions.tree import Binary, Call, Constant, Element, Items, Node, Quantifier, Read, walk

_WHAT = {
    "relation": "关系", "state": "状态", "severities": "严重程度", "categories": "类别", "evidence": "证据种类", "samples": "样品种类",
    "rules": "问责规则", "ledgers": "台账", "measures": "写了 stands 的措施", "tables": "表", "column": "列",
}  # fmt: skip


def check_words(tree: Node, names: Names, findings: Findings) -> None:
    """Add a problem for every literal that names something which does not exist."""
    _check_options(tree, {}, findings)
    for node in walk(tree):
        if isinstance(node, Call):
            _check_call(node, names, findings)


def _check_options(node: Node, elements: dict[str, Read], findings: Findings) -> None:
    """Compare literals with the options of the field beside them; `elements` says whose element a variable is."""
    if isinstance(node, Quantifier):
        _check_options(node.range, elements, findings)
        source = _field(node.range, elements)
        inner = {**elements, node.variable: source} if source else elements
        _check_options(node.predicate, inner, findings)
        return
    if isinstance(node, Binary) and node.operator in ("==", "!=", "in"):
        for side, other in ((node.left, node.right), (node.right, node.left)):
            chosen = _field(side, elements)
            if chosen and chosen.name.options is not None:
                _check_literals(chosen, other, findings)
    for child in node.children():
        _check_options(child, elements, findings)


def _field(node: Node, elements: dict[str, Read]) -> Read | None:
    match node:
        case Read():
            return node
        case Element(variable=variable):
            return elements.get(variable)
        case Quantifier(word="filter", range=where):
            return _field(where, elements)
    return None


def _check_literals(chosen: Read, other: Node, findings: Findings) -> None:
    options = chosen.name.options or ()
    for literal in other.items if isinstance(other, Items) else (other,):
        if isinstance(literal, Constant) and isinstance(literal.value, str) and literal.value not in options:
            zh = f"“{literal.value}”不是“{chosen.name.title}”的选项；"
            en = f"{literal.value!r} is not an option of {chosen.name.path}"
            findings.add(literal.position, "E5", zh, en, f"可用 {shown(options)}。{_meant(literal.value, options)}")


def _meant(literal: str, options: Vocabulary) -> str:
    """Whoever wrote a title meant its id; whoever mistyped meant the nearest."""
    if isinstance(options, Mapping):
        for option, title in options.items():
            if title == literal:
                return f"请写 '{option}'。"
    near = get_close_matches(literal, list(options or ()), 1)
    return f"是否想写 {near[0]}？" if near else ""


def _check_call(call: Call, names: Names, findings: Findings) -> None:
    for argument, parameter in zip(call.arguments, FUNCTIONS[call.function].parameters, strict=False):
        if not parameter.words:
            continue
        if isinstance(argument, Constant) and isinstance(argument.value, str):
            _check_word(call, argument, parameter, names, findings)
        elif parameter.kind == "word":
            zh = f"{call.function} 里须写引号内的名字；"
            usage = FUNCTIONS[call.function].usage
            findings.add(argument.position, "E3", zh, f"{call.function} needs a literal here", f"如 {usage}。")


def _check_word(call: Call, argument: Constant, parameter: Parameter, names: Names, findings: Findings) -> None:
    word = str(argument.value)
    if parameter.words == "period":
        if not is_period(word):
            zh, hint = f"“{word}”不是一段时间；", "请写 90 days、12 months 或 calendar year。"
            findings.add(argument.position, "E3", zh, f"{word!r} is not a period", hint)
        return
    known = _vocabulary(call, parameter.words, names)
    if known is None or word in known:
        return
    if parameter.words == "events":
        findings.add(argument.position, "E6", f"没有事件“{word}”；", f"no event {word!r}", _events_hint(word, known))
        return
    listed = f"可用 {shown(known)}。" if known else "这里还没有定义任何一个。"
    what = _WHAT[parameter.words]
    code = "E5" if parameter.words in ("severities", "categories") else "E3"
    findings.add(argument.position, code, f"没有{what}“{word}”；", f"no such id {word!r}", listed + _meant(word, known))


def _vocabulary(call: Call, words: str, names: Names) -> Vocabulary:
    if words == "relation":
        return RELATIONS
    if words == "state":
        return STATES
    if words == "column":
        table = call.arguments[0]
        return names.tables.get(str(table.value)) if isinstance(table, Constant) and names.tables else None
    return names.vocabulary(words)


def _events_hint(word: str, known: Vocabulary) -> str:
    events = list(known or ())
    step, colon, _ = word.partition(":")
    outcomes = [event.partition(":")[2] for event in sorted(events) if colon and event.startswith(step + ":")]
    if outcomes:
        return f"环节 {step} 的结果有 {'、'.join(outcomes)}。"
    if step in events and colon:
        return f"环节 {step} 没有规定结果，请写 '{step}'。"
    near = get_close_matches(word, events, 1)
    return f"是否想写 {near[0]}？" if near else "可用的有目录中的事件，以及环节、随时动作、时限等的名字。"
