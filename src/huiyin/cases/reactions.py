"""What follows from what happened: the one place where events set rules going."""

from functools import lru_cache

from huiyin.regime.model import Regime, Step
from huiyin.regime.model.reactions import NOTHING, Reactions

from .accountability import propose
from .calling import call_duties, open_corrective
from .clock import end_limit, start_limit
from .closing import close_if_over
from .draft import Draft
from .events import (
    Assigned,
    Completed,
    Corrected,
    CorrectiveOpened,
    DutyCalled,
    Event,
    EvidenceAdded,
    Graded,
    Heard,
    MeasureCalled,
    NoticeQueued,
    Resumed,
    StepOpened,
    WorkDone,
)
from .flagging import put_up, take_down
from .flow import decide_again, join, open_step
from .moving import review_rows
from .papers import CORE_NOTICES, notify, tell_complainant
from .repeating import meet_repeats
from .standing_still import COMPLETION
from .steps import do_by_system
from .tables import ByHand, decide_assessment, decide_routing, deciders, grade
from .transferring import take_back

MOST_EVENTS = 2_000
"""A decision that makes more events than this runs in circles; no real regime comes near."""

_OF_THE_ENGINE = frozenset(
    {*CORE_NOTICES, "registered", "accepted", "completed", "resumed", "progress-told", f"{COMPLETION}.overdue"}
)
"""Events the engine itself acts on, whatever the regime hangs on them."""

_TOLD_ELSEWHERE = (Heard, CorrectiveOpened, DutyCalled, MeasureCalled)
"""What these name happens in an affair, where notices, sanctions and further affairs follow from it; here steps and limits do."""

_CHANGES_FACTS = (WorkDone, Corrected, Completed, Graded, Assigned, StepOpened, Resumed, EvidenceAdded)


def settle(draft: Draft) -> None:
    """Let everything follow that hangs on the queued events, until nothing more happens.

    Raises:
        RuntimeError: the regime runs in circles (the checker should have found it).
    """
    seen, moving_severity = 0, _moving_severity(draft.regime)
    while draft.queue:
        event = draft.queue.popleft()
        for name in event.names:
            if name in moving_severity:
                grade(draft)  # before what hangs on the event, which may ask how grave the case is
            _react(draft, name, event)
        if len(draft.events) > MOST_EVENTS:
            raise RuntimeError(f"制度 {draft.regime.id} 的规则循环触发，请用 huiyin regime check 检查")
        if not draft.queue:
            if any(isinstance(each, _CHANGES_FACTS) for each in draft.events[seen:]):
                seen = len(draft.events)
                grade(draft)
                review_rows(draft)
            _let_the_system_work(draft)
            if not draft.queue:
                close_if_over(draft)


def _let_the_system_work(draft: Draft) -> None:
    """Do the open steps that are the system's own."""
    for step in _steps_of_the_system(draft.regime):
        if draft.case.state == "open" and draft.case.open_runs(step.id):
            do_by_system(draft, step)


@lru_cache(maxsize=256)
def _moving_severity(regime: Regime) -> frozenset[str]:
    """The events that rules of severity ask for: `happened('risk-flagged')`."""
    return frozenset(event for rule in regime.severity.rules if rule.when for event in rule.when.events)


@lru_cache(maxsize=256)
def _steps_of_the_system(regime: Regime) -> tuple[Step, ...]:
    return tuple(step for step in regime.flow.values() if step.by == ("system",) and not step.fields)


def _assess_again(draft: Draft, name: str) -> None:
    """The complainant was asked for more before acceptance: what came, or did not come, is looked at now."""
    if not draft.regime.decided_by_step("assessment"):
        decide_assessment(draft, ByHand())
    elif not draft.regime.on(name).opens:
        decide_again(draft, "assessment")


def _tell_deciders(draft: Draft, event: Event) -> None:
    """The time for completing the filing is over: whoever decides assessment says how it goes on."""
    draft.add(
        NoticeQueued(
            **draft.stamp,
            cite=event.cite,
            notice="core.completion-lapsed",
            notice_title="补正期限已过，投诉人没有补正",
            to=deciders(draft.regime, draft.case, "assessment"),
            text="补正期限已过，投诉人没有补正：请决定按现有材料恢复办理，或者终止办理。",
            about=f"{COMPLETION}.overdue",
        )
    )


def _react(draft: Draft, name: str, event: Event) -> None:
    reactions = draft.regime.on(name)
    if reactions is NOTHING and name not in _OF_THE_ENGINE:
        return
    for limit in reactions.ends:
        end_limit(draft, limit, name)
    if reactions.repeats:
        meet_repeats(draft, name)
    _let_the_engine_decide(draft, name, event)
    _move_flags(draft, reactions, event)
    if draft.case.state != "closed":
        started = draft.case.received_at if name == "received" else event.at
        for limit in reactions.starts:
            start_limit(draft, limit, started, name)
        for step in reactions.opens:
            open_step(draft, step)
        for step in reactions.joins:
            join(draft, step)
    if isinstance(event, _TOLD_ELSEWHERE):
        return
    for notice in reactions.notices:
        notify(draft, notice, name)
    tell_complainant(draft, name)
    for rule in reactions.rules:
        propose(draft, rule)
    open_corrective(draft, name)
    call_duties(draft, name)


def _move_flags(draft: Draft, reactions: Reactions, event: Event) -> None:
    for flag in reactions.flags:
        put_up(draft, flag, event)
    for flag in reactions.unflags:
        take_down(draft, flag, event)


def _let_the_engine_decide(draft: Draft, name: str, event: Event) -> None:
    """Tables that no step decides (regime-language 1.3), and what follows from asking for completion."""
    regime, assessed = draft.regime, draft.case.assessment
    if name == "registered" and not assessed and not regime.decided_by_step("assessment"):
        decide_assessment(draft, ByHand())
    if name == "accepted" and not regime.decided_by_step("routing"):
        decide_routing(draft, ByHand())
    if name in ("completed", "resumed") and assessed == "ask-more":
        _assess_again(draft, name)
    if name == "transfer-returned":
        take_back(draft)
    if name == f"{COMPLETION}.overdue":
        _tell_deciders(draft, event)
