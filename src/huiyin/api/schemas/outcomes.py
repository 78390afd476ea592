"""What a command brought about."""

from datetime import datetime

from ninja import Schema

from huiyin.api.problems import Cite


class Happening(Schema):
    """One event: what happened, when, and the articles it rests on."""

    kind: str
    title: str
    at: datetime
    cite: list[Cite]


class Wording(Schema):
    """A phrase in what was sent that the regime advises against, with the better wording. It was taken as it stands."""

    phrase: str
    better: str
    cite: list[Cite]


class Outcome(Schema):
    """The case after a command, and what the command made happen (nothing, when it changed nothing)."""

    number: str
    version: int
    state: str
    phase: str
    events: list[Happening]
    wording: list[Wording] = []
