"""Folding: events become the state of a case. No rule is applied here and nothing is refused."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields, replace
from datetime import datetime
from operator import attrgetter
from typing import Any

from . import events as ev
from .order import Order
from .samples.folding import CHANGES as CHANGES_OF_SAMPLES
from .state import (
    Booking,
    Case,
    Document,
    Evidence,
    Imposed,
    Invitation,
    Opening,
    PendingApproval,
    Recall,
    Seal,
    Signal,
    StepRun,
    TransferOut,
    run_key,
)

_COPIED = (
    "matter",
    "facts",
    "answers",
    "decided",
    "undecided",
    "signals",
    "steps",
    "obligations",
    "approvals",
    "documents",
    "samples",
    "recalls",
    "orders",
    "acknowledgements",
    "invitations",
    "sent",
    "acts",
    "bookings",
    "sanctions",
)

_PARTS = tuple(each.name for each in fields(Case))
_ALL_PARTS = attrgetter(*_PARTS)
_CONTAINERS = tuple(_PARTS.index(name) for name in _COPIED)


def evolve(case: Case | None, events: Iterable[ev.Event]) -> Case:
    """The case after these events. `case` None: the first event must be `Filed`. The given case is not changed.

    Raises:
        ValueError: the first event of a new case is not `Filed`.
    """
    draft = None if case is None else own_copy(case)
    for event in events:
        draft = apply(draft, event)
    if draft is None:
        raise ValueError("没有事件，也没有案件")
    return draft


def own_copy(case: Case) -> Case:
    """A copy whose containers may be changed in place by `apply`."""
    parts = list(_ALL_PARTS(case))  # copy.copy would go through pickling, which costs more than all the rest
    for place in _CONTAINERS:
        parts[place] = parts[place].copy()
    return Case(*parts)


def apply(draft: Case | None, event: ev.Event) -> Case:
    """Fold one event into a draft that belongs to the caller."""
    if draft is None:
        if not isinstance(event, ev.Filed):
            raise ValueError(f"案件的第一个事件必须是收件登记，而不是 {type(event).__name__}")
        draft = _file(event)
    else:
        change = _CHANGES.get(type(event))
        if change is not None:
            change(draft, event)
    draft.version += 1
    if event.by != "system":
        draft.touched_at = event.at
    for name in event.names:
        _signal(draft, name, event.at)
    return draft


def _signal(case: Case, name: str, at: datetime) -> None:
    before = case.signals.get(name)
    case.signals[name] = Signal(1, at, at) if before is None else Signal(before.count + 1, before.first, at)


def _file(event: ev.Filed) -> Case:
    return Case(
        id=event.case,
        organisation=event.organisation,
        regime=event.regime,
        regime_version=event.regime_version,
        number=event.number,
        kind=event.kind,
        channel=event.channel,
        passed_on_by=event.passed_on_by,
        received_at=event.received_at,
        filed_at=event.at,
        category=event.category,
        severity=event.severity,
        complainant=event.complainant,
        respondent=event.respondent,
        first_receiver="" if event.by in ("complainant", "system") else event.by,
        off_hours=event.off_hours,
        points=event.points,
        matter=dict(event.matter),
        evidence=tuple(replace(item, added_by=item.added_by or event.by) for item in event.evidence),
        origin=event.origin,
        occasion=event.occasion,
    )


def _completion_asked(case: Case, event: ev.CompletionAsked) -> None:
    case.state = "waiting"
    _pause(case, event.at)


def _completed(case: Case, event: ev.Completed) -> None:
    case.matter.update(event.matter)


def _graded(case: Case, event: ev.Graded) -> None:
    case.severity, case.category = event.severity, event.category
    case.severity_by_hand = case.severity_by_hand or event.by_hand


def _withdrawn(case: Case, _event: ev.Withdrawn) -> None:
    case.state = "open"  # what is left to do for the end can be done, even if the case stood still before


def _assessed(case: Case, event: ev.Assessed) -> None:
    case.assessment = event.outcome
    case.decided["assessment"] = event.row  # empty when it was an act that decided
    case.undecided.pop("assessment", None)
    if event.into:
        case.merged_into = event.into
    case.body = event.body
    if event.to_send and event.body is not None:
        case.transfer = TransferOut(event.body, event.at)


def _transfer_sent(case: Case, event: ev.TransferSent) -> None:
    assert case.transfer is not None, case.id
    case.body = event.body
    case.transfer = replace(
        case.transfer, body=event.body, sent_at=event.at, enclosures=event.enclosures, invitation=event.invitation
    )
    for key in event.paused:
        case.obligations[key] = replace(case.obligations[key], paused_at=event.at)


def _transfer_received(case: Case, event: ev.TransferReceived) -> None:
    assert case.transfer is not None, case.id
    case.transfer = replace(
        case.transfer, received_at=event.at, received_on=event.received_on, received_by=event.received_by,
        their_number=event.their_number,
    )  # fmt: skip


def _transfer_returned(case: Case, event: ev.TransferReturned) -> None:
    assert case.transfer is not None, case.id
    case.transfer = replace(case.transfer, returned_at=event.at, reason=event.text)
    case.assessment, case.body = "", None
    case.decided.pop("assessment", None)
    for item in event.obligations:
        case.obligations[item.key] = item


def _left_undecided(case: Case, event: ev.LeftUndecided) -> None:
    case.undecided[event.table] = event.missing
    if event.table == "routing":
        case.row_to_choose = "" if event.missing else event.row


def _assigned(case: Case, event: ev.Assigned) -> None:
    case.handling_role, case.handling_unit = event.role, event.unit
    case.handler_role, case.handler = event.handler_role, event.handler
    case.also = event.also
    if event.row:
        case.decided["routing"] = event.row
    case.undecided.pop("routing", None)
    case.row_to_choose = ""


def _recused(case: Case, event: ev.Recused) -> None:
    case.recused = (*case.recused, event.person)
    if case.handler == event.person:
        case.handler = ""


def _step_opened(case: Case, event: ev.StepOpened) -> None:
    _begin_round(case, event)
    for member in event.members:
        case.steps[run_key(event.step, member)] = StepRun(event.step, member, "open", event.round, event.at)


def _step_passed_over(case: Case, event: ev.StepPassedOver) -> None:
    number = max((run.round for run in case.steps.values() if run.step == event.step), default=0)
    _begin_round(case, event)
    case.steps[event.step] = StepRun(event.step, "", "passed", number, event.at)


def _begin_round(case: Case, event: ev.StepOpened | ev.StepPassedOver) -> None:
    """Earlier runs of the step make room; what follows from it counts as not done again."""
    for key, run in list(case.steps.items()):
        if run.step in event.resets and run.status in ("done", "passed"):
            case.steps[key] = replace(run, status="void")
        if run.step == event.step:
            del case.steps[key]


def _work_submitted(case: Case, event: ev.WorkSubmitted) -> None:
    key = run_key(event.work, event.member)
    run = case.steps.get(key)
    if run is not None:
        case.steps[key] = replace(run, status="submitted", done_by=event.by, outcome=event.outcome)
    case.facts.update(event.fields)


def _work_done(case: Case, event: ev.WorkDone) -> None:
    case.facts.update(event.fields)
    if not event.is_step:
        case.acts[event.work] = case.acts.get(event.work, 0) + 1
        return
    if not case.first_receiver and event.by not in ("complainant", "system"):
        case.first_receiver = event.by  # filed online: whoever takes it up first has received it
    key = run_key(event.work, event.member)
    case.steps[key] = replace(
        case.steps[key], status="done", done_at=event.at, done_by=event.by, outcome=event.outcome, approval="",
        fields=event.fields, via=event.via,
    )  # fmt: skip


def _work_attempted(case: Case, event: ev.WorkAttempted) -> None:
    key = run_key(event.work, event.member)
    case.steps[key] = replace(case.steps[key], attempts=event.attempt)


def _steps_cancelled(case: Case, event: ev.StepsCancelled) -> None:
    for key in event.runs:
        case.steps[key] = replace(case.steps[key], status="cancelled", done_at=event.at)


def _act_done(case: Case, event: ev.ActDone) -> None:
    case.acts[event.act] = case.acts.get(event.act, 0) + 1
    case.facts.update(event.fields)


def _evidence_added(case: Case, event: ev.EvidenceAdded) -> None:
    case.evidence += tuple(replace(item, added_by=item.added_by or event.by) for item in event.evidence)


def _evidence_sealed(case: Case, event: ev.EvidenceSealed) -> None:
    seal = Seal(event.seal, event.at, event.by, event.text, event.present)
    keys = {event.evidence, *event.together_with}

    def sealed(item: Evidence) -> Evidence:
        return replace(item, sealed=True, seals=(*item.seals, seal), place=event.place or item.place)

    case.evidence = tuple(sealed(item) if item.key in keys else item for item in case.evidence)


def _evidence_opened(case: Case, event: ev.EvidenceOpened) -> None:
    opening = Opening(event.at, event.by, event.text, event.present)

    def opened(item: Evidence) -> Evidence:
        last = item.seals[-1]
        seals = (*item.seals[:-1], replace(last, openings=(*last.openings, opening)))
        return replace(item, sealed=event.looked_at, seals=seals)

    case.evidence = tuple(opened(item) if item.key in event.evidence else item for item in case.evidence)


def _evidence_weighed(case: Case, event: ev.EvidenceWeighed) -> None:
    case.evidence = tuple(
        replace(item, force=event.force) if item.key == event.evidence else item for item in case.evidence
    )


_KIND_BY_NAME: dict[str, Any] = {"unit": "unit", "person": "person", "name": "person"}
"""What a respondent is who was not known before, by what became known first."""


def _corrected(case: Case, event: ev.Corrected) -> None:
    section, _, name = event.path.partition(".")
    if section == "matter":
        case.matter[name] = event.new
    elif section == "facts":
        case.facts[name] = event.new
    elif section == "respondent":
        kind = case.respondent.kind or _KIND_BY_NAME[name]
        case.respondent = replace(case.respondent, **{name: event.new, "kind": kind})
        if name == "person" and case.handler == event.new:
            case.handler = ""


def _answers_filled(case: Case, event: ev.AnswersFilled) -> None:
    case.answers.update(event.answers)


def _obligation(case: Case, event: ev.ObligationStarted | ev.ObligationMoved) -> None:
    case.obligations[event.obligation.key] = event.obligation


def _obligation_met(case: Case, event: ev.ObligationMet) -> None:
    _change_obligation(case, event.key, status="met", ended_at=event.at, ended_by=event.ended_by, paused_at=None)


def _obligation_breached(case: Case, event: ev.ObligationBreached) -> None:
    _change_obligation(case, event.key, status="overdue", breached_at=event.at)


def _obligation_cancelled(case: Case, event: ev.ObligationCancelled) -> None:
    _change_obligation(case, event.key, status="cancelled", ended_at=event.at, ended_by=event.cause, paused_at=None)


def _rung_reached(case: Case, event: ev.RungReached) -> None:
    _change_obligation(case, event.key, fired=event.rung + 1)


def _change_obligation(case: Case, key: str, **changes: Any) -> None:
    case.obligations[key] = replace(case.obligations[key], **changes)


def _pause(case: Case, at: datetime) -> None:
    for item in case.running():
        if item.paused_at is None:
            case.obligations[item.key] = replace(item, paused_at=at)


def _suspended(case: Case, event: ev.Suspended) -> None:
    case.state = "suspended"
    case.facts.update(event.fields)
    _pause(case, event.at)


def _resumed(case: Case, event: ev.Resumed) -> None:
    case.state = "open"
    for item in event.obligations:
        case.obligations[item.key] = item


def _terminated(case: Case, event: ev.Terminated) -> None:
    case.state = "open"
    case.facts.update(event.fields)


def _ordered(case: Case, event: ev.Ordered) -> None:
    case.orders[event.key] = Order(
        event.key,
        event.limit,
        event.by,
        event.text,
        event.at,
        role=event.role,
        kind=event.kind,
        title=event.order_title,
        work=event.work,
        to=event.to,
        unit=event.unit,
        person=event.person,
        obligation=event.obligation,
        accepted_by=event.accepted_by,
    )
    if not event.role and "ordered" in event.names:
        case.supervisor = event.by


def _order_answered(case: Case, event: ev.OrderAnswered) -> None:
    case.orders[event.key] = replace(
        case.orders[event.key], answered_at=event.at, answered_by=event.by, report=event.text
    )


def _report_accepted(case: Case, event: ev.ReportAccepted) -> None:
    case.orders[event.key] = replace(case.orders[event.key], accepted_at=event.at)


def _report_returned(case: Case, event: ev.ReportReturned) -> None:
    order = case.orders[event.key]
    case.orders[event.key] = replace(
        order, answered_at=None, returned=order.returned + 1, obligation=event.obligation or order.obligation
    )


def _order_recalled(case: Case, event: ev.OrderRecalled) -> None:
    case.orders[event.key] = replace(case.orders[event.key], recalled_at=event.at)


def _outside_invited(case: Case, event: ev.OutsideInvited) -> None:
    invited = Invitation(event.key, event.role, event.unit, event.name, event.by, event.at, until=event.until)
    case.invitations[event.key] = invited


def _link_renewed(case: Case, event: ev.LinkRenewed) -> None:
    renewed = replace(case.invitations[event.key], until=event.until, issue=event.issue)
    case.invitations[event.key] = renewed


def _invitation_ended(case: Case, event: ev.InvitationEnded) -> None:
    case.invitations[event.key] = replace(case.invitations[event.key], ended_at=event.at)


def _approval_asked(case: Case, event: ev.ApprovalAsked) -> None:
    case.approvals[event.approval.key] = event.approval
    if event.approval.kind == "work" and event.approval.subject in case.steps:
        run = case.steps[event.approval.subject]
        case.steps[run.key] = replace(run, approval=event.approval.key)


def _approval_voted(case: Case, event: ev.ApprovalVoted) -> None:
    if event.last:
        del case.approvals[event.key]
        return
    pending = case.approvals[event.key]
    stages = list(pending.stages)
    stage = stages[pending.stage]
    voters = (event.by, *event.present)
    stages[pending.stage] = replace(
        stage,
        votes=stage.votes if event.against else (*stage.votes, *voters),
        against=(*stage.against, *voters) if event.against else stage.against,
        voted_roles=(*stage.voted_roles, event.role) if event.role_done else stage.voted_roles,
        signed=(*stage.signed, *((role, event.by) for role in event.signs)),
    )
    number = pending.stage
    if event.stage_done:
        number += 1
        stages[number] = replace(stages[number], lapses_at=event.next_lapses_at)
    payload = {**pending.payload, "choice": event.choice} if event.choice else pending.payload
    case.approvals[event.key] = replace(pending, stages=tuple(stages), stage=number, payload=payload)


def _approval_rejected(case: Case, event: ev.ApprovalRejected) -> None:
    pending = case.approvals.pop(event.key)
    run = case.steps.get(pending.subject)
    if pending.kind == "work" and run is not None:
        case.steps[run.key] = replace(run, status="open", approval="", outcome="")


def _approval_lapsed(case: Case, event: ev.ApprovalLapsed) -> None:
    pending = case.approvals[event.key]
    stages = list(pending.stages)
    stages[event.stage] = event.replacement
    case.approvals[event.key] = replace(pending, stages=tuple(stages))


def _approval_cancelled(case: Case, event: ev.ApprovalCancelled) -> None:
    del case.approvals[event.key]


def _document_produced(case: Case, event: ev.DocumentProduced) -> None:
    case.documents[event.key] = Document(
        key=event.key,
        form=event.form,
        title=event.form_title,
        work=event.work,
        produced_at=event.at,
        produced_by=event.by,
        needs=event.needs,
        signatures=event.signatures,
        member=event.member,
        number=event.number,
        version=event.version,
        digest=event.digest,
        lacks=event.lacks,
        replaces=event.replaces,
        signed=tuple((event.at, event.digest) for _signature in event.signatures),
    )
    if event.replaces:
        case.documents[event.replaces] = replace(
            case.documents[event.replaces],
            replaced_by=event.key,
            voided_at=event.at,
            voided_by=event.by,
            void_reason=event.text,
        )


def _paper_recalled(case: Case, event: ev.PaperRecalled) -> None:
    before = case.recalls.get(event.paper) or Recall(event.paper, event.number, event.paper_title, event.is_document)
    step = (event.stage, event.at, event.by, event.text)
    case.recalls[event.paper] = replace(before, steps=(*before.steps, step))
    if event.stage == "voided" and event.is_document and case.documents[event.paper].voided_at is None:
        case.documents[event.paper] = replace(
            case.documents[event.paper], voided_at=event.at, voided_by=event.by, void_reason=event.text
        )


def _document_signed(case: Case, event: ev.DocumentSigned) -> None:
    document = case.documents[event.key]
    case.documents[event.key] = replace(
        document,
        signatures=(*document.signatures, (event.role, event.signer)),
        signed=(*document.signed, (event.at, event.digest)),
    )


def _notice_queued(case: Case, event: ev.NoticeQueued) -> None:
    if event.acknowledge:
        case.acknowledgements[event.notice] = event.to
    if event.form:
        case.sent[event.form] = tuple(dict.fromkeys((*case.sent.get(event.form, ()), *event.to)))


def _notice_acknowledged(case: Case, event: ev.NoticeAcknowledged) -> None:
    left = tuple(role for role in case.acknowledgements[event.notice] if role != event.role)
    if left:
        case.acknowledgements[event.notice] = left
    else:
        del case.acknowledgements[event.notice]


def _heard(case: Case, event: ev.Heard) -> None:
    if event.source not in case.stems:
        case.stems = (*case.stems, event.source)


def _sanction_confirmed(case: Case, event: ev.SanctionConfirmed) -> None:
    number = case.version + 1
    case.sanctions[number] = Imposed(
        number, event.rule, event.against, event.measures, event.by, event.at, event.objection_until
    )


def _concerned_named(case: Case, event: ev.ConcernedNamed) -> None:
    pending = case.approvals[event.key]
    named = {"against": event.against, "heard_until": event.heard_until.isoformat(), "stated": ""}
    case.approvals[event.key] = _timed(pending, event.lapses_at, named)


def _view_stated(case: Case, event: ev.ViewStated) -> None:
    pending = case.approvals[event.key]
    case.approvals[event.key] = _timed(pending, event.lapses_at, {"stated": event.text})


def _timed(pending: PendingApproval, lapses_at: datetime | None, told: Mapping[str, str]) -> PendingApproval:
    """The proposal with what was told about it, and the new time at which its present stage goes to somebody else."""
    present = pending.stages[pending.stage]
    stages = [*pending.stages]
    stages[pending.stage] = replace(present, lapses_at=lapses_at or present.lapses_at)
    return replace(pending, stages=tuple(stages), payload={**pending.payload, **told})


def _sanction_objected(case: Case, event: ev.SanctionObjected) -> None:
    before = case.sanctions[event.sanction]
    case.sanctions[event.sanction] = replace(before, objected_at=event.at, objection=event.text)


def _sanction_settled(case: Case, event: ev.SanctionWithdrawn | ev.SanctionUpheld) -> None:
    settled = "withdrawn" if isinstance(event, ev.SanctionWithdrawn) else "upheld"
    case.sanctions[event.sanction] = replace(case.sanctions[event.sanction], settled=settled)


def _booked(case: Case, event: ev.LedgerBooked | ev.BookingReversed) -> None:
    number, reverses = case.version + 1, event.reverses if isinstance(event, ev.BookingReversed) else 0
    case.bookings[number] = Booking(
        number, event.ledger, event.account, event.amount, event.measure, event.rule, event.at, reverses
    )
    if reverses:
        case.bookings[reverses] = replace(case.bookings[reverses], reversed_by=number)


def _linked(case: Case, event: ev.Linked) -> None:
    if event.other not in case.linked:
        case.linked = (*case.linked, event.other)


def _code_renewed(case: Case, event: ev.CodeRenewed) -> None:
    case.code_issue, case.code_issued_by = event.issue, event.by


def _closed(case: Case, event: ev.Closed) -> None:
    case.state = "closed"
    case.closed_at = event.at


def _reopened(case: Case, _event: ev.Reopened) -> None:
    case.state = "open"
    case.closed_at = None


def _moved_to_version(case: Case, event: ev.MovedToVersion) -> None:
    case.regime_version = event.version
    for key in event.left_behind:
        del case.steps[key]


_CHANGES: dict[type[ev.Event], Callable[[Case, Any], None]] = {
    **CHANGES_OF_SAMPLES,
    ev.CompletionAsked: _completion_asked,
    ev.Completed: _completed,
    ev.Withdrawn: _withdrawn,
    ev.Graded: _graded,
    ev.Assessed: _assessed,
    ev.TransferSent: _transfer_sent,
    ev.TransferReceived: _transfer_received,
    ev.TransferReturned: _transfer_returned,
    ev.LeftUndecided: _left_undecided,
    ev.Assigned: _assigned,
    ev.Recused: _recused,
    ev.StepOpened: _step_opened,
    ev.StepPassedOver: _step_passed_over,
    ev.WorkSubmitted: _work_submitted,
    ev.WorkDone: _work_done,
    ev.WorkAttempted: _work_attempted,
    ev.StepsCancelled: _steps_cancelled,
    ev.ActDone: _act_done,
    ev.EvidenceAdded: _evidence_added,
    ev.EvidenceSealed: _evidence_sealed,
    ev.EvidenceOpened: _evidence_opened,
    ev.EvidenceWeighed: _evidence_weighed,
    ev.Corrected: _corrected,
    ev.AnswersFilled: _answers_filled,
    ev.ObligationStarted: _obligation,
    ev.ObligationMoved: _obligation,
    ev.ObligationMet: _obligation_met,
    ev.ObligationBreached: _obligation_breached,
    ev.ObligationCancelled: _obligation_cancelled,
    ev.RungReached: _rung_reached,
    ev.Suspended: _suspended,
    ev.Resumed: _resumed,
    ev.Terminated: _terminated,
    ev.Ordered: _ordered,
    ev.OrderAnswered: _order_answered,
    ev.ReportAccepted: _report_accepted,
    ev.ReportReturned: _report_returned,
    ev.OrderRecalled: _order_recalled,
    ev.OutsideInvited: _outside_invited,
    ev.LinkRenewed: _link_renewed,
    ev.InvitationEnded: _invitation_ended,
    ev.ApprovalAsked: _approval_asked,
    ev.ApprovalVoted: _approval_voted,
    ev.ApprovalRejected: _approval_rejected,
    ev.ApprovalLapsed: _approval_lapsed,
    ev.ApprovalCancelled: _approval_cancelled,
    ev.DocumentProduced: _document_produced,
    ev.DocumentSigned: _document_signed,
    ev.PaperRecalled: _paper_recalled,
    ev.NoticeQueued: _notice_queued,
    ev.NoticeAcknowledged: _notice_acknowledged,
    ev.Heard: _heard,
    ev.Linked: _linked,
    ev.CodeRenewed: _code_renewed,
    ev.SanctionConfirmed: _sanction_confirmed,
    ev.ConcernedNamed: _concerned_named,
    ev.ViewStated: _view_stated,
    ev.SanctionObjected: _sanction_objected,
    ev.SanctionWithdrawn: _sanction_settled,
    ev.SanctionUpheld: _sanction_settled,
    ev.LedgerBooked: _booked,
    ev.BookingReversed: _booked,
    ev.Closed: _closed,
    ev.Reopened: _reopened,
    ev.MovedToVersion: _moved_to_version,
}
