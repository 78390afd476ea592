"""What a case calls for beside itself, and what it hears of it: corrective action, duties."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from .base import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectiveOpened(Event):
    """A corrective action was opened."""

    title: ClassVar[str] = "提出整改"
    corrective: str
    owner: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyCalled(Event):
    """What happened here calls for a duty; `members` are those for each of whom it is done.

    `start`: from when on its time counts, None: from now on. `owner`: who owes it, empty where the duty itself says who.
    """

    title: ClassVar[str] = "提出职责"
    duty: str
    members: tuple[str, ...]
    start: datetime | None = None
    owner: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureCalled(Event):
    """A confirmed measure has to be carried out. `sanction` is the number of the event that confirmed it, `against` whom it is about.

    It lasts until `until` (None: it does not last), and has to be done by `due` (None: promptly).
    """

    title: ClassVar[str] = "执行处理"
    measure: str
    sanction: int
    against: str
    until: datetime | None = None
    due: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard(Event):
    """Something happened in another case or affair that came from this one; `names` say what. Steps and limits may wait for it."""

    title: ClassVar[str] = "关联事项"
    source: str
    number: str
    text: str
