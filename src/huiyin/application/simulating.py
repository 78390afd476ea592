"""Past cases of an organisation, read from their events and decided again under another version of their regime."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import partial
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING
from uuid import UUID
from zoneinfo import ZoneInfo

from huiyin.cases.codec import event_from_text
from huiyin.cases.context import History
from huiyin.organisations.services import NoSuchRegimeError
from huiyin.regime.model import Regime
from huiyin.simulation import Ground, Past, Simulation, past_of
from huiyin.simulation.past import UNREAD
from huiyin.store.models import CaseRow, EventRow
from huiyin.store.past_history import PastHistory

from .world import World

if TYPE_CHECKING:
    from django.db.models import QuerySet

NOWHERE = UUID(int=0)


@dataclass(frozen=True, slots=True)
class Period:
    """Days on which cases were received, both included; None for an open end."""

    since: date | None = None
    until: date | None = None

    def bounds(self, zone: ZoneInfo) -> tuple[datetime | None, datetime | None]:
        """From when to before when."""
        begin = datetime.combine(self.since, time(), zone) if self.since else None
        end = datetime.combine(self.until + timedelta(days=1), time(), zone) if self.until else None
        return begin, end


def cases_of(world: World, regime_id: str, period: Period) -> "QuerySet[CaseRow]":
    """The cases of a regime received in a period, under whatever version, by id."""
    rows = CaseRow.objects.filter(organisation_id=world.organisation.pk, regime=regime_id)
    begin, end = period.bounds(world.calendar.zone)
    if begin:
        rows = rows.filter(received_at__gte=begin)
    if end:
        rows = rows.filter(received_at__lt=end)
    return rows.order_by("id")


def pasts_of(world: World, rows: Sequence[CaseRow], until: datetime) -> Iterator[tuple[CaseRow, Past]]:
    """What is known of these cases, one after the other; those still open are looked at as of `until`. One query."""
    events = EventRow.objects.filter(case_id__in=[row.id for row in rows]).exclude(kind__in=UNREAD)
    stored = events.order_by("case_id", "sequence").values_list("case_id", "kind", "body")
    by_case = {case_id: [row[1:] for row in found] for case_id, found in groupby(stored, key=itemgetter(0))}
    for row in rows:
        told = (event_from_text(kind, body) for kind, body in by_case.pop(row.id))
        yield row, past_of(told, until=until, asked=_asked(world, row.regime, row.regime_version))


def _asked(world: World, regime_id: str, version: str) -> frozenset[str]:
    """The fields a version asks at filing; none where it is not kept any more."""
    try:
        return frozenset(world.regime(regime_id, version).intake.fields)
    except NoSuchRegimeError:
        return frozenset()


def simulation_of(world: World, before: Regime, after: Regime) -> Simulation:
    """Both regimes over the organisation as it is today: people, working time and lists of the past are not kept."""
    return Simulation(before, after, _ground(world, before))


def _ground(world: World, regime: Regime) -> Ground:
    history = partial(_history, world, regime)
    return Ground(world.calendar, world.directory(regime.id), world.tables(regime.id), history)


def _history(world: World, regime: Regime, at: datetime) -> History:
    return PastHistory(world.organisation.pk, regime, at, world.calendar.zone)
