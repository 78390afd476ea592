"""The end of a case: what must be done before, and what ends with it."""

from .draft import Draft
from .events import ApprovalCancelled, Closed, ObligationCancelled, StepsCancelled
from .principles import ANSWER_EVERYBODY, IN_ORDER
from .refusals import Refused

ENDS_WITHOUT_STEPS = ("refuse", "settle", "merge", "transfer", "explain")


def refuse_early_closing(draft: Draft, closing_run: str, cite: tuple[str, ...]) -> None:
    """A case closes only when nothing is left over and the complainant has had an answer.

    Raises:
        Refused: still-open, with what remains.
    """
    case, flow = draft.case, draft.regime.flow
    left = [flow[run.step].title for run in case.open_runs() if run.key != closing_run]
    left += [f"督办单未回复（{order.text}）" for order in case.orders.values() if order.answered_at is None]
    for document in case.documents.values():
        if document.missing():
            who = "、".join(draft.regime.role_title(role) for role in document.missing())
            left.append(f"《{document.title}》缺签名：{who}")
    left += [f"待审批：{item.title}" for item in case.approvals.values() if item.kind != "sanction"]
    if left:
        raise Refused("still-open", "还不能归档：" + "；".join(left) + "。", cite=cite or IN_ORDER)
    if not case.answered and "replied" not in flow[closing_run.partition("#")[0]].marks:
        raise Refused("still-open", "还没有答复投诉人，不能归档。", cite=ANSWER_EVERYBODY)


def close(draft: Draft, cause: str, *, by_step: bool, cite: tuple[str, ...] = ()) -> None:
    """The case is finished: what still ran is cancelled with this cause."""
    cancel_open(draft, cause)
    names = ("archived",) if by_step else ("closed", "archived")
    draft.add(Closed(**draft.stamp, names=names, cite=cite, cause=cause))


def cancel_open(draft: Draft, cause: str) -> None:
    """End open steps, running obligations and open proposals for a cause; sanctions stay to be decided."""
    runs = tuple(run.key for run in draft.case.open_runs())
    if runs:
        draft.add(StepsCancelled(**draft.stamp, runs=runs, cause=cause))
    for pending in list(draft.case.approvals.values()):
        if pending.kind != "sanction":
            draft.add(ApprovalCancelled(**draft.stamp, key=pending.key, cause=cause, cite=pending.cite))
    for item in draft.case.running():
        draft.add(ObligationCancelled(**draft.stamp, key=item.key, cause=cause, cite=item.cite))


def close_if_over(draft: Draft) -> None:
    """A case that was refused, settled, merged or transferred and has nothing left to do closes by itself."""
    case = draft.case
    if case.state != "open" or case.assessment not in ENDS_WITHOUT_STEPS:
        return
    waits = [item for item in case.approvals.values() if item.kind != "sanction"]
    if case.open_runs() or waits or "assessment" in case.undecided or not case.answered:
        return
    if any(order.answered_at is None for order in case.orders.values()):
        return
    close(draft, case.assessment, by_step=False)
