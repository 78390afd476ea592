"""The figures of a simulation in words, each with the name under which its cases are kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from huiyin.simulation import Totals
from huiyin.simulation.totals import LATE_AFTER, LATE_BEFORE, UNKNOWN

from .world import World

DAY = 86_400
_ORDER = ("admission", "severity", "routing", "approval", "limit", "measure")


@dataclass(frozen=True, slots=True)
class Figure:
    """How many cases differ in one way. `group` leads to them."""

    group: str
    aspect: str
    about: str
    before: str
    after: str
    count: int


@dataclass(frozen=True, slots=True)
class LimitFigures:
    """One limit: cases in which it was and would be late, and which due times move, by how much."""

    limit: str
    title: str
    runs: int
    late_before: int
    late_after: int
    newly_late: int
    in_time_now: int
    earlier: int
    earlier_by: str
    later: int
    later_by: str

    @property
    def groups(self) -> Mapping[str, str]:
        """Figure → the name of its cases."""
        return {
            "late_before": f"{LATE_BEFORE}|{self.limit}||",
            "late_after": f"{LATE_AFTER}|{self.limit}||",
            "newly_late": f"late|{self.limit}|in-time|late",
            "in_time_now": f"late|{self.limit}|late|in-time",
            "earlier": f"due|{self.limit}|earlier|",
            "later": f"due|{self.limit}|later|",
        }


class SimulationWords:
    """Says what groups mean. `titles` are those of both versions."""

    def __init__(self, world: World, titles: Mapping[str, str]) -> None:
        self._world, self._titles = world, titles

    def figures(self, totals: Totals) -> list[Figure]:
        """What changes, without the times of limits: in the order in which a case meets them, the most frequent first."""
        found = [self.figure(group, count) for group, count in totals.groups.items() if group.partition("|")[0] in _ORDER]
        return sorted(found, key=lambda each: (_ORDER.index(each.group.partition("|")[0]), -each.count, each.group))

    def figure(self, group: str, count: int = 0) -> Figure:
        """One group in words."""
        aspect, (about, before, after) = group.partition("|")[0], _parts(group)
        return Figure(group, self.aspect(aspect), self._about(aspect, about), self.value(aspect, before),
                      self.value(aspect, after), count)  # fmt: skip

    def limits(self, totals: Totals) -> list[LimitFigures]:
        """Limits that are late or move under either version."""
        names = dict.fromkeys(
            _parts(group)[0] for group in sorted(totals.groups) if group.startswith((LATE_BEFORE, LATE_AFTER, "late|", "due|"))
        )
        return [self._limit(name, totals) for name in names]

    def unknown(self, totals: Totals) -> list[Figure]:
        """What was not decided again, and why."""
        groups = [group for group in totals.groups if group.startswith(f"{UNKNOWN}|")]
        return sorted((self.figure(group, totals.groups[group]) for group in groups), key=lambda each: (-each.count, each.group))

    def aspect(self, aspect: str) -> str:
        """What a figure is about, in general."""
        return {
            "admission": _("受理"), "severity": _("严重程度"), "routing": _("分派"), "approval": _("审批"),
            "limit": _("时限有无"), "measure": _("处罚与奖励建议"), "late": _("是否超期"), "due": _("到期时间"),
            LATE_BEFORE: _("原来超期"), LATE_AFTER: _("改后超期"), UNKNOWN: _("未重新判断"), "changed": _("结果不同"),
        }[aspect]  # fmt: skip

    def value(self, aspect: str, value: str) -> str:
        """What it was or would be."""
        match aspect:
            case "admission":
                return _ADMISSIONS[value]() if value in _ADMISSIONS else value
            case "severity":
                return self._title(f"severity.{value}") if value else _("未定级")
            case "routing":
                return self._place(value)
            case "approval":
                return self._stages(value)
            case "limit":
                return _("计算") if value else _("不计算")
            case "measure":
                return _("建议，针对%(role)s") % {"role": self._title(f"roles.{value}")} if value else _("不建议")
            case "late":
                return _("超期") if value == "late" else _("按期")
            case "due":
                return {"earlier": _("提前"), "later": _("推后")}.get(value, "")
            case "unknown":
                return _REASONS[value]() if value in _REASONS else ""
        return ""

    def missing(self, names: Sequence[str]) -> str:
        """What a rule lacked: fields by their titles, the rest as the regime writes it."""
        return "、".join(self._titles.get(name, name) for name in names)

    def _about(self, aspect: str, about: str) -> str:
        if aspect == "approval":
            return self._title(about)
        if aspect == "measure":
            return self._title(f"accountability.{about}")
        if aspect in ("limit", "late", "due", LATE_BEFORE, LATE_AFTER):
            return self._title(f"limits.{about}")
        return (self._title(about) if about in self._titles else _SECTIONS.get(about, lambda: about)()) if about else ""

    def _title(self, path: str) -> str:
        return self._titles.get(path, path.partition(".")[2])

    def _place(self, value: str) -> str:
        role, _bar, unit = value.partition("|")
        if not value:
            return _("不分派")
        titles = [self._title(f"roles.{role}") if role else "", self._world.people.unit_title(unit) if unit else ""]
        return " ".join(dict.fromkeys(each for each in titles if each)) or _("未定")

    def _stages(self, value: str) -> str:
        if not value:
            return _("不用审批")
        stages = [
            (_("和") if "+" in stage else _("或")).join(self._title(f"roles.{role}") for role in stage.replace("+", "/").split("/"))
            for stage in value.split(" ")
        ]
        return " → ".join(stages)

    def _limit(self, name: str, totals: Totals) -> LimitFigures:
        groups, shifts = totals.groups, totals.shifts
        return LimitFigures(
            name, self._title(f"limits.{name}"), totals.runs.get(name, 0),
            groups[f"{LATE_BEFORE}|{name}||"], groups[f"{LATE_AFTER}|{name}||"],
            groups[f"late|{name}|in-time|late"], groups[f"late|{name}|late|in-time"],
            groups[f"due|{name}|earlier|"], shift_words(shifts.get(f"due|{name}|earlier|")),
            groups[f"due|{name}|later|"], shift_words(shifts.get(f"due|{name}|later|")),
        )  # fmt: skip


def shift_words(shift: Sequence[int] | None) -> str:
    """平均6.0天，最多8天: natural days between two due times."""
    if not shift:
        return ""
    count, total, most = shift
    return _("平均%(mean)s天，最多%(most)s天") % {"mean": f"{total / count / DAY:.1f}", "most": f"{most / DAY:.1f}".removesuffix(".0")}


def share_words(totals: Totals) -> dict[str, Any]:
    """How many cases were decided again, how many of them otherwise."""
    changed = totals.groups["changed"]
    return {"cases": totals.cases, "changed": changed, "same": totals.cases - changed}


def _parts(group: str) -> tuple[str, str, str]:
    """Subject, before and after of a group. A place holds a bar of its own."""
    aspect, _bar, rest = group.partition("|")
    about, _bar, rest = rest.partition("|")
    if aspect != "routing":
        before, _bar, after = rest.partition("|")
        return about, before, after
    parts = rest.split("|")
    middle = len(parts) // 2
    return about, "|".join(parts[:middle]), "|".join(parts[middle:])


_SECTIONS = {
    "intake": lambda: _("收件内容"), "intake.evidence": lambda: _("材料种类"), "categories": lambda: _("类别"),
    "assessment": lambda: _("受理审查"), "routing": lambda: _("分派"), "severity": lambda: _("定级"),
    "accountability": lambda: _("责任追究"),
}  # fmt: skip
_ADMISSIONS = {
    "": lambda: _("尚未审查"), "accept": lambda: _("受理"), "refuse": lambda: _("不予受理"), "explain": lambda: _("说明告知"),
    "settle": lambda: _("当场解决"), "merge": lambda: _("并案"), "transfer": lambda: _("移送"), "ask-more": lambda: _("要求补正"),
    "refused-filing": lambda: _("收件时不予登记"),
}  # fmt: skip
_REASONS = {
    "person": lambda: _("由人决定"), "missing": lambda: _("当时也缺少判断所需的内容，由人决定"), "not-asked": lambda: _("当时没有问这一项"),
    "other-cases": lambda: _("要看其他案件当时的情况，没有留存"), "nobody": lambda: _("现在没有这个部门，或要由人选定"),
    "no-extension": lambda: _("当时准许的延长，新规定不准"), "not-there": lambda: _("案件里有的内容，新规定没有"),
}  # fmt: skip
