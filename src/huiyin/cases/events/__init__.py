"""Past facts of a case. Folding them gives the case; nothing else is true.

Every event says when (`at`, UTC), who (`by`), which names of the regime it makes happen (`names`: rules hang on these),
which articles it rests on (`cite`), why (`why`: the rule and the values that made it true), and whether staff entered it
for the complainant (`on_behalf`). An event carries whatever
folding needs, so that old cases fold without their regime.
"""

from huiyin.records import made_quickly

from .accountability import (
    BookingReversed,
    ConcernedNamed,
    LedgerBooked,
    SanctionConfirmed,
    SanctionObjected,
    SanctionUpheld,
    SanctionWithdrawn,
    ViewStated,
)
from .affairs import CorrectiveOpened, DutyCalled, Heard, MeasureCalled
from .approvals import ApprovalAsked, ApprovalCancelled, ApprovalLapsed, ApprovalRejected, ApprovalVoted
from .base import Event, Reason
from .closing import AttemptRefused, Closed, Linked, MovedToVersion, Reopened
from .decisions import Assessed, Assigned, Graded, LeftUndecided, Recused
from .flags import FlagEnded, Flagged
from .limits import (
    Deadline,
    DeadlineMoved,
    ExtensionRefused,
    ObligationBreached,
    ObligationCancelled,
    ObligationMet,
    ObligationMoved,
    ObligationStarted,
    Resumed,
    RungReached,
    Suspended,
    Terminated,
)
from .orders import (
    OrderAnswered,
    Ordered,
    OrderRecalled,
    ReportAccepted,
    ReportCorrected,
    ReportReturned,
    ReportWithdrawn,
)
from .outside import InvitationEnded, LinkRenewed, OutsideInvited
from .papers import DocumentProduced, DocumentSigned, NoticeAcknowledged, NoticeQueued, PaperRecalled
from .receipt import CodeRenewed, Completed, CompletionAsked, Filed, Marked, Withdrawn
from .samples import SampleCoded, SampleHandedOver, SampleTaken, SampleTested
from .transfers import TransferReceived, TransferReturned, TransferSent
from .work import (
    ActDone,
    AnswersFilled,
    Corrected,
    EvidenceAdded,
    EvidenceOpened,
    EvidenceSealed,
    EvidenceWeighed,
    RoundsExhausted,
    StepOpened,
    StepPassedOver,
    StepsCancelled,
    WorkAttempted,
    WorkDone,
    WorkSubmitted,
)

__all__ = [
    "EVENT_KINDS",
    "ActDone",
    "AnswersFilled",
    "ApprovalAsked",
    "ApprovalCancelled",
    "ApprovalLapsed",
    "ApprovalRejected",
    "ApprovalVoted",
    "Assessed",
    "Assigned",
    "AttemptRefused",
    "BookingReversed",
    "Closed",
    "CodeRenewed",
    "Completed",
    "CompletionAsked",
    "ConcernedNamed",
    "Corrected",
    "CorrectiveOpened",
    "Deadline",
    "DeadlineMoved",
    "DocumentProduced",
    "DocumentSigned",
    "DutyCalled",
    "Event",
    "EvidenceAdded",
    "EvidenceOpened",
    "EvidenceSealed",
    "EvidenceWeighed",
    "ExtensionRefused",
    "Filed",
    "FlagEnded",
    "Flagged",
    "Graded",
    "Heard",
    "InvitationEnded",
    "LedgerBooked",
    "LeftUndecided",
    "LinkRenewed",
    "Linked",
    "Marked",
    "MeasureCalled",
    "MovedToVersion",
    "NoticeAcknowledged",
    "NoticeQueued",
    "ObligationBreached",
    "ObligationCancelled",
    "ObligationMet",
    "ObligationMoved",
    "ObligationStarted",
    "OrderAnswered",
    "OrderRecalled",
    "Ordered",
    "OutsideInvited",
    "PaperRecalled",
    "Reason",
    "Recused",
    "Reopened",
    "ReportAccepted",
    "ReportCorrected",
    "ReportReturned",
    "ReportWithdrawn",
    "Resumed",
    "RoundsExhausted",
    "RungReached",
    "SampleCoded",
    "SampleHandedOver",
    "SampleTaken",
    "SampleTested",
    "SanctionConfirmed",
    "SanctionObjected",
    "SanctionUpheld",
    "SanctionWithdrawn",
    "StepOpened",
    "StepPassedOver",
    "StepsCancelled",
    "Suspended",
    "Terminated",
    "TransferReceived",
    "TransferReturned",
    "TransferSent",
    "ViewStated",
    "Withdrawn",
    "WorkAttempted",
    "WorkDone",
    "WorkSubmitted",
]

EVENT_KINDS: dict[str, type[Event]] = {kind.__name__: kind for kind in Event.__subclasses__()}
"""Every kind of event by name: the index of what can happen."""

for _kind in EVENT_KINDS.values():
    made_quickly(_kind)
