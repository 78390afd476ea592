"""Doing work: steps of the flow, and acts of the regime's own."""

from collections.abc import Iterable, Mapping
from typing import Any

from huiyin.regime.model import Act, Outcome, Step, Work

from .approvals import ask_approval
from .assignment import Choice
from .closing import close, refuse_early_closing
from .commands import DecideTable, Perform
from .draft import Draft
from .events import WorkAttempted, WorkDone, WorkSubmitted
from .flow import attempts_of
from .papers import produce, signing_roles
from .people import SYSTEM
from .principles import CLOSED_STAYS_CLOSED, IN_ORDER, TIME_STANDS_STILL
from .questionnaires import checked_answers, fill
from .refusals import Refused
from .standing import may, refuse_the_concerned
from .state import StepRun
from .tables import ByHand, decide_assessment, decide_routing, grade
from .values import checked_fields

STILL_ALLOWED_WHEN_CLOSED = frozenset({"note", "contact", "link", "reopen", "appeal", "sign", "answer-order", "remedy"})
STILL_ALLOWED_WHEN_WAITING = frozenset(
    {"note", "contact", "add-evidence", "seal-evidence", "complete", "resume", "terminate", "withdraw", "link",
     "press", "instruct", "flag-risk", "correct", "recuse", "tell-progress", "sign", "supervise", "answer-order"}
)  # fmt: skip
"""Core acts that a closed case, or one that stands still, still takes."""

Signatures = Iterable[tuple[str, str]]
"""Who has signed a form before it is produced, by handing in or by approving: place on the form, person."""

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
        raise Refused("forbidden-here", f"制度里没有“{command.work}”这项工作。")
    _perform_act(draft, act, command)


# -- steps -------------------------------------------------------------------------------------------------------------


def refuse_step(draft: Draft, step: Step, member: str = "") -> StepRun:
    """The open run of a step that the actor may do now.

    Raises:
        Refused: with the reason why not.
    """
    case = draft.case
    if case.state == "closed":
        refuse_state(draft)
    runs = [run for run in case.open_runs(step.id) if not member or run.member == member]
    if not runs:
        raise Refused("not-open-now", f"“{step.title}”现在没有打开。", cite=step.cite)
    refuse_the_concerned(case, draft.actor)
    if not may(draft.regime, case, draft.actor, step.by, draft.context.directory):
        who = "、".join(draft.regime.role_title(role) for role in step.by)
        raise Refused("not-yours", f"“{step.title}”由{who}办理。", cite=step.cite)
    refuse_state(draft)
    runs = _own_copies(draft, step, runs)
    if not runs:
        raise Refused("not-yours", f"“{step.title}”由各部门分别办理，这一份不是您部门的。", cite=step.cite)
    ready = [run for run in runs if run.status == "open"]
    if not ready:
        raise Refused("not-approved", f"“{step.title}”已提交，等待审批。", cite=step.cite)
    return ready[0]


def _own_copies(draft: Draft, step: Step, runs: list[StepRun]) -> list[StepRun]:
    """Of a step that each unit does for itself, the copies of the actor's units; all for whoever is in none of them."""
    if step.per in (None, "point", "respondent"):
        return runs
    copies = [run for run in draft.case.steps.values() if run.step == step.id and run.member]
    if not any(draft.actor.in_unit(run.member) for run in copies):
        return runs
    return [run for run in runs if draft.actor.in_unit(run.member)]


def refuse_state(draft: Draft) -> None:
    """Raise when the case is closed, or stands still."""
    if draft.case.state == "closed":
        raise Refused("not-open-now", "案件已办结。", cite=CLOSED_STAYS_CLOSED)
    if draft.case.state in ("suspended", "waiting"):
        waiting = "中止" if draft.case.state == "suspended" else "等待补正"
        raise Refused("not-open-now", f"案件{waiting}期间不能办理。", cite=TIME_STANDS_STILL)


