"""The state of a case: what folding its events gives.

`Case` values are treated as immutable everywhere but inside `evolve`, which copies first. Field values in `matter`,
`facts` and `answers` are plain JSON values; dates and datetimes are ISO 8601 text.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal

from .flag import Flag
from .order import Order
from .people import Complainant, OutsideBody, Respondent
from .samples.sample import Sample

CaseState = Literal["open", "waiting", "suspended", "closed"]
StepStatus = Literal["open", "submitted", "done", "passed", "void", "cancelled"]
ObligationStatus = Literal["running", "overdue", "met", "cancelled"]


@dataclass(frozen=True, slots=True)
class Signal:
    """How often an event of one name has happened, and when."""

    count: int
    first: datetime
    last: datetime


@dataclass(frozen=True, slots=True)
class StepRun:
    """One opened copy of a step.

    `member` tells copies of a `per` step apart, `fields` what was filled in for this one, `via` by what means it was done.
    """

    step: str
    member: str
    status: StepStatus
    round: int
    opened_at: datetime
    done_at: datetime | None = None
    done_by: str = ""
    outcome: str = ""
    attempts: int = 0
    approval: str = ""
    fields: Mapping[str, Any] = field(default_factory=dict)
    via: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """`step`, or `step#member`."""
        return run_key(self.step, self.member)


def run_key(step: str, member: str = "") -> str:
    """The key of a step run."""
    return f"{step}#{member}" if member else step


@dataclass(frozen=True, slots=True)
class PlannedRung:
    """A rung of a ladder with its time."""

    at: datetime
    remind: tuple[str, ...] = ()
    tell: tuple[str, ...] = ()
    order_by: str = ""


@dataclass(frozen=True, slots=True)
class Obligation:
    """A limit that runs: who owes what until when. `due` None: promptly, without a figure.

    `row` is the index of the limit's row that gave the time; `extended` counts extensions and `added` says by how much
    each was (`10 workdays`); `fired` rungs already used.
    """

    key: str
    limit: str
    title: str
    owner: tuple[str, ...]
    started_at: datetime
    due: datetime | None
    provisional: bool
    status: ObligationStatus
    cite: tuple[str, ...]
    row: int
    written: str
    first_due: datetime | None = None
    rungs: tuple[PlannedRung, ...] = ()
    fired: int = 0
    extended: int = 0
    paused_at: datetime | None = None
    pauses: tuple[tuple[datetime, datetime], ...] = ()
    breached_at: datetime | None = None
    ended_at: datetime | None = None
    ended_by: str = ""
    added: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage of a running approval.

    `votes` are the persons who said yes, `against` the members of a body who said no before it had its quorum;
    `signed`: place on the forms, person.
    """

    by: tuple[str, ...]
    all_of: tuple[str, ...] = ()
    votes: tuple[str, ...] = ()
    voted_roles: tuple[str, ...] = ()
    lapses_at: datetime | None = None
    otherwise: str = ""
    signed: tuple[tuple[str, str], ...] = ()
    against: tuple[str, ...] = ()


ApprovalKind = Literal["work", "extension", "assessment", "routing", "sanction", "objection"]


@dataclass(frozen=True, slots=True)
class PendingApproval:
    """A proposal that waits for somebody's yes or no. `subject`: step run, limit, row or rule; `payload`: what is proposed."""

    key: str
    approval: str
    kind: ApprovalKind
    subject: str
    title: str
    asked_by: str
    asked_at: datetime
    stages: tuple[Stage, ...]
    stage: int
    rejected: str
    cite: tuple[str, ...]
    payload: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Document:
    """A form produced by a piece of work, with the signatures it still needs.

    What it says is in the event that produced it; `digest` is that of its content, and `signed` what each signature
    was put to and when. `lacks`: titles of required contents it does not have, without which nobody can sign.
    `replaced_by`: the key of the later version that stands in its place. `voided_at`, `voided_by`, `void_reason`: since when
    it counts no more, by whose act and why.
    """

    key: str
    form: str
    title: str
    work: str
    produced_at: datetime
    produced_by: str
    needs: Mapping[str, int]
    signatures: tuple[tuple[str, str], ...] = ()
    member: str = ""
    number: str = ""
    version: int = 1
    digest: str = ""
    lacks: tuple[str, ...] = ()
    replaces: str = ""
    replaced_by: str = ""
    signed: tuple[tuple[datetime, str], ...] = ()
    voided_at: datetime | None = None
    voided_by: str = ""
    void_reason: str = ""

    @property
    def is_void(self) -> bool:
        """Whether it counts no more: a later version stands in its place, or it was recalled and voided."""
        return self.voided_at is not None or bool(self.replaced_by)

    def next_to_sign(self) -> dict[str, int]:
        """The role whose turn it is to sign → how many signatures; nobody's while required contents are lacking."""
        return {} if self.lacks else dict(list(self.missing().items())[:1])

    def missing(self) -> dict[str, int]:
        """Role → signatures still missing, in the order of signing; none once it is void."""
        if self.is_void:
            return {}
        signed: dict[str, int] = {}
        for role, _person in self.signatures:
            signed[role] = signed.get(role, 0) + 1
        return {role: many - signed.get(role, 0) for role, many in self.needs.items() if many > signed.get(role, 0)}


