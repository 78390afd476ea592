"""Evidence, under seal or not."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from huiyin.records import made_quickly


@made_quickly
@dataclass(frozen=True, slots=True)
class Opening:
    """Something sealed was opened: who, when, why, in whose presence."""

    at: datetime
    by: str
    text: str
    present: tuple[str, ...] = ()


@made_quickly
@dataclass(frozen=True, slots=True)
class Seal:
    """A seal on pieces of evidence; several pieces may lie under the same one. Opened, it is broken."""

    number: str
    at: datetime
    by: str
    text: str = ""
    present: tuple[str, ...] = ()
    openings: tuple[Opening, ...] = ()


@made_quickly
@dataclass(frozen=True, slots=True)
class Evidence:
    """A piece of evidence; `digest` points to the stored file when there is one.

    `data` is what the regime asks about such a piece, by field; `place` says where a thing is kept. `force` is the level
    of proof it was found to have. `seals` are all it ever had, the last one holding while it is `sealed`; what is sealed
    `for_some` came in sealed and stays so, and each look at it is an opening.
    """

    key: str
    kind: str
    title: str
    digest: str = ""
    added_by: str = ""
    sealed: bool = False
    data: Mapping[str, Any] = field(default_factory=dict)
    place: str = ""
    force: str = ""
    seals: tuple[Seal, ...] = ()
    for_some: bool = False
