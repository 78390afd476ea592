"""Transfers to bodies outside: what goes with the case, whether a receipt is awaited, what a return does."""

from dataclasses import dataclass
from typing import Literal

STATEMENT = "statement"
EVIDENCE = "evidence"
"""What a package may hold besides forms: what the complainant said, and the pieces of evidence chosen."""

Clock = Literal["stops", "runs", "anew"]


@dataclass(frozen=True, slots=True)
class Transfers:
    """The rules of every transfer to a body outside.

    `receipt`: the case stays open until the body has confirmed. `clock`: what our own limits do while the case is with the
    body – stand still and go on after a return, run on, or begin anew with it. `again`: whether a case that came back may be
    transferred once more. `package`: forms, `statement`, `evidence`; `reveal`: the personal data that go along.
    """

    receipt: bool = True
    clock: Clock = "stops"
    again: bool = True
    package: tuple[str, ...] = (STATEMENT, EVIDENCE)
    reveal: tuple[str, ...] = ()
    cite: tuple[str, ...] = ()
    note: str = ""
