"""Limits, ladders, approvals (regime-language 2.5 and 4)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from huiyin.calendars import Span

from .condition import Condition
from .fields import Field


@dataclass(frozen=True, slots=True)
class AtOnce:
    """Due the moment it starts."""


@dataclass(frozen=True, slots=True)
class Promptly:
    """及时、尽快: a limit without a figure. `setting` holds the organisation's answer when it has given one."""

    setting: str = ""


@dataclass(frozen=True, slots=True)
class SameDay:
    """By the end of the day on which it starts."""


@dataclass(frozen=True, slots=True)
class SameWorkday:
    """By the end of that working day; of the next one when it starts on a day off."""


@dataclass(frozen=True, slots=True)
class NextWorkdayStart:
    """When the next working day begins (上班即送)."""


@dataclass(frozen=True, slots=True)
class PeriodEnd:
    """Before the end of the running day, week, month, quarter or year."""

    period: Literal["day", "week", "month", "quarter", "half-year", "year"]


@dataclass(frozen=True, slots=True)
class AtField:
    """At the moment entered in a datetime field, given as a dotted path."""

    path: str


@dataclass(frozen=True, slots=True)
class OnField:
    """At the end of the day entered in a date field, given as a dotted path."""

    path: str


@dataclass(frozen=True, slots=True)
class BeforeField:
    """So much before the moment entered in a field."""

    span: Span
    path: str


@dataclass(frozen=True, slots=True)
class Permanent:
    """For ever; for records only."""


@dataclass(frozen=True, slots=True)
class FromSetting:
    """Whatever the organisation set under this name; the setting holds a limit expression in words."""

    name: str


LimitExpression = (
    Span
    | AtOnce
    | Promptly
    | SameDay
    | SameWorkday
    | NextWorkdayStart
    | PeriodEnd
    | AtField
    | OnField
    | BeforeField
    | Permanent
    | FromSetting
)


@dataclass(frozen=True, slots=True)
class LimitRow:
    """The first row whose `when` holds gives the time."""

    within: LimitExpression
    when: Condition | None = None
    cite: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Extension:
    """More time. `add_up_to` counts from the due time, `total_up_to` from the start; exactly one is set.

    `times`: how often it may be granted; a str is the name of a setting without an answer, which counts as once.
    `approval`: who grants it, after the approval of the act `extend` where that has one; empty where that alone decides.
    """

    approval: str
    add_up_to: Span | None = None
    total_up_to: Span | None = None
    times: int | str = 1
    ask: Literal["before-due", "any-time"] = "before-due"
    fields: Mapping[str, Field] = field(default_factory=dict)
    required: tuple[str, ...] = ()
    cite: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rung:
    """One rung of a ladder: so much before or after the due time, at it (`span` None), or when a share of the time is over.

    `share`: percent of the time from the beginning to the due time, with side `share`.
    """

    span: Span | FromSetting | None
    side: Literal["before", "at", "after", "share"]
    share: int = 0
    remind: tuple[str, ...] = ()
    tell: tuple[str, ...] = ()
    order_by: str | None = None


@dataclass(frozen=True, slots=True)
class Limit:
    """From one event to another within so much time. `start`/`end` are `from`/`to` in the file.

    One that repeats is met by the event `each` period by period. `ladder_id` names the ladder among the regime's
    `ladders`, empty where there is none.
    """

    id: str
    title: str
    start: tuple[str, ...]
    end: tuple[str, ...]
    within: tuple[LimitRow, ...]
    cite: tuple[str, ...]
    when: Condition | None = None
    by: tuple[str, ...] = ()
    repeat: Span | None = None
    each: str = "progress-told"
    extension: Extension | None = None
    ladder: tuple[Rung, ...] = ()
    ladder_id: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class ApprovalStage:
    """`by`: one of these; `all_of`: each of these. `within`/`otherwise` (`else`): who decides when it lapses."""

    by: tuple[str, ...] = ()
    all_of: tuple[str, ...] = ()
    when: Condition | None = None
    within: LimitExpression | None = None
    otherwise: str | None = None


@dataclass(frozen=True, slots=True)
class Approval:
    """Stages in order. `rejected`: `back` returns the work to its doer, `end` ends the proposal."""

    id: str
    title: str
    stages: tuple[ApprovalStage, ...]
    rejected: Literal["back", "end"] = "back"
    cite: tuple[str, ...] = ()
