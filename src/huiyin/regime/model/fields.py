"""Fields people fill in, settings the organisation decides, tables it keeps (regime-language 2.1, 2.2)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from .condition import Condition


class FieldType(StrEnum):
    """What may be entered. Money is CNY with two decimals; dates are local to the organisation."""

    TEXT = "text"
    LONG_TEXT = "long-text"
    NUMBER = "number"
    MONEY = "money"
    DATE = "date"
    DATETIME = "datetime"
    YES_NO = "yes-no"
    CHOICE = "choice"
    CHOICES = "choices"
    PERSON = "person"
    UNIT = "unit"
    PARTY = "party"
    PLACE = "place"
    PRODUCT = "product"
    ORDER = "order"
    FILE = "file"


@dataclass(frozen=True, slots=True)
class Field:
    """A field of intake, of work, or a column. `required` is True, False or a condition.

    `not_under`: measures of which none may be in force for the person or unit that is filled in.
    """

    id: str
    title: str
    type: FieldType = FieldType.TEXT
    choices: Mapping[str, str] = field(default_factory=dict)
    required: bool | Condition = False
    private: bool = False
    lists: str = ""
    not_under: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Setting:
    """What the organisation decides; `default` None means the checker asks for it before publishing."""

    id: str
    title: str
    type: str
    choices: Mapping[str, str] = field(default_factory=dict)
    default: Any = None
    cite: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A list the organisation keeps: `key` is the title of the key column."""

    id: str
    title: str
    key: str
    columns: Mapping[str, Field]
