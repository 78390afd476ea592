"""Filing: what goes in, and the receipt."""

from typing import Any

from ninja import Schema
from pydantic import Field

from huiyin.cases.commands import File

from .commands import CommandIn, schema_of
from .parts import PersonalIn, Short, Text


class _Filing(CommandIn):
    """What comes with a filing besides the command."""

    regime: Short = Field(description="id of the regime, see /regimes")
    personal: PersonalIn | None = Field(default=None, description="who complains; leave out for an anonymous filing")
    respondent_personal: PersonalIn | None = None
    private: dict[str, Text] = Field(default={}, description="values of fields the regime calls private")


FilingIn: Any = schema_of(File, _Filing)
"""The command `file`, with personal data beside it."""


class Receipt(Schema):
    """What the complainant takes home. The code opens the tracking page and is never shown again but here."""

    number: str = Field(examples=["2026-0001"])
    code: str = Field(examples=["K7QF-3MXA"])
    version: int
    rehearsal: bool = Field(description="true: an exercise, not a real case")
