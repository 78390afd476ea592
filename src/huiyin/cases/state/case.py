"""The state of a case: what folding its events gives.

`Case` values are treated as immutable everywhere but inside `evolve`, which copies first. Field values in `matter`,
`facts` and `answers` are plain JSON values; dates and datetimes are ISO 8601 text.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from huiyin.cases.flag import Flag
from huiyin.cases.order import Order
from huiyin.cases.people import Complainant, OutsideBody, Respondent
from huiyin.cases.samples.sample import Sample

from .affairs import Occasion
from .approvals import PendingApproval
from .evidence import Evidence
from .imposed import Booking, Imposed
from .limits import Obligation
from .outside import Invitation, TransferOut
from .papers import Document, Recall
from .steps import FilledIn, Signal, StepRun

CaseState = Literal["open", "waiting", "suspended", "closed"]


@dataclass(slots=True)
class Case:
    """One matter under a regime. `origin` is the case or affair it came from; `stems` are those that came from it.

    `body`: the body outside that the case went to, or that the complainant was told to turn to. `source`: the name of the
    body outside that filed the case itself.
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
    source: str = ""
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
    filled: dict[str, FilledIn] = field(default_factory=dict)
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