RecallStage = Literal["asked", "returned", "lost", "voided"]


@dataclass(frozen=True, slots=True)
class Recall:
    """The copies of a paper that are fetched back: asked for, returned or lost, voided.

    `paper` is the number of a paper from elsewhere, or the key of a document of the case; `steps` say when each stage was
    reached, by whom and what was said of it.
    """

    paper: str
    number: str
    title: str
    is_document: bool
    steps: tuple[tuple[RecallStage, datetime, str, str], ...] = ()

    def reached(self, stage: RecallStage) -> bool:
        """Whether it got that far."""
        return any(each == stage for each, _at, _by, _text in self.steps)

    @property
    def is_void(self) -> bool:
        """Whether the paper counts no more."""
        return self.reached("voided")


@dataclass(frozen=True, slots=True)
class Invitation:
    """A party outside that works on the case through a link. `unit` is the party's id where the organisation knows it.

    `until`: the last moment at which the link opens the case, None for ever; `issue`: 0 for the first code, then one more
    for each new one.
    """

    key: str
    role: str
    unit: str
    name: str
    invited_by: str
    invited_at: datetime
    ended_at: datetime | None = None
    until: datetime | None = None
    issue: int = 0

    def opens(self, now: datetime) -> bool:
        """Whether the link opens the case: it was not ended and has not run out."""
        return self.ended_at is None and (self.until is None or now <= self.until)


@dataclass(frozen=True, slots=True)
class Opening:
    """Something sealed was opened: who, when, why, in whose presence."""

    at: datetime
    by: str
    text: str
    present: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Seal:
    """A seal on pieces of evidence; several pieces may lie under the same one. Opened, it is broken."""

    number: str
    at: datetime
    by: str
    text: str = ""
    present: tuple[str, ...] = ()
    openings: tuple[Opening, ...] = ()


@dataclass(frozen=True, slots=True)
class TransferOut:
    """A transfer to a body outside under the regime's rules of transfers.

    `enclosures` are keys of evidence; `invitation` the link opened for the body; `received_on` the day on its receipt.
    """

    body: OutsideBody
    decided_at: datetime
    sent_at: datetime | None = None
    enclosures: tuple[str, ...] = ()
    invitation: str = ""
    received_at: datetime | None = None
    received_on: date | None = None
    received_by: str = ""
    their_number: str = ""
    returned_at: datetime | None = None
    reason: str = ""

    @property
    def stage(self) -> Literal["decided", "sent", "received", "returned"]:
        """How far it has come."""
        if self.returned_at is not None:
            return "returned"
        if self.received_at is not None:
            return "received"
        return "decided" if self.sent_at is None else "sent"


@dataclass(frozen=True, slots=True)
class Evidence:
    """A piece of evidence; `digest` points to the stored file when there is one.

    `data` is what the regime asks about such a piece, by field; `place` says where a thing is kept. `force` is the level
    of proof it was found to have. `seals` are all it ever had, the last one holding while it is `sealed`; what is sealed
    `for_some` came in sealed and stays so, and each look at it is an opening.
    """

    key: str
    kind: str
    title: str
    digest: str = ""
    added_by: str = ""
    sealed: bool = False
    data: Mapping[str, Any] = field(default_factory=dict)
    place: str = ""
    force: str = ""
    seals: tuple[Seal, ...] = ()
    for_some: bool = False


GROUP_JOINT = " · "
"""Stands between the parts of a group's name, where a watch counts by several things at once."""


@dataclass(frozen=True, slots=True)
class Occasion:
    """Why an affair was opened. `key` tells affairs of one regime apart, so that nothing opens twice.

    A duty has its period, `start` to `end` (the end not included), and `due` where it says nothing else; `missed` counts
    periods caught up in it after downtime. `member` is the place or unit it is about, `sample` the rows drawn from a table,
    `carried` affairs of earlier periods with points still open. An alarm has its `group`, the `value` (a count, a share, a
    growth in percent) found in the window from `start` to `end`, and the counted `cases`; what follows from it has them, too.
    """

    key: str
    event: str = ""
    start: datetime | None = None
    end: datetime | None = None
    due: datetime | None = None
    missed: int = 0
    member: str = ""
    group: str = ""
    value: float | None = None
    cases: tuple[str, ...] = ()
    sample: tuple[str, ...] = ()
    carried: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Imposed:
    """A sanction or reward that was confirmed. `number` is that of its event in the case.

    `objection_until`: the last moment to object, None where the regime knows no objection; `settled`: `withdrawn` or
    `upheld` once an objection was decided.
    """

    number: int
    rule: str
    against: str
    measures: Mapping[str, Any]
    by: str
    at: datetime
    objection_until: datetime | None = None
    objected_at: datetime | None = None
    objection: str = ""
    settled: str = ""


