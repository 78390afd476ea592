"""Which rules of the regime an event comes from, as dotted paths."""

from collections.abc import Iterable, Iterator
from functools import singledispatch

from huiyin.cases import events as ev
from huiyin.cases.state import Evidence, Obligation, PendingApproval
from huiyin.regime.model import FromSetting, Limit, Regime


class Known:
    """What earlier events of the story told: events name obligations, proposals and documents by key."""

    def __init__(self, regime: Regime) -> None:
        self.regime = regime
        self.obligations: dict[str, Obligation] = {}
        self.approvals: dict[str, PendingApproval] = {}
        self.forms: dict[str, str] = {}
        self.samples: dict[str, str] = {}
        self.orders: dict[str, str] = {}

    def work(self, name: str) -> str:
        """The path of a step or act."""
        return f"flow.{name}" if name in self.regime.flow else f"acts.{name}"

    def roles(self, names: Iterable[str]) -> Iterator[str]:
        """Roles of the regime among these names; people of the case are none."""
        return (f"roles.{name}" for name in names if name in self.regime.roles)


def paths_of(event: ev.Event, known: Known) -> Iterator[str]:
    """Every path an event bears witness to: the rule that it says made it, and what its kind tells."""
    if event.why is not None:
        yield in_file(event.why.rule)
    yield from _paths(event, known)


def in_file(rule: str) -> str:
    """The rule an event names as its reason, as a path of the regime file."""
    section, _, name = rule.partition(".")
    of_rules = section in ("severity", "accountability") and not name.startswith("measures.")
    return f"{section}.rules.{name}" if of_rules else rule


@singledispatch
def _paths(_event: ev.Event, _known: Known) -> Iterator[str]:
    yield from ()


# -- receipt -----------------------------------------------------------------------------------------------------------


@_paths.register
def _(event: ev.Filed, known: Known) -> Iterator[str]:
    if event.occasion is not None:  # an affair: opened, not received
        return
    yield f"kinds.{event.kind}"
    yield f"intake.channels.{event.channel}"
    yield "intake.number"
    if event.points:
        yield "intake.points"
    if event.complainant.anonymous:
        yield "intake.anonymous"
    yield from (f"intake.fields.{name}" for name in event.matter)
    yield from _evidence(event.evidence)
    yield from known.roles((event.passed_on_by,))
    yield from _category(event.category, known)
    if event.severity:
        yield f"severity.levels.{event.severity}"


def _category(name: str, known: Known) -> Iterator[str]:
    path = ""
    while name in known.regime.categories:
        path = f"{name}.children.{path}" if path else name
        name = known.regime.categories[name].parent or ""
    if path:
        yield f"categories.{path}"


@_paths.register
def _(event: ev.Completed, _known: Known) -> Iterator[str]:
    yield from (f"intake.fields.{name}" for name in event.matter)


@_paths.register
def _(event: ev.EvidenceAdded, _known: Known) -> Iterator[str]:
    yield from _evidence(event.evidence)


@_paths.register
def _(event: ev.EvidenceWeighed, _known: Known) -> Iterator[str]:
    yield f"intake.force.{event.force}"


def _evidence(pieces: Iterable[Evidence]) -> Iterator[str]:
    for item in pieces:
        yield f"intake.evidence.{item.kind}"
        yield from (f"intake.evidence.{item.kind}.fields.{name}" for name in item.data)
        if item.for_some:
            yield f"intake.evidence.{item.kind}.sealed_for"


@_paths.register
def _(event: ev.Graded, known: Known) -> Iterator[str]:
    if event.severity:
        yield f"severity.levels.{event.severity}"
    yield from _category(event.category, known)


# -- tables ------------------------------------------------------------------------------------------------------------


@_paths.register
def _(event: ev.Assessed, known: Known) -> Iterator[str]:
    if event.row:
        yield f"assessment.{event.row}"
    yield from known.roles((event.to,))
    if event.body is not None:
        yield from _outside(event.body.role, known)
        if event.outcome != "transfer":
            yield f"assessment.{event.row}.turn_to"


