"""Approvals: asked for, voted, rejected, lapsed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ClassVar

from huiyin.cases.state import PendingApproval, Stage

from .base import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalAsked(Event):
    """A proposal waits for a yes or no."""

    title: ClassVar[str] = "报请审批"
    approval: PendingApproval


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalVoted(Event):
    """One yes of a stage; `stage_done` when the stage is complete. `signs`: places on the forms the voter signs by it.

    In a body with a quorum a vote may also be `against`; `present` voted the same way in the meeting recorded by this
    event, and `role_done` says whether the body has decided by it. `choice`: amounts, conduct and person that a vote for
    a sanction fixed (as in `Approve`); the latest counts.
    """

    title: ClassVar[str] = "审批同意"
    key: str
    role: str
    text: str
    stage_done: bool
    last: bool
    next_lapses_at: datetime | None = None
    signs: tuple[str, ...] = ()
    against: bool = False
    present: tuple[str, ...] = ()
    role_done: bool = True
    choice: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalRejected(Event):
    """A proposal was rejected; by a body, `present` voted no together with whoever recorded it."""

    title: ClassVar[str] = "审批不同意"
    key: str
    text: str
    work: str = ""
    present: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalLapsed(Event):
    """A stage was not decided in time; somebody else decides instead."""

    title: ClassVar[str] = "审批超时转交"
    key: str
    stage: int
    replacement: Stage


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalCancelled(Event):
    """A proposal lost its object because the case took another way."""

    title: ClassVar[str] = "审批撤销"
    key: str
    cause: str
