"""Replies that everybody may read: published by an act of the regime, with what was filled in for it and nothing else of the case."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from huiyin.regime.model import Regime

from .state import Case


@dataclass(frozen=True, slots=True)
class Published:
    """A reply as everybody reads it: since when, and the contents by field of the act that published it."""

    at: datetime
    contents: Mapping[str, Any]


def published_reply(regime: Regime, case: Case) -> Published | None:
    """The reply of a case that is public now: the latest that was published (and approved), unless it was taken back since."""
    replies = regime.portal.replies
    if replies is None or replies.act not in case.filled:
        return None
    order = list(case.filled)
    if replies.withdrawn_by in order[order.index(replies.act) :]:
        return None
    done = case.filled[replies.act]
    return Published(done.at, {name: value for name, value in done.fields.items() if value not in ("", None, [])})
