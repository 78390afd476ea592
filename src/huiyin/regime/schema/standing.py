"""Accountability, corrective action (2.7), watches and commitments (2.8)."""

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator
from pydantic import Field as Key

from .papers import MeasuredPart
from .parts import AmountText, ConditionText, FieldPart, Listed, NumberText, Part, Plain, wrong_form

MEASURES = (
    "timely-share", "satisfied-share", "follow-up-share", "reply-share", "founded-share", "reopen-share", "cases",
    "handling-time", "handovers", "via-share",
)  # fmt: skip


def _measure(value: Any) -> Any:
    if isinstance(value, dict) or value in MEASURES:
        return value
    raise wrong_form(
        f"{'、'.join(MEASURES)} 之一，或 {{count, among}}", f"one of {', '.join(MEASURES)}, or {{count, among}}"
    )


class ConfirmPart(Plain):
    """Who checks that a measure was carried out, and what is filled in then."""

    by: Listed
    fields: dict[str, FieldPart] = {}
    required: Listed = ()
    produces: Listed = ()


class MeasureDutyPart(Plain):
    """What has to be done for a measure: by whom, how long it holds, until when it is done, what is handed in, who confirms."""

    by: Listed = ()
    lasts: str | None = None
    within: str
    fields: dict[str, FieldPart] = {}
    required: Listed = ()
    produces: Listed = ()
    confirm: ConfirmPart | None = None


class MeasurePart(Part):
    """What may be proposed."""

    unit: str = ""
    ledger: str | None = None
    reward: bool = False
    duty: MeasureDutyPart | None = None
    stands: str | None = None
    not_under: Listed = ()


class LedgerPart(Part):
    """An append-only book."""

    of: Literal["person", "unit", "part", "case"]
    unit: str = ""
    opens_with: float = 0.0
    period: Literal["month", "quarter", "half-year", "year"] | None = None
    kept_by: str = ""


class ObjectionPart(Part):
    """The right of the person concerned to object to a measure: how long, and who decides."""

    within: str
    approval: str


NONE = "none"
"""Written for `heard` or `objection`: the organisation decided that there is none, whatever the section says."""

NO_OBJECTION = ObjectionPart(within=NONE, approval=NONE)


def _objection(value: Any) -> Any:
    return NO_OBJECTION if value == NONE else value


Objectable = Annotated[ObjectionPart | None, BeforeValidator(_objection)]


class RulePart(Part):
    """Proposes measures after an event."""

    after: Listed
    when: ConditionText | None = None
    conduct: dict[str, Part] = {}
    against: Listed
    propose: dict[str, AmountText]
    approval: str | None = None
    heard: str | None = None
    objection: Objectable = None


class AccountabilityPart(Plain):
    """The whole section; `heard` and `objection` hold for every rule that says nothing else."""

    heard: str | None = None
    objection: Objectable = None

    measures: dict[str, MeasurePart] = {}
    ledgers: dict[str, LedgerPart] = {}
    rules: dict[str, RulePart] = {}


class ReopenPart(Plain):
    """Who may take a closed corrective action up again, and for how long."""

    by: Listed
    open_for: str
    cite: Listed = ()


class CorrectivePart(Part):
    """A corrective action."""

    after: Listed
    when: ConditionText | None = None
    owner: Listed
    together_with: Listed = Key((), alias="with")
    fields: dict[str, FieldPart] = {}
    approval: str | None = None
    within: str | None = None
    verified_by: Listed = ()
    produces: Listed = ()
    reopen: ReopenPart | None = None


class FlagPart(Part):
    """What all who handle a matter of the same person have to know."""

    after: Listed
    ends: Listed
    lasts: str | None = None
    shows: Listed = ()


class WatchPart(Part):
    """A standing rule over many cases."""

    of: ConditionText | None = None
    per: Listed
    over: str | None = None
    at_least: NumberText | None = None
    at_most: NumberText | None = None
    growth: NumberText | None = None
    tell: Listed = ()


class CommitmentPart(Part):
    """A target or a public promise."""

    measure: Annotated[str | MeasuredPart | None, BeforeValidator(_measure)] = None
    of: str | None = None
    via: Listed = ()
    at_least: NumberText | None = None
    at_most: NumberText | None = None
    below: NumberText | None = None
    over: str = ""
    audience: Literal["public", "staff", "both"] = "staff"
    text: str = ""
    owner: str = ""
    approval: str | None = None
    breached_by: Listed = ()
    figure_from: Annotated[int, Key(ge=1)] | None = None
