"""Letting the clock act: reminders, breaches, lapsed approvals. Safe to run as often as one likes."""

from datetime import datetime

from .approvals import lapse_approvals
from .clock import begin_next_period, breach, counted_due, is_late
from .draft import Draft
from .events import Ordered, RungReached
from .state import Case, Obligation


def pass_time(draft: Draft) -> None:
    """Everything that has fallen due by now, in order of time. What was missed is caught up once."""
    now = draft.context.now
    lapse_approvals(draft)
    waiting = sorted(draft.case.running(), key=lambda item: (item.due is None, item.due or now))
    for item in waiting:
        if item.paused_at is None:
            _climb(draft, item, now)


def _climb(draft: Draft, item: Obligation, now: datetime) -> None:
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
                remind=() if stale else rung.remind,
                tell=() if stale else rung.tell,
            )
        )
        if rung.order_by and not stale:
            draft.add(
                Ordered(
                    **draft.stamp,
                    names=("ordered",),
                    cite=item.cite,
                    key=f"order-{len(draft.case.orders) + 1}",
                    limit=item.limit,
                    text=f"“{item.title}”已超期，请说明情况并尽快办理。",
                )
            )
    item = draft.case.obligations[item.key]
    if item.status == "running" and is_late(item, now):
        breach(draft, item)
        limit = draft.regime.limits.get(item.limit)
        if limit is not None and limit.repeat is not None:
            begin_next_period(draft, limit, item)


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
        stage = pending.stages[pending.stage]
        if stage.lapses_at is not None and stage.otherwise:
            moments.append(stage.lapses_at)
    return min(moments, default=None)
