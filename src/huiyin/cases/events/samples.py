"""What happens to samples. Kinds, seals and rounds are spelled out, so that old cases fold without their regime."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ClassVar

from .base import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleTaken(Event):
    """A sample was taken. `state`: of its seal, empty where it is not to be sealed; `present`: roles that were there.

    `taken_at` may lie before `at`, when it was entered. `needs`: results that a round of tests has.
    """

    title: ClassVar[str] = "采取样品"
    key: str
    kind: str
    number: str
    name: str
    quantity: str
    place: str
    taken_at: datetime
    keeper: str
    work: str
    needs: int = 1
    seal: str = ""
    state: str = ""
    present: tuple[str, ...] = ()
    keep_until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleHandedOver(Event):
    """A sample changed hands. `gap`: the giver was not the one who had it by the record."""

    title: ClassVar[str] = "样品交接"
    key: str
    giver: str
    taker: str
    handed_at: datetime
    work: str
    state: str = ""
    condition: str = ""
    gap: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleCoded(Event):
    """A sample got the code under which testers know it, for a round of tests; `state`: of the seal opened for it."""

    title: ClassVar[str] = "编盲样"
    key: str
    code: str
    round: int
    work: str
    state: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleTested(Event):
    """One tester's result, the `number`th of a round. `fields` are shown to nobody else until all are in."""

    title: ClassVar[str] = "检验结果"
    key: str
    round: int
    number: int
    work: str
    code: str = ""
    state: str = ""
    fields: Mapping[str, Any] = field(default_factory=dict)