def do_by_system(draft: Draft, step: Step) -> None:
    """Do a step that is the system's, now that it is open; one that closes waits until nothing else is left."""
    for run in [each for each in draft.case.open_runs(step.id) if each.status == "open"]:
        command = Perform(work=step.id, member=run.member)
        try:
            outcome = _outcome(draft, step, "", {}, None)
            refuse_unmet(draft, step, {}, {})
            if "closed" in step.marks:
                refuse_early_closing(draft, run.key, step.cite)
        except Refused:
            return
        finish_step(draft, step, run.key, outcome, {}, command, by=SYSTEM.person)


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
    refuse_unmet(draft, step, fields, answers)
    if "closed" in step.marks:
        refuse_early_closing(draft, run.key, step.cite)
    if answers:
        fill(draft, step.asks or "", answers, satisfied, cite=step.cite)
    if step.approval:
        _hand_in(draft, step, run, outcome, fields, command)
        payload = _proposed(draft, step, outcome, fields, command)
        if ask_approval(draft, "work", run.key, step.approval, title=step.title, payload=payload, cite=step.cite):
            return
    finish_step(draft, step, run.key, outcome, fields, command, by=draft.actor.person)


def _hand_in(
    draft: Draft, step: Step, run: StepRun, outcome: str, fields: Mapping[str, Any], command: Perform
) -> None:
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


def finish_step(
    draft: Draft,
    step: Step,
    key: str,
    outcome: str,
    fields: Mapping[str, Any],
    command: Perform,
    *,
    by: str,
    signatures: Signatures = (),
) -> None:
    """The step is done: facts are recorded, forms produced, tables decided, milestones reached.

    `by` did it; `signatures` were given before by those who handed in and approved, when an approval finishes it.
    """
    case = draft.case
    run = case.steps[key]
    others = [each for each in case.steps.values() if each.step == step.id and each.key != key]
    complete = all(each.status in ("done", "cancelled", "void") for each in others)
    names = _names_of(step, outcome, others) if complete else []
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
    produce(draft, step.produces, step.id, by=by, signatures=signatures)
    if complete:
        _decide_tables(draft, step, command)


def _names_of(step: Step, outcome: str, others: list[StepRun]) -> list[str]:
    """What happens by the step's being done: itself, every outcome of its copies once, its milestones."""
    outcomes = [each.outcome for each in others if each.outcome and each.status == "done"]
    ends = dict.fromkeys(each for each in (*outcomes, outcome) if each)
    names = [step.id, *(f"{step.id}:{end}" for end in ends), *step.marks]
    if step.approval:
        names.append(f"{step.id}.approved")
    if "followed-up" in step.marks or step.asks:
        names += [each for each in ("satisfied", "dissatisfied") if each in ends]
        names += ["unreachable"] if any(each in ends for each in NOT_REACHED) else []
    return names


def _decide_tables(draft: Draft, step: Step, command: Perform) -> None:
    """What the step decides, and whether it closes the case."""
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
        "chosen": {
            "row": command.row,
            "to": command.to,
            "unit": command.unit,
            "handler": command.handler,
            "also": list(command.also),
            "into": command.into,
        },
    }


def proposed_command(work: str, member: str, payload: Mapping[str, Any]) -> Perform:
    """The command that was handed in, as far as finishing the work needs it."""
    chosen = payload.get("chosen", {})
    return Perform(
        work=work,
        member=member,
        present=tuple(payload["present"]),
        text=payload["text"],
        row=chosen.get("row", ""),
        to=chosen.get("to", ""),
        unit=chosen.get("unit", ""),
        handler=chosen.get("handler", ""),
        also=tuple(chosen.get("also", ())),
        into=chosen.get("into", ""),
    )


def choice_of(command: Perform | DecideTable) -> Choice:
    """The routing choice inside a command."""
    return Choice(command.to, command.unit, command.handler, tuple(command.also), command.text)


def _checked(draft: Draft, work: Work, command: Perform) -> dict[str, Any]:
    refuse_absent(draft, work, command.present)
    return checked_fields(
        work.fields,
        work.required,
        command.fields,
        scope=draft.scope(),
        section="facts",
        zone=draft.context.calendar.zone,
        cite=work.cite,
    )


def refuse_absent(draft: Draft, work: Work, present: tuple[str, ...]) -> None:
    """Raise unless everybody who must take part is confirmed to have."""
    absent = [role for role in work.together_with if role not in present]
    if absent:
        who = "、".join(draft.regime.role_title(role) for role in absent)
        message = f"“{work.title}”须有{who}参加，请确认。"
        raise Refused("missing-field", message, cite=work.cite, fields={"present": f"请确认{who}参加"})


def _answers(draft: Draft, step: Step, command: Perform) -> tuple[dict[str, Any], bool | None]:
    if step.asks is None or not command.answers:
        return {}, None
    return checked_answers(draft, step.asks, command.answers, cite=step.cite)


