"""Doing steps and acts of the regime."""

from collections.abc import Iterable, Mapping
from typing import Any

from huiyin.regime.model import Act, Outcome, Step, Work

from .approvals import ask_approval
from .assignment import Choice
from .closing import close, refuse_early_closing
from .commands import Perform
from .draft import Draft
from .events import AnswersFilled, WorkAttempted, WorkDone, WorkSubmitted
from .flow import attempts_of
from .papers import produce, signing_roles
from .principles import CLOSED_STAYS_CLOSED, IN_ORDER, TIME_STANDS_STILL
from .questionnaires import checked_answers
from .refusals import Refused
from .standing import may, refuse_the_concerned
from .state import StepRun
from .tables import ByHand, decide_assessment, decide_routing, grade
from .values import checked_fields

NOT_REACHED = ("not-reached", "unreachable", "not-reachable")
"""Outcomes that say the person could not be reached; they count as attempts first."""


def perform(draft: Draft, command: Perform) -> None:
    """Do a step that is open, or an act of the regime's own.

    Raises:
        Refused: not open, not yours, a field is missing or wrong, a requirement is not met …
    """
    step = draft.regime.flow.get(command.work)
    if step is not None:
        _perform_step(draft, step, command)
        return
    act = draft.regime.acts.get(command.work)
    if act is None:
        raise Refused("forbidden-here", f"制度里没有“{command.work}”这项工作。", cite=IN_ORDER)
    refuse_act(draft, act, on_behalf=command.on_behalf)
    _perform_act(draft, act, command)


# -- steps -------------------------------------------------------------------------------------------------------------


def refuse_step(draft: Draft, step: Step, member: str = "") -> StepRun:
    """The open run of a step that the actor may do now.

    Raises:
        Refused: with the reason why not.
    """
    case = draft.case
    refuse_state(draft, step.cite)
    runs = [run for run in case.open_runs(step.id) if not member or run.member == member]
    if not runs:
        raise Refused("not-open-now", f"“{step.title}”现在没有打开。", cite=step.cite or IN_ORDER)
    refuse_the_concerned(case, draft.actor)
    if not may(draft.regime, case, draft.actor, step.by, draft.context.directory):
        who = "、".join(draft.regime.role_title(role) for role in step.by)
        raise Refused("not-yours", f"“{step.title}”由{who}办理。", cite=step.cite or IN_ORDER)
    if step.per not in (None, "point", "respondent"):
        runs = [run for run in runs if not run.member or draft.actor.in_unit(run.member)] or runs
    ready = [run for run in runs if run.status == "open"]
    if not ready:
        raise Refused("not-approved", f"“{step.title}”已提交，等待审批。", cite=step.cite or IN_ORDER)
    return ready[0]


def refuse_state(draft: Draft, cite: tuple[str, ...] = ()) -> None:
    """Raise when the case is closed, or stands still."""
    if draft.case.state == "closed":
        raise Refused("not-open-now", "案件已办结。", cite=CLOSED_STAYS_CLOSED)
    if draft.case.state in ("suspended", "waiting"):
        waiting = "中止" if draft.case.state == "suspended" else "等待补正"
        raise Refused("not-open-now", f"案件{waiting}期间不能办理。", cite=TIME_STANDS_STILL)


def _perform_step(draft: Draft, step: Step, command: Perform) -> None:
    run = refuse_step(draft, step, command.member)
    fields = _checked(draft, step, command)
    answers, satisfied = _answers(draft, step, command)
    outcome = _outcome(draft, step, command.outcome, fields, satisfied)
    if outcome in NOT_REACHED and run.attempts + 1 < attempts_of(draft, step):
        draft.add(
            WorkAttempted(
                **draft.stamp,
                names=("unreachable",),
                cite=step.cite,
                work=step.id,
                member=run.member,
                attempt=run.attempts + 1,
                outcome=outcome,
            )
        )
        return
    _refuse_unmet(draft, step, fields, answers)
    if "closed" in step.marks:
        refuse_early_closing(draft, run.key, step.cite)
    if answers:
        draft.add(AnswersFilled(**draft.stamp, questionnaire=step.asks or "", answers=answers, satisfied=satisfied))
    if step.approval:
        draft.add(
            WorkSubmitted(
                **draft.stamp,
                names=(f"{step.id}.submitted", "submitted"),
                cite=step.cite,
                work=step.id,
                member=run.member,
                outcome=outcome,
                fields=fields,
                present=command.present,
            )
        )
        payload = _proposed(draft, step, outcome, fields, command)
        if ask_approval(draft, "work", run.key, step.approval, title=step.title, payload=payload, cite=step.cite):
            return
    finish_step(draft, step, run.key, outcome, fields, command, by=draft.actor.person)


