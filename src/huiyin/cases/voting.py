"""Yes or no to a proposal, and what follows from it."""

from datetime import datetime
from typing import Any

from huiyin.calendars import Due

from .accountability import confirm
from .approvals import next_lapse
from .assignment import Target, assign
from .clock import move
from .commands import Approve, Perform, Reject
from .draft import Draft
from .events import ApprovalRejected, ApprovalVoted, ExtensionRefused, Reason, StepOpened
from .principles import COMPLETE_RECORDS, FOUR_EYES, IN_ORDER
from .refusals import Refused
from .standing import may, refuse_the_concerned
from .state import PendingApproval, run_key
from .tables import assess
from .work import finish_act, finish_step


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
        raise Refused("not-open-now", "没有等待审批的事项，可能已由他人决定。", cite=IN_ORDER)
    refuse_the_concerned(draft.case, draft.actor, waiting[0].cite)
    for item in waiting:
        if item.kind == "sanction" and item.payload["against"] == draft.actor.person:
            raise Refused("conflict-of-interest", "不能审批针对本人的处理建议。", cite=item.cite)
    mine = [item for item in waiting if _open_roles(draft, item)]
    if not mine:
        stage = waiting[0].stages[waiting[0].stage]
        who = "、".join(draft.regime.role_title(role) for role in stage.all_of or stage.by)
        raise Refused("not-yours", f"“{waiting[0].title}”由{who}审批。", cite=waiting[0].cite)
    own = [item for item in mine if item.asked_by != draft.actor.person]
    if not own:
        raise Refused("conflict-of-interest", "不能审批自己提出的事项。", cite=FOUR_EYES)
    if len(own) > 1:
        titles = "、".join(item.title for item in own)
        raise Refused("wrong-value", f"有多项等待您审批（{titles}），请指明一项。", cite=IN_ORDER)
    return own[0]


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
        )
    )
    if last:
        _carry_out(draft, pending)


def _carry_out(draft: Draft, pending: PendingApproval) -> None:
    payload = pending.payload
    if pending.kind == "work":
        _finish_work(draft, pending)
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


def _finish_work(draft: Draft, pending: PendingApproval) -> None:
    payload = pending.payload
    work, _, member = pending.subject.partition("#")
    command = Perform(work=work, member=member, present=tuple(payload["present"]), text=payload["text"])
    signs: list[str] = payload.get("signs", [])
    step = draft.regime.flow.get(work)
    if step is not None:
        key = run_key(work, member)
        finish_step(draft, step, key, payload["outcome"], payload["fields"], command, by=pending.asked_by, signs=signs)
    else:
        act = draft.regime.acts[work]
        finish_act(draft, act, payload["outcome"], payload["fields"], command, by=pending.asked_by, signs=signs)


def extend_now(draft: Draft, pending: PendingApproval) -> None:
    """An approved extension: the due time moves to what was asked for."""
    item = draft.case.obligations.get(pending.subject)
    if item is None or item.status not in ("running", "overdue"):
        return
    due = Due(datetime.fromisoformat(pending.payload["due"]), bool(pending.payload["provisional"]))
    changes: dict[str, Any] = {"extended": item.extended + 1, "status": "running"}
    move(draft, item, due, "获准延长", names=("extended",), changes=changes)


def reject(draft: Draft, command: Reject) -> None:
    """Vote no: the work goes back to its doer, or the proposal ends."""
    if not command.text.strip():
        message = "请写明不同意的理由。"
        raise Refused("missing-field", message, cite=COMPLETE_RECORDS, fields={"text": "请写明理由"})
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
    if pending.kind in ("assessment", "routing"):
        _give_back(draft, pending)


def _give_back(draft: Draft, pending: PendingApproval) -> None:
    """A rejected ground or routing: the step that decides it is opened again."""
    for step in draft.regime.flow.values():
        if pending.kind in step.decides:
            runs = [run for run in draft.case.steps.values() if run.step == step.id]
            number = max((run.round for run in runs), default=0)
            draft.add(
                StepOpened(
                    **draft.stamp,
                    names=(f"{step.id}.opened",),
                    cite=step.cite,
                    step=step.id,
                    members=("",),
                    round=max(number, 1),
                )
            )
            return
