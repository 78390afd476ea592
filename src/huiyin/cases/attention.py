"""When a case needs the clock again."""

from datetime import datetime

from .approvals import lapse_of
from .clock import counted_due
from .state import Case


def attention_at(case: Case) -> datetime | None:
    """When `PassTime` has something to do next, or None. UTC."""
    moments: list[datetime] = []
    for item in case.running():
        if item.paused_at is not None:
            continue
        moments.extend(rung.at for number, rung in enumerate(item.rungs) if number >= item.fired)
        if item.status == "running" and item.due is not None:
            moments.append(counted_due(item))
    for pending in case.approvals.values():
        lapses_at = lapse_of(case, pending)
        if lapses_at is not None:
            moments.append(lapses_at)
    return min(moments, default=None)