def _outcome(draft: Draft, work: Work, given: str, fields: Mapping[str, Any], satisfied: bool | None) -> str:
    """The outcome named, or the only one that the answers or the conditions leave."""
    if not work.outcomes:
        if given:
            raise Refused("wrong-value", f"“{work.title}”没有可选的结果。", cite=work.cite)
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
        raise Refused(code, message, cite=work.cite, fields={"outcome": f"请选择：{options}"})
    chosen: Outcome = work.outcomes[given]
    if chosen.when is not None and not scope.holds(chosen.when, undecided=True):
        raise Refused(
            "unmet-requirement",
            f"不符合“{chosen.title}”的条件。",
            cite=work.cite,
            values=dict(chosen.when.values(scope)),
        )
    return given


def refuse_unmet(draft: Draft, work: Work, fields: Mapping[str, Any], answers: Mapping[str, Any]) -> None:
    """Raise unless everything the work `requires` holds, these fields and answers included."""
    scope = draft.scope().with_values("facts", fields).with_values("answers", answers)
    for requirement in work.requires:
        if not scope.holds(requirement.that):
            raise Refused("unmet-requirement", requirement.otherwise + "。", cite=requirement.cite or work.cite)


# -- acts --------------------------------------------------------------------------------------------------------------


def refuse_act(draft: Draft, act: Act, *, on_behalf: bool = False, also_by: tuple[str, ...] = ()) -> None:
    """Raise unless the actor may do this act now. `also_by`: roles that may besides those the regime names.

    Raises:
        Refused: forbidden by the regime, not this person's, at its most, out of its time, waiting for approval, or not
            in this state of the case.
    """
    if not act.allowed:
        raise Refused("forbidden-here", f"制度不允许“{act.title}”。", cite=act.cite)
    refuse_the_concerned(draft.case, draft.actor)
    roles = (*act.by, *also_by)
    behalf = on_behalf and "complainant" in roles and draft.actor.kind == "staff"
    if not behalf and not may(draft.regime, draft.case, draft.actor, roles, draft.context.directory):
        who = "、".join(draft.regime.role_title(role) for role in act.by)
        raise Refused("not-yours", f"“{act.title}”由{who}提出。", cite=act.cite)
    if act.when is not None and not draft.scope().holds(act.when, undecided=True):
        raise Refused("unmet-requirement", f"现在不具备“{act.title}”的条件。", cite=act.cite)
    _refuse_out_of_time(draft, act)
    if any(item.kind == "work" and item.subject == act.id for item in draft.case.approvals.values()):
        raise Refused("not-approved", f"“{act.title}”已提交，等待审批。", cite=act.cite)
    _refuse_act_in_state(draft, act)


def _refuse_out_of_time(draft: Draft, act: Act) -> None:
    """Raise when the act was done as often as it may be, or when its time has not begun or is over."""
    done = draft.case.signals.get(act.id)
    if act.at_most is not None and done is not None and done.count >= act.at_most:
        raise Refused("no-more-rounds", f"“{act.title}”只能进行{act.at_most}次。", cite=act.cite)
    if act.open_for is not None and act.open_after is not None:
        since = draft.case.signals.get(act.open_after)
        if since is None:
            raise Refused("not-open-now", f"现在还不能“{act.title}”。", cite=act.cite)
        if draft.context.now > draft.context.calendar.due(since.last, act.open_for).at:
            raise Refused("not-open-now", f"“{act.title}”的期限（{act.open_for.title_zh}）已过。", cite=act.cite)


def _refuse_act_in_state(draft: Draft, act: Act) -> None:
    state = draft.case.state
    if state == "closed" and act.id not in STILL_ALLOWED_WHEN_CLOSED:
        refuse_state(draft)
    if state in ("suspended", "waiting") and act.id not in STILL_ALLOWED_WHEN_WAITING:
        refuse_state(draft)


def _perform_act(draft: Draft, act: Act, command: Perform) -> None:
    if act.core:
        raise Refused("wrong-value", f"“{act.title}”有自己的做法，不能当作环节办理。", cite=act.cite)
    refuse_act(draft, act, on_behalf=command.on_behalf)
    fields = _checked(draft, act, command)
    outcome = _outcome(draft, act, command.outcome, fields, None)
    refuse_unmet(draft, act, fields, {})
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
    signatures: Signatures = (),
) -> None:
    """The act is done and on record; `by` and `signatures` as in `finish_step`."""
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
    produce(draft, act.produces, act.id, by=by, signatures=signatures)
