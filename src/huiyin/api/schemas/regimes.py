"""Regimes as clients need them: what can be filed, with which fields, under which articles and limits."""

from datetime import date

from ninja import Schema
from pydantic import Field


class RegimeItem(Schema):
    """A regime in the list."""

    id: str
    title: str
    version: str
    kinds: dict[str, str]


class RegimeList(Schema):
    """All regimes in force."""

    items: list[RegimeItem]


class FieldOut(Schema):
    """A field to fill in. `required` null: under a condition, which is checked when it is sent."""

    id: str
    title: str
    type: str
    choices: dict[str, str]
    required: bool | None
    private: bool
    note: str


class ChannelOut(Schema):
    """A way in."""

    id: str
    title: str
    public: bool
    hours: str
    contact: str


class EvidenceKindOut(Schema):
    """A kind of evidence."""

    id: str
    title: str
    required: bool | None
    instead: str
    fields: list[FieldOut]
    physical: bool = Field(description="a thing that is kept somewhere, with or without a file")
    cite: list[str]


class LimitOut(Schema):
    """How long something may take, as the regime writes it."""

    id: str
    title: str
    within: str
    cite: list[str]


class QuestionOut(Schema):
    """A question; `type` scale runs from 1 to 5."""

    id: str
    title: str
    type: str
    choices: dict[str, str]


class QuestionnaireOut(Schema):
    """A questionnaire."""

    id: str
    title: str
    questions: list[QuestionOut]


class RegimeOut(RegimeItem):
    """A regime in full."""

    purpose: str
    scope: str
    issuer: str
    effective_on: date | None
    articles: dict[str, str]
    anonymous: str = Field(description="taken, refused, or what the regime says")
    points: bool = Field(description="whether demands are listed one by one")
    channels: list[ChannelOut]
    categories: dict[str, str]
    severities: dict[str, str]
    fields: list[FieldOut]
    evidence: list[EvidenceKindOut]
    limits: list[LimitOut]
    questionnaires: list[QuestionnaireOut]
