"""Time passes, is given, stands still or ends; rules and calendars of another version."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from huiyin.calendars import Span

from .base import Command, CoreAct


@dataclass(frozen=True, slots=True, kw_only=True)
class PassTime(Command):
    """Let the clock act: reminders, breaches, lapsed approvals."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recalculate(Command):
    """Set due times anew after a calendar was published or changed.

    `as_of`: since when the calendar holds; what was overdue by then stays so, what fell due since is computed anew.
    """

    reason: str = "放假安排已公布"
    as_of: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveToVersion(Command):
    """Let the case go by another version of its regime; the system does, when an administrator had it prepared.

    Decided under the new version. `new_limits` are limits that the old one did not have, `old_limits` those that it alone has.
    """

    reason: str
    new_limits: tuple[str, ...] = ()
    old_limits: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Extend(CoreAct):
    """Ask for more time: `by` is added to the due time."""

    act: ClassVar[str] = "extend"
    limit: str
    by: Span
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Suspend(CoreAct):
    """Let the case stand still."""

    act: ClassVar[str] = "suspend"
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Resume(CoreAct):
    """Go on after a suspension."""

    act: ClassVar[str] = "resume"
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Terminate(CoreAct):
    """End the case without a decision on the matter."""

    act: ClassVar[str] = "terminate"
    text: str = ""
