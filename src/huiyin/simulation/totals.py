"""Figures over many cases: how many change and how, and what was late before and would be after."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from .comparing import Compared

LATE_BEFORE, LATE_AFTER, UNKNOWN, CHANGED = "late-before", "late-after", "unknown", "changed"


@dataclass(slots=True)
class Totals:
    """`cases` looked at; `groups`: group → cases; `runs`: limit → cases in which it ran under the draft.

    `shifts`: group of due times → how many moved, by how many seconds in all, and by how many at most.
    """

    cases: int = 0
    groups: Counter[str] = field(default_factory=Counter)
    runs: Counter[str] = field(default_factory=Counter)
    shifts: dict[str, list[int]] = field(default_factory=dict)

    def add(self, compared: Compared) -> None:
        """Count a case."""
        self.cases += 1
        self.groups.update(set(groups_of(compared)))
        self.runs.update({run.limit for run in compared.after.limits.values() if run.late is not None})
        for each in compared.differences:
            if each.aspect == "due":
                seen = self.shifts.setdefault(each.group, [0, 0, 0])
                size = abs(each.shift)
                seen[0] += 1
                seen[1] += size
                seen[2] = max(seen[2], size)

    def as_data(self) -> dict[str, Any]:
        """As JSON values, to go on from later."""
        return {"cases": self.cases, "groups": dict(self.groups), "runs": dict(self.runs), "shifts": self.shifts}

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> "Totals":
        """What `as_data` gave; empty for nothing."""
        return cls(
            data.get("cases", 0),
            Counter(data.get("groups", {})),
            Counter(data.get("runs", {})),
            {group: list(shift) for group, shift in data.get("shifts", {}).items()},
        )


def groups_of(compared: Compared) -> Iterator[str]:
    """The figures a case counts for; a figure leads to its cases by this name."""
    if compared.differences:
        yield CHANGED
    for each in compared.differences:
        yield each.group
    for found, mark in ((compared.before, LATE_BEFORE), (compared.after, LATE_AFTER)):
        for run in found.limits.values():
            if run.late:
                yield f"{mark}|{run.limit}||"
    for unknown in compared.after.unknown.values():
        yield unknown.group