def finish_step(
    draft: Draft,
    step: Step,
    key: str,
    outcome: str,
    fields: Mapping[str, Any],
    command: Perform,
    *,
    by: str,
    signs: Iterable[str] = (),
) -> None:
    """The step is done: facts are recorded, forms produced, tables decided, milestones reached.

    `by` did it and signs in the places `signs`, when somebody else's approval finishes it.
    """
    case = draft.case
    run = case.steps[key]
    others = [each for each in case.steps.values() if each.step == step.id and each.key != key]
    complete = all(each.status in ("done", "cancelled", "void") for each in others)
    names: list[str] = []
    if complete:
        outcomes = [each.outcome for each in others if each.outcome and each.status == "done"]
        ends = dict.fromkeys(each for each in (*outcomes, outcome) if each)
        names = [step.id, *(f"{step.id}:{end}" for end in ends), *step.marks]
        if step.approval:
            names.append(f"{step.id}.approved")
        if "followed-up" in step.marks or step.asks:
            names += [each for each in ("satisfied", "dissatisfied") if each in ends]
    draft.add(
        WorkDone(
            at=draft.context.now,
            by=by,
            names=tuple(names),
            cite=step.cite,
            work=step.id,
            member=run.member,
            outcome=outcome,
            fields=fields,
            is_step=True,
            complete=complete,
            present=command.present,
            text=command.text,
        )
    )
    produce(draft, step.produces, step.id, by=by, signs=signs)
    if not complete:
        return
    by_hand = ByHand(command.row, command.into, command.text, choice_of(command))
    if "severity" in step.decides:
        grade(draft)
    if "assessment" in step.decides:
        grade(draft)
        decide_assessment(draft, by_hand)
    if "routing" in step.decides:
        decide_routing(draft, by_hand)
    if "closed" in step.marks:
        close(draft, "closed", by_step=True, cite=step.cite)


def _proposed(draft: Draft, work: Work, outcome: str, fields: Mapping[str, Any], command: Perform) -> dict[str, Any]:
    """What waits for approval: all that finishing the work needs then, when its doer is no longer at hand."""
    return {
        "outcome": outcome,
        "fields": fields,
        "present": list(command.present),
        "text": command.text,
        "signs": signing_roles(draft, work.produces),
    }


def choice_of(command: Any) -> Choice:
    """The routing choice inside a command."""
    return Choice(command.to, command.unit, command.handler, tuple(command.also), command.text)


def _checked(draft: Draft, work: Work, command: Perform) -> dict[str, Any]:
    _refuse_absent(draft, work, command.present)
    return checked_fields(
        work.fields,
        work.required,
        command.fields,
        scope=draft.scope(),
        section="facts",
        zone=draft.context.calendar.zone,
        cite=work.cite,
    )


def _refuse_absent(draft: Draft, work: Work, present: tuple[str, ...]) -> None:
    absent = [role for role in work.together_with if role not in present]
    if absent:
        who = "、".join(draft.regime.role_title(role) for role in absent)
        message = f"“{work.title}”须有{who}参加，请确认。"
        raise Refused("missing-field", message, cite=work.cite or IN_ORDER, fields={"present": f"请确认{who}参加"})


def _answers(draft: Draft, step: Step, command: Perform) -> tuple[dict[str, Any], bool | None]:
    if step.asks is None or not command.answers:
        return {}, None
    return checked_answers(draft, step.asks, command.answers, cite=step.cite)


