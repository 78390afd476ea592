"""Past facts of a case. Folding them gives the case; nothing else is true.

Every event says when (`at`, UTC), who (`by`), which names of the regime it makes happen (`names`: rules hang on these),
which articles it rests on (`cite`), why (`why`: the rule and the values that made it true), and whether staff entered it
for the complainant (`on_behalf`). An event carries whatever
folding needs, so that old cases fold without their regime.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ClassVar

from .people import Complainant, Respondent
from .state import Evidence, Obligation, Occasion, PendingApproval, Stage


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a rule decided as it did: where the rule stands, and the values it read."""

    rule: str
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """What all events have in common."""

    at: datetime
    by: str
    names: tuple[str, ...] = ()
    cite: tuple[str, ...] = ()
    why: Reason | None = None
    on_behalf: bool = False

    title: ClassVar[str] = ""


# -- receipt 收件 ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Filed(Event):
    """A matter was received and entered in the register."""

    title: ClassVar[str] = "收件登记"
    case: str
    organisation: str
    regime: str
    regime_version: str
    number: str
    kind: str
    channel: str
    passed_on_by: str
    category: str
    received_at: datetime
    late_reason: str
    off_hours: bool
    matter: Mapping[str, Any]
    points: tuple[str, ...]
    complainant: Complainant
    respondent: Respondent
    evidence: tuple[Evidence, ...]
    severity: str
    origin: str = ""
    occasion: Occasion | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked(Event):
    """A milestone that no step reaches was reached by the engine (registered, acknowledged …)."""

    title: ClassVar[str] = "到达节点"
    milestone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CompletionAsked(Event):
    """The complainant is asked to complete the filing; limits stand still."""

    title: ClassVar[str] = "要求补正"
    text: str
    due: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Completed(Event):
    """The complainant completed the filing."""

    title: ClassVar[str] = "补正完成"
    matter: Mapping[str, Any]
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawn(Event):
    """The complainant withdrew."""

    title: ClassVar[str] = "撤回"
    text: str


# -- decisions by rule tables ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Graded(Event):
    """Severity or category was set, by rule or by hand."""

    title: ClassVar[str] = "定级"
    severity: str
    category: str
    by_hand: bool = False
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessed(Event):
    """Assessment was decided: accept, refuse, explain, settle, merge, transfer or ask-more."""

    title: ClassVar[str] = "受理审查"
    row: str
    outcome: str
    to: str = ""
    to_regime: str = ""
    into: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftUndecided(Event):
    """A rule could not be evaluated for want of a fact; a person decides."""

    title: ClassVar[str] = "未能判断"
    table: str
    row: str
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Assigned(Event):
    """Somebody was made responsible. `also` are co-handling units."""

    title: ClassVar[str] = "分派"
    row: str
    role: str
    unit: str
    handler_role: str
    handler: str
    also: tuple[str, ...]
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recused(Event):
    """Somebody stepped back from the case, or was kept from it."""

    title: ClassVar[str] = "回避"
    person: str
    text: str


# -- work --------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class StepOpened(Event):
    """A step was opened, or opened again in a new round; `resets` count as not done again."""

    title: ClassVar[str] = "环节开始"
    step: str
    members: tuple[str, ...]
    round: int
    resets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StepPassedOver(Event):
    """A step was not needed; later steps go on as if it were done. `resets` as when it is opened."""

    title: ClassVar[str] = "环节略过"
    step: str
    resets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundsExhausted(Event):
    """A step may not be done once more; its exit is taken."""

    title: ClassVar[str] = "已达规定轮次"
    step: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkSubmitted(Event):
    """Work was handed in and waits for approval."""

    title: ClassVar[str] = "提交审批"
    work: str
    member: str
    outcome: str
    fields: Mapping[str, Any]
    present: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkDone(Event):
    """A step or an act was done. `complete` tells whether all copies of a `per` step are done now."""

    title: ClassVar[str] = "完成"
    work: str
    member: str
    outcome: str
    fields: Mapping[str, Any]
    is_step: bool
    complete: bool
    present: tuple[str, ...] = ()
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkAttempted(Event):
    """An attempt that did not reach the person; the step stays open."""

    title: ClassVar[str] = "尝试未果"
    work: str
    member: str
    attempt: int
    outcome: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StepsCancelled(Event):
    """Open steps ended because the case took another way."""

    title: ClassVar[str] = "环节终止"
    runs: tuple[str, ...]
    cause: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ActDone(Event):
    """A core act that only leaves a record: note, contact, progress told, pressed, instructed, risk flagged, remedy …

    For any other core act: what the regime asks besides, its fields and the roles whose part was confirmed (`present`).
    """

    title: ClassVar[str] = "随时动作"
    act: str
    text: str
    to: str = ""
    fields: Mapping[str, Any] = field(default_factory=dict)
    present: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceAdded(Event):
    """Evidence was added to the case."""

    title: ClassVar[str] = "补充材料"
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceSealed(Event):
    """Evidence was sealed, in the presence of those named."""

    title: ClassVar[str] = "封存材料"
    evidence: str
    present: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrected(Event):
    """A value was put right; the old one is kept."""

    title: ClassVar[str] = "更正"
    path: str
    old: Any
    new: Any
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswersFilled(Event):
    """A questionnaire was answered."""

    title: ClassVar[str] = "问卷"
    questionnaire: str
    answers: Mapping[str, Any]
    satisfied: bool | None


