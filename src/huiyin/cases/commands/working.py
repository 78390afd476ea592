"""Work: steps and acts, questionnaires, records, papers, supervise orders, parties outside."""

from dataclasses import dataclass, field
from typing import ClassVar

from huiyin.cases.state import RecallStage
from huiyin.records import made_quickly

from .base import Charge, Command, CoreAct, Values


@made_quickly
@dataclass(frozen=True, slots=True, kw_only=True)
class Perform(Command):
    """Do a step, or an act of the regime's own.

    `unit`, `to`, `handler`, `also` serve a step that decides routing; `row` decides a table that was left undecided or
    picks a ground; `body` is the body outside that a transfer goes to, or the complainant is told to turn to, where the row
    leaves a choice: its role, or `role/name` for one of many; `present` confirms who took part; `answers` answer the
    step's questionnaire; `via` says by what means somebody was reached, several where they were combined;
    `orders`: whom the work charges with what.
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
    body: str = ""
    text: str = ""
    via: tuple[str, ...] = ()
    orders: tuple[Charge, ...] = ()


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
class Record(CoreAct):
    """An act that leaves a record: note, contact, tell-progress, press, instruct, flag-risk, remedy."""

    kind_of_act: str
    text: str = ""
    to: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Supervise(CoreAct):
    """Issue a supervise order, or several."""

    act: ClassVar[str] = "supervise"
    text: str
    limit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerOrder(CoreAct):
    """Report back on an order; without `order` on the one that has waited longest for the actor."""

    act: ClassVar[str] = "answer-order"
    text: str
    order: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptReport(CoreAct):
    """Accept the report on an order; without `order` the one that has waited longest for the actor."""

    act: ClassVar[str] = "accept-report"
    text: str = ""
    order: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnReport(CoreAct):
    """Send the report on an order back, with the reason."""

    act: ClassVar[str] = "return-report"
    text: str
    order: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AmendReport(CoreAct):
    """Put one's own report on an order right; `report` are its words as they are to be, `text` says why."""

    act: ClassVar[str] = "amend-report"
    text: str
    report: str = ""
    order: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawReport(CoreAct):
    """Take one's own report on an order back, with the reason; another is owed by the same day."""

    act: ClassVar[str] = "withdraw-report"
    text: str
    order: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecallOrder(CoreAct):
    """Take an order back, with the reason."""

    act: ClassVar[str] = "recall-order"
    text: str
    order: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Invite(CoreAct):
    """Let a party outside work on this case through a link with a code. `name`: who it is given to, as people say it.

    `email`: where link and code are sent; it is sealed beside the case and stands in no event.
    """

    act: ClassVar[str] = "invite"
    role: str
    name: str
    text: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RenewLink(CoreAct):
    """Give a party outside a new code and new time; the code it had opens nothing any more."""

    act: ClassVar[str] = "renew-link"
    invitation: str
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AskBack(CoreAct):
    """A party outside asks those who handle the case."""

    act: ClassVar[str] = "ask-back"
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TellOutside(CoreAct):
    """Tell the party of an invitation something."""

    act: ClassVar[str] = "tell-outside"
    invitation: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Uninvite(CoreAct):
    """End an invitation: its link opens nothing any more."""

    act: ClassVar[str] = "uninvite"
    invitation: str
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
class Recall(CoreAct):
    """Say how far the recall of a paper is; `paper` is the key of a document of the case or the number of one from elsewhere."""

    act: ClassVar[str] = "recall"
    paper: str = ""
    stage: RecallStage = "asked"
    text: str = ""
