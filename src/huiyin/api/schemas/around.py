"""What stands around a case: warnings about the person, papers, parties with a link, messages that went out, whose turn it is."""

from datetime import datetime

from ninja import Schema
from pydantic import Field, JsonValue

from huiyin.api.problems import Cite


class FlagOut(Schema):
    """A warning about the complainant that stands, from whichever of this person's cases. Each showing is logged there."""

    title: str
    by: str
    by_name: str
    at: datetime
    until: datetime | None = Field(description="null: until it is lifted")
    text: str
    said: dict[str, JsonValue] = Field(description="what is told with it, by field")
    number: str = Field(description="of the case it came up in, where you may see that; else empty")
    cite: list[Cite]


class SignatureOut(Schema):
    """A signature: the place (a role), who signed."""

    role: str
    title: str
    person: str


class DocumentOut(Schema):
    """A document produced in the case that you may read. `missing`: titles of the places not signed yet."""

    key: str = Field(description="goes into the commands sign, reissue and recall")
    form: str
    title: str
    number: str
    version: int
    work: str
    produced_at: datetime
    produced_by: str
    signatures: list[SignatureOut]
    missing: list[str]
    lacks: list[str] = Field(description="titles of required contents it does not have")
    void: bool
    replaced_by: str
    pdf: str = Field(description="where it is to be had as PDF, to be asked for with the same token; taking it out is logged")
    word: str = Field(description="the same as a Word file")


class InvitationOut(Schema):
    """A party outside that was given a link to this case. Neither link nor code are told here."""

    key: str
    role: str
    role_title: str
    name: str
    invited_at: datetime
    until: datetime | None
    open: bool = Field(description="whether the link opens the case now")


class SentOut(Schema):
    """A message about the case that went out of the house, or is to. Addresses are masked."""

    to: str = Field(description="person, complainant, party, source, group")
    name: str = Field(description="of the person or party")
    way: str
    title: str
    state: str


class TurnOut(Schema):
    """Something owed on the case now, and by whom: roles, units and people."""

    kind: str = Field(description="limit, step, approval, order, acknowledge, sign, decide, hearing, invite")
    work: str
    title: str
    due: datetime | None
    overdue: bool
    roles: list[str]
    units: list[str]
    people: list[str]


class FileOut(Schema):
    """The file of a piece of evidence. `id` opens it at `/cases/{number}/files/{id}`, empty while it is sealed to you."""

    id: str
    name: str
    type: str
    size: int
