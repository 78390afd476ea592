"""The flow: steps that never open, rounds without end, cases that stop, complainants without an answer."""

from collections.abc import Mapping

from huiyin.regime.compiling import Desk
from huiyin.regime.compiling.graph import listens_to, next_steps, reach
from huiyin.regime.model import Regime
from huiyin.regime.source import Path
from huiyin.regime.vocabulary import ASSESSMENT_EVENTS, TRANSFER_EVENTS

from .walk import Walk, everything, main_road, outcomes_of

_END_BY_THEMSELVES = ("refuse", "merge", "transfer", "settle")


def check_flow(desk: Desk, regime: Regime) -> None:
    """E10 to E15 and I5."""
    all_that_can = everything(regime, desk.events)
    _never_opens(desk, regime, all_that_can)
    _limits_end(desk, regime, all_that_can)
    _endless(desk, regime)
    _stops(desk, regime)
    _unanswered(desk, regime)
    _needs_a_person(desk, regime)


def _never_opens(desk: Desk, regime: Regime, trip: Walk) -> None:
    for step in regime.flow.values():
        known = all(event in desk.events for event in listens_to(step))
        if known and listens_to(step) and step.id not in trip.opened:
            missing = [event for event in listens_to(step) if event not in trip.happened]
            path: Path = ("flow", step.id, "after" if step.after else "after_all")
            desk.found.add("never-opens", path, step=step.id, events=missing)


def _limits_end(desk: Desk, regime: Regime, trip: Walk) -> None:
    for limit in regime.limits.values():
        for event in limit.end:
            if event in desk.events and event not in trip.happened:
                path: Path = ("limits", limit.id, "to")
                desk.found.add("limit-never-ends", path, limit=limit.id, event=event, hint_zh="", hint_en="")


def _endless(desk: Desk, regime: Regime) -> None:
    """Every way round must pass a step with `rounds`, and that step needs a way out."""
    following = next_steps(regime.flow)
    counted = {step.id for step in regime.flow.values() if step.rounds is not None}
    rest = {step: after - counted for step, after in following.items() if step not in counted}
    reported: set[str] = set()
    for step_id in rest:
        if step_id in reported:
            continue
        after = reach(rest, [step_id])
        if step_id in after:
            reported |= {other for other in after if step_id in reach(rest, [other])}
            desk.found.add("endless-rounds", ("flow", step_id), at_key=True, step=step_id)
    heard = {event for step in regime.flow.values() for event in listens_to(step)}
    for step_id in sorted(counted):
        if f"{step_id}.exhausted" not in heard:
            desk.found.add("endless-rounds", ("flow", step_id, "rounds"), step=step_id)


def _stops(desk: Desk, regime: Regime) -> None:
    outcomes = outcomes_of(regime)
    if not main_road(regime, outcomes).closes(regime):
        desk.found.add("never-closes", ("flow",), at_key=True)
        return
    heard = {event for step in regime.flow.values() for event in listens_to(step)}
    for step in regime.flow.values():
        for outcome in step.outcomes:
            event = f"{step.id}:{outcome}"
            if event in heard or "closed" in step.marks:
                continue
            road = main_road(regime, {"accept"}, only={step.id: {outcome}})
            if step.id not in road.opened:
                road = main_road(regime, outcomes, only={step.id: {outcome}})
            if step.id in road.opened and not road.closes(regime):
                path: Path = ("flow", step.id, "outcomes", outcome)
                desk.found.add("nobody-goes-on", path, at_key=True, outcome=outcome, event=event)
    for row in {row.outcome: row for row in reversed(regime.assessment)}.values():  # the first row of each outcome
        event = ASSESSMENT_EVENTS[row.outcome]
        if row.outcome == "transfer" and heard & set(TRANSFER_EVENTS):
            continue
        path = ("assessment", row.id)
        if event not in heard and row.outcome == "explain":
            desk.found.add("nobody-goes-on", path, at_key=True, outcome=row.outcome, event=event)
        elif event not in heard and row.outcome in _END_BY_THEMSELVES:
            desk.found.add("ends-by-itself", path, at_key=True, outcome=event)


def _unanswered(desk: Desk, regime: Regime) -> None:
    """A way to closing on which nobody answers the complainant. Refusal, merging … are answers by their own notice."""
    answering = {step.id for step in regime.flow.values() if "replied" in step.marks}
    for outcome in ("accept", "explain"):
        if outcome in outcomes_of(regime) and main_road(regime, {outcome}, without=answering).closes(regime):
            closing = next(step.id for step in regime.flow.values() if "closed" in step.marks)
            path: Path = ("flow", closing)
            desk.found.add("no-answer", path, at_key=True, event=ASSESSMENT_EVENTS[outcome])


def _needs_a_person(desk: Desk, regime: Regime) -> None:
    """What the engine may not decide by itself: refusals, choices and approvals."""
    wanting: Mapping[str, list[str]] = {
        "assessment": [row.id for row in regime.assessment if row.outcome == "refuse" or row.approval],
        "routing": [row.id for row in regime.routing if row.choose or row.approval],
    }
    for table, rows in wanting.items():
        for row in rows:
            if not regime.decided_by_step(table):
                desk.found.add("needs-a-person", (table, row), at_key=True, row=f"{table}.{row}", table=table)
