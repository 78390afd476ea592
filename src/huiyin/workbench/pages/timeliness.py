"""及时率: the share answered within 5, 10 and 15 working days, in all and by unit, with the counting rule beside it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from huiyin.application.timeliness import STEPS, Question, Timeliness, count, timeliness_by_unit
from huiyin.workbench.desk import Desk

FIRST_YEAR, LAST_YEAR = 1900, 2200


@dataclass(frozen=True, slots=True)
class Share:
    """One figure of a row or tile."""

    workdays: int
    percent: str
    cases: int


@dataclass(frozen=True, slots=True)
class UnitLine:
    """One unit's figures in words."""

    title: str
    answered: int
    unanswered: int
    median: str
    shares: Sequence[Share]


@dataclass(frozen=True, slots=True)
class TimelinessPage:
    """Everything the page shows."""

    total: UnitLine
    units: Sequence[UnitLine]


def timeliness_page(desk: Desk, question: Question) -> TimelinessPage:
    """The figures over the cases the reader may see."""
    figures = timeliness_by_unit(desk.organisation, desk.who, question)
    lines = [_line(desk.world.people.unit_title(each.title) if each.title else _("尚未分派"), each) for each in figures]
    return TimelinessPage(_line(_("合计"), _together(desk, figures)), lines)


def _together(desk: Desk, figures: Sequence[Timeliness]) -> Timeliness:
    """The sum of the units; medians do not add up, so the total has none."""
    empty = count(desk.world.calendar, ())
    within = {step: sum(each.within[step] for each in figures) for step in STEPS}
    answered = sum(each.answered for each in figures)
    return Timeliness(empty.title, answered, sum(each.unanswered for each in figures), within, None)


def _line(title: str, figures: Timeliness) -> UnitLine:
    shares = [Share(step, _percent(figures.share(step)), figures.within[step]) for step in STEPS]
    median = "" if figures.median_days is None else f"{figures.median_days:.1f}"
    return UnitLine(title, figures.answered, figures.unanswered, median, shares)


def _percent(share: float | None) -> str:
    return "—" if share is None else f"{share * 100:.1f}"


def day_of(text: str) -> date | None:
    """A date of a filter; None where it is empty, no date, or of a year no case can be from (time zones would overflow)."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if FIRST_YEAR <= day.year <= LAST_YEAR else None
