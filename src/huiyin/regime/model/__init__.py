"""The compiled regime: what the checker hands to the case core.

Everything here is frozen data. A `Regime` is made by `huiyin.regime.load` from YAML, never by hand outside tests; names
are resolved, conditions are compiled, and `Regime.reactions` answers "what hangs on this event?" in one look-up.
"""

from .accountability import (
    Accountability,
    AccountabilityRule,
    CorrectiveAction,
    Ledger,
    Measure,
    MeasureDuty,
    Reopening,
)
from .condition import Condition, ConditionScope
from .duties import Commitment, Duty, DutyStep, Watch
from .fields import Field, FieldType, Setting, Table
from .flags import FlagKind
from .flow import Act, Outcome, Requirement, Step, Work
from .intake import (
    AssessmentRow,
    Category,
    Channel,
    EvidenceKind,
    ForceLevel,
    ForceRule,
    Intake,
    RoutingRow,
    Severity,
    SeverityRule,
)
from .limits import (
    Approval,
    ApprovalStage,
    AtField,
    AtOnce,
    BeforeField,
    Extension,
    FromSetting,
    Limit,
    LimitExpression,
    LimitRow,
    NextWorkdayStart,
    OnField,
    PeriodEnd,
    Permanent,
    Promptly,
    Rung,
    SameDay,
    SameWorkday,
)
from .orders import OrderKind
from .papers import Form, FormLine, Guidance, Notice, Piece, Question, Questionnaire, Sending
from .reactions import Reactions
from .records import Confidentiality, Governance, LegalPath, Portal, PublishedReplies, RecordsRow
from .regime import Regime
from .roles import CONTACT_PARTS, PEOPLE_OF_A_CASE, Contact, Role, RoleGroup
from .samples import SampleKind, Tolerance
from .transfers import EVIDENCE, STATEMENT, Transfers
from .work_fields import fields_of_work

__all__ = [
    "CONTACT_PARTS",
    "EVIDENCE",
    "PEOPLE_OF_A_CASE",
    "STATEMENT",
    "Accountability",
    "AccountabilityRule",
    "Act",
    "Approval",
    "ApprovalStage",
    "AssessmentRow",
    "AtField",
    "AtOnce",
    "BeforeField",
    "Category",
    "Channel",
    "Commitment",
    "Condition",
    "ConditionScope",
    "Confidentiality",
    "Contact",
    "CorrectiveAction",
    "Duty",
    "DutyStep",
    "EvidenceKind",
    "Extension",
    "Field",
    "FieldType",
    "FlagKind",
    "ForceLevel",
    "ForceRule",
    "Form",
    "FormLine",
    "FromSetting",
    "Governance",
    "Guidance",
    "Intake",
    "Ledger",
    "LegalPath",
    "Limit",
    "LimitExpression",
    "LimitRow",
    "Measure",
    "MeasureDuty",
    "NextWorkdayStart",
    "Notice",
    "OnField",
    "OrderKind",
    "Outcome",
    "PeriodEnd",
    "Permanent",
    "Piece",
    "Portal",
    "Promptly",
    "PublishedReplies",
    "Question",
    "Questionnaire",
    "Reactions",
    "RecordsRow",
    "Regime",
    "Reopening",
    "Requirement",
    "Role",
    "RoleGroup",
    "RoutingRow",
    "Rung",
    "SameDay",
    "SameWorkday",
    "SampleKind",
    "Sending",
    "Setting",
    "Severity",
    "SeverityRule",
    "Step",
    "Table",
    "Tolerance",
    "Transfers",
    "Watch",
    "Work",
    "fields_of_work",
]
