"""Which events a regime knows (1.1 and 1.2): the catalogue, and those named after the regime's own things."""

from huiyin.regime.schema import RegimeFile
from huiyin.regime.schema.work import DutyPart, WorkPart
from huiyin.regime.vocabulary import CATALOGUE, CORE_ACTS, KEPT, ORDER_STAGES, REVISION

CORRECTIVE_STAGES = ("opened", "approved", "done", "effective", "ineffective", "reopened")
MEASURE_STAGES = ("opened", "done", "again")


def known_events(file: RegimeFile) -> dict[str, str]:
    """Every event that may be named → the section of what causes it (`catalogue` for the shared ones)."""
    events = dict.fromkeys(CATALOGUE, "catalogue")
    events |= dict.fromkeys(CORE_ACTS, "acts")
    for step_id, step in file.flow.items():
        events |= dict.fromkeys(_of_work(step_id, step), "flow")
        if step.rounds is not None:
            events[f"{step_id}.exhausted"] = "flow"
    for act_id, act in file.acts.items():
        events |= dict.fromkeys(_of_work(act_id, act), "acts")
    for duty_id, duty in file.duties.items():
        events |= dict.fromkeys((*_of_work(duty_id, duty), *_of_limit(duty_id), *_of_steps(duty_id, duty)), "duties")
    for kind, sample in file.samples.items():
        if sample.keep is not None:
            kept = f"{kind}{KEPT}"
            events |= dict.fromkeys((kept, f"{kept}.opened", *_of_limit(kept)), "samples")
    if file.governance.revise_every:
        events |= dict.fromkeys((REVISION, f"{REVISION}.opened", *_of_limit(REVISION)), "governance")
    for limit in file.limits:
        events |= dict.fromkeys(_of_limit(limit), "limits")
    for kind in file.orders:
        events |= dict.fromkeys((*_of_limit(kind), *(f"{kind}.{stage}" for stage in ORDER_STAGES)), "orders")
    events |= dict.fromkeys(file.watches, "watches")
    events |= {f"{commitment}.missed": "commitments" for commitment in file.commitments}
    events |= {f"{action}.{stage}": "corrective" for action in file.corrective for stage in CORRECTIVE_STAGES}
    events |= {event: "corrective" for id, action in file.corrective.items() if action.within for event in _of_limit(id)}
    for measure, declared in file.accountability.measures.items():
        if declared.duty:
            stages = (measure, *(f"{measure}.{stage}" for stage in MEASURE_STAGES), *_of_limit(measure))
            events |= dict.fromkeys(stages, "accountability")
    return events


def _of_steps(duty_id: str, duty: DutyPart) -> list[str]:
    """What happens as a duty is done in steps: `audit.inspect`, and the outcomes of its steps, `audit:faults`."""
    outcomes = [f"{duty_id}:{outcome}" for step in duty.steps.values() for outcome in step.outcomes]
    return [*(f"{duty_id}.{name}" for name in duty.steps), *outcomes]


def _of_limit(limit: str) -> tuple[str, str]:
    return f"{limit}.overdue", f"{limit}.met"


def _of_work(work_id: str, work: WorkPart) -> list[str]:
    names = [work_id, f"{work_id}.opened", *(f"{work_id}:{outcome}" for outcome in work.outcomes)]
    if work.approval:
        names += [f"{work_id}.submitted", f"{work_id}.approved", f"{work_id}.rejected"]
    if work.asks:
        names.append(f"{work_id}.low")
    return names
