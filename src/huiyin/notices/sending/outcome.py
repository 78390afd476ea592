"""How sending one message ended."""

from dataclasses import dataclass
from typing import Literal

Result = Literal["accepted", "again", "never", "down"]

ACCEPTED: Result = "accepted"
AGAIN: Result = "again"
NEVER: Result = "never"
DOWN: Result = "down"


@dataclass(frozen=True, slots=True)
class Outcome:
    """`accepted`; `again`: this message should be tried later; `never`: it will always be refused; `down`: nothing
    can be sent over the channel now, so that the messages behind it were not tried.

    `wait`: seconds the other side asks us to wait. `answer`: what it calls the message. `trouble` is for administrators.
    """

    result: Result
    trouble: str = ""
    answer: str = ""
    wait: int = 0
