"""The flow as a graph: which steps follow from which."""

from collections.abc import Iterable, Mapping

from huiyin.regime.model import Step
from huiyin.regime.vocabulary import ASSESSMENT_EVENTS


def events_of(step: Step) -> frozenset[str]:
    """The events a step can cause: its own, its outcomes, its milestones, the decisions it takes."""
    events = {step.id, f"{step.id}.opened", *(f"{step.id}:{outcome}" for outcome in step.outcomes), *step.marks}
    events |= {mark for outcome in step.outcomes.values() for mark in outcome.marks}
    if step.approval:
        events |= {f"{step.id}.submitted", f"{step.id}.approved", f"{step.id}.rejected", "submitted", "approved"}
    if step.rounds is not None:
        events.add(f"{step.id}.exhausted")
    if "assessment" in step.decides:
        events |= set(ASSESSMENT_EVENTS.values())
    if "routing" in step.decides:
        events |= {"assigned", "co-assigned"}
    if "severity" in step.decides:
        events.add("graded")
    if step.asks:
        events |= {"satisfied", "dissatisfied", f"{step.id}.low"}
    if step.produces and "replied" in step.marks:
        events.add("reply-delivered")
    return frozenset(events)


def listens_to(step: Step) -> tuple[str, ...]:
    """The events that may open a step."""
    return step.after + step.after_all


def next_steps(steps: Mapping[str, Step]) -> dict[str, frozenset[str]]:
    """Step → the steps that may open right after it. What the engine decides between two steps is followed through."""
    causes: dict[str, set[str]] = {}
    for step in steps.values():
        for event in events_of(step):
            causes.setdefault(event, set()).add(step.id)
    _engine_decides(steps, causes)
    result: dict[str, set[str]] = {step_id: set() for step_id in steps}
    for step in steps.values():
        for event in listens_to(step):
            for cause in causes.get(event, ()):
                result[cause].add(step.id)
    return {step_id: frozenset(after) for step_id, after in result.items()}


def _engine_decides(steps: Mapping[str, Step], causes: dict[str, set[str]]) -> None:
    """Where no step decides a table the engine does: assessment at `registered`, routing at `accepted`."""
    decided = {table for step in steps.values() for table in step.decides}
    if "assessment" not in decided:
        for event in ASSESSMENT_EVENTS.values():
            causes.setdefault(event, set()).update(causes.get("registered", ()))
    if "routing" not in decided:
        causes.setdefault("assigned", set()).update(causes.get("accepted", ()))


def followers(steps: Mapping[str, Step]) -> dict[str, frozenset[str]]:
    """Step → every step that follows from it, directly or through others; not itself."""
    following = next_steps(steps)
    return {step_id: reach(following, [step_id]) - {step_id} for step_id in steps}


def reach(following: Mapping[str, frozenset[str]], start: Iterable[str]) -> frozenset[str]:
    """Everything that can be reached from `start` in one move or more."""
    seen: set[str] = set()
    waiting = [after for first in start for after in following[first]]
    while waiting:
        step = waiting.pop()
        if step not in seen:
            seen.add(step)
            waiting.extend(following[step])
    return frozenset(seen)
