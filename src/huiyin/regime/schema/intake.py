"""Intake, categories, severity, assessment, routing (2.2, 2.3)."""

from typing import Literal

from pydantic import Field as Key

from .parts import ConditionText, FieldPart, Listed, Part, Plain, Required, YesNo


class ChannelPart(Part):
    """A way in; `from` is the role that passes cases on. One with `from` is not public unless it says so.

    `own_page`: bodies outside of that role file themselves; `reference`: the field of their own number.
    """

    hours: str = ""
    contact: str = ""
    locations: Listed = ()
    public: bool | None = None
    passed_on_by: str | None = Key(None, alias="from")
    own_page: YesNo = False
    reference: str | None = None


class ForceLevelPart(Part):
    """A level of proof."""

    counts: bool = True


class ForceRulePart(Part):
    """When a piece of evidence has a force."""

    when: ConditionText | None = None
    level: str = Key(alias="is")


class EvidencePart(Part):
    """A kind of proof."""

    required: Required = False
    admissible: ConditionText | None = None
    issuer: str = ""
    shows: str = ""
    instead: str = ""
    fields: dict[str, FieldPart] = {}
    physical: bool = False
    sealed_for: Listed = ()
    force: dict[str, ForceRulePart] = {}


class IntakePart(Plain):
    """What is asked at filing."""

    channels: dict[str, ChannelPart]
    fields: dict[str, FieldPart] = {}
    required: Listed = ()
    evidence: dict[str, EvidencePart] = {}
    force: dict[str, ForceLevelPart] = {}
    points: bool = False
    anonymous: Literal["taken", "verified-only", "refused"] = "refused"
    number: str = "{year}-{serial:04}"


class CategoryPart(Part):
    """A node of the category tree."""

    children: "dict[str, CategoryPart]" = {}
    strategy: str = ""


class SeverityRulePart(Part):
    """When a level is given."""

    when: ConditionText | None = None
    level: str = Key(alias="is")


class SeverityPart(Plain):
    """Levels, lowest first, and the rules that give them."""

    levels: dict[str, Part]
    rules: dict[str, SeverityRulePart] = {}


class AssessmentPart(Part):
    """A row of the assessment table."""

    when: ConditionText | None = None
    outcome: Literal["accept", "refuse", "explain", "settle", "merge", "transfer", "ask-more"]
    to: Listed = ()
    turn_to: Listed = ()
    to_regime: str | None = None
    within: str | None = None
    approval: str | None = None


class TransfersPart(Plain):
    """Transfers to bodies outside."""

    receipt: bool = True
    clock: Literal["stops", "runs", "anew"] = "stops"
    again: bool = True
    package: Listed = ("statement", "evidence")
    reveal: Listed = ()
    cite: Listed = ()
    note: str = ""


class RoutingPart(Part):
    """A row of the routing table."""

    when: ConditionText | None = None
    to: Listed
    choose: str | None = None
    handler: str | None = None
    also: Listed = ()
    pick: ConditionText | None = None
    approval: str | None = None
