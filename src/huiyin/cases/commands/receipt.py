"""What comes in: the filing, what is asked for and added later, corrections, the tracking code."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ClassVar

from huiyin.calendars import Span
from huiyin.cases.people import Complainant, Respondent
from huiyin.cases.state import Evidence
from huiyin.records import made_quickly

from .base import Command, CoreAct, Values


@made_quickly
@dataclass(frozen=True, slots=True, kw_only=True)
class File(Command):
    """Enter a matter in the register. `received_at` earlier than now needs `late_reason`.

    `origin` is the open duty in which it came to light, such as the opening of an opinion box. `source` is the name of the
    body outside that files it on a page of its own.
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
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RenewCode(Command):
    """Void the tracking code and issue another; `text` says how the complainant was recognised."""

    text: str = ""


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
    """Seal a piece of evidence, `together_with` others under one seal; `present` are those in whose presence.

    `seal` is the number on the seal, given by the system where none is written; `place` says where it is kept from now on.
    """

    act: ClassVar[str] = "seal-evidence"
    evidence: str
    text: str = ""
    seal: str = ""
    together_with: tuple[str, ...] = ()
    place: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenEvidence(CoreAct):
    """Open the seal a piece of evidence lies under, with all that lies under it; `text` says why."""

    act: ClassVar[str] = "open-evidence"
    evidence: str
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WeighEvidence(CoreAct):
    """Decide the force of a piece of evidence; `text` says why, and must where the regime suggests another level."""

    act: ClassVar[str] = "weigh-evidence"
    evidence: str
    force: str
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
class Withdraw(CoreAct):
    """The complainant takes the complaint back."""

    act: ClassVar[str] = "withdraw"
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Correct(CoreAct):
    """Put a value right; `path` such as `matter.account` or `facts.cause`. The old value is kept."""

    act: ClassVar[str] = "correct"
    path: str
    value: Any
    text: str
