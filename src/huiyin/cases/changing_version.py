"""A case goes over to another version of its regime: what stays, what is measured anew, what has lost its place.

Nothing that was done is undone and nothing in the past is opened again. Limits that both versions have are counted anew
from their own beginning; a limit that is new runs from the moment of the move; a limit or step that the new version does
not have ends. A case that would be left without a next step is not moved.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from huiyin.records import replace
from huiyin.regime.model import Limit, Regime

from .clock import doers_of, start_limit
from .closing import cancel_runs
from .commands import MoveToVersion
from .context import Context
from .draft import Draft
from .due_times import choose_row, due_time, plan_rungs, written
from .events import ApprovalCancelled, MovedToVersion, ObligationCancelled, ObligationMoved
from .moving import afresh, began
from .principles import IN_ORDER
from .refusals import Refused
from .standing import assignees
from .state import Case, Obligation

CAUSE = "改用新版制度"


def moving_command(old: Regime, new: Regime, reason: str) -> MoveToVersion:
    """The command that moves a case of `old` to `new`; it is decided under `new`."""
    return MoveToVersion(
        reason=reason,
        new_limits=tuple(name for name in new.limits if name not in old.limits),
        old_limits=tuple(name for name in old.limits if name not in new.limits),
    )


def move_to_version(draft: Draft, command: MoveToVersion) -> None:
    """Go over to the version of `draft.regime`.

    Raises:
        Refused: somebody other than the system asks; the case is closed, of another regime, or of this version already;
            the new version lacks what the case needs to go on. The message says what.
    """
    regime, case = draft.regime, draft.case
    if draft.actor.kind != "system":
        raise Refused("not-yours", "改用新版由系统在管理员安排之后办理。", cite=IN_ORDER)
    if case.state == "closed" or case.regime != regime.id or case.regime_version == regime.version:
        raise Refused("not-open-now", "案件已经办结，或者已经按这一版办理。", cite=IN_ORDER)
    lacking = list(_lacking(draft))
    if lacking:
        raise Refused("forbidden-here", f"{'；'.join(lacking)}。", cite=IN_ORDER)
    had_work = _has_work(case)
    cancel_runs(draft, [run.key for run in case.open_runs() if run.step not in regime.flow], CAUSE)
    _cancel_approvals(draft)
    left_behind = tuple(run.key for run in draft.case.steps.values() if run.step not in regime.flow)
    draft.add(
        MovedToVersion(
            **draft.stamp, before=case.regime_version, version=regime.version, text=command.reason, left_behind=left_behind
        )
    )
    for item in draft.case.running():
        if item.limit in command.old_limits:
            draft.add(ObligationCancelled(**draft.stamp, key=item.key, cause=CAUSE, cite=item.cite))
        elif item.limit in regime.limits:
            _measure_anew(draft, item, regime.limits[item.limit])
    for name in command.new_limits:
        _start(draft, regime.limits[name])
    if had_work and not _has_work(draft.case):
        raise Refused("forbidden-here", "改用新版之后没有下一步：正在办的环节新版都没有。", cite=IN_ORDER)
    nobody = [regime.flow[run.step].title for run in draft.case.open_runs() if not _somebody(draft, run.step)]
    if nobody:
        raise Refused("forbidden-here", f"改用新版之后没有人办：{'、'.join(dict.fromkeys(nobody))}。", cite=IN_ORDER)


def _lacking(draft: Draft) -> Iterator[str]:
    """What the case relies on and the new version does not have; each is to be settled under the old version first."""
    regime, case = draft.regime, draft.case
    if case.kind not in regime.kinds:
        yield "新版不受理这种案件"
    if case.severity and case.severity not in regime.severity.levels:
        yield "新版没有案件现在的等级，请先调整等级"
    if case.category and case.category not in regime.categories:
        yield "新版没有案件现在的类别，请先调整类别"
    for role in (case.handling_role, case.handler_role):
        if role and role not in regime.roles:
            yield "新版没有现在承办的部门或岗位，请先改派"
    for pending in case.approvals.values():
        rows = {"assessment": {row.id for row in regime.assessment}, "routing": {row.id for row in regime.routing}}
        lost = pending.kind in rows and pending.subject not in rows[pending.kind]
        if pending.approval not in regime.approvals or lost:
            yield f"“{pending.title}”正在等待审批，新版没有这项审批，请先审批完"
    for document in case.documents.values():
        if document.missing() and document.form not in regime.forms:
            yield f"《{document.title}》还没有签完，新版没有这份文书，请先签完"


def _cancel_approvals(draft: Draft) -> None:
    """Proposals whose object the new version does not have lose it."""
    regime = draft.regime
    for pending in list(draft.case.approvals.values()):
        gone = (pending.kind == "sanction" and pending.subject not in regime.accountability.rules) or (
            pending.kind == "extension" and regime.limit_of(pending.subject.partition("#")[0]) is None
        )
        if gone:
            draft.add(ApprovalCancelled(**draft.stamp, key=pending.key, cause=CAUSE, cite=pending.cite))


def _has_work(case: Case) -> bool:
    return bool(case.open_runs() or case.approvals or case.undecided or case.state != "open")


def _somebody(draft: Draft, step: str) -> bool:
    by = draft.regime.flow[step].by
    return bool(assignees(draft.regime, draft.case, by, draft.context.directory))


def _measure_anew(draft: Draft, item: Obligation, limit: Limit) -> None:
    """Count a limit that runs under the new version: from its own beginning, with every pause and extension it had."""
    index = choose_row(limit, draft, draft.scope())
    if index < 0:
        return
    row = limit.within[index]
    first = due_time(row.within, item.started_at, draft.scope(), draft)
    due = afresh(draft, item, row.within, first) if first else None
    moved = replace(
        item,
        title=limit.title,
        owner=limit.by or doers_of(draft, limit),
        row=index,
        written=written(row.within),
        cite=row.cite or limit.cite,
        first_due=first.at if first else None,
        due=due.at if due else None,
        provisional=bool(due and due.provisional),
        rungs=plan_rungs(draft, limit, due.at if due else None, began(item), index),
    )
    if moved != item:
        moved = replace(moved, fired=sum(1 for rung in moved.rungs if rung.at <= draft.context.now))
        draft.add(ObligationMoved(**draft.stamp, key=item.key, obligation=moved, cause=CAUSE, cite=moved.cite))


def _start(draft: Draft, limit: Limit) -> None:
    """A limit that is new runs from now on, where what starts it has happened and what ends it has not since."""
    signals = draft.case.signals
    started = [signals[name].last for name in limit.start if name in signals]
    ended = [signals[name].last for name in limit.end if name in signals]
    if started and (not ended or max(ended) < max(started)):
        start_limit(draft, limit, draft.context.now)


# -- beforehand --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Difference:
    """What changes for a case: `about` is a limit or step by its title; `before` and `after` a due time, words, or nothing.

    `late`: the limit would be past due at once.
    """

    aspect: str
    about: str
    before: datetime | str | None = None
    after: datetime | str | None = None
    late: bool = False


@dataclass(frozen=True, slots=True)
class Prospect:
    """What a move would mean for a case: its differences, or, where it cannot be moved, why not."""

    differences: tuple[Difference, ...]
    refused: str = ""


def prospect(old: Regime, new: Regime, case: Case, context: Context, reason: str = "") -> Prospect:
    """The case under both versions compared: limits, steps, and who holds them. Changes nothing."""
    draft = Draft(new, case, context)
    try:
        move_to_version(draft, moving_command(old, new, reason))
    except Refused as refused:
        return Prospect((), refused.message)
    after = draft.case
    return Prospect((*_of_limits(case, after, old, new, context), *_of_steps(case, after, old, new, context)))


def _of_limits(case: Case, after: Case, old: Regime, new: Regime, context: Context) -> Iterator[Difference]:
    for item in case.running():
        now = after.obligations[item.key]
        if now.status == "cancelled":
            yield Difference("limit-ends", item.title, item.due)
        elif now.due != item.due:
            late = now.due is not None and now.due < context.now and item.status == "running"
            yield Difference("limit", now.title, item.due, now.due, late)
        if now.status != "cancelled" and now.owner != item.owner:
            yield Difference("owner", now.title, _titles(old, item.owner), _titles(new, now.owner))
    for key, item in after.obligations.items():
        if key not in case.obligations:
            yield Difference("limit-starts", item.title, None, item.due)


def _of_steps(case: Case, after: Case, old: Regime, new: Regime, context: Context) -> Iterator[Difference]:
    for run in case.open_runs():
        step = old.flow[run.step]
        if run.step not in new.flow:
            yield Difference("step-ends", step.title)
            continue
        before = assignees(old, case, step.by, context.directory)
        later = assignees(new, after, new.flow[run.step].by, context.directory)
        if before != later:
            yield Difference("holder", step.title, _titles(old, step.by), _titles(new, new.flow[run.step].by))


def _titles(regime: Regime, roles: tuple[str, ...]) -> str:
    return "、".join(regime.role_title(role) for role in roles)
