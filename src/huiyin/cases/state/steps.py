"""Steps that were opened, and how often something happened."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from huiyin.records import made_quickly

StepStatus = Literal["open", "submitted", "done", "passed", "void", "cancelled"]


@made_quickly
@dataclass(frozen=True, slots=True)
class FilledIn:
    """What was filled in when an act of the regime was last done."""

    at: datetime
    fields: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Signal:
    """How often an event of one name has happened, and when."""

    count: int
    first: datetime
    last: datetime


@made_quickly
@dataclass(frozen=True, slots=True)
class StepRun:
    """One opened copy of a step.

    `member` tells copies of a `per` step apart, `fields` what was filled in for this one, `via` by what means it was done.
    """

    step: str
    member: str
    status: StepStatus
    round: int
    opened_at: datetime
    done_at: datetime | None = None
    done_by: str = ""
    outcome: str = ""
    attempts: int = 0
    approval: str = ""
    fields: Mapping[str, Any] = field(default_factory=dict)
    via: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """`step`, or `step#member`."""
        return run_key(self.step, self.member)


def run_key(step: str, member: str = "") -> str:
    """The key of a step run."""
    return f"{step}#{member}" if member else step
