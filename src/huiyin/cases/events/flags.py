"""Flags: put up, renewed, taken down."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ClassVar

from .base import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class Flagged(Event):
    """A flag was put up for the complainant, or renewed with what is known by now.

    `party` is the sealed record of the person, `until` when the flag stops to stand (None: until it is taken down), `text`
    the words of the act, `shown` the fields told with it.
    """

    title: ClassVar[str] = "标明提示"
    flag: str
    flag_title: str
    party: str
    until: datetime | None
    text: str
    shown: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class FlagEnded(Event):
    """A flag was taken down by a decision."""

    title: ClassVar[str] = "解除提示"
    flag: str
    flag_title: str
