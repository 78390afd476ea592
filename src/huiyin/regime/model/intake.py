"""Intake, categories, severity, assessment and routing (regime-language 2.2, 2.3)."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from huiyin.regime.vocabulary import ONLINE_CHANNELS

from .condition import Condition
from .fields import Field
from .limits import LimitExpression


@dataclass(frozen=True, slots=True)
class Channel:
    """A way in. `passed_on_by` is the role that passes cases on through it (`from` in the file).

    `own_page`: bodies of that role file here themselves, on a page of their own; `reference` is the field that holds the
    number they have given the matter.
    """

    id: str
    title: str
    hours: str = ""
    contact: str = ""
    locations: tuple[str, ...] = ()
    public: bool = True
    passed_on_by: str | None = None
    own_page: bool = False
    reference: str | None = None


@dataclass(frozen=True, slots=True)
class ForceLevel:
    """How much a piece of evidence proves. What has a level that does not `counts` is no evidence any more."""

    id: str
    title: str
    counts: bool = True


@dataclass(frozen=True, slots=True)
class ForceRule:
    """`when` holds of a piece of evidence → the force suggested for it is `level`."""

    id: str
    title: str
    when: Condition | None
    level: str
    cite: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EvidenceKind:
    """A kind of proof: when it must be there, what is asked about each piece, when it counts, what serves instead.

    `physical`: a thing that is kept somewhere, with or without a file. `sealed_for`: pieces of this kind come in sealed,
    and only these roles may open them, each time with a reason. `force` suggests how much a piece proves, first match.
    """

    id: str
    title: str
    required: bool | Condition = False
    admissible: Condition | None = None
    issuer: str = ""
    shows: str = ""
    instead: str = ""
    fields: Mapping[str, Field] = field(default_factory=dict)
    physical: bool = False
    sealed_for: tuple[str, ...] = ()
    force: tuple[ForceRule, ...] = ()
    cite: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Intake:
    """What is asked at filing. `number` is the register pattern, e.g. `{year}-{serial:04}`."""

    channels: Mapping[str, Channel]
    fields: Mapping[str, Field]
    evidence: Mapping[str, EvidenceKind] = field(default_factory=dict)
    force: Mapping[str, ForceLevel] = field(default_factory=dict)
    points: bool = False
    anonymous: str = "refused"
    number: str = "{year}-{serial:04}"

    @property
    def online_channel(self) -> str | None:
        """The channel a filing on the portal comes through; None where nothing is taken in writing online."""
        public = {channel.id for channel in self.channels.values() if channel.public}
        return next((channel for channel in ONLINE_CHANNELS if channel in public), None)

    @property
    def own_pages(self) -> tuple[Channel, ...]:
        """The channels through which bodies outside file themselves."""
        return tuple(channel for channel in self.channels.values() if channel.own_page)


@dataclass(frozen=True, slots=True)
class Category:
    """A node of the category tree; `parent` is None at the top."""

    id: str
    title: str
    parent: str | None = None
    strategy: str = ""


@dataclass(frozen=True, slots=True)
class SeverityRule:
    """`when` holds → the severity is `level`."""

    id: str
    title: str
    when: Condition | None
    level: str
    cite: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Severity:
    """Levels from low to high with their titles; the lowest is the default."""

    levels: Mapping[str, str] = field(default_factory=dict)
    rules: tuple[SeverityRule, ...] = ()

    def rank(self, level: str | None) -> int:
        """1 for the lowest level, 0 when there is none of that name."""
        for number, name in enumerate(self.levels, start=1):
            if name == level:
                return number
        return 0


@dataclass(frozen=True, slots=True)
class AssessmentRow:
    """One ground. `outcome`: accept, refuse, explain, settle, merge, transfer, ask-more.

    `to`: who a transfer may go to; `turn_to`: the bodies outside that a complainant who is turned away may be told of.
    """

    id: str
    title: str
    when: Condition | None
    outcome: str
    cite: tuple[str, ...]
    to: tuple[str, ...] = ()
    turn_to: tuple[str, ...] = ()
    to_regime: str | None = None
    within: LimitExpression | None = None
    approval: str | None = None


@dataclass(frozen=True, slots=True)
class RoutingRow:
    """Who handles. `pick` names the unit among many; `choose` is the role whose holder picks one of `to`."""

    id: str
    title: str
    when: Condition | None
    to: tuple[str, ...]
    cite: tuple[str, ...]
    handler: str | None = None
    also: tuple[str, ...] = ()
    pick: Condition | None = None
    choose: str | None = None
    approval: str | None = None
