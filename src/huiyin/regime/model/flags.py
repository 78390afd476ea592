"""Flags: what everybody who handles a matter of one person has to know, whichever case it came up in (3.16)."""

from dataclasses import dataclass

from huiyin.calendars import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class FlagKind:
    """A warning about the complainant, such as a threat.

    `after`: events that put it up, or renew it; `ends`: the decisions that take it down. `lasts`: how long it stands from
    the last of them, None until it is taken down. `shows`: fields told with it, such as the threat and the protection.
    """

    id: str
    title: str
    after: tuple[str, ...]
    ends: tuple[str, ...]
    lasts: Span | None = None
    shows: tuple[str, ...] = ()
    cite: tuple[str, ...] = ()
    note: str = ""