def _outcome(draft: Draft, work: Work, given: str, fields: Mapping[str, Any], satisfied: bool | None) -> str:
    """The outcome named, or the only one that the answers or the conditions leave."""
    if not work.outcomes:
        if given:
            raise Refused("wrong-value", f"“{work.title}”没有可选的结果。", cite=work.cite or IN_ORDER)
        return ""
    scope = draft.scope().with_values("facts", fields)
    if not given and satisfied is not None:
        given = "satisfied" if satisfied else "dissatisfied"
    if not given:
        fitting = [each.id for each in work.outcomes.values() if each.when is not None and scope.holds(each.when)]
        given = fitting[0] if len(fitting) == 1 else ""
    options = "、".join(each.title for each in work.outcomes.values())
    if given not in work.outcomes:
        code = "wrong-value" if given else "missing-field"
        message = f"请选择“{work.title}”的结果：{options}。"
        raise Refused(code, message, cite=work.cite or IN_ORDER, fields={"outcome": f"请选择：{options}"})
    chosen: Outcome = work.outcomes[given]
    if chosen.when is not None and not scope.holds(chosen.when, undecided=True):
        raise Refused(
            "unmet-requirement",
            f"不符合“{chosen.title}”的条件。",
            cite=work.cite or IN_ORDER,
            values=dict(chosen.when.values(scope)),
        )
    return given


def _refuse_unmet(draft: Draft, work: Work, fields: Mapping[str, Any], answers: Mapping[str, Any]) -> None:
    scope = draft.scope().with_values("facts", fields).with_values("answers", answers)
    for requirement in work.requires:
        if not scope.holds(requirement.that):
            raise Refused("unmet-requirement", requirement.otherwise + "。", cite=requirement.cite or work.cite)


# -- acts of the regime's own ------------------------------------------------------------------------------------------


def refuse_act(draft: Draft, act: Act, *, on_behalf: bool = False) -> None:
    """Raise unless the actor may do this act now."""
    case, now = draft.case, draft.context.now
    if not act.allowed:
        raise Refused("forbidden-here", f"制度不允许“{act.title}”。", cite=act.cite or IN_ORDER)
    refuse_the_concerned(case, draft.actor)
    roles = act.by
    behalf = on_behalf and "complainant" in roles and draft.actor.kind == "staff"
    if not behalf and not may(draft.regime, case, draft.actor, roles, draft.context.directory):
        who = "、".join(draft.regime.role_title(role) for role in roles)
        raise Refused("not-yours", f"“{act.title}”由{who}提出。", cite=act.cite or IN_ORDER)
    if act.when is not None and not draft.scope().holds(act.when, undecided=True):
        raise Refused("unmet-requirement", f"现在不具备“{act.title}”的条件。", cite=act.cite or IN_ORDER)
    if act.at_most is not None and case.acts.get(act.id, 0) >= act.at_most:
        raise Refused("no-more-rounds", f"“{act.title}”只能进行{act.at_most}次。", cite=act.cite or IN_ORDER)
    if act.open_for is not None and act.open_after is not None:
        since = case.signals.get(act.open_after)
        if since is None:
            raise Refused("not-open-now", f"现在还不能“{act.title}”。", cite=act.cite or IN_ORDER)
        if now > draft.context.calendar.due(since.last, act.open_for).at:
            message = f"“{act.title}”的期限（{act.open_for.title_zh}）已过。"
            raise Refused("not-open-now", message, cite=act.cite or IN_ORDER)


def _perform_act(draft: Draft, act: Act, command: Perform) -> None:
    if draft.case.state == "closed":
        refuse_state(draft, act.cite)
    fields = _checked(draft, act, command)
    outcome = _outcome(draft, act, command.outcome, fields, None)
    _refuse_unmet(draft, act, fields, {})
    if act.approval:
        payload = _proposed(draft, act, outcome, fields, command)
        asked = ask_approval(
            draft,
            "work",
            act.id,
            act.approval,
            title=act.title,
            payload=payload,
            cite=act.cite,
            names=(f"{act.id}.submitted", "submitted"),
        )
        if asked:
            return
    finish_act(draft, act, outcome, fields, command, by=draft.actor.person)


def finish_act(
    draft: Draft,
    act: Act,
    outcome: str,
    fields: Mapping[str, Any],
    command: Perform,
    *,
    by: str,
    signs: Iterable[str] = (),
) -> None:
    """The act is done and on record; `by` and `signs` as in `finish_step`."""
    names = [act.id]
    if outcome:
        names.append(f"{act.id}:{outcome}")
    if act.approval:
        names.append(f"{act.id}.approved")
    draft.add(
        WorkDone(
            at=draft.context.now,
            by=by,
            names=tuple(names),
            cite=act.cite or (IN_ORDER.id,),
            work=act.id,
            member="",
            outcome=outcome,
            fields=fields,
            is_step=False,
            complete=True,
            present=command.present,
            text=command.text,
        )
    )
    produce(draft, act.produces, act.id, by=by, signs=signs)
