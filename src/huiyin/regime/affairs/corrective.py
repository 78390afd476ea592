"""The regime of a corrective action (整改): planned and approved, done, verified; done again when it had no effect.

ISO 9001:2015, 10.2: find the cause, act on it, review whether the action was effective.
"""

from collections.abc import Mapping

from huiyin.regime.model import (
    Act,
    CorrectiveAction,
    Field,
    Limit,
    LimitRow,
    Outcome,
    Regime,
    RoleGroup,
    RoutingRow,
    Step,
)

from .frame import CORRECTIVE, affair_regime, closing_step, words

OWNER_UNKNOWN = "owner-unknown"
"""Happens at opening when it cannot be told which of many units is concerned; then a person names it."""

FIELDS: Mapping[str, Field] = {
    "cause": words("cause", "原因"),
    "measure": words("measure", "整改措施"),
    "result": words("result", "整改结果"),
}
"""What the owner fills in where the regime declares nothing."""

ASSIGN, VERIFY = "assign", "verify"


def plan_step(action: str) -> str:
    """The id of the step that plans an action, where the plan needs approval."""
    return f"{action}-plan"


def corrective_regime(parent: Regime, action: CorrectiveAction) -> Regime:
    """The step that carries it out has the action's id, and so has its limit."""
    steps = [_assign(action)]
    if action.approval:
        steps.append(_plan(parent, action))
    steps.append(_carry_out(parent, action))
    if action.verified_by:
        steps.append(_verify(action))
    last = (f"{action.id}.effective",) if action.verified_by else (f"{action.id}.done",)
    return affair_regime(
        parent,
        action.id,
        title=action.title,
        kind=CORRECTIVE,
        steps=(*steps, closing_step(last, action.cite)),
        limits=_limits(parent, action),
        leaders=action.verified_by,
        routing=(RoutingRow(id="owner", title="整改部门", when=None, to=action.owner, cite=action.cite),),
        acts=(_reopen(action),) if action.reopen else (),
    )


def _reopen(action: CorrectiveAction) -> Act:
    """Taking the closed action up again; the step it begins with opens."""
    again = action.reopen
    assert again is not None
    return Act(
        id="reopen",
        title="重新整改",
        by=again.by,
        core=True,
        open_for=again.open_for,
        open_after="closed",
        cite=again.cite or action.cite,
    )


def _assign(action: CorrectiveAction) -> Step:
    by = action.verified_by or action.together_with or ("superior",)
    return Step(id=ASSIGN, title="确定整改部门", by=by, after=(OWNER_UNKNOWN,), decides=("routing",), cite=action.cite)


def _doers(parent: Regime, action: CorrectiveAction) -> tuple[str, ...]:
    """Any member of the unit where a unit owns the action; the one handler where a post or a person does."""
    of_units = {"handling-unit", "respondent-unit"}
    roles = parent.roles
    units = all(role in of_units or (role in roles and roles[role].group is RoleGroup.UNIT) for role in action.owner)
    return ("handling-unit",) if units else ("handler",)


def _plan(parent: Regime, action: CorrectiveAction) -> Step:
    fields = dict(action.fields) or {name: FIELDS[name] for name in ("cause", "measure")}
    return Step(
        id=plan_step(action.id),
        title=f"{action.title}方案",
        by=_doers(parent, action),
        after=("assigned", f"{action.id}.reopened"),
        fields=fields,
        required=() if action.fields else tuple(fields),
        approval=action.approval,
        marks=(f"{action.id}.approved",),
        cite=action.cite,
    )


def _begins(action: CorrectiveAction) -> tuple[str, ...]:
    """What carrying out the action begins with: the approved plan, else that it is known who owns it, or taken up again."""
    return (f"{action.id}.approved",) if action.approval else ("assigned", f"{action.id}.reopened")


def _carry_out(parent: Regime, action: CorrectiveAction) -> Step:
    if action.approval:
        fields: Mapping[str, Field] = {"result": FIELDS["result"]}
    else:
        fields = action.fields or FIELDS
    marks = [f"{action.id}.done"] if action.verified_by else [f"{action.id}.done", f"{action.id}.effective"]
    return Step(
        id=action.id,
        title=action.title,
        by=_doers(parent, action),
        together_with=action.together_with,
        after=(*_begins(action), f"{action.id}.ineffective"),
        per="handling-unit",
        fields=fields,
        required=() if action.fields and not action.approval else tuple(fields),
        produces=action.produces,
        marks=tuple(marks),
        cite=action.cite,
    )


def _verify(action: CorrectiveAction) -> Step:
    return Step(
        id=VERIFY,
        title=f"{action.title}验证",
        by=action.verified_by,
        after=(f"{action.id}.done",),
        other_than=(action.id,),
        fields={"verification": words("verification", "验证情况")},
        outcomes={
            "effective": Outcome("effective", "有效", marks=(f"{action.id}.effective",)),
            "ineffective": Outcome("ineffective", "无效，继续整改", marks=(f"{action.id}.ineffective",)),
        },
        cite=action.cite,
    )


def _limits(parent: Regime, action: CorrectiveAction) -> tuple[Limit, ...]:
    if action.within is None:
        return ()
    return (
        Limit(
            id=action.id,
            title=action.title,
            start=(*_begins(action), f"{action.id}.ineffective"),
            end=(f"{action.id}.done",),
            within=(LimitRow(action.within),),
            cite=action.cite,
            by=_doers(parent, action),
            ladder=parent.ladder,
        ),
    )