@dataclass(frozen=True, slots=True)
class Booking:
    """An entry of a ledger. `number` is that of its event in the case; `reverses` and `reversed_by` are 0 for none."""

    number: int
    ledger: str
    account: str
    amount: float
    measure: str
    rule: str
    at: datetime
    reverses: int = 0
    reversed_by: int = 0


@dataclass(slots=True)
class Case:
    """One matter under a regime. `origin` is the case or affair it came from; `stems` are those that came from it.

    `body`: the body outside that the case went to, or that the complainant was told to turn to.
    """

    id: str
    organisation: str
    regime: str
    regime_version: str
    number: str
    kind: str
    channel: str
    passed_on_by: str
    received_at: datetime
    filed_at: datetime
    version: int = 0
    state: CaseState = "open"
    category: str = ""
    severity: str = ""
    severity_by_hand: bool = False
    complainant: Complainant = field(default_factory=Complainant)
    respondent: Respondent = field(default_factory=Respondent)
    first_receiver: str = ""
    off_hours: bool = False
    points: tuple[str, ...] = ()
    matter: dict[str, Any] = field(default_factory=dict)
    facts: dict[str, Any] = field(default_factory=dict)
    answers: dict[str, Any] = field(default_factory=dict)
    evidence: tuple[Evidence, ...] = ()
    samples: dict[str, Sample] = field(default_factory=dict)
    recalls: dict[str, Recall] = field(default_factory=dict)
    decided: dict[str, str] = field(default_factory=dict)
    undecided: dict[str, tuple[str, ...]] = field(default_factory=dict)
    row_to_choose: str = ""
    assessment: str = ""
    handling_role: str = ""
    handling_unit: str = ""
    handler_role: str = ""
    handler: str = ""
    also: tuple[str, ...] = ()
    signals: dict[str, Signal] = field(default_factory=dict)
    steps: dict[str, StepRun] = field(default_factory=dict)  # in the order in which they were last opened
    obligations: dict[str, Obligation] = field(default_factory=dict)
    approvals: dict[str, PendingApproval] = field(default_factory=dict)
    documents: dict[str, Document] = field(default_factory=dict)
    orders: dict[str, Order] = field(default_factory=dict)
    flags: dict[str, Flag] = field(default_factory=dict)  # those that were not taken down
    acknowledgements: dict[str, tuple[str, ...]] = field(default_factory=dict)
    invitations: dict[str, Invitation] = field(default_factory=dict)
    sent: dict[str, tuple[str, ...]] = field(default_factory=dict)  # form → roles it was sent to with a notice
    acts: dict[str, int] = field(default_factory=dict)
    bookings: dict[int, Booking] = field(default_factory=dict)
    code_issue: int = 0  # 0 for the code of the receipt, then one more for each new one
    code_issued_by: str = ""
    sanctions: dict[int, Imposed] = field(default_factory=dict)
    recused: tuple[str, ...] = ()
    supervisor: str = ""
    merged_into: str = ""
    body: OutsideBody | None = None
    transfer: TransferOut | None = None
    linked: tuple[str, ...] = ()
    closed_at: datetime | None = None
    touched_at: datetime | None = None
    origin: str = ""
    occasion: Occasion | None = None
    stems: tuple[str, ...] = ()

    def happened(self, name: str) -> bool:
        """Whether an event of this name has happened."""
        return name in self.signals

    @property
    def answered(self) -> bool:
        """Whether the complainant has had an answer: a reply, a settlement, or the notice of refusal, merging, transfer.

        After the case was taken up again, or came back from another body, whether there has been one since.
        """
        again = [self.signals[name].last for name in ("reopened", "appealed", "transfer-returned") if name in self.signals]
        answers = [self.signals[name].last for name in ANSWERS if name in self.signals]
        return bool(answers) and max(answers) >= max(again, default=max(answers))

    @property
    def transfer_number(self) -> str:
        """The number of the letter that went with the transfer; empty where none was written."""
        letters = [each for each in self.documents.values() if each.work == "send-transfer" and not each.replaced_by]
        return letters[-1].number if letters else ""

    @property
    def units(self) -> tuple[str, ...]:
        """Units that handle: the leading one first."""
        leading = (self.handling_unit,) if self.handling_unit else ()
        return leading + tuple(unit for unit in self.also if unit != self.handling_unit)

    def running(self) -> list[Obligation]:
        """Obligations that still run, overdue ones included."""
        return [item for item in self.obligations.values() if item.status in ("running", "overdue")]

    def open_runs(self, step: str | None = None) -> list[StepRun]:
        """Step runs that wait for somebody, of one step if named."""
        return [
            run
            for run in self.steps.values()
            if run.status in ("open", "submitted") and (step is None or run.step == step)
        ]


ANSWERS = ("replied", "settled", "refused", "merged", "transferred", "terminated", "withdrawn")
