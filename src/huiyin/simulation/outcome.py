"""What one regime makes of a past case, and how two outcomes differ."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

Reason = Literal["person", "missing", "not-asked", "other-cases", "nobody", "no-extension", "not-there"]
"""Why something cannot be decided again.

`person`: a person decided it; `missing`: a fact was missing then as well; `not-asked`: the field was not asked then;
`other-cases`: it depends on other cases as they were; `nobody`: today's organisation has no such unit; `no-extension`: the
time granted then is not granted by this regime; `not-there`: what the case had then this regime does not know.
"""


@dataclass(frozen=True, slots=True)
class Unknown:
    """Something that is not decided again: `about` is a dotted path of the regime, `missing` are paths and functions."""

    about: str
    reason: Reason
    missing: tuple[str, ...] = ()

    @property
    def group(self) -> str:
        """The figure this counts for."""
        return f"unknown|{self.about}|{self.reason}|"


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table that decided. `value`: outcome of an assessment, or `role` and `role|unit` of a routing."""

    row: str
    value: str
    cite: tuple[str, ...] = ()


NO_ROW = Row("", "")


@dataclass(frozen=True, slots=True)
class LimitRun:
    """A limit that ran. `late` None: it cannot be told, because the case would have taken another way."""

    key: str
    limit: str
    started_at: datetime
    due: datetime | None
    ended_at: datetime | None
    late: bool | None
    cite: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Proposal:
    """A sanction or reward that a rule proposes. `against`: the role it is about."""

    rule: str
    against: str
    cite: tuple[str, ...] = ()


@dataclass(slots=True)
class Outcome:
    """What a regime makes of a case.

    `admission`: `refused-filing`, or the outcome of the assessment (`accept`, `refuse` …), empty while not assessed.
    `approvals`: what needs one (`flow.refund`, `assessment.small`) → the roles that decide, stage by stage.
    """

    admission: Row = NO_ROW
    severity: str = ""
    severity_cite: tuple[str, ...] = ()
    routing: Row = NO_ROW
    approvals: dict[str, tuple[str, ...]] = field(default_factory=dict)
    limits: dict[str, LimitRun] = field(default_factory=dict)
    proposals: dict[tuple[str, str], Proposal] = field(default_factory=dict)
    unknown: dict[str, Unknown] = field(default_factory=dict)

    def leave(self, about: str, reason: Reason, missing: tuple[str, ...] = ()) -> None:
        """Say that something is not decided again; the first reason counts."""
        self.unknown.setdefault(about, Unknown(about, reason, missing))

    def take_over_tables(self, other: "Outcome") -> None:
        """Take admission, routing and their approvals from an outcome that rests on the same rows."""
        self.admission, self.routing = other.admission, other.routing
        self.approvals.update(other.approvals)
        self.unknown.update(other.unknown)


Aspect = Literal["admission", "severity", "routing", "approval", "due", "late", "limit", "measure"]
ASPECTS: Mapping[Aspect, str] = {
    "admission": "受理", "severity": "严重程度", "routing": "分派", "approval": "审批", "late": "超期", "due": "到期时间",
    "limit": "时限有无", "measure": "处罚与奖励建议",
}  # fmt: skip
"""What can differ, in the order in which it is shown."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that differs. `about`: the limit, step or rule; `before` and `after` as in the outcomes, times in ISO 8601.

    Of a due time `shift` is by how much it moves, in seconds; negative is earlier.
    """

    aspect: Aspect
    about: str
    before: str
    after: str
    cite: tuple[str, ...] = ()
    shift: int = 0

    @property
    def group(self) -> str:
        """The figure this counts for: aspect, subject, and what it was and would be; for times only the direction."""
        if self.aspect == "due":
            return f"due|{self.about}|{'earlier' if self.shift < 0 else 'later'}|"
        return f"{self.aspect}|{self.about}|{self.before}|{self.after}"
