"""Approvals: asked for, voted, rejected, lapsed (regime-language 2.5)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from huiyin.regime.model import ApprovalStage

from .clock import due_time
from .draft import Draft
from .events import ApprovalAsked, ApprovalLapsed
from .state import ApprovalKind, PendingApproval, Stage


def ask_approval(
    draft: Draft,
    kind: ApprovalKind,
    subject: str,
    approval: str,
    *,
    title: str,
    payload: Mapping[str, Any],
    cite: tuple[str, ...],
    asked_by: str | None = None,
    names: tuple[str, ...] = (),
    why: Any = None,
) -> bool:
    """Put a proposal before those who decide. False when no stage applies, so that nobody need be asked."""
    declared = draft.regime.approvals[approval]
    applying = [s for s in declared.stages if draft.holds(s.when, f"approvals.{approval}", undecided=True)]
    if not applying:
        return False
    stages = [_stage(draft, stage, first=number == 0) for number, stage in enumerate(applying)]
    pending = PendingApproval(
        key=f"{kind}:{subject}:{draft.case.version + 1}",
        approval=approval,
        kind=kind,
        subject=subject,
        title=title,
        asked_by=draft.actor.person if asked_by is None else asked_by,
        asked_at=draft.context.now,
        stages=tuple(stages),
        stage=0,
        rejected=declared.rejected,
        cite=cite or declared.cite,
        payload=payload,
    )
    draft.add(ApprovalAsked(**draft.stamp, names=names, cite=pending.cite, why=why, approval=pending))
    return True


def _stage(draft: Draft, stage: ApprovalStage, *, first: bool) -> Stage:
    return Stage(
        by=stage.by,
        all_of=stage.all_of,
        lapses_at=_lapse(draft, stage) if first else None,
        otherwise=stage.otherwise or "",
    )


def _lapse(draft: Draft, stage: ApprovalStage) -> datetime | None:
    if stage.within is None:
        return None
    due = due_time(stage.within, draft.context.now, draft.scope(), draft)
    return due.at if due else None


def next_lapse(draft: Draft, pending: PendingApproval) -> datetime | None:
    """When the stage after the present one lapses, counted from now."""
    following = pending.stages[pending.stage + 1]
    for stage in draft.regime.approvals[pending.approval].stages:
        if stage.by == following.by and stage.all_of == following.all_of:
            return _lapse(draft, stage)
    return None


def lapse_approvals(draft: Draft) -> None:
    """Stages that were not decided in time go to whoever the regime names instead."""
    now = draft.context.now
    for pending in list(draft.case.approvals.values()):
        stage = pending.stages[pending.stage]
        if stage.lapses_at is not None and now > stage.lapses_at and stage.otherwise:
            draft.add(
                ApprovalLapsed(
                    **draft.stamp,
                    cite=pending.cite,
                    key=pending.key,
                    stage=pending.stage,
                    replacement=Stage(by=(stage.otherwise,)),
                )
            )
