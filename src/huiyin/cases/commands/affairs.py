"""What only the system does: opening affairs, telling cases of each other, missed duties."""

from dataclasses import dataclass, field

from huiyin.cases.people import Respondent
from huiyin.cases.state import Occasion

from .base import Command


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
class CallOff(Command):
    """End an affair whose cause is gone: the measure it carried out was taken back."""
