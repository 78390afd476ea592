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

    `trouble`: why, for administrators, see `huiyin.store.sentences`. `answer`: what the other side calls the message.
    `wait`: seconds the other side asks us to wait. `handed_over`: the other side may have seen this very message, so that
    it counts as a try; without it the trouble says nothing about the message.
    """

    result: Result
    trouble: str = ""
    answer: str = ""
    wait: int = 0
    handed_over: bool = True
