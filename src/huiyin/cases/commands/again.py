"""Taking a closed or answered case up again."""

from dataclasses import dataclass
from typing import ClassVar

from .base import CoreAct


@dataclass(frozen=True, slots=True, kw_only=True)
class Reopen(CoreAct):
    """Take the case up again."""

    act: ClassVar[str] = "reopen"
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Appeal(CoreAct):
    """The complainant does not accept the result."""

    act: ClassVar[str] = "appeal"
    text: str = ""