def _outside(role: str, known: Known) -> Iterator[str]:
    """A body outside that a case goes to, or that the complainant is told of."""
    yield from known.roles((role,))
    declared = known.regime.roles.get(role)
    if declared is not None and declared.handles is not None:
        yield f"roles.{role}.handles"
    if declared is not None and declared.listed_in:
        yield f"tables.{declared.listed_in}"


@_paths.register
def _(event: ev.TransferSent, known: Known) -> Iterator[str]:
    yield "transfers.package"
    yield "acts.send-transfer"
    yield from _outside(event.body.role, known)


@_paths.register
def _(_event: ev.TransferReceived, _known: Known) -> Iterator[str]:
    yield "transfers.receipt"
    yield "acts.confirm-transfer"


@_paths.register
def _(event: ev.TransferReturned, _known: Known) -> Iterator[str]:
    yield "acts.return-transfer"
    if event.obligations:
        yield "transfers.clock"


@_paths.register
def _(event: ev.LeftUndecided, _known: Known) -> Iterator[str]:
    if event.table in ("assessment", "routing"):
        if event.row:
            yield f"{event.table}.{event.row}"
    else:
        yield in_file(event.table)


@_paths.register
def _(event: ev.Assigned, known: Known) -> Iterator[str]:
    if event.row:
        yield f"routing.{event.row}"
    yield from known.roles((event.role, event.handler_role, *event.also))


# -- work --------------------------------------------------------------------------------------------------------------


@_paths.register
def _(event: ev.StepOpened, known: Known) -> Iterator[str]:
    step = known.regime.flow[event.step]
    yield f"flow.{step.id}"
    if step.per:
        yield f"flow.{step.id}.per"


@_paths.register
def _(event: ev.StepPassedOver, _known: Known) -> Iterator[str]:
    yield f"flow.{event.step}.{'when' if event.share is None else 'share'}"


@_paths.register
def _(event: ev.RoundsExhausted, _known: Known) -> Iterator[str]:
    yield f"flow.{event.step}.rounds"


@_paths.register
def _(event: ev.WorkSubmitted, known: Known) -> Iterator[str]:
    yield f"{known.work(event.work)}.approval"
    yield from _done(known.work(event.work), event)


@_paths.register
def _(event: ev.WorkDone, known: Known) -> Iterator[str]:
    path = known.work(event.work)
    yield path
    yield from _done(path, event)
    yield from known.roles(event.present)


def _done(path: str, event: ev.WorkSubmitted | ev.WorkDone) -> Iterator[str]:
    yield from (f"{path}.fields.{name}" for name in event.fields)
    if event.outcome:
        yield f"{path}.outcomes.{event.outcome}"
    if event.present:
        yield f"{path}.with"


@_paths.register
def _(event: ev.WorkAttempted, known: Known) -> Iterator[str]:
    yield f"{known.work(event.work)}.attempts"


@_paths.register
def _(event: ev.ActDone, _known: Known) -> Iterator[str]:
    yield f"acts.{event.act}"
    yield from (f"acts.{event.act}.fields.{name}" for name in event.fields)


@_paths.register
def _(event: ev.AnswersFilled, _known: Known) -> Iterator[str]:
    yield from (f"questionnaires.{event.questionnaire}.questions.{name}" for name in event.answers)
    if event.satisfied is not None:
        yield f"questionnaires.{event.questionnaire}.satisfied"


# -- time --------------------------------------------------------------------------------------------------------------


def _limit(item: Obligation | None, known: Known, part: str = "") -> Iterator[str]:
    limit = known.regime.limit_of(item.limit) if item is not None else None
    if item is None or limit is None:  # the engine's own: completing the filing, reading a notice
        return
    place = f"{_section(limit, known)}.{limit.id}"
    yield f"{place}.{part}" if part else place
    if not part and 0 <= item.row < len(limit.within):
        yield f"{place}.within.{item.row}"
        within = limit.within[item.row].within
        if isinstance(within, FromSetting):
            yield f"settings.{within.name}"


def _section(limit: Limit, known: Known) -> str:
    return "orders" if limit.id in known.regime.orders else "limits"


@_paths.register
def _(event: ev.ObligationStarted, known: Known) -> Iterator[str]:
    known.obligations[event.obligation.key] = event.obligation
    yield from _limit(event.obligation, known)


