"""The state of a case: what folding its events gives."""

from .affairs import GROUP_JOINT, Occasion
from .approvals import ApprovalKind, PendingApproval, Stage
from .case import ANSWERS, Case, CaseState
from .evidence import Evidence, Opening, Seal
from .imposed import FOREVER, Booking, Imposed
from .limits import Obligation, ObligationStatus, PlannedRung
from .outside import Invitation, TransferOut
from .papers import Document, Recall, RecallStage
from .steps import FilledIn, Signal, StepRun, StepStatus, run_key

__all__ = [
    "ANSWERS",
    "FOREVER",
    "GROUP_JOINT",
    "ApprovalKind",
    "Booking",
    "Case",
    "CaseState",
    "Document",
    "Evidence",
    "FilledIn",
    "Imposed",
    "Invitation",
    "Obligation",
    "ObligationStatus",
    "Occasion",
    "Opening",
    "PendingApproval",
    "PlannedRung",
    "Recall",
    "RecallStage",
    "Seal",
    "Signal",
    "Stage",
    "StepRun",
    "StepStatus",
    "TransferOut",
    "run_key",
]
