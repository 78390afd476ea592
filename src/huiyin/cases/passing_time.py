"""Letting the clock act: reminders, breaches, lapsed approvals. Safe to run as often as one likes."""

from datetime import datetime

from .approvals import lapse_approvals
from .clock import breach, is_late
from .draft import Draft
from .events import RungReached
from .repeating import repeat_after_breach
from .standing import of_order
from .state import Obligation
from .supervising import order_as_limit_passes


def pass_time(draft: Draft) -> None:
    """Everything that has fallen due by now, in order of time. What was missed is caught up once."""
    now = draft.context.now
    lapse_approvals(draft)
    seen: set[str] = set()
    while waiting := [item for item in draft.case.running() if item.key not in seen]:
        for item in sorted(waiting, key=lambda each: (each.due is None, each.due or now)):
            seen.add(item.key)
            if item.paused_at is None and draft.case.obligations[item.key].status in ("running", "overdue"):
                _climb(draft, item, now)


def _climb(draft: Draft, item: Obligation, now: datetime) -> None:
    was_running = item.status == "running"
    for number, rung in enumerate(item.rungs):
        if number < item.fired or rung.at > now:
            continue
        before_due = item.due is not None and rung.at < item.due
        if not before_due and item.status == "running" and is_late(item, now):
            breach(draft, item)
            item = draft.case.obligations[item.key]
        stale = before_due and is_late(item, now)  # a reminder to be in time has lost its sense
        draft.add(
            RungReached(
                **draft.stamp,
                cite=item.cite,
                key=item.key,
                rung=number,
                remind=() if stale else of_order(draft.case, item.key, rung.remind),
                tell=() if stale else of_order(draft.case, item.key, rung.tell),
            )
        )
        if rung.order_by and not stale:
            order_as_limit_passes(draft, item, rung.order_by)
    item = draft.case.obligations[item.key]
    if item.status == "running" and is_late(item, now):
        breach(draft, item)
    limit = draft.regime.limits.get(item.limit)
    missed = was_running and draft.case.obligations[item.key].status == "overdue"
    if missed and limit is not None and limit.repeat is not None:
        repeat_after_breach(draft, limit, item)