@_paths.register
def _(event: ev.ObligationMoved, known: Known) -> Iterator[str]:
    known.obligations[event.key] = event.obligation
    yield from _limit(event.obligation, known)
    if "extended" in event.names:
        yield from _limit(event.obligation, known, "extension")


@_paths.register
def _(event: ev.ObligationMet, known: Known) -> Iterator[str]:
    yield from _limit(known.obligations.get(event.key), known)


@_paths.register
def _(event: ev.ObligationBreached, known: Known) -> Iterator[str]:
    yield from _limit(known.obligations.get(event.key), known)


@_paths.register
def _(event: ev.RungReached, known: Known) -> Iterator[str]:
    item = known.obligations.get(event.key)
    limit = known.regime.limit_of(item.limit) if item else None
    if limit is not None and limit.ladder_id:
        yield f"ladders.{limit.ladder_id}"
        yield f"{_section(limit, known)}.{limit.id}.ladder"
    yield from known.roles((*event.remind, *event.tell))


@_paths.register
def _(event: ev.ExtensionRefused, known: Known) -> Iterator[str]:
    item = known.obligations.get(event.key)
    yield from _limit(item, known, "extension")


@_paths.register
def _(event: ev.Ordered, known: Known) -> Iterator[str]:
    known.orders[event.key] = event.kind
    yield from known.roles((event.role, event.to))
    if event.kind:
        yield f"orders.{event.kind}"
        yield f"{known.work(event.work)}.orders"


@_paths.register
def _(event: ev.Flagged, _known: Known) -> Iterator[str]:
    yield f"flags.{event.flag}"


@_paths.register
def _(event: ev.FlagEnded, _known: Known) -> Iterator[str]:
    yield from (f"flags.{event.flag}", f"flags.{event.flag}.ends")


@_paths.register
def _(event: ev.OrderAnswered, known: Known) -> Iterator[str]:
    yield from _order(event.key, known)


@_paths.register
def _(event: ev.ReportAccepted, known: Known) -> Iterator[str]:
    yield from _order(event.key, known, "accepted_by")


@_paths.register
def _(event: ev.ReportReturned, known: Known) -> Iterator[str]:
    yield from _order(event.key, known, "accepted_by", "again")


def _order(key: str, known: Known, *parts: str) -> Iterator[str]:
    kind = known.orders.get(key)
    if kind:
        yield f"orders.{kind}"
        yield from (f"orders.{kind}.{part}" for part in parts)


# -- approval ----------------------------------------------------------------------------------------------------------


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
            yield from _limit(known.obligations.get(pending.subject), known, "extension")
        case "objection":
            yield f"accountability.rules.{subject}.objection"
            yield "accountability.objection"
        case "sanction":
            yield f"accountability.rules.{subject}"
            yield from (f"accountability.measures.{name}" for name in pending.payload["propose"])
        case _:
            yield f"{pending.kind}.{subject}.approval"


@_paths.register
def _(event: ev.ApprovalAsked, known: Known) -> Iterator[str]:
    known.approvals[event.approval.key] = event.approval
    yield from _approval(event.approval, known)


@_paths.register
def _(event: ev.ApprovalVoted, known: Known) -> Iterator[str]:
    yield from _approval(known.approvals.get(event.key), known)
    yield from known.roles((event.role,))
    role = known.regime.roles.get(event.role)
    if role is not None and role.quorum:
        yield f"roles.{role.id}.quorum"


@_paths.register
def _(event: ev.ApprovalRejected, known: Known) -> Iterator[str]:
    pending = known.approvals.get(event.key)
    yield from _approval(pending, known)
    if pending is not None:
        yield f"approvals.{pending.approval}.rejected"


@_paths.register
def _(event: ev.ApprovalLapsed, known: Known) -> Iterator[str]:
    pending = known.approvals.get(event.key)
    yield from _approval(pending, known)
    if pending is not None:
        yield f"approvals.{pending.approval}.stages.{event.stage}.else"
    yield from known.roles(event.replacement.by)


# -- papers ------------------------------------------------------------------------------------------------------------


