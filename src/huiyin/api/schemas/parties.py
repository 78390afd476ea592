"""Bodies outside with a code: the door, a case as its party sees it, the cases a body filed."""

from datetime import datetime
from uuid import UUID

from ninja import Schema
from pydantic import Field, JsonValue

from .around import FileOut
from .cases import PossibleOut, StoryLine
from .filing import FilingIn
from .papers import PaperOut
from .parts import Given

Code = Field(max_length=40, examples=["K7QF-3MXA"], description="case, spaces and hyphens do not matter")


class SourceOpening(Given):
    """The standing address of a body that files itself (the id in it) and its code."""

    source: UUID
    code: str = Code


class PartyOpening(Given):
    """A case of a party outside: its number with either the place in the link and the link's code, or a body's standing
    address and code.
    """

    number: str = Field(max_length=60, examples=["2026-0001"])
    code: str = Code
    link: str = Field(default="", max_length=20, description="the last part of the link's address")
    source: UUID | None = Field(default=None, description="the id in a body's standing address")


class SourceList(Given):
    """Which page of the cases it filed."""

    opening: SourceOpening
    after: str = Field(default="", max_length=400, description="`next` of the page before; empty for the first")


class SourceFiling(Given):
    """A filing in the body's own name. `channel` is one of its pages; `source` of the filing need not be given."""

    opening: SourceOpening
    filing: FilingIn


class SourceReceipt(Schema):
    """What the body takes home. The case is had with its own code."""

    number: str
    version: int
    rehearsal: bool


class SourcePageOut(Schema):
    """Where it may file."""

    regime: str
    regime_title: str
    channel: str
    title: str


class SourceCaseOut(Schema):
    """A case it filed. Of one that it may not see into any more, number and time alone."""

    number: str
    regime: str
    filed_at: datetime
    open: bool = Field(description="whether it may see into the case now")
    reference: str
    state: str
    phase: str
    complete_by: datetime | None = Field(description="until when the filing is to be completed, where a time was given")
    next_due: datetime | None
    next_due_title: str


class SourceOut(Schema):
    """A body that files itself: where it may file, and a page of the cases it filed, the newest first."""

    name: str
    pages: list[SourcePageOut]
    cases: list[SourceCaseOut]
    next: str


class MaterialOut(Schema):
    """A piece of evidence you see. `file.id` is had at `/party/attachments`."""

    key: str
    kind: str
    title: str
    mine: bool
    file: FileOut | None


class PartyOut(Schema):
    """A case as its party sees it: what the regime lists for its role, what was said to it and what it did."""

    number: str
    version: int
    rehearsal: bool
    regime: str
    kind: str
    source: str
    reference: str
    role: str
    name: str
    until: datetime | None
    state: str
    phase: str
    received_at: datetime
    closed_at: datetime | None
    hidden: list[str]
    matter: dict[str, JsonValue]
    points: list[str]
    materials: list[MaterialOut]
    documents: list[PaperOut]
    possible: list[PossibleOut]
    story: list[StoryLine] = Field(description="what concerns you; of the house only that it was the house")