# -- time --------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class ObligationStarted(Event):
    """A limit runs from now on."""

    title: ClassVar[str] = "时限开始"
    obligation: Obligation


@dataclass(frozen=True, slots=True, kw_only=True)
class ObligationMet(Event):
    """What was owed was done; `late` when after the due time."""

    title: ClassVar[str] = "时限完成"
    key: str
    late: bool
    ended_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ObligationBreached(Event):
    """The due time passed and nothing had happened; the obligation runs on as overdue."""

    title: ClassVar[str] = "超期"
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ObligationCancelled(Event):
    """The obligation ended for a cause other than being met."""

    title: ClassVar[str] = "时限取消"
    key: str
    cause: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ObligationMoved(Event):
    """The due time changed: extended, resumed, another row applies, or the calendar was published."""

    title: ClassVar[str] = "到期日变更"
    key: str
    obligation: Obligation
    cause: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RungReached(Event):
    """A rung of a ladder: somebody is reminded or told."""

    title: ClassVar[str] = "提醒"
    key: str
    rung: int
    remind: tuple[str, ...]
    tell: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtensionRefused(Event):
    """A request for more time was refused."""

    title: ClassVar[str] = "不同意延长"
    key: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Suspended(Event):
    """The case stands still."""

    title: ClassVar[str] = "中止"
    text: str
    fields: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Resumed(Event):
    """The case goes on; the obligations carry their new due times."""

    title: ClassVar[str] = "恢复"
    text: str
    obligations: tuple[Obligation, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Terminated(Event):
    """The case ends without a decision on the matter."""

    title: ClassVar[str] = "终止"
    text: str
    fields: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ordered(Event):
    """A supervise order was issued, by a person or, when a limit passed, in the name of `role`."""

    title: ClassVar[str] = "督办"
    key: str
    limit: str
    text: str
    role: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderAnswered(Event):
    """A supervise order was answered."""

    title: ClassVar[str] = "督办回复"
    key: str
    text: str


# -- approval ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalAsked(Event):
    """A proposal waits for a yes or no."""

    title: ClassVar[str] = "报请审批"
    approval: PendingApproval


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalVoted(Event):
    """One yes of a stage; `stage_done` when the stage is complete. `signs`: places on the forms the voter signs by it.

    In a body with a quorum a vote may also be `against`; `present` voted the same way in the meeting recorded by this
    event, and `role_done` says whether the body has decided by it. `choice`: amounts, conduct and person that a vote for
    a sanction fixed (as in `Approve`); the latest counts.
    """

    title: ClassVar[str] = "审批同意"
    key: str
    role: str
    text: str
    stage_done: bool
    last: bool
    next_lapses_at: datetime | None = None
    signs: tuple[str, ...] = ()
    against: bool = False
    present: tuple[str, ...] = ()
    role_done: bool = True
    choice: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalRejected(Event):
    """A proposal was rejected; by a body, `present` voted no together with whoever recorded it."""

    title: ClassVar[str] = "审批不同意"
    key: str
    text: str
    work: str = ""
    present: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalLapsed(Event):
    """A stage was not decided in time; somebody else decides instead."""

    title: ClassVar[str] = "审批超时转交"
    key: str
    stage: int
    replacement: Stage


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalCancelled(Event):
    """A proposal lost its object because the case took another way."""

    title: ClassVar[str] = "审批撤销"
    key: str
    cause: str


# -- papers ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentProduced(Event):
    """A form was produced by a piece of work, or again as a later version of the one it `replaces`, for the reason `text`.

    `content` is the sheet as JSON (`documents.content`), `digest` its SHA-256: what everybody signs.
    """

    title: ClassVar[str] = "出具文书"
    key: str
    form: str
    form_title: str
    work: str
    needs: Mapping[str, int]
    signatures: tuple[tuple[str, str], ...]
    member: str = ""
    number: str = ""
    version: int = 1
    replaces: str = ""
    text: str = ""
    lacks: tuple[str, ...] = ()
    content: Mapping[str, Any] = field(default_factory=dict)
    digest: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentSigned(Event):
    """A signature was put on a document; `digest` is that of the content signed."""

    title: ClassVar[str] = "签名"
    key: str
    role: str
    signer: str
    digest: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeQueued(Event):
    """Somebody is to be told; the outbox delivers. `to` are roles or people of the case."""

    title: ClassVar[str] = "通知"
    notice: str
    notice_title: str
    to: tuple[str, ...]
    text: str
    form: str = ""
    acknowledge: bool = False
    about: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeAcknowledged(Event):
    """A reader confirmed a notice; `all_done` when nobody is left."""

    title: ClassVar[str] = "已阅"
    notice: str
    role: str
    all_done: bool


# -- accountability ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class SanctionConfirmed(Event):
    """A sanction or reward proposed by rule was confirmed by a person. `measures`: measure → amount or True."""

    title: ClassVar[str] = "处理决定"
    rule: str
    against_role: str
    against: str
    measures: Mapping[str, Any]
    conduct: tuple[str, ...]
    text: str
    objection_until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerBooked(Event):
    """An entry for a ledger; amounts in the ledger's unit, negative ones take away."""

    title: ClassVar[str] = "记入台账"
    ledger: str
    account: str
    amount: float
    measure: str
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeRenewed(Event):
    """The tracking code was voided and the `issue`-th new one given out; codes themselves stand in no event."""

    title: ClassVar[str] = "重新发放查询码"
    issue: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewStated(Event):
    """The person concerned stated a view on a proposal."""

    title: ClassVar[str] = "当事人陈述"
    key: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SanctionObjected(Event):
    """The person concerned objects to a confirmed measure; `sanction` is the number of its event."""

    title: ClassVar[str] = "当事人提出异议"
    sanction: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SanctionWithdrawn(Event):
    """An objection was upheld: the measure is taken back, and does not count as an offence any more."""

    title: ClassVar[str] = "撤销处理"
    sanction: int
    rule: str
    against: str
    imposed_at: datetime
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SanctionUpheld(Event):
    """An objection was turned down: the measure stands."""

    title: ClassVar[str] = "维持处理"
    sanction: int
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BookingReversed(Event):
    """A counter-entry: takes back what the event of number `reverses` in the same case booked; the amount is its opposite."""

    title: ClassVar[str] = "冲销入账"
    ledger: str
    account: str
    amount: float
    measure: str
    rule: str
    reverses: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectiveOpened(Event):
    """A corrective action was opened."""

    title: ClassVar[str] = "提出整改"
    corrective: str
    owner: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyCalled(Event):
    """What happened here calls for a duty; `members` are those for each of whom it is done."""

    title: ClassVar[str] = "提出职责"
    duty: str
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard(Event):
    """Something happened in another case or affair that came from this one; `names` say what. Steps and limits may wait for it."""

    title: ClassVar[str] = "关联事项"
    source: str
    number: str
    text: str


# -- closing -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Closed(Event):
    """The case is finished and filed."""

    title: ClassVar[str] = "办结归档"
    cause: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reopened(Event):
    """The case lives again, by reopening or appeal."""

    title: ClassVar[str] = "再处理"
    text: str
    appeal: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OutsideInvited(Event):
    """A party outside was given a link to work on this case; `unit` is its id where the organisation knows it."""

    title: ClassVar[str] = "请外单位办理"
    key: str
    role: str
    unit: str
    name: str
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitationEnded(Event):
    """A link of a party outside was ended."""

    title: ClassVar[str] = "停用外单位链接"
    key: str
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Linked(Event):
    """Another case was linked to this one."""

    title: ClassVar[str] = "关联案件"
    other: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MovedToVersion(Event):
    """From here on the case goes by another version of its regime. `left_behind`: runs of steps that it does not know."""

    title: ClassVar[str] = "改用新版制度"
    before: str
    version: str
    text: str
    left_behind: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AttemptRefused(Event):
    """Somebody tried what a rule forbids; recorded, changes nothing else."""

    title: ClassVar[str] = "被拒绝的操作"
    command: str
    code: str
    message: str


def _kinds(base: type[Event]) -> dict[str, type[Event]]:
    return {kind.__name__: kind for kind in base.__subclasses__()}


EVENT_KINDS: dict[str, type[Event]] = _kinds(Event)
"""Every kind of event by name: the index of what can happen."""
