"""Receipt 收件: filed, asked for more, completed, withdrawn."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from huiyin.cases.people import Complainant, Respondent
from huiyin.cases.state import Evidence, Occasion

from .base import Event


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
    source: str = ""


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


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeRenewed(Event):
    """The tracking code was voided and the `issue`-th new one given out; codes themselves stand in no event."""

    title: ClassVar[str] = "重新发放查询码"
    issue: int
    text: str
