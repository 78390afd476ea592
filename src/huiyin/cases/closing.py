"""The end of a case: what must be done before, and what ends with it."""

from collections.abc import Iterable

from .clock import breach, end_limit, is_late
from .draft import Draft
from .events import ApprovalCancelled, Closed, ObligationCancelled, StepsCancelled
from .principles import ANSWER_EVERYBODY
from .refusals import Refused
from .state import Case

ENDS_WITHOUT_STEPS = ("refuse", "settle", "merge", "transfer", "explain")
"""Assessment outcomes after which a case closes by itself once nothing is left to do."""


def refuse_early_closing(draft: Draft, closing_run: str, cite: tuple[str, ...]) -> None:
    """A case closes only when nothing is left over and the complainant has had an answer.

    Raises:
        Refused: still-open, with what remains.
    """
    case, flow = draft.case, draft.regime.flow
    away = is_away(draft)
    if away:
        raise Refused("still-open", f"还不能归档：{away}。", cite=cite, rule="transfers.receipt")
    left = [flow[run.step].title for run in case.open_runs() if run.key != closing_run]
    left += [f"{order.name}未{'回复' if order.waits else '认可'}（{order.text}）" for order in case.orders.values() if order.is_open]
    for document in case.documents.values():
        if document.missing():
            who = "、".join(draft.regime.role_title(role) for role in document.missing())
            left.append(f"《{document.title}》缺签名：{who}")
    left += [f"待审批：{item.title}" for item in case.approvals.values() if item.kind != "sanction"]
    if left:
        raise Refused("still-open", "还不能归档：" + "；".join(left) + "。", cite=cite)
    if not draft.regime.is_affair and not case.answered and "replied" not in flow[closing_run.partition("#")[0]].marks:
        raise Refused("still-open", "还没有答复投诉人，不能归档。", cite=ANSWER_EVERYBODY)


def is_away(draft: Draft) -> str:
    """What a decided transfer still waits for, in words; empty when nothing, or when the regime has no rules of transfers."""
    rules, transfer = draft.regime.transfers, draft.case.transfer
    if rules is None or transfer is None:
        return ""
    if transfer.stage == "decided":
        return f"移送{transfer.body.name}还没有发出"
    return f"{transfer.body.name}还没有签收" if transfer.stage == "sent" and rules.receipt else ""


def close(draft: Draft, cause: str, *, by_step: bool, cite: tuple[str, ...] = ()) -> None:
    """The case is finished: limits that lead here are met, what still ran is cancelled with this cause."""
    names = ("archived",) if by_step else ("closed", "archived")
    cancel_open(draft, cause, names)
    draft.add(Closed(**draft.stamp, names=names, cite=cite, cause=cause))


def cancel_open(draft: Draft, cause: str, names: tuple[str, ...] = ()) -> None:
    """End open steps, running obligations and open proposals for a cause; sanctions stay to be decided.

    What has just happened, or is about to (`names`), meets its limits first; what is past due is recorded as breached.
    """
    happened = [name for event in draft.queue for name in event.names]
    for name in dict.fromkeys((*happened, *names)):
        for limit in draft.regime.on(name).ends:
            end_limit(draft, limit, name)
    cancel_runs(draft, [run.key for run in draft.case.open_runs()], cause)
    for pending in list(draft.case.approvals.values()):
        if pending.kind != "sanction":
            draft.add(ApprovalCancelled(**draft.stamp, key=pending.key, cause=cause, cite=pending.cite))
    for item in draft.case.running():
        if item.status == "running" and is_late(item, draft.context.now):
            breach(draft, item)
        draft.add(ObligationCancelled(**draft.stamp, key=item.key, cause=cause, cite=item.cite))


def cancel_runs(draft: Draft, runs: Iterable[str], cause: str) -> None:
    """End these open steps, and the proposals they had handed in, for a cause."""
    keys = tuple(runs)
    if not keys:
        return
    draft.add(StepsCancelled(**draft.stamp, runs=keys, cause=cause))
    for pending in list(draft.case.approvals.values()):
        if pending.kind == "work" and pending.subject in keys:
            draft.add(ApprovalCancelled(**draft.stamp, key=pending.key, cause=cause, cite=pending.cite))


def close_if_over(draft: Draft) -> None:
    """A case that was refused, settled, merged, transferred, terminated or withdrawn closes when nothing is left to do."""
    case = draft.case
    cause = _ended_by(case)
    if case.state != "open" or not cause or (cause == "transfer" and is_away(draft)):
        return
    waits = [item for item in case.approvals.values() if item.kind != "sanction"]
    if case.open_runs() or waits or "assessment" in case.undecided or not case.answered:
        return
    if any(order.is_open for order in case.orders.values()):
        return
    close(draft, cause, by_step=False)


def _ended_by(case: Case) -> str:
    """What ended the case before its steps did, if something has since it was last taken up."""
    taken_up = [case.signals[name].last for name in ("reopened", "appealed") if name in case.signals]
    for name in ("terminated", "withdrawn"):
        signal = case.signals.get(name)
        if signal is not None and all(signal.last > at for at in taken_up):
            return name
    return case.assessment if case.assessment in ENDS_WITHOUT_STEPS else ""
