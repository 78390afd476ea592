"""Cases and obligations as they are shown."""

from datetime import date, datetime

from ninja import Schema
from pydantic import Field, JsonValue

from huiyin.api.problems import Cite

from .around import DocumentOut, FileOut, FlagOut, InvitationOut, SentOut, TurnOut
from .regimes import FieldOut, QuestionnaireOut
from .samples import RecallOut, SampleOut

SOURCE = "the body outside that filed it on its own page; empty for all others"


class CaseItem(Schema):
    """A case in a list. The complainant's name is masked; empty when hidden from you."""

    id: str
    number: str
    regime: str
    kind: str
    channel: str
    source: str = Field(description=SOURCE)
    state: str
    phase: str
    title: str
    category: str
    severity: str
    complainant: str
    handling_unit: str
    handler: str
    received_at: datetime
    next_due: datetime | None
    overdue: bool
    version: int


class CasePage(Schema):
    """A page of cases; `next` is the value of `after` for the next page, empty on the last."""

    items: list[CaseItem]
    next: str


class AffairItem(Schema):
    """An affair in a list: a duty, a corrective action, an alarm. `member` is the place, unit or group it is about."""

    id: str
    number: str
    regime: str = Field(description="the affair's own: the regime it belongs to, a slash, its name there")
    kind: str = Field(description="duty, corrective, watch, measure")
    title: str
    member: str
    state: str
    handling_unit: str
    handler: str
    opened_at: datetime
    next_due: datetime | None
    overdue: bool
    version: int


class AffairPage(Schema):
    """A page of affairs, the newest first."""

    items: list[AffairItem]
    next: str


class OccasionOut(Schema):
    """What an affair was opened for: the period of a duty (its end not included), or what a watch found."""

    event: str
    start: datetime | None
    end: datetime | None
    missed: int = Field(description="periods caught up in it after downtime")
    member: str
    group: str
    value: float | None
    sample: list[str]


class RelatedOut(Schema):
    """A case or affair that belongs to this one, of those you may see."""

    how: str = Field(
        description="origin, stem (came from this), carried (left from the period before), counted, linked, merged-into"
    )
    number: str
    kind: str


class ObligationItem(Schema):
    """Something owed. `due` null: promptly, without a figure; `provisional`: the calendar of that year is not out yet."""

    number: str
    regime: str
    kind: str = Field(description="limit, step, approval, order, acknowledge, sign, decide")
    work: str = Field(description="what to do for it; empty where a limit's step has not come yet")
    title: str
    case_title: str
    severity: str
    due: datetime | None
    provisional: bool
    overdue: bool
    paused: bool
    since: datetime | None
    role: str
    unit: str
    person: str
    cite: list[str]


class ObligationPage(Schema):
    """A page of obligations, soonest first."""

    items: list[ObligationItem]
    next: str


class OrderItem(Schema):
    """Something somebody was charged with, and what was reported back."""

    number: str = Field(description="of the case or affair")
    order: str = Field(description="goes into the commands answer-order, accept-report, return-report, recall-order")
    regime: str
    kind: str = Field(description="kind of order of the regime; empty for a plain supervise order")
    title: str
    text: str
    state: str = Field(description="waiting, reported, done, recalled, ended (with its case)")
    case_title: str
    given_at: datetime
    given_by: str
    given_as: str = Field(description="the role in whose name it came of itself as a limit passed")
    role: str
    unit: str
    person: str
    due: datetime | None
    overdue: bool
    paused: bool
    returned: int = Field(description="how often its report was sent back")
    reported_at: datetime | None
    report: str


class OrderPage(Schema):
    """A page of orders, the newest first."""

    items: list[OrderItem]
    next: str


class RespondentOut(Schema):
    """Who is complained about."""

    kind: str
    unit: str
    unit_title: str
    person: str
    name: str


class ComplainantOut(Schema):
    """Who complains, masked."""

    anonymous: bool
    reachable: bool
    people: int
    name: str
    phone: str
    address: str
    email: str


class ObligationOut(Schema):
    """A limit of the case, with the reason of its due time."""

    key: str
    title: str
    status: str
    started_at: datetime
    due: datetime | None
    provisional: bool
    paused: bool
    cite: list[Cite]
    why: list[list[str]] = Field(
        description="(word, sentence): from, given, skipped, counted, until, then what moved it"
    )


class OpeningOut(Schema):
    """A seal was opened, or what it seals was looked at."""

    at: datetime
    by: str
    text: str
    present: list[str]


class SealOut(Schema):
    """A seal on a piece of evidence."""

    number: str
    at: datetime
    by: str
    present: list[str]
    openings: list[OpeningOut]


