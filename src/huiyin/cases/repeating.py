"""Limits that come again and again until something happens, such as telling progress every day."""

from huiyin.regime.model import Limit

from .clock import meet, start_limit
from .draft import Draft
from .events import ObligationCancelled
from .state import Obligation


def meet_repeats(draft: Draft, name: str) -> None:
    """What a repeated limit asks for, period by period, meets the one that has begun and begins the next one."""
    for item in draft.case.running():
        limit = draft.regime.limits.get(item.limit)
        if limit is None or limit.repeat is None or limit.each != name or item.started_at > draft.context.now:
            continue
        was_overdue = item.status == "overdue"  # then the next period runs already
        meet(draft, item, name)
        if not was_overdue:
            begin_next_period(draft, limit, item)


MOST_PERIODS = 1_000  # missed periods that are counted through; after more than these the next one begins now


def begin_next_period(draft: Draft, limit: Limit, item: Obligation) -> None:
    """The next period of a repeated limit that is not over yet; periods missed altogether are caught up as one."""
    if limit.repeat is None:
        return
    calendar, now, start = draft.context.calendar, draft.context.now, item.started_at
    for _ in range(MOST_PERIODS):
        start = calendar.due(start, limit.repeat).at
        if calendar.due(start, limit.repeat).at > now:
            break
    else:
        start = now
    start_limit(draft, limit, start, again=True)


def repeat_after_breach(draft: Draft, limit: Limit, item: Obligation) -> None:
    """A period was missed: it stays overdue until told or missed again, and the next one runs beside it."""
    for other in draft.case.running():
        if other.limit == limit.id and other.key != item.key:
            draft.add(ObligationCancelled(**draft.stamp, key=other.key, cause="next-period", cite=other.cite))
    begin_next_period(draft, limit, item)
