"""Yes or no to a proposal, and what follows from it."""

from .accountability import confirm
from .acts import carry_out_approved
from .approvals import next_lapse, stands_still
from .assignment import Target, assign
from .closing import cancel_runs
from .commands import Approve, Reject
from .draft import Draft
from .events import ApprovalRejected, ApprovalVoted, ExtensionRefused, Reason
from .extending import extend_now
from .flow import decide_again
from .own_acts import finish_act
from .papers import signing_roles
from .principles import FOUR_EYES, TIME_STANDS_STILL
from .refusals import Refused
from .standing import may, refuse_the_concerned
from .state import PendingApproval, run_key
from .steps import finish_step
from .tables import assess
from .work import Signatures, proposed_command


def decidable(draft: Draft) -> list[PendingApproval]:
    """The proposals that wait for the actor."""
    return [item for item in draft.case.approvals.values() if _open_roles(draft, item)]


def _open_roles(draft: Draft, pending: PendingApproval) -> list[str]:
    """The roles of the present stage in which the actor may still vote."""
    stage = pending.stages[pending.stage]
    roles = stage.all_of or stage.by
    return [
        role
        for role in roles
        if role not in stage.voted_roles
        and may(draft.regime, draft.case, draft.actor, (role,), draft.context.directory)
    ]


def _find(draft: Draft, key: str, rule: str) -> PendingApproval:
    """The proposal meant.

    Raises:
        Refused: there is none, it is not this person's to decide, or it is one's own.
    """
    waiting = list(draft.case.approvals.values())
    if key:
        waiting = [item for item in waiting if item.key == key]
    if rule:
        waiting = [item for item in waiting if item.subject == rule]
    if not waiting:
        raise Refused("not-open-now", "没有等待审批的事项，可能已由他人决定。")
    refuse_the_concerned(draft.case, draft.actor, waiting[0].cite)
    others = [item for item in waiting if not _is_against(item, draft.actor.person)]
    mine = [item for item in others or waiting if _open_roles(draft, item) or not others]
    if not mine:
        stage = waiting[0].stages[waiting[0].stage]
        who = "、".join(draft.regime.role_title(role) for role in stage.all_of or stage.by)
        raise Refused("not-yours", f"“{waiting[0].title}”由{who}审批。", cite=waiting[0].cite)
    free = [item for item in mine if refusal_of_own(item, draft.actor.person) is None]
    if not free:
        raise refusal_of_own(mine[0], draft.actor.person) or AssertionError(mine[0].key)
    if len(free) > 1:
        titles = "、".join(item.title for item in free)
        raise Refused("wrong-value", f"有多项等待您审批（{titles}），请指明一项。")
    if stands_still(draft.case, free[0]):
        raise Refused("not-open-now", "案件中止或等待补正期间不能审批。", cite=TIME_STANDS_STILL)
    return free[0]


def _is_against(pending: PendingApproval, person: str) -> bool:
    return pending.kind == "sanction" and pending.payload["against"] == person


def refusal_of_own(pending: PendingApproval, person: str) -> Refused | None:
    """Why this person must leave the decision to others, or None: it is about the person, or the person asked for it."""
    if _is_against(pending, person):
        return Refused("conflict-of-interest", "不能审批针对本人的处理建议。", cite=pending.cite)
    if pending.asked_by == person:
        return Refused("conflict-of-interest", "不能审批自己提出的事项。", cite=FOUR_EYES)
    return None


def approve(draft: Draft, command: Approve) -> None:
    """Vote yes; when this was the last vote needed, the proposal takes effect."""
    pending = _find(draft, command.key, command.rule)
    stage = pending.stages[pending.stage]
    role = _open_roles(draft, pending)[0]
    stage_done = not stage.all_of or set(stage.all_of) <= {*stage.voted_roles, role}
    last = stage_done and pending.stage == len(pending.stages) - 1
    if last and pending.kind == "sanction":
        confirm(draft, pending, command)
    names: tuple[str, ...] = ("approved",) if last else ()
    signs = tuple(signing_roles(draft, _forms_of(draft, pending)))
    draft.add(
        ApprovalVoted(
            **draft.stamp,
            names=names,
            cite=pending.cite,
            key=pending.key,
            role=role,
            text=command.text,
            stage_done=stage_done,
            last=last,
            next_lapses_at=next_lapse(draft, pending) if stage_done and not last else None,
            signs=signs,
        )
    )
    if last:
        _carry_out(draft, pending, signs)


def _forms_of(draft: Draft, pending: PendingApproval) -> tuple[str, ...]:
    """The forms that the work produces which waits for this approval."""
    if pending.kind != "work":
        return ()
    work = pending.subject.partition("#")[0]
    return (draft.regime.flow.get(work) or draft.regime.acts[work]).produces


def _carry_out(draft: Draft, pending: PendingApproval, signs: tuple[str, ...]) -> None:
    """What was proposed takes effect; the last voter signs in the places `signs`."""
    payload = pending.payload
    if pending.kind == "work":
        _finish_work(draft, pending, signs)
    elif pending.kind == "extension":
        extend_now(draft, pending)
    elif pending.kind == "assessment":
        row = next(each for each in draft.regime.assessment if each.id == pending.subject)
        assess(draft, row, into=payload["into"], text=payload["text"], why=Reason(f"assessment.{row.id}"))
    elif pending.kind == "routing":
        target = Target(
            payload["role"], payload["unit"], payload["handler_role"], payload["handler"], tuple(payload["also"])
        )
        assign(draft, payload["row"], target, pending.cite, Reason(f"routing.{payload['row']}"), payload["text"])


def _finish_work(draft: Draft, pending: PendingApproval, signs: tuple[str, ...]) -> None:
    payload = pending.payload
    work, _, member = pending.subject.partition("#")
    by, outcome, fields = pending.asked_by, payload["outcome"], payload["fields"]
    signatures: Signatures = [
        *((role, by) for role in payload.get("signs", ())),
        *(signed for stage in pending.stages for signed in stage.signed),
        *((role, draft.actor.person) for role in signs),
    ]
    step = draft.regime.flow.get(work)
    if step is not None:
        command = proposed_command(work, member, payload)
        finish_step(draft, step, run_key(work, member), outcome, fields, command, by=by, signatures=signatures)
        return
    act = draft.regime.acts[work]
    if act.core:
        carry_out_approved(draft, act, pending, signatures)
    else:
        command = proposed_command(work, member, payload)
        finish_act(draft, act, outcome, fields, command, by=by, signatures=signatures)


def reject(draft: Draft, command: Reject) -> None:
    """Vote no: the work goes back to its doer, or, where the regime says so, the proposal ends and the step with it."""
    if not command.text.strip():
        raise Refused("missing-field", "请写明不同意的理由。", fields={"text": "请写明理由"})
    pending = _find(draft, command.key, command.rule)
    work = pending.subject.partition("#")[0]
    names = ("rejected", f"{work}.rejected") if pending.kind == "work" else ("rejected",)
    draft.add(
        ApprovalRejected(**draft.stamp, names=names, cite=pending.cite, key=pending.key, text=command.text, work=work)
    )
    if pending.kind == "extension":
        draft.add(
            ExtensionRefused(
                **draft.stamp,
                names=("extension-refused",),
                cite=pending.cite,
                key=pending.subject,
                text=command.text,
            )
        )
    if pending.kind == "work" and pending.rejected == "end" and pending.subject in draft.case.steps:
        cancel_runs(draft, [pending.subject], "rejected")
    if pending.kind in ("assessment", "routing"):
        decide_again(draft, pending.kind)