class EvidenceOut(Schema):
    """A piece of evidence."""

    key: str
    kind: str
    title: str
    digest: str
    sealed: bool
    data: dict[str, JsonValue]
    place: str
    force: str = Field(description="the level of proof it was found to have; empty while nobody decided")
    suggested_force: str = Field(description="the level the regime's rules suggest; empty for none")
    seals: list[SealOut]
    file: FileOut | None


class Blocked(Schema):
    """Why something cannot be done now."""

    code: str
    message: str
    cite: list[Cite]


class GivesOut(Schema):
    """The orders that an act or step gives, each sent as `{text, to, unit, person, due}`."""

    kind: str
    title: str
    to: list[str] = Field(description="roles that may be charged")
    several: bool = Field(description="a list, which may be empty; else exactly one, by default to the first role")
    due_needed: bool = Field(description="whether the day has to be given, since the regime has no time of its own")
    accepted_by: list[str]


class PossibleOut(Schema):
    """Something you can do: `command` names the route, `work` goes into its body where it has such a field."""

    command: str
    work: str
    title: str
    member: str
    expected: bool
    on_behalf: bool = Field(description="you would do it for the complainant: send `on_behalf` with the command")
    cite: list[Cite]
    fields: list[FieldOut]
    required: list[str]
    outcomes: dict[str, str]
    questionnaire: QuestionnaireOut | None
    present: list[str]
    decides: list[str]
    bodies: dict[str, str] = Field(description="bodies outside to choose from: what to send as `body` → its name")
    units: dict[str, list[str]]
    approvers: list[str] = Field(description="roles that have to agree before it takes effect")
    sure_approval: bool = Field(description="whether they are asked in any case, or only where a condition holds")
    produces: list[str] = Field(description="forms that come of it")
    via: dict[str, str] = Field(description="means by which somebody is reached, to name in `via`")
    gives: GivesOut | None = Field(description="the kind of orders it gives: send them as `orders`")
    blocked: Blocked | None


class StoryLine(Schema):
    """One thing that happened, told in a sentence."""

    sequence: int
    at: datetime
    who: str
    sentence: str
    body: str
    facts: list[list[str]]
    cite: list[Cite]


class BodyOut(Schema):
    """A body outside that the case goes to, or that the complainant is to turn to, as it was known at the decision."""

    role: str
    name: str
    remit: str
    address: str
    phone: str
    email: str
    website: str
    hours: str


class TransferOut(Schema):
    """A transfer to a body outside: how far it has come. `enclosures` are keys of evidence, left out where it is hidden."""

    stage: str = Field(description="decided, sent, received, returned")
    number: str = Field(description="of the letter that went with it")
    decided_at: datetime
    sent_at: datetime | None
    enclosures: list[str]
    received_on: date | None
    received_by: str
    their_number: str
    returned_at: datetime | None
    reason: str


class CaseOut(Schema):
    """A case as you may see it; what is hidden from you is left out and named in `hidden`."""

    id: str
    number: str
    version: int
    rehearsal: bool
    regime: str
    regime_version: str
    kind: str
    channel: str
    source: str = Field(description=SOURCE)
    reference: str = Field(description="the number that body has given the matter; empty where it is hidden from you")
    state: str
    phase: str
    title: str
    category: str
    severity: str
    first_receiver: str
    received_at: datetime
    filed_at: datetime
    closed_at: datetime | None
    seen_as: str = Field(description="why you see it")
    hidden: list[str]
    complainant: ComplainantOut | None
    respondent: RespondentOut | None
    matter: dict[str, JsonValue]
    points: list[str]
    facts: dict[str, JsonValue]
    answers: dict[str, JsonValue]
    evidence: list[EvidenceOut]
    samples: list[SampleOut]
    recalls: list[RecallOut]
    body: BodyOut | None
    transfer: TransferOut | None
    decided: dict[str, str]
    undecided: dict[str, list[str]]
    handling_role: str
    handling_unit: str
    handler: str
    also: list[str]
    obligations: list[ObligationOut]
    turns: list[TurnOut]
    flags: list[FlagOut] = Field(description="warnings about the complainant, from whichever case, for those who handle this one")
    orders: list[OrderItem]
    orders_carried: list[OrderItem] = Field(description="what earlier meetings of the same duty resolved and is not done yet")
    documents: list[DocumentOut]
    invitations: list[InvitationOut]
    sent: list[SentOut]
    possible: list[PossibleOut]
    occasion: OccasionOut | None = Field(description="of an affair; null for a case")
    related: list[RelatedOut]
    story: list[StoryLine]
