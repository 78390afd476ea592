"""The regime of a duty: one piece of work, or several steps one after the other, a limit, and closing."""

from dataclasses import fields, replace

from huiyin.regime.model import AtField, Duty, DutyStep, Limit, LimitRow, Regime, Step, Work

from .frame import DUTY, affair_regime, closing_step

PERIOD_END = AtField("occasion.due")
"""The limit of a duty that says nothing else: the end of its period."""


def duty_regime(parent: Regime, duty: Duty) -> Regime:
    """The duty happens by its name when all its work is done, so that `<duty>.overdue` happens as the manual says."""
    steps = _steps(duty) if duty.steps else (_step(duty, duty.id, after=("received",)),)
    closing = closing_step((steps[-1].id,), duty.cite)
    if duty.steps:
        closing = replace(closing, marks=(*closing.marks, duty.id))
    limit = Limit(
        id=duty.id,
        title=duty.title,
        start=("received",),
        end=(duty.id,),
        within=(LimitRow(duty.within or PERIOD_END),),
        cite=duty.cite,
        by=duty.by,
        ladder=parent.ladder,
    )
    return affair_regime(
        parent,
        duty.id,
        title=duty.title,
        kind=DUTY,
        steps=(*steps, closing),
        limits=(limit, *(_limit(parent, duty, step) for step in duty.steps if step.within is not None)),
        leaders=duty.by if duty.steps else (),
    )


def step_of_duty(duty: str, step: str) -> str:
    """The id of a step within the affair of a duty."""
    return f"{duty}-{step}"


def _steps(duty: Duty) -> tuple[Step, ...]:
    """Each opens when the one before it is done or is not needed; what it is called happens as `<duty>.<step>`."""
    found, after = [], "received"
    for each in duty.steps:
        step = _step(each, step_of_duty(duty.id, each.id), after=(after,))
        outcomes = {
            name: replace(outcome, marks=(f"{duty.id}:{name}",)) for name, outcome in step.outcomes.items()
        }
        found.append(replace(step, marks=(f"{duty.id}.{each.id}",), outcomes=outcomes))
        after = step.id
    return tuple(found)


def _step(work: Work, step_id: str, *, after: tuple[str, ...]) -> Step:
    """The work as a step of a flow. When a duty is owed, and for whom, was settled as it was opened."""
    common = {each.name: getattr(work, each.name) for each in fields(Work)}
    step = Step(**{**common, "id": step_id}, after=after)
    return step if isinstance(work, DutyStep) else replace(step, when=None, per=None)


def _limit(parent: Regime, duty: Duty, step: DutyStep) -> Limit:
    assert step.within is not None
    name = step_of_duty(duty.id, step.id)
    return Limit(
        id=name,
        title=step.title,
        start=(f"{name}.opened",),
        end=(name,),
        within=(LimitRow(step.within),),
        cite=step.cite,
        by=step.by,
        ladder=parent.ladder,
    )
