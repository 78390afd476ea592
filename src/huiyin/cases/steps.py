"""Steps of the flow: done by whoever's turn it is, or by the system; what follows from their being done."""

from collections.abc import Mapping
from typing import Any

from huiyin.regime.model import Step

from .approvals import ask_approval
from .booking import book
from .closing import close, refuse_early_closing
from .commands import Perform
from .draft import Draft
from .events import WorkAttempted, WorkDone, WorkSubmitted
from .flow import attempts_of
from .ordering import give, orders_of
from .own_acts import perform_act
from .people import SYSTEM
from .producing import produce
from .questionnaires import answers_given, fill
from .refusals import Refused
from .samples.entering import read_entry, record_entry
from .samples.knowing import has_tested
from .standing import may, refuse_the_concerned
from .state import StepRun
from .tables import ByHand, decide_assessment, decide_routing, grade
from .work import Signatures, checked_work, choice_of, outcome_of, proposed, refuse_state, refuse_unmet, refuse_unread

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
    perform_act(draft, act, command)


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
        raise Refused("not-open-now", f"“{step.title}”现在没有打开。", cite=step.cite, rule=f"flow.{step.id}.after")
    refuse_the_concerned(case, draft.actor)
    if not may(draft.regime, case, draft.actor, step.by, draft.context.directory):
        who = "、".join(draft.regime.role_title(role) for role in step.by)
        raise Refused("not-yours", f"“{step.title}”由{who}办理。", cite=step.cite, rule=f"flow.{step.id}.by")
    refuse_state(draft)
    _refuse_doer_of(draft, step)
    _refuse_role_kept_from(draft, step)
    runs = _own_copies(draft, step, runs)
    if not runs:
        message = f"“{step.title}”由各部门分别办理，这一份不是您部门的。"
        raise Refused("not-yours", message, cite=step.cite, rule=f"flow.{step.id}.per")
    refuse_unread(draft, step)
    ready = [run for run in runs if run.status == "open"]
    if not ready:
        message = f"“{step.title}”已提交，等待审批。"
        raise Refused("not-approved", message, cite=step.cite, rule=f"flow.{step.id}.approval")
    return ready[0]


def _refuse_doer_of(draft: Draft, step: Step) -> None:
    """Raise when the actor has done one of the steps whose doers may not do this one."""
    for other in step.other_than:
        done = any(run.step == other and run.done_by == draft.actor.person for run in draft.case.steps.values())
        if done or has_tested(draft.case, draft.actor.person, work=other):
            title = draft.regime.flow[other].title
            message = f"“{title}”是您办理的，“{step.title}”须由他人办理。"
            raise Refused("conflict-of-interest", message, cite=step.cite, rule=f"flow.{step.id}.other_than")


def _refuse_role_kept_from(draft: Draft, step: Step) -> None:
    """Raise when the actor is, in this case, one of the roles that may not do this step."""
    kept = [each for each in step.not_by if may(draft.regime, draft.case, draft.actor, (each,), draft.context.directory)]
    if kept:
        who = "、".join(draft.regime.role_title(role) for role in kept)
        message = f"“{step.title}”不能由{who}办理，须由他人办理。"
        raise Refused("conflict-of-interest", message, cite=step.cite, rule=f"flow.{step.id}.not_by")


def _own_copies(draft: Draft, step: Step, runs: list[StepRun]) -> list[StepRun]:
    """Of a step that each unit does for itself, the copies of the actor's units; all for whoever is in none of them."""
    if step.per in (None, "point", "respondent"):
        return runs
    copies = [run for run in draft.case.steps.values() if run.step == step.id and run.member]
    if not any(draft.actor.in_unit(run.member) for run in copies):
        return runs
    return [run for run in runs if draft.actor.in_unit(run.member)]


def do_by_system(draft: Draft, step: Step) -> None:
    """Do a step that is the system's, now that it is open; one that closes waits until nothing else is left."""
    for run in [each for each in draft.case.open_runs(step.id) if each.status == "open"]:
        command = Perform(work=step.id, member=run.member)
        try:
            outcome = outcome_of(draft, step, "", {}, None)
            refuse_unmet(draft, step, {}, {})
            if "closed" in step.marks:
                refuse_early_closing(draft, run.key, step.cite)
        except Refused:
            return
        finish_step(draft, step, run.key, outcome, {}, command, by=SYSTEM.person)


def _perform_step(draft: Draft, step: Step, command: Perform) -> None:
    run = refuse_step(draft, step, command.member)
    entry, command = read_entry(draft, step, command, run)
    fields = checked_work(draft, step, command)
    answers, satisfied = answers_given(draft, step, command.answers)
    outcome = outcome_of(draft, step, command.outcome, fields, satisfied)
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
                via=command.via,
            )
        )
        return
    refuse_unmet(draft, step, fields, answers)
    orders_of(draft, step, command.orders, command.text, fields)
    if "closed" in step.marks:
        refuse_early_closing(draft, run.key, step.cite)
    if answers:
        fill(draft, step.asks or "", answers, satisfied, cite=step.cite)
    if step.approval:
        _hand_in(draft, step, run, outcome, fields, command)
        payload = proposed(draft, step, outcome, fields, command)
        if ask_approval(draft, "work", run.key, step.approval, title=step.title, payload=payload, cite=step.cite):
            return
    complete, kept = record_entry(draft, step, entry, fields, by=draft.actor.person)
    if not complete:
        return
    finish_step(draft, step, run.key, outcome, kept, command, by=draft.actor.person)


def _hand_in(draft: Draft, step: Step, run: StepRun, outcome: str, fields: Mapping[str, Any], command: Perform) -> None:
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
            via=command.via,
        )
    )
    give(draft, orders_of(draft, step, command.orders, command.text, fields), step.id)
    produce(draft, step.produces, step.id, by=by, member=run.member, signatures=signatures)
    book(draft, step, fields, by=by)
    if complete:
        _decide_tables(draft, step, command)


def _names_of(step: Step, outcome: str, others: list[StepRun]) -> list[str]:
    """What happens by the step's being done: itself, every outcome of its copies once, its milestones."""
    outcomes = [each.outcome for each in others if each.outcome and each.status == "done"]
    ends = dict.fromkeys(each for each in (*outcomes, outcome) if each)
    names = [step.id, *(f"{step.id}:{end}" for end in ends), *step.marks]
    names += [mark for end in ends if end in step.outcomes for mark in step.outcomes[end].marks]
    if step.approval:
        names.append(f"{step.id}.approved")
    if "followed-up" in step.marks or step.asks:
        names += [each for each in ("satisfied", "dissatisfied") if each in ends]
        names += ["unreachable"] if any(each in ends for each in NOT_REACHED) else []
    return names


def _is_turned_away(draft: Draft) -> bool:
    """Whether the assessment was decided and does not take the case on: then nobody is to handle it."""
    outcomes = {row.id: row.outcome for row in draft.regime.assessment}
    return outcomes.get(draft.case.decided.get("assessment", ""), "accept") != "accept"


def _decide_tables(draft: Draft, step: Step, command: Perform) -> None:
    """What the step decides, and whether it closes the case."""
    by_hand = ByHand(command.row, command.into, command.text, command.body, choice_of(command))
    if "severity" in step.decides:
        grade(draft)
    if "assessment" in step.decides:
        grade(draft)
        decide_assessment(draft, by_hand, by_person=True)
    if "routing" in step.decides and not ("assessment" in step.decides and _is_turned_away(draft)):
        decide_routing(draft, by_hand)
    if "closed" in step.marks:
        close(draft, "closed", by_step=True, cite=step.cite)
