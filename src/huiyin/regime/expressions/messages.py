"""Collects what is wrong with one condition, in words the author of a regime understands."""

from __future__ import annotations

from huiyin.regime.expressions.names import Names, Vocabulary
from huiyin.regime.expressions.problems import ConditionProblem
from huiyin.regime.expressions.tokens import Prepared

_ROOTS = {
    "case": "案件", "complainant": "投诉人", "respondent": "被投诉方", "matter": "登记项", "facts": "办理字段",
    "answers": "问卷", "settings": "设置", "person": "当事人", "unit": "当事部门",
}  # fmt: skip
_MOST_SHOWN = 8


class Findings:
    """The problems of one condition, each placed in the author's text."""

    def __init__(self, prepared: Prepared) -> None:
        self.prepared = prepared
        self.problems: list[ConditionProblem] = []

    def add(self, position: int, code: str, zh: str, en: str, hint: str = "") -> None:
        """Add a problem at an offset in the prepared text; E3 and E4 get their usual opening."""
        line, column = self.prepared.place(position)
        opening = {"E3": "条件有误：", "E4": "条件类型不符："}.get(code, "")
        problem = ConditionProblem(code, opening + zh, en, line, column, hint)
        if problem not in self.problems:
            self.problems.append(problem)

    def unknown_name(self, position: int, path: str, names: Names, *, known: bool) -> None:
        """A name that does not exist, or (`known`) not in this place."""
        if known and path == "now":
            zh = "这里不能用 now；"
            self.add(position, "E3", zh, "now cannot be read here", "请用 days(…, case.received_at) 等已发生的时间。")
        elif known:
            self.add(
                position, "E3", f"{path} 只能用在问责和预警里；", f"{path} exists only in accountability and watches"
            )
        else:
            self.add(position, "E3", f"不认识 {path}；", f"unknown name {path}", _what_there_is(path, names))


def _what_there_is(path: str, names: Names) -> str:
    root, _, last = path.partition(".")
    nearest = names.nearest(path)
    if nearest and nearest.partition(".")[0] == root and last:
        return f"{_ROOTS.get(root, root)}里有 {nearest.partition('.')[2]}。"
    if nearest:
        return f"是否想写 {nearest}？"
    siblings = [known.partition(".")[2] for known in names.by_path if known.startswith(root + ".")]
    if siblings:
        return f"{_ROOTS.get(root, root)}里有 {shown(siblings)}。"
    if root in _ROOTS:
        return f"{_ROOTS[root]}里还没有任何字段。"
    return "名字须以 matter.、facts.、answers.、settings.、case. 等开头；文字请写在引号里。"


def shown(ids: Vocabulary) -> str:
    """The first few ids, for a message."""
    listed = sorted(ids) if isinstance(ids, (set, frozenset)) else list(ids or ())
    return "、".join(listed[:_MOST_SHOWN]) + (" 等" if len(listed) > _MOST_SHOWN else "")
