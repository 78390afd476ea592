"""Limits become obligations: started, met, breached."""

from datetime import datetime, timedelta

from huiyin.records import replace
from huiyin.regime.model import Limit

from .draft import Draft
from .due_times import choose_row, due_time, plan_rungs, written
from .events import ObligationBreached, ObligationCancelled, ObligationMet, ObligationStarted
from .state import Obligation

AT_ONCE_GRACE = timedelta(minutes=30)
"""What is due at a moment (“立即”, “上班即送”) counts as late only after this, the time it takes to write it down."""


STARTS_WITH_STANDING_STILL = frozenset({"suspend", "suspended", "ask-more", "completion-asked"})
"""A limit that these start measures the standing still itself, so it runs meanwhile."""


def start_limit(draft: Draft, limit: Limit, at: datetime, name: str = "", *, again: bool = False) -> None:
    """Let a limit run from `at`, unless it runs already: limits never restart. `again`: the next period of a repeated one.

    `name` is the event that started it. While the case stands still a limit starts standing still, too.
    """
    case = draft.case
    if not again and any(item.limit == limit.id for item in case.running()):
        return
    if not draft.holds(limit.when, f"limits.{limit.id}", undecided=True):
        return
    number = sum(1 for item in case.obligations.values() if item.limit == limit.id) + 1
    key = limit.id if number == 1 else f"{limit.id}#{number}"
    built = obligation_of(draft, limit, key, at)
    if built is not None:
        if case.state in ("suspended", "waiting") and name not in STARTS_WITH_STANDING_STILL:
            built = replace(built, paused_at=draft.context.now)
        draft.add(
            ObligationStarted(
                **draft.stamp,
                cite=built.cite,
                obligation=built,
                why=draft.reason(f"limits.{limit.id}", limit.within[built.row].when),
            )
        )


def obligation_of(draft: Draft, limit: Limit, key: str, at: datetime) -> Obligation | None:
    """The obligation of a limit that runs from `at`, by the first row that fits; None where none does."""
    scope = draft.scope()
    index = choose_row(limit, draft, scope)
    if index < 0:
        return None
    row = limit.within[index]
    due = due_time(row.within, at, scope, draft)
    return Obligation(
        key=key,
        limit=limit.id,
        title=limit.title,
        owner=limit.by or doers_of(draft, limit),
        started_at=at,
        due=due.at if due else None,
        provisional=bool(due and due.provisional),
        status="running",
        cite=row.cite or limit.cite,
        row=index,
        written=written(row.within),
        first_due=due.at if due else None,
        rungs=plan_rungs(draft, limit, due.at if due else None, at, index),
    )


def doers_of(draft: Draft, limit: Limit) -> tuple[str, ...]:
    """Who owes a limit without `by`: the doers of the steps it leads to, or the handler."""
    roles: list[str] = []
    for name in limit.end:
        work = name.partition(":")[0].partition(".")[0]
        step = draft.regime.flow.get(work)
        marking = [step] if step else [each for each in draft.regime.flow.values() if name in each.marks]
        acts = [draft.regime.acts[act] for act, event in _ENDS_OF_TRANSFERS.items() if name in (act, event)]
        for each in (*marking, *acts):
            roles.extend(role for role in each.by if role not in roles)
    return tuple(roles) or ("handler",)


_ENDS_OF_TRANSFERS = {"send-transfer": "transfer-sent", "confirm-transfer": "transfer-received"}
"""Acts that end the limits of a transfer: whoever does them owes these."""


def end_limit(draft: Draft, limit: Limit, name: str) -> None:
    """What was owed was done."""
    for item in draft.case.running():
        if item.limit != limit.id:
            continue
        if limit.repeat is None:
            meet(draft, item, name)
            continue
        if item.status == "running" and is_late(item, draft.context.now):
            breach(draft, item)
        draft.add(ObligationCancelled(**draft.stamp, key=item.key, cause=name, cite=item.cite))


def meet(draft: Draft, item: Obligation, name: str) -> None:
    """What was owed was done, by the event of this name; late if it is past due."""
    late = is_late(item, draft.context.now)
    if late and item.status == "running":
        breach(draft, item)
    draft.add(
        ObligationMet(
            **draft.stamp, names=(f"{item.limit}.met",), cite=item.cite, key=item.key, late=late, ended_by=name
        )
    )


def is_late(item: Obligation, now: datetime) -> bool:
    """Whether the due time has passed; what waits is never late."""
    return item.due is not None and item.paused_at is None and now > counted_due(item)


def counted_due(item: Obligation) -> datetime:
    """The due time that counts for lateness: `at once` and `next workday start` have a little grace.

    Raises:
        ValueError: the obligation has no due time.
    """
    if item.due is None:
        raise ValueError("没有到期时间")
    return with_grace(item.due, item.written)


def with_grace(due: datetime, written: str) -> datetime:
    """From when on a due time that was written so counts as missed."""
    return due + AT_ONCE_GRACE if written in _AT_A_MOMENT else due


_AT_A_MOMENT = frozenset({"at once", "next workday start"})


def breach(draft: Draft, item: Obligation) -> None:
    """The due time passed and nothing had happened."""
    draft.add(ObligationBreached(**draft.stamp, names=(f"{item.limit}.overdue",), cite=item.cite, key=item.key))
