"""Duties, watches, commitments: what is not tied to one case (regime-language 2.8)."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from .condition import Condition
from .flow import Work
from .limits import LimitExpression


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyStep(Work):
    """One of several steps in which a duty is done; they follow each other, each within so much time of being opened."""

    within: LimitExpression | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty(Work):
    """Recurring work: `every` a period, a span, an RRULE or a setting; or once `after` an event.

    `of` is a table whose rows it concerns, `share` how many percent of them are drawn. `files` is the channel through which
    cases are filed from it (the slips of an opinion box). `steps`: where it takes more than one, all its work is in them.
    """

    every: str | None = None
    after: tuple[str, ...] = ()
    within: LimitExpression | None = None
    of: str | None = None
    share: int = 100
    trains: tuple[str, ...] = ()
    files: str = ""
    steps: tuple[DutyStep, ...] = ()


@dataclass(frozen=True, slots=True)
class Watch:
    """A standing rule over many cases, counted for each group that `per` makes. Numbers may be names of settings."""

    id: str
    title: str
    per: tuple[str, ...]
    over: str
    cite: tuple[str, ...]
    of: Condition | None = None
    at_least: float | str | None = None
    at_most: float | str | None = None
    growth: float | str | None = None
    tell: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Commitment:
    """A target or a public promise with its measure.

    `via`: the means a `via-share` counts. `figure_from`: the figure is shown to the public once so many cases count for it;
    None: it is not.
    """

    id: str
    title: str
    text: str = ""
    measure: str | None = None
    count: Condition | None = None
    among: Condition | None = None
    of: str | None = None
    bound: Mapping[str, str] = field(default_factory=dict)
    over: str = ""
    audience: str = "staff"
    owner: str = ""
    approval: str | None = None
    breached_by: tuple[str, ...] = ()
    cite: tuple[str, ...] = ()
    via: tuple[str, ...] = ()
    figure_from: int | None = None

    @property
    def is_measured(self) -> bool:
        """Whether there is anything to count, each period; else it is a promise in words only."""
        own = self.count is not None or self.among is not None
        return bool(self.over) and (self.measure is not None or own or bool(self.breached_by) or bool(self.bound))
