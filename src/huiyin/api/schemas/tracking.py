"""The complainant's view of a case."""

from datetime import datetime

from ninja import Schema
from pydantic import Field

from huiyin.api.problems import Cite

from .cases import BodyOut, PossibleOut
from .papers import PaperOut
from .parts import Given


class Opening(Given):
    """Number and tracking code, as on the receipt. The code's case, spaces and hyphens do not matter."""

    number: str = Field(max_length=60, examples=["2026-0001"])
    code: str = Field(max_length=40, examples=["K7QF-3MXA"])


class Milestone(Schema):
    """A station on the way; `at` null: not reached yet."""

    id: str
    title: str
    at: datetime | None


class Told(Schema):
    """Something the complainant was told."""

    at: datetime
    title: str
    text: str
    cite: list[Cite]


class TrackedOut(Schema):
    """How things stand, and what the complainant can do now."""

    number: str
    version: int
    rehearsal: bool
    regime: str
    kind: str
    state: str
    phase: str
    received_at: datetime
    closed_at: datetime | None
    answered: bool
    milestones: list[Milestone]
    next_due: datetime | None = Field(description="the next time by which something must happen")
    next_due_title: str
    body: BodyOut | None = Field(description="where the matter went, or where to turn")
    transfer_stage: str = Field(description="decided, sent, received, returned; empty where there is no transfer")
    transfer_number: str
    notices: list[Told]
    documents: list[PaperOut]
    possible: list[PossibleOut]