@_paths.register
def _(event: ev.DocumentProduced, known: Known) -> Iterator[str]:
    known.forms[event.key] = event.form
    yield f"forms.{event.form}"
    yield f"{known.work(event.work)}.produces"
    yield from known.roles(role for role, _person in event.signatures)


@_paths.register
def _(event: ev.DocumentSigned, known: Known) -> Iterator[str]:
    yield f"forms.{known.forms.get(event.key, '')}.signed_by"
    yield from known.roles((event.role,))


@_paths.register
def _(event: ev.NoticeQueued, known: Known) -> Iterator[str]:
    if event.notice in known.regime.notices:
        yield f"notices.{event.notice}"
    if event.form:
        yield f"forms.{event.form}"
    yield from known.roles(event.to)


@_paths.register
def _(event: ev.NoticeAcknowledged, known: Known) -> Iterator[str]:
    if event.notice in known.regime.notices:
        yield f"notices.{event.notice}.acknowledge"
    yield from known.roles((event.role,))


@_paths.register
def _(event: ev.PaperRecalled, _known: Known) -> Iterator[str]:
    yield "acts.recall"


# -- samples -----------------------------------------------------------------------------------------------------------


@_paths.register
def _(event: ev.SampleTaken, known: Known) -> Iterator[str]:
    known.samples[event.key] = event.kind
    yield f"samples.{event.kind}"
    yield f"{known.work(event.work)}.takes"
    if event.state:
        yield f"samples.{event.kind}.sealed"
    if event.keep_until:
        yield f"samples.{event.kind}.keep"
    yield from known.roles(event.present)


@_paths.register
def _(event: ev.SampleHandedOver, known: Known) -> Iterator[str]:
    yield f"samples.{known.samples[event.key]}"
    yield f"{known.work(event.work)}.hands_over"


@_paths.register
def _(event: ev.SampleCoded, known: Known) -> Iterator[str]:
    yield f"samples.{known.samples[event.key]}.blind"
    yield f"{known.work(event.work)}.blinds"


@_paths.register
def _(event: ev.SampleTested, known: Known) -> Iterator[str]:
    kind, path = known.samples[event.key], known.work(event.work)
    yield f"samples.{kind}"
    yield f"{path}.tests"
    yield from (f"{path}.fields.{name}" for name in event.fields)
    if event.number > 1:
        yield f"samples.{kind}.testers"


# -- accountability ----------------------------------------------------------------------------------------------------


@_paths.register
def _(event: ev.SanctionConfirmed, known: Known) -> Iterator[str]:
    yield from (f"accountability.measures.{name}" for name in event.measures)
    yield from (f"accountability.rules.{event.rule}.conduct.{name}" for name in event.conduct)
    yield from known.roles((event.against_role,))


@_paths.register
def _(event: ev.ViewStated, known: Known) -> Iterator[str]:
    pending = known.approvals.get(event.key)
    if pending is not None:
        yield f"accountability.rules.{pending.subject}.heard"
        yield "accountability.heard"


@_paths.register
def _(event: ev.ConcernedNamed, known: Known) -> Iterator[str]:
    pending = known.approvals.get(event.key)
    if pending is not None:
        yield f"accountability.rules.{pending.subject}.heard"
        yield "accountability.heard"


@_paths.register
def _(event: ev.SanctionWithdrawn, _known: Known) -> Iterator[str]:
    yield f"accountability.rules.{event.rule}.objection"
    yield "accountability.objection"


@_paths.register
def _(event: ev.LedgerBooked, _known: Known) -> Iterator[str]:
    yield f"accountability.ledgers.{event.ledger}"


@_paths.register
def _(_event: ev.MovedToVersion, _known: Known) -> Iterator[str]:
    yield from ()


@_paths.register
def _(_event: ev.CodeRenewed, _known: Known) -> Iterator[str]:
    yield from ()


@_paths.register
def _(event: ev.BookingReversed, _known: Known) -> Iterator[str]:
    yield f"accountability.ledgers.{event.ledger}"


@_paths.register
def _(event: ev.CorrectiveOpened, known: Known) -> Iterator[str]:
    yield f"corrective.{event.corrective}"
    yield from known.roles(event.owner)
