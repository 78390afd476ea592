"""What all events have in common: when, by whom, under which names, by which article, and why."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ClassVar

from huiyin.records import made_quickly


@made_quickly
@dataclass(frozen=True, slots=True)
class Reason:
    """Why a rule decided as it did: where the rule stands, and the values it read."""

    rule: str
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """What all events have in common."""

    at: datetime
    by: str
    names: tuple[str, ...] = ()
    cite: tuple[str, ...] = ()
    why: Reason | None = None
    on_behalf: bool = False

    title: ClassVar[str] = ""
