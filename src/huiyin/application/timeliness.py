"""How quickly people were answered: the share within so many working days (及时率).

Counting rule: a case counts when it has been answered; it was answered within N working days when the answer came on
the Nth working day after the day of receipt or before (day of receipt not counted; Civil Code art. 201). Days are
counted whole: an answer on the evening of the last day is in time for this figure, whatever the opening hours. Cases still unanswered are given apart. Rehearsals never mix with
real figures, because an organisation is either one or the other.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from huiyin.calendars import Calendar, Span, Unit
from huiyin.cases.people import Actor
from huiyin.organisations.models import Organisation
from huiyin.store.models import CaseRow

from .viewers import viewer_of
from .world import world_of

STEPS = (5, 10, 15)
"""Working days at which the share is told."""


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


def timeliness(
    organisation: Organisation,
    who: Actor,
    *,
    regime: str = "",
    received_from: date | None = None,
    received_to: date | None = None,
) -> Timeliness:
    """The figures over all cases this person may see, received from the first to the last day given (both included)."""
    world = world_of(organisation)
    rows = CaseRow.objects.filter(organisation_id=organisation.pk)
    if who.kind != "system":
        rows = rows.filter(viewer_of(world, who).visible())
    if regime:
        rows = rows.filter(regime=regime)
    zone = world.calendar.zone
    if received_from:
        rows = rows.filter(received_at__gte=datetime.combine(received_from, time(), zone))
    if received_to:
        rows = rows.filter(received_at__lt=datetime.combine(received_to + timedelta(days=1), time(), zone))
    times = rows.values_list("received_at", "answered_at").iterator(chunk_size=5_000)
    return count(world.calendar, times, regime)


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
