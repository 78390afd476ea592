"""Why something is due on its day, counted day by day."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from huiyin.application.loading import Opened
from huiyin.cases.explaining import explain_due
from huiyin.cases.state import Obligation
from huiyin.site.components import DayCell

from .journey import day_cells
from .moments import due_words


@dataclass(frozen=True, slots=True)
class WhyDay:
    """Why an obligation is due on its day."""

    item: Obligation
    due: str
    sentences: Sequence[tuple[str, str]]
    cells: Sequence[DayCell]
    changes: Sequence[tuple[str, str]]


def why_days(opened: Opened, items: Iterable[Obligation]) -> list[WhyDay]:
    """The days of these obligations, of those that have a day."""
    world, found = opened.world, []
    for item in items:
        if item.due is None:
            continue
        reason = explain_due(opened.case, item, world.calendar)
        cells = day_cells(reason.through, world.today)
        due = due_words(item.due, world.calendar.zone, world.now)
        found.append(WhyDay(item, due, reason.sentences, cells, reason.changes))
    return found
