"""What all commands have in common."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, ClassVar

Values = Mapping[str, Any]
"""JSON values by field."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """What all commands have in common: the act they belong to (empty for steps) and whether entered for the complainant."""

    act: ClassVar[str] = ""
    on_behalf: bool = False


@dataclass(frozen=True, slots=True)
class Charge:
    """What somebody is to be charged with; parts left empty are as the regime has them, `text` as the command says.

    `to` is a role of the kind of order, `unit` the unit where the role has many, `person` the one meant; `due` the day.
    """

    text: str = ""
    to: str = ""
    unit: str = ""
    person: str = ""
    due: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CoreAct(Command):
    """An act every regime has. `fields`, `present`, `outcome` and `answers` answer what this regime asks for besides.

    `orders`: whom the act charges with what, where the regime lets it give orders. `member`: for which of its copies the act
    is done, where the regime has it done in copies; `via`: by what means, where the regime names some.
    """

    fields: Values = field(default_factory=dict)
    present: tuple[str, ...] = ()
    outcome: str = ""
    orders: tuple[Charge, ...] = ()
    answers: Values = field(default_factory=dict)
    member: str = ""
    via: tuple[str, ...] = ()
