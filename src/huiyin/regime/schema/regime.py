"""The file as a whole."""

from typing import Literal

from .head import (
    ConfidentialityPart,
    GovernancePart,
    PortalPart,
    RecordsPart,
    RolesPart,
    SendingPart,
    SettingPart,
    TablePart,
)
from .intake import AssessmentPart, CategoryPart, IntakePart, RoutingPart, SeverityPart, TransfersPart
from .papers import FormPart, GuidancePart, NoticePart, QuestionnairePart
from .parts import Part, Plain
from .samples import SamplePart
from .standing import AccountabilityPart, CommitmentPart, CorrectivePart, FlagPart, WatchPart
from .work import ActPart, ApprovalPart, DutyPart, LimitPart, OrderPart, RungPart, StepPart

Kind = Literal[
    "complaint", "report", "consultation", "suggestion", "objection", "service-request", "praise", "internal"
]


class RegimeFile(Plain):
    """A regime as it is written, after `extends` has been merged."""

    regime: str
    title: str
    version: str
    purpose: str = ""
    scope: str = ""
    organisation: str = ""
    calendar: str = "cn"
    extends: str | None = None
    kinds: dict[Kind, Part]
    articles: dict[str, str] = {}
    roles: RolesPart = RolesPart()
    settings: dict[str, SettingPart] = {}
    tables: dict[str, TablePart] = {}
    intake: IntakePart
    categories: dict[str, CategoryPart] = {}
    severity: SeverityPart | None = None
    assessment: dict[str, AssessmentPart] = {}
    routing: dict[str, RoutingPart] = {}
    samples: dict[str, SamplePart] = {}
    transfers: TransfersPart | None = None
    flow: dict[str, StepPart]
    acts: dict[str, ActPart] = {}
    limits: dict[str, LimitPart] = {}
    ladders: dict[str, tuple[RungPart, ...]] = {}
    orders: dict[str, OrderPart] = {}
    flags: dict[str, FlagPart] = {}
    approvals: dict[str, ApprovalPart] = {}
    forms: dict[str, FormPart] = {}
    notices: dict[str, NoticePart] = {}
    guidance: dict[str, GuidancePart] = {}
    questionnaires: dict[str, QuestionnairePart] = {}
    accountability: AccountabilityPart = AccountabilityPart()
    corrective: dict[str, CorrectivePart] = {}
    confidentiality: dict[str, ConfidentialityPart] = {}
    records: dict[str, RecordsPart] = {}
    duties: dict[str, DutyPart] = {}
    watches: dict[str, WatchPart] = {}
    commitments: dict[str, CommitmentPart] = {}
    sending: SendingPart = SendingPart()
    portal: PortalPart = PortalPart()
    governance: GovernancePart = GovernancePart()
