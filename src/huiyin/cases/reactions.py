"""What follows from what happened: the one place where events set rules going."""

from .accountability import open_corrective, propose
from .clock import end_limit, meet_repeats, review_rows, start_limit
from .closing import close_if_over
from .draft import Draft
from .events import Assigned, Completed, Corrected, Event, Graded, StepOpened, WorkDone
from .flow import join, open_step
from .papers import notify, tell_complainant
from .tables import ByHand, decide_assessment, decide_routing, grade

MOST_EVENTS = 2_000
"""A decision that makes more events than this runs in circles; no real regime comes near."""

_CHANGES_FACTS = (WorkDone, Corrected, Completed, Graded, Assigned, StepOpened)


def settle(draft: Draft) -> None:
    """Let everything follow that hangs on the queued events, until nothing more happens.

    Raises:
        RuntimeError: the regime runs in circles (the checker should have found it).
    """
    seen = 0
    while draft.queue:
        event = draft.queue.popleft()
        for name in event.names:
            _react(draft, name, event)
        if len(draft.events) > MOST_EVENTS:
            raise RuntimeError(f"制度 {draft.regime.id} 的规则循环触发，请用 huiyin regime check 检查")
        if not draft.queue:
            if any(isinstance(each, _CHANGES_FACTS) for each in draft.events[seen:]):
                seen = len(draft.events)
                grade(draft)
                review_rows(draft)
            close_if_over(draft)


def _react(draft: Draft, name: str, event: Event) -> None:
    reactions = draft.regime.on(name)
    for limit in reactions.ends:
        end_limit(draft, limit, name)
    if name == "progress-told":
        meet_repeats(draft)
    if name == "registered" and not draft.case.assessment and not draft.regime.decided_by_step("assessment"):
        decide_assessment(draft, ByHand())
    if name == "accepted" and not draft.regime.decided_by_step("routing"):
        decide_routing(draft, ByHand())
    if draft.case.state != "closed":
        started = draft.case.received_at if name == "received" else event.at
        for limit in reactions.starts:
            start_limit(draft, limit, started)
        for step in reactions.opens:
            open_step(draft, step)
        for step in reactions.joins:
            join(draft, step)
    for notice in reactions.notices:
        notify(draft, notice, name)
    tell_complainant(draft, name)
    for rule in reactions.rules:
        propose(draft, rule)
    open_corrective(draft, name)
