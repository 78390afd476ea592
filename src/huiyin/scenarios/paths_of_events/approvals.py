"""Approvals: the rules that these events come from."""

from collections.abc import Iterator

from huiyin.cases import events as ev
from huiyin.cases.state import PendingApproval

from .known import Known, paths_by_kind
from .limits import limit_paths


def _approval(pending: PendingApproval | None, known: Known) -> Iterator[str]:
    if pending is None:
        return
    if pending.approval.startswith("$"):  # the organisation names who approves
        yield f"settings.{pending.approval.removeprefix('$')}"
    else:
        yield f"approvals.{pending.approval}"
        yield from known.roles((pending.approval,))
    subject = pending.subject.partition("#")[0]
    match pending.kind:
        case "work":
            yield f"{known.work(subject)}.approval"
        case "extension":
            yield from limit_paths(known.obligations.get(pending.subject), known, "extension")
            if pending.payload.get("then"):  # those of the act decide first
                yield "acts.extend.approval"
        case "objection":
            yield f"accountability.rules.{subject}.objection"
            yield "accountability.objection"
        case "sanction":
            yield f"accountability.rules.{subject}"
            yield from (f"accountability.measures.{name}" for name in pending.payload["propose"])
        case _:
            yield f"{pending.kind}.{subject}.approval"


@paths_by_kind.register
def _(event: ev.ApprovalAsked, known: Known) -> Iterator[str]:
    known.approvals[event.approval.key] = event.approval
    yield from _approval(event.approval, known)


@paths_by_kind.register
def _(event: ev.ApprovalVoted, known: Known) -> Iterator[str]:
    yield from _approval(known.approvals.get(event.key), known)
    yield from known.roles((event.role,))
    role = known.regime.roles.get(event.role)
    if role is not None and role.quorum:
        yield f"roles.{role.id}.quorum"


@paths_by_kind.register
def _(event: ev.ApprovalRejected, known: Known) -> Iterator[str]:
    pending = known.approvals.get(event.key)
    yield from _approval(pending, known)
    if pending is not None:
        yield f"approvals.{pending.approval}.rejected"


@paths_by_kind.register
def _(event: ev.ApprovalLapsed, known: Known) -> Iterator[str]:
    pending = known.approvals.get(event.key)
    yield from _approval(pending, known)
    if pending is not None:
        yield f"approvals.{pending.approval}.stages.{event.stage}.else"
    yield from known.roles(event.replacement.by)
