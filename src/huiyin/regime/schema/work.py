"""Work: steps, acts, duties (2.4, 2.8); limits, ladders, approvals (2.5)."""

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator
from pydantic import Field as Key

from .parts import ConditionText, Count, FieldPart, Listed, Part, Plain, ShareText

Milestone = Literal["registered", "acknowledged", "concluded", "replied", "followed-up", "closed"]


def _as_list(value: Any) -> Any:
    return value if isinstance(value, list | tuple) else [value]


def _as_rows(value: Any) -> Any:
    return value if isinstance(value, list) else [{"within": value}]


class OutcomePart(Part):
    """One way in which work may end."""

    when: ConditionText | None = None


class RequirementPart(Plain):
    """What must hold before work is done."""

    that: ConditionText
    otherwise: str
    cite: Listed = ()


class WorkPart(Part):
    """What steps, acts and duties have in common."""

    by: Listed = ()
    together_with: Listed = Key((), alias="with")
    when: ConditionText | None = None
    per: str | None = None
    fields: dict[str, FieldPart] = {}
    required: Listed = ()
    requires: tuple[RequirementPart, ...] = ()
    approval: str | None = None
    produces: Listed = ()
    reads: Listed = ()
    asks: str | None = None
    via: Listed = ()
    outcomes: dict[str, OutcomePart] = {}
    books: dict[str, str] = {}
    takes: Listed = ()
    hands_over: Listed = ()
    blinds: Listed = ()
    tests: Listed = ()
    compares: Listed = ()
    orders: str | None = None


class StepPart(WorkPart):
    """A step of the flow."""

    after: Listed = ()
    after_all: Listed = ()
    decides: Annotated[tuple[Literal["assessment", "routing", "severity"], ...], BeforeValidator(_as_list)] = ()
    marks: Annotated[tuple[Milestone, ...], BeforeValidator(_as_list)] = ()
    share: ShareText | None = None
    attempts: Count | None = None
    rounds: Count | None = None
    other_than: Listed = ()
    not_by: Listed = ()


class ActPart(WorkPart):
    """An act at any time."""

    allowed: bool = True
    to: Listed = ()
    open_for: str | None = None
    at_most: Count | None = None


class DutyStepPart(WorkPart):
    """One of the steps in which a duty is done."""

    within: str | None = None


class DutyPart(WorkPart):
    """Recurring work."""

    every: str | None = None
    after: Listed = ()
    within: str | None = None
    of: str | None = None
    share: ShareText | None = None
    trains: Listed = ()
    files: str | None = None
    steps: dict[str, DutyStepPart] = {}


class LimitRowPart(Plain):
    """One row of `within`."""

    when: ConditionText | None = None
    within: str
    cite: Listed = ()


Within = Annotated[tuple[LimitRowPart, ...], BeforeValidator(_as_rows)]


class ExtensionPart(Plain):
    """More time for a limit."""

    add_up_to: str | None = None
    total_up_to: str | None = None
    times: Count = 1
    ask: Literal["before-due", "any-time"] = "before-due"
    approval: str | None = None
    fields: dict[str, FieldPart] = {}
    required: Listed = ()
    cite: Listed = ()
    note: str = ""


class LimitPart(Part):
    """From one event to another within so much time."""

    start: Listed = Key(alias="from")
    end: Listed = Key(alias="to")
    within: Within
    when: ConditionText | None = None
    by: Listed = ()
    repeat: str | None = None
    each: str = "progress-told"
    extension: ExtensionPart | None = None
    ladder: str | None = None


class OrderPart(Part):
    """A kind of order: whom work charges with what, until when, and what comes of the report."""

    to: Listed
    within: Within = ()
    latest: str | None = None
    several: bool = Key(False, alias="list")
    accepted_by: Listed = ()
    again: str | None = None
    extension: ExtensionPart | None = None
    ladder: str | None = None
    fields: dict[str, FieldPart] = {}
    required: Listed = ()
    produces: Listed = ()


class RungPart(Plain):
    """One rung of a ladder."""

    at: str
    remind: Listed = ()
    tell: Listed = ()
    order_by: str | None = None


class StagePart(Plain):
    """One stage of an approval."""

    by: Listed = ()
    all_of: Listed = Key((), alias="all")
    when: ConditionText | None = None
    within: str | None = None
    otherwise: str | None = Key(None, alias="else")


class ApprovalPart(Part):
    """Stages in order."""

    stages: tuple[StagePart, ...]
    rejected: Literal["back", "end"] = "back"
