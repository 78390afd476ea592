"""A line of the story."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal

Tone = Literal["act", "approval", "good", "warn", "plain"]
Group = Literal["decision", "contact", "system"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the story, plain data. `at` in UTC; `who` is a person id, `who_name` what to show.

    `group` serves filters: decisions 决定, contacts 往来, system 系统. `body` is longer text somebody wrote; `facts` are
    (title, value) pairs; `rule` and `values` say why a rule decided so. `member` tells copies of a step apart (the
    number of a point, a unit).
    """

    sequence: int
    at: datetime
    who: str
    who_name: str
    sentence_zh: str
    cite: tuple[str, ...] = ()
    tone: Tone = "plain"
    group: Group = "system"
    body: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    kind: str = ""
    member: str = ""
    rule: str = ""
    values: Mapping[str, Any] | None = None


_NEVER = datetime.min.replace(tzinfo=UTC)


def say(
    sentence: str, tone: Tone = "plain", group: Group = "system", body: str = "", facts: Mapping[str, Any] | None = None
) -> Entry:
    """A line that is filled in with time and person later."""
    shown = tuple((title, str(value)) for title, value in (facts or {}).items())
    return Entry(0, _NEVER, "", "", sentence, tone=tone, group=group, body=body, facts=shown)
