"""Steps and acts: opened, passed over, submitted, done, cancelled."""

from collections.abc import Callable, Mapping
from typing import Any

from huiyin.cases import events as ev
from huiyin.cases.state import Case, FilledIn, StepRun, run_key
from huiyin.records import replace


def _step_opened(case: Case, event: ev.StepOpened) -> None:
    _begin_round(case, event)
    for member in event.members:
        case.steps[run_key(event.step, member)] = StepRun(event.step, member, "open", event.round, event.at)


def _step_passed_over(case: Case, event: ev.StepPassedOver) -> None:
    number = max((run.round for run in case.steps.values() if run.step == event.step), default=0)
    _begin_round(case, event)
    case.steps[event.step] = StepRun(event.step, "", "passed", number, event.at)


def _begin_round(case: Case, event: ev.StepOpened | ev.StepPassedOver) -> None:
    """Earlier runs of the step make room; what follows from it counts as not done again."""
    for key, run in list(case.steps.items()):
        if run.step in event.resets and run.status in ("done", "passed"):
            case.steps[key] = replace(run, status="void")
        if run.step == event.step:
            del case.steps[key]


def _work_submitted(case: Case, event: ev.WorkSubmitted) -> None:
    key = run_key(event.work, event.member)
    run = case.steps.get(key)
    if run is not None:
        case.steps[key] = replace(run, status="submitted", done_by=event.by, outcome=event.outcome)
    case.facts.update(event.fields)


def _work_done(case: Case, event: ev.WorkDone) -> None:
    case.facts.update(event.fields)
    if not event.is_step:
        case.acts[event.work] = case.acts.get(event.work, 0) + 1
        case.filled.pop(event.work, None)  # the latest comes last
        case.filled[event.work] = FilledIn(event.at, event.fields)
        return
    if not case.first_receiver and event.by not in ("complainant", "system"):
        case.first_receiver = event.by  # filed online: whoever takes it up first has received it
    key = run_key(event.work, event.member)
    case.steps[key] = replace(
        case.steps[key], status="done", done_at=event.at, done_by=event.by, outcome=event.outcome, approval="",
        fields=event.fields, via=event.via,
    )  # fmt: skip


def _work_attempted(case: Case, event: ev.WorkAttempted) -> None:
    key = run_key(event.work, event.member)
    case.steps[key] = replace(case.steps[key], attempts=event.attempt)


def _steps_cancelled(case: Case, event: ev.StepsCancelled) -> None:
    for key in event.runs:
        case.steps[key] = replace(case.steps[key], status="cancelled", done_at=event.at)


def _act_done(case: Case, event: ev.ActDone) -> None:
    case.acts[event.act] = case.acts.get(event.act, 0) + 1
    case.facts.update(event.fields)


CHANGES: Mapping[type[ev.Event], Callable[[Case, Any], None]] = {
    ev.StepOpened: _step_opened,
    ev.StepPassedOver: _step_passed_over,
    ev.WorkSubmitted: _work_submitted,
    ev.WorkDone: _work_done,
    ev.WorkAttempted: _work_attempted,
    ev.StepsCancelled: _steps_cancelled,
    ev.ActDone: _act_done,
}
