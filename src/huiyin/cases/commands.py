"""Orders given to a case. Web form, API, import, command line and scenarios build the same ones.

A command says what is wanted; who wants it and when come with the `Context`. Field values are JSON values: text,
numbers, booleans, lists; dates as `2026-09-28`, datetimes as ISO 8601 with offset; money in CNY.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ClassVar

from huiyin.calendars import Span

from .people import Complainant, Respondent
from .state import Evidence, Occasion

Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """What all commands have in common: the act they belong to (empty for steps) and whether entered for the complainant."""

    act: ClassVar[str] = ""
    on_behalf: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class File(Command):
    """Enter a matter in the register. `received_at` earlier than now needs `late_reason`.

    `origin` is the open duty in which it came to light, such as the opening of an opinion box.
    """

    kind: str
    channel: str
    matter: Values = field(default_factory=dict)
    category: str = ""
    points: tuple[str, ...] = ()
    complainant: Complainant = field(default_factory=Complainant)
    respondent: Respondent = field(default_factory=Respondent)
    passed_on_by: str = ""
    received_at: datetime | None = None
    late_reason: str = ""
    evidence: tuple[Evidence, ...] = ()
    origin: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenAffair(Command):
    """Open an affair under its regime; the system does, when it falls due or something calls for it.

    `unit`, `handler_role` and `handler` owe it, `role` is the unit's; all empty where a person has to say which unit is
    concerned. `respondent` is whom an alarm is about; `about_unit` the unit a duty is done for.
    """

    occasion: Occasion
    role: str = ""
    unit: str = ""
    handler_role: str = ""
    handler: str = ""
    respondent: Respondent = field(default_factory=Respondent)
    category: str = ""
    origin: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hear(Command):
    """Something happened elsewhere that matters here; the system tells."""

    names: tuple[str, ...]
    source: str
    number: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Miss(Command):
    """End an affair that was not done while its next period has begun; its limit has been breached."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Perform(Command):
    """Do a step, or an act of the regime's own.

    `unit`, `to`, `handler`, `also` serve a step that decides routing; `row` decides a table that was left undecided or
    picks a ground; `present` confirms who took part; `answers` answer the step's questionnaire.
    """

    work: str
    member: str = ""
    outcome: str = ""
    fields: Values = field(default_factory=dict)
    answers: Values = field(default_factory=dict)
    present: tuple[str, ...] = ()
    row: str = ""
    to: str = ""
    unit: str = ""
    handler: str = ""
    also: tuple[str, ...] = ()
    into: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DecideTable(Command):
    """Decide an assessment or routing that the engine left undecided."""

    table: str
    row: str
    to: str = ""
    unit: str = ""
    handler: str = ""
    also: tuple[str, ...] = ()
    into: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Approve(Command):
    """Say yes to a proposal. Without `key` it is the only one that waits for this person.

    For sanctions: `measures` fixes amounts inside the brackets, `conduct` ticks what was found, `person` names who.
    For a body with a quorum: `present` are other members who voted the same way in the meeting that is recorded here.
    """

    key: str = ""
    rule: str = ""
    text: str = ""
    measures: Values = field(default_factory=dict)
    conduct: tuple[str, ...] = ()
    person: str = ""
    present: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reject(Command):
    """Say no to a proposal, with the reason. `present` as in `Approve`."""

    key: str = ""
    rule: str = ""
    text: str = ""
    present: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Fill(Command):
    """Answer a questionnaire."""

    questionnaire: str = ""
    answers: Values = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Acknowledge(Command):
    """Confirm having read a notice; without `notice` all that wait for this person."""

    notice: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReverseBooking(Command):
    """Take an entry of a ledger back by a counter-entry.

    `booking` is the number of the event that booked it; without one, the only entry (of `ledger`) not taken back yet.
    """

    booking: int = 0
    ledger: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RenewCode(Command):
    """Void the tracking code and issue another; `text` says how the complainant was recognised."""

    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StateView(Command):
    """State one's view on a measure proposed against oneself; without `key` the only one that waits."""

    text: str
    key: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectTo(Command):
    """Object to a measure decided against oneself.

    `sanction` is the number of its event in the case; 0: the only one that can still be objected to.
    """

    text: str
    sanction: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class PassTime(Command):
    """Let the clock act: reminders, breaches, lapsed approvals."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recalculate(Command):
    """Set provisional due times anew after a calendar was published or changed."""

    reason: str = "放假安排已公布"


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveToVersion(Command):
    """Let the case go by another version of its regime; the system does, when an administrator had it prepared.

    Decided under the new version. `new_limits` are limits that the old one did not have, `old_limits` those that it alone has.
    """

    reason: str
    new_limits: tuple[str, ...] = ()
    old_limits: tuple[str, ...] = ()


# -- core acts ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class CoreAct(Command):
    """An act every regime has. `fields`, `present` and `outcome` answer what this regime asks for besides."""

    fields: Values = field(default_factory=dict)
    present: tuple[str, ...] = ()
    outcome: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Record(CoreAct):
    """An act that leaves a record: note, contact, tell-progress, press, instruct, flag-risk, remedy."""

    kind_of_act: str
    text: str = ""
    to: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AddEvidence(CoreAct):
    """Add evidence."""

    act: ClassVar[str] = "add-evidence"
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Accompany(Command):
    """Evidence that comes along with another command, such as photographs with an appeal; never asked for by itself."""

    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SealEvidence(CoreAct):
    """Seal a piece of evidence; `present` are those in whose presence."""

    act: ClassVar[str] = "seal-evidence"
    evidence: str
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AskMore(CoreAct):
    """Ask the complainant to complete the filing; limits stand still meanwhile."""

    act: ClassVar[str] = "ask-more"
    text: str
    within: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Complete(CoreAct):
    """Complete the filing."""

    act: ClassVar[str] = "complete"
    matter: Values = field(default_factory=dict)
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Transfer(CoreAct):
    """Hand the case to another body or unit."""

    act: ClassVar[str] = "transfer"
    to: str
    unit: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Return(CoreAct):
    """Give the case back to where it came from."""

    act: ClassVar[str] = "return"
    to: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reassign(CoreAct):
    """Make somebody else responsible."""

    act: ClassVar[str] = "reassign"
    to: str = ""
    unit: str = ""
    handler: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AddUnit(CoreAct):
    """Add a co-handling unit."""

    act: ClassVar[str] = "add-unit"
    unit: str
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Extend(CoreAct):
    """Ask for more time: `by` is added to the due time."""

    act: ClassVar[str] = "extend"
    limit: str
    by: Span
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Suspend(CoreAct):
    """Let the case stand still."""

    act: ClassVar[str] = "suspend"
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Resume(CoreAct):
    """Go on after a suspension."""

    act: ClassVar[str] = "resume"
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Terminate(CoreAct):
    """End the case without a decision on the matter."""

    act: ClassVar[str] = "terminate"
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdraw(CoreAct):
    """The complainant takes the complaint back."""

    act: ClassVar[str] = "withdraw"
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Merge(CoreAct):
    """Join this case to another that is handled already; `into` is its id."""

    act: ClassVar[str] = "merge"
    into: str
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Link(CoreAct):
    """Link another case; `other` is its id."""

    act: ClassVar[str] = "link"
    other: str
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Supervise(CoreAct):
    """Issue a supervise order."""

    act: ClassVar[str] = "supervise"
    text: str
    limit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerOrder(CoreAct):
    """Answer a supervise order; without `order` the only open one."""

    act: ClassVar[str] = "answer-order"
    text: str
    order: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Invite(CoreAct):
    """Let a party outside work on this case through a link with a code. `name`: who it is given to, as people say it."""

    act: ClassVar[str] = "invite"
    role: str
    name: str
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Uninvite(CoreAct):
    """End an invitation: its link opens nothing any more."""

    act: ClassVar[str] = "uninvite"
    invitation: str
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Regrade(CoreAct):
    """Set severity or category by hand."""

    act: ClassVar[str] = "regrade"
    severity: str = ""
    category: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Correct(CoreAct):
    """Put a value right; `path` such as `matter.account` or `facts.cause`. The old value is kept."""

    act: ClassVar[str] = "correct"
    path: str
    value: Any
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Recuse(CoreAct):
    """Step back from the case, or keep `person` from it."""

    act: ClassVar[str] = "recuse"
    person: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sign(Command):
    """Sign a document; without `document` the only one that lacks this person's signature."""

    act: ClassVar[str] = "sign"
    document: str = ""
    form: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reissue(CoreAct):
    """Compose a document again with what the case says now, as a new version in place of the old one. `text`: why."""

    act: ClassVar[str] = "reissue"
    document: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reopen(CoreAct):
    """Take the case up again."""

    act: ClassVar[str] = "reopen"
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Appeal(CoreAct):
    """The complainant does not accept the result."""

    act: ClassVar[str] = "appeal"
    text: str = ""


RECORD_ACTS: dict[str, str] = {
    "note": "noted",
    "contact": "contacted",
    "tell-progress": "progress-told",
    "press": "pressed",
    "instruct": "instructed",
    "flag-risk": "risk-flagged",
    "remedy": "remedied",
}
"""Acts done with `Record`, and the event name each makes happen."""

COMMANDS: dict[str, type[Command]] = {
    "file": File,
    "perform": Perform,
    "decide": DecideTable,
    "approve": Approve,
    "reject": Reject,
    "fill": Fill,
    "acknowledge": Acknowledge,
    "reverse-booking": ReverseBooking,
    "renew-code": RenewCode,
    "state-view": StateView,
    "object-to": ObjectTo,
    "pass-time": PassTime,
    "recalculate": Recalculate,
    "record": Record,
    "sign": Sign,
    **{kind.act: kind for kind in CoreAct.__subclasses__() if kind.act},
}
"""Every command by name: the index of what can be asked of a case. What only the system does in affairs is not asked for."""
