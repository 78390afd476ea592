"""Approvals: asked for, voted, rejected, lapsed (regime-language 2.5)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from huiyin.regime.model import ApprovalStage, Regime

from .draft import Draft
from .due_times import due_time
from .events import ApprovalAsked, ApprovalLapsed, DeadlineMoved, Reason
from .state import ApprovalKind, Case, PendingApproval, Stage


def ask_approval(
    draft: Draft,
    kind: ApprovalKind,
    subject: str,
    approval: str,
    *,
    title: str,
    payload: Mapping[str, Any],
    cite: tuple[str, ...],
    asked_by: str = "",
    names: tuple[str, ...] = (),
    why: Reason | None = None,
    always: bool = False,
    not_before: datetime | None = None,
) -> bool:
    """Put a proposal before those who decide. False when no stage applies, so that nobody need be asked.

    `always`: somebody has to decide in any case; where no stage applies the last one does. `not_before`: they cannot
    decide earlier, and their time runs from then.
    """
    declared = draft.regime.approvals[approval]
    applying = stages_that_apply(draft, approval)
    if not applying and not always:
        return False
    applying = applying or list(declared.stages[-1:])
    begin = not_before or draft.context.now
    stages = [_stage(draft, stage, begin if number == 0 else None) for number, stage in enumerate(applying)]
    pending = PendingApproval(
        key=f"{kind}:{subject}:{draft.case.version + 1}",
        approval=approval,
        kind=kind,
        subject=subject,
        title=title,
        asked_by=asked_by or draft.doer,
        asked_at=draft.context.now,
        stages=tuple(stages),
        stage=0,
        rejected=declared.rejected,
        cite=cite or declared.cite,
        payload=payload,
    )
    draft.add(ApprovalAsked(**draft.stamp, names=names, cite=pending.cite, why=why, approval=pending))
    return True


def stages_that_apply(draft: Draft, approval: str) -> list[ApprovalStage]:
    """The stages whose condition holds now; one that lacks a fact applies."""
    stages = draft.regime.approvals[approval].stages
    return [stage for stage in stages if draft.holds(stage.when, f"approvals.{approval}", undecided=True)]


def _stage(draft: Draft, stage: ApprovalStage, begin: datetime | None) -> Stage:
    return Stage(
        by=stage.by,
        all_of=stage.all_of,
        lapses_at=_lapse(draft, stage, begin) if begin else None,
        otherwise=stage.otherwise or "",
    )


def _lapse(draft: Draft, stage: ApprovalStage, begin: datetime) -> datetime | None:
    if stage.within is None:
        return None
    due = due_time(stage.within, begin, draft.scope(), draft)
    return due.at if due else None


def next_lapse(draft: Draft, pending: PendingApproval) -> datetime | None:
    """When the stage after the present one lapses, counted from now; None where it does not."""
    return lapse_from(draft, pending, pending.stage + 1, draft.context.now)


def lapse_from(draft: Draft, pending: PendingApproval, number: int, begin: datetime) -> datetime | None:
    """When a stage of a proposal lapses, counted from `begin`; None where it does not, or somebody else has it by now."""
    stage = declared_stage(draft.regime, pending, number)
    return None if stage is None else _lapse(draft, stage, begin)


def declared_stage(regime: Regime, pending: PendingApproval, number: int) -> ApprovalStage | None:
    """The stage of the regime that a stage of a proposal came from; None where somebody else has it by now."""
    wanted, approval = pending.stages[number], regime.approvals.get(pending.approval)
    stages = approval.stages if approval else ()
    return next((stage for stage in stages if stage.by == wanted.by and stage.all_of == wanted.all_of), None)


def stands_still(case: Case, pending: PendingApproval) -> bool:
    """Whether a proposal has to wait because the case stands still; more time and sanctions are decided all the same."""
    return case.state in ("suspended", "waiting") and pending.kind not in ("extension", "sanction", "objection")


_STOPS = {"suspended": "suspended", "waiting": "completion-asked"}
"""State in which a case stands still → what happened when it stopped."""


def go_on_deciding(draft: Draft) -> None:
    """The case goes on: the time to decide what stood still with it does not count the time in between."""
    now, stop = draft.context.now, draft.case.signals.get(_STOPS.get(draft.case.state, ""))
    for pending in list(draft.case.approvals.values()):
        before = pending.stages[pending.stage].lapses_at
        if stop is None or before is None or pending.since is None or not stands_still(draft.case, pending):
            continue
        since = pending.since + (now - max(stop.last, pending.since))
        until = lapse_from(draft, pending, pending.stage, since)
        if before > stop.last and until is not None and until != before:
            draft.add(
                DeadlineMoved(
                    **draft.stamp, cite=pending.cite, deadline="approval", key=pending.key, about=f"审批：{pending.title}",
                    before=before, until=until, cause="恢复办理，中止的时间不计入", since=since,
                )
            )  # fmt: skip


def lapse_of(case: Case, pending: PendingApproval) -> datetime | None:
    """When the present stage goes to somebody else, or None."""
    stage = pending.stages[pending.stage]
    return stage.lapses_at if stage.otherwise and not stands_still(case, pending) else None


def lapse_approvals(draft: Draft) -> None:
    """Stages that were not decided in time go to whoever the regime names instead."""
    for pending in list(draft.case.approvals.values()):
        stage, lapses_at = pending.stages[pending.stage], lapse_of(draft.case, pending)
        if lapses_at is not None and draft.context.now > lapses_at:
            draft.add(
                ApprovalLapsed(
                    **draft.stamp,
                    cite=pending.cite,
                    key=pending.key,
                    stage=pending.stage,
                    replacement=Stage(by=(stage.otherwise,)),
                )
            )
