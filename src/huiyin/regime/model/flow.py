"""Work: steps of the flow and acts that may happen at any time (regime-language 2.4)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from huiyin.calendars import Span

from .condition import Condition
from .fields import Field

Decides = Literal["assessment", "routing", "severity"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a piece of work may end; `when` narrows when this end is allowed, `marks` are events it brings about."""

    id: str
    title: str
    when: Condition | None = None
    marks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Requirement:
    """`that` must hold before the work is done; otherwise `otherwise` is the message."""

    that: Condition
    otherwise: str
    cite: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """What steps, acts and duties have in common.

    `by`: any of these roles; `together_with` (`with` in the file) must take part too; `approval` is the id of an
    approval, `orders` that of the kind of orders the work gives; `via`: the means by which somebody is reached, such as
    `phone` or `visit`; `reads`: forms that whoever does it has to have before: it waits for them.

    `takes`, `hands_over`, `blinds`, `tests` and `compares` are kinds of samples on which it does that.
    """

    id: str
    title: str
    by: tuple[str, ...] = ()
    together_with: tuple[str, ...] = ()
    when: Condition | None = None
    per: str | None = None
    fields: Mapping[str, Field] = field(default_factory=dict)
    required: tuple[str, ...] = ()
    requires: tuple[Requirement, ...] = ()
    approval: str | None = None
    produces: tuple[str, ...] = ()
    reads: tuple[str, ...] = ()
    asks: str | None = None
    via: tuple[str, ...] = ()
    outcomes: Mapping[str, Outcome] = field(default_factory=dict)
    books: Mapping[str, str] = field(default_factory=dict)
    takes: tuple[str, ...] = ()
    hands_over: tuple[str, ...] = ()
    blinds: tuple[str, ...] = ()
    tests: tuple[str, ...] = ()
    compares: tuple[str, ...] = ()
    orders: str | None = None
    cite: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step(Work):
    """A step opens `after` any of these events, or when all of `after_all` are done.

    `followers` are the steps that follow from it, computed by the loader: they count as not done when it opens again.
    `rounds`: how many times it may be done; a str is the name of a setting. `share`: percent drawn, 100 by default.
    `other_than`: steps whose doers may not do this one; `not_by`: roles in this case that may not, such as `handling-unit`.
    """

    after: tuple[str, ...] = ()
    after_all: tuple[str, ...] = ()
    decides: tuple[Decides, ...] = ()
    marks: tuple[str, ...] = ()
    share: int = 100
    attempts: int | str | None = None
    rounds: int | str | None = None
    other_than: tuple[str, ...] = ()
    not_by: tuple[str, ...] = ()
    followers: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Act(Work):
    """An act at any time. `core` acts have behaviour of their own (extend, suspend …), the regime only narrows them.

    `open_for`: so much time after `open_after` (both None: always). `at_most`: how often in one case.
    """

    allowed: bool = True
    core: bool = False
    to: tuple[str, ...] = ()
    open_for: Span | None = None
    open_after: str | None = None
    at_most: int | None = None
