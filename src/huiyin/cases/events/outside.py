"""Parties outside that work on a case through a link."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from .base import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class OutsideInvited(Event):
    """A party outside was given a link to work on this case; `unit` is its id where the organisation knows it.

    `until`: the last moment at which the link opens the case; None in cases from before links ran out.
    """

    title: ClassVar[str] = "请外单位办理"
    key: str
    role: str
    unit: str
    name: str
    text: str = ""
    until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkRenewed(Event):
    """A party outside was given a new code for its link, which voids those before; `until` as for the invitation."""

    title: ClassVar[str] = "换发外单位验证码"
    key: str
    issue: int
    until: datetime | None
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitationEnded(Event):
    """A link of a party outside was ended."""

    title: ClassVar[str] = "停用外单位链接"
    key: str
    text: str = ""
