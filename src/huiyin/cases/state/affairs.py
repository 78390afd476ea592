"""Why an affair was opened, and what joins the parts of its group."""

from dataclasses import dataclass
from datetime import datetime

GROUP_JOINT = " · "
"""Stands between the parts of a group's name, where a watch counts by several things at once."""


@dataclass(frozen=True, slots=True)
class Occasion:
    """Why an affair was opened. `key` tells affairs of one regime apart, so that nothing opens twice.

    A duty has its period, `start` to `end` (the end not included), and `due` where it says nothing else; `missed` counts
    periods caught up in it after downtime. `member` is the place or unit it is about, `sample` the rows drawn from a table,
    `carried` affairs of earlier periods with points still open. An alarm has its `group`, the `value` (a count, a share, a
    growth in percent) found in the window from `start` to `end`, and the counted `cases`; what follows from it has them, too.
    `about` is the number of the one case it is about, where the watch looks at each case by itself.
    """

    key: str
    event: str = ""
    start: datetime | None = None
    end: datetime | None = None
    due: datetime | None = None
    missed: int = 0
    member: str = ""
    group: str = ""
    value: float | None = None
    cases: tuple[str, ...] = ()
    sample: tuple[str, ...] = ()
    carried: tuple[str, ...] = ()
    about: str = ""
