"""Time: obligations, extensions, standing still."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ClassVar, Literal

from huiyin.cases.state import Obligation

from .base import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class ObligationStarted(Event):
    """A limit runs from now on."""

    title: ClassVar[str] = "时限开始"
    obligation: Obligation


@dataclass(frozen=True, slots=True, kw_only=True)
class ObligationMet(Event):
    """What was owed was done; `late` when after the due time."""

    title: ClassVar[str] = "时限完成"
    key: str
    late: bool
    ended_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ObligationBreached(Event):
    """The due time passed and nothing had happened; the obligation runs on as overdue."""

    title: ClassVar[str] = "超期"
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ObligationCancelled(Event):
    """The obligation ended for a cause other than being met."""

    title: ClassVar[str] = "时限取消"
    key: str
    cause: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ObligationMoved(Event):
    """The due time changed: extended, resumed, another row applies, or the calendar was published or changed.

    `late`: the calendar changed so that the new due time lies in the past already.
    """

    title: ClassVar[str] = "到期日变更"
    key: str
    obligation: Obligation
    cause: str
    late: bool = False


Deadline = Literal["approval", "hearing", "objection", "link", "flag", "sample"]
"""Times of a case that are no obligations:
until when somebody decides, states a view, objects, comes in, a flag stands, a sample is kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineMoved(Event):
    """A time of the case that is no obligation changed: with the calendar, or because the case stood still.

    `key` names whose it is, `about` says it in words. `late`: the new time lies in the past already. `since`: from when on
    it counts now, where that changed, too.
    """

    title: ClassVar[str] = "期限变更"
    deadline: Deadline
    key: str
    about: str
    before: datetime
    until: datetime
    cause: str
    late: bool = False
    since: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RungReached(Event):
    """A rung of a ladder: somebody is reminded or told."""

    title: ClassVar[str] = "提醒"
    key: str
    rung: int
    remind: tuple[str, ...]
    tell: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtensionRefused(Event):
    """A request for more time was refused."""

    title: ClassVar[str] = "不同意延长"
    key: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Suspended(Event):
    """The case stands still."""

    title: ClassVar[str] = "中止"
    text: str
    fields: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Resumed(Event):
    """The case goes on; the obligations carry their new due times."""

    title: ClassVar[str] = "恢复"
    text: str
    obligations: tuple[Obligation, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Terminated(Event):
    """The case ends without a decision on the matter."""

    title: ClassVar[str] = "终止"
    text: str
    fields: Mapping[str, Any] = field(default_factory=dict)
