"""The end of a case, links to others, and what was refused."""

from dataclasses import dataclass
from typing import ClassVar

from .base import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class Closed(Event):
    """The case is finished and filed."""

    title: ClassVar[str] = "办结归档"
    cause: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reopened(Event):
    """The case lives again, by reopening or appeal."""

    title: ClassVar[str] = "再处理"
    text: str
    appeal: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Linked(Event):
    """Another case was linked to this one."""

    title: ClassVar[str] = "关联案件"
    other: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MovedToVersion(Event):
    """From here on the case goes by another version of its regime. `left_behind`: runs of steps that it does not know."""

    title: ClassVar[str] = "改用新版制度"
    before: str
    version: str
    text: str
    left_behind: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AttemptRefused(Event):
    """Somebody tried what a rule forbids; recorded, changes nothing else."""

    title: ClassVar[str] = "被拒绝的操作"
    command: str
    code: str
    message: str
