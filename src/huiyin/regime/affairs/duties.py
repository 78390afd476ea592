"""The regime of a duty: one piece of work, a limit, and closing."""

from huiyin.regime.model import AtField, Duty, Limit, LimitRow, Regime, Step

from .frame import DUTY, affair_regime, closing_step

PERIOD_END = AtField("occasion.due")
"""The limit of a duty that says nothing else: the end of its period."""


def duty_regime(parent: Regime, duty: Duty) -> Regime:
    """The step has the duty's id and all its keys; the limit, too, so that `<duty>.overdue` happens as the manual says."""
    step = Step(
        id=duty.id,
        title=duty.title,
        by=duty.by,
        together_with=duty.together_with,
        fields=duty.fields,
        required=duty.required,
        requires=duty.requires,
        approval=duty.approval,
        produces=duty.produces,
        asks=duty.asks,
        via=duty.via,
        outcomes=duty.outcomes,
        books=duty.books,
        cite=duty.cite,
        note=duty.note,
        after=("received",),
    )
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
        steps=(step, closing_step((duty.id,), duty.cite)),
        limits=(limit,),
    )
