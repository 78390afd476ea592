"""What all commands have in common."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

Values = Mapping[str, Any]
"""JSON values by field."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """What all commands have in common: the act they belong to (empty for steps) and whether entered for the complainant."""

    act: ClassVar[str] = ""
    on_behalf: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CoreAct(Command):
    """An act every regime has. `fields`, `present` and `outcome` answer what this regime asks for besides."""

    fields: Values = field(default_factory=dict)
    present: tuple[str, ...] = ()
    outcome: str = ""
