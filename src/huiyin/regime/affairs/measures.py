"""The regime of a measure that has to be carried out: a written self-criticism handed in, study attended, pay resumed.

Whoever carries it out reports it, with what is asked for; whoever the regime names confirms, or sends it back.
"""

from collections.abc import Mapping

from huiyin.regime.model import (
    AtField,
    Field,
    Limit,
    LimitRow,
    Measure,
    MeasureDuty,
    Outcome,
    Regime,
    Requirement,
    Step,
)

from .frame import MEASURE, affair_regime, closing_step, words

CONFIRM = "confirm-measure"
"""The step in which somebody checks what was handed in."""

REPORT: Mapping[str, Field] = {"carried_out": words("carried_out", "执行情况")}
"""What is filled in where the regime asks for nothing in particular."""

DUE = AtField("occasion.due")


def measure_regime(parent: Regime, measure: Measure, duty: MeasureDuty) -> Regime:
    """The step that carries it out has the measure's id, and so has its limit."""
    steps = [_carry_out(measure, duty)]
    if duty.confirmed_by:
        steps.append(_confirm(measure, duty))
    return affair_regime(
        parent,
        measure.id,
        title=measure.title,
        kind=MEASURE,
        steps=(*steps, closing_step((f"{measure.id}.done",), measure.cite)),
        limits=(_limit(parent, measure, duty),),
        leaders=duty.confirmed_by,
    )


def _carry_out(measure: Measure, duty: MeasureDuty) -> Step:
    early = "期满之后才能报告执行情况"
    return Step(
        id=measure.id,
        title=measure.title,
        by=("handler",),
        after=("received", f"{measure.id}.again"),
        fields=duty.fields or REPORT,
        required=duty.required if duty.fields else tuple(REPORT),
        requires=(Requirement(duty.over, early, measure.cite),) if duty.over else (),
        produces=duty.produces,
        marks=() if duty.confirmed_by else (f"{measure.id}.done",),
        cite=measure.cite,
    )


def _confirm(measure: Measure, duty: MeasureDuty) -> Step:
    return Step(
        id=CONFIRM,
        title=f"确认：{measure.title}",
        by=duty.confirmed_by,
        after=(measure.id,),
        other_than=(measure.id,),
        fields=duty.confirm_fields,
        required=duty.confirm_required,
        produces=duty.confirm_produces,
        outcomes={
            "done": Outcome("done", "已经做到", marks=(f"{measure.id}.done",)),
            "again": Outcome("again", "没有做到，重新来过", marks=(f"{measure.id}.again",)),
        },
        cite=measure.cite,
    )


def _limit(parent: Regime, measure: Measure, duty: MeasureDuty) -> Limit:
    """Runs from the confirmation of the measure, and once more from its being sent back."""
    again = (LimitRow(duty.within, duty.sent_back),) if duty.sent_back else ()
    return Limit(
        id=measure.id,
        title=measure.title,
        start=("received", f"{measure.id}.again"),
        end=(measure.id,),
        within=(*again, LimitRow(DUE)),
        cite=measure.cite,
        by=("handler",),
        ladder=parent.ladder,
    )
