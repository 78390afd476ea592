"""How quickly people were answered: the share within so many working days (及时率).

Counting rule: a case counts when it has been answered; it was answered within N working days when the answer came on
the Nth working day after the day of receipt or before (day of receipt not counted; Civil Code art. 201). Days are
counted whole: an answer on the evening of the last day is in time for this figure, whatever the opening hours. Cases
still unanswered are given apart. Rehearsals never mix with real figures, because an organisation is one or the other.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import QuerySet

from huiyin.calendars import Calendar, Span, Unit
from huiyin.cases.people import Actor
from huiyin.organisations.models import Organisation
from huiyin.regime.affairs import AFFAIR_KINDS
from huiyin.store.models import CaseRow

from .viewers import viewer_of
from .world import World, world_of

STEPS = (5, 10, 15)
"""Working days at which the share is told."""


CHUNK = 5_000  # rows fetched at a time, so that memory does not grow with the number of cases


@dataclass(frozen=True, slots=True)
class Timeliness:
    """Figures of one group of cases. `within`: working days → cases answered in that time."""

    title: str
    answered: int
    unanswered: int
    within: dict[int, int]
    median_days: float | None

    def share(self, workdays: int) -> float | None:
        """The share of answered cases that were answered within so many working days, 0 to 1; None without cases."""
        return self.within[workdays] / self.answered if self.answered else None


@dataclass(frozen=True, slots=True)
class Question:
    """Which cases are meant: of one regime or all, received from the first to the last day given (both included)."""

    regime: str = ""
    received_from: date | None = None
    received_to: date | None = None


ALL = Question()


def timeliness(organisation: Organisation, who: Actor, question: Question = ALL) -> Timeliness:
    """The figures over all cases this person may see."""
    world = world_of(organisation)
    times = _rows(world, who, question).values_list("received_at", "answered_at")
    return count(world.calendar, times.iterator(chunk_size=CHUNK), question.regime)


def timeliness_by_unit(organisation: Organisation, who: Actor, question: Question = ALL) -> list[Timeliness]:
    """The same by handling unit, the units with most cases first; the title is the unit's key, empty where unassigned."""
    world = world_of(organisation)
    groups: dict[str, list[tuple[datetime, datetime | None]]] = defaultdict(list)
    rows = _rows(world, who, question).values_list("handling_unit", "received_at", "answered_at")
    for unit, received, answered in rows.iterator(chunk_size=CHUNK):
        groups[unit].append((received, answered))
    figures = [count(world.calendar, times, unit) for unit, times in groups.items()]
    return sorted(figures, key=lambda each: (-each.answered - each.unanswered, each.title))


def _rows(world: World, who: Actor, question: Question) -> QuerySet[CaseRow]:
    rows = CaseRow.objects.filter(organisation_id=world.organisation.pk).exclude(kind__in=AFFAIR_KINDS)
    if who.kind != "system":
        rows = rows.filter(viewer_of(world, who).visible())
    if question.regime:
        rows = rows.filter(regime=question.regime)
    zone = world.calendar.zone
    if question.received_from:
        rows = rows.filter(received_at__gte=datetime.combine(question.received_from, time(), zone))
    if question.received_to:
        rows = rows.filter(received_at__lt=datetime.combine(question.received_to + timedelta(days=1), time(), zone))
    return rows


def count(calendar: Calendar, times: Iterable[tuple[datetime, datetime | None]], title: str = "") -> Timeliness:
    """The figures of pairs (received, answered or None)."""
    within = dict.fromkeys(STEPS, 0)
    waited: list[float] = []
    unanswered = 0
    for received, answered in times:
        if answered is None:
            unanswered += 1
            continue
        waited.append((answered - received).total_seconds() / 86_400)
        for workdays in STEPS:
            last_day = calendar.due(received, Span(workdays, Unit.WORKDAYS)).at.astimezone(calendar.zone).date()
            if answered.astimezone(calendar.zone).date() <= last_day:
                within[workdays] += 1
    waited.sort()
    middle = len(waited) // 2
    median = None
    if waited:
        median = waited[middle] if len(waited) % 2 else (waited[middle - 1] + waited[middle]) / 2
    return Timeliness(title, len(waited), unanswered, within, median)
