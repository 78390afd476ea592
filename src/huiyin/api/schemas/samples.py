"""Samples of a case, and papers that are fetched back, as the interface shows them."""

from datetime import datetime

from ninja import Schema
from pydantic import JsonValue


class CustodyOut(Schema):
    """One hand-over. `gap`: the giver was not the one who had it by the record."""

    at: datetime
    giver: str
    taker: str
    seal_state: str
    condition: str
    gap: bool


class ResultOut(Schema):
    """One tester's result; others' are there once all of their round are in."""

    round: int
    code: str
    tester: str
    at: datetime
    fields: dict[str, JsonValue]


class SampleOut(Schema):
    """A sample. Of one whose origin is kept from the caller there is the code, what it is and how much of it."""

    code: str
    name: str
    quantity: str
    results: list[ResultOut]
    key: str = ""
    kind: str = ""
    number: str = ""
    place: str = ""
    taken_at: datetime | None = None
    taken_by: str = ""
    keeper: str = ""
    seal: str = ""
    intact: bool | None = None
    keep_until: datetime | None = None
    custody: list[CustodyOut] = []


class RecallStep(Schema):
    """How far the recall got, when, by whom, and what was said of it."""

    stage: str
    at: datetime
    by: str
    text: str


class RecallOut(Schema):
    """A paper that is fetched back: a document of the case, or one from elsewhere known by its number."""

    paper: str
    number: str
    void: bool
    steps: list[RecallStep]
