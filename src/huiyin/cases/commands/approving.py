"""What those who approve say."""

from dataclasses import dataclass, field

from .base import Command, Values


@dataclass(frozen=True, slots=True, kw_only=True)
class Approve(Command):
    """Say yes to a proposal. Without `key` it is the only one that waits for this person.

    For sanctions: `measures` fixes amounts inside the brackets, `conduct` ticks what was found, `person` names who.
    For a body with a quorum: `present` are other members who voted the same way in the meeting that is recorded here.
    """

    key: str = ""
    rule: str = ""
    text: str = ""
    measures: Values = field(default_factory=dict)
    conduct: tuple[str, ...] = ()
    person: str = ""
    present: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reject(Command):
    """Say no to a proposal, with the reason. `present` as in `Approve`."""

    key: str = ""
    rule: str = ""
    text: str = ""
    present: tuple[str, ...] = ()
