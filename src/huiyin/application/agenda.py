"""What is owed day by day: obligations by due time, duties that will come, turns on the roster."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from huiyin.calendars import Day
from huiyin.cases.people import Actor
from huiyin.organisations.models import RosterTurn
from huiyin.regime.model import Regime
from huiyin.standing.occurrences import occurrences
from huiyin.store.availability import clear_failures
from huiyin.store.models import TurnRow
from huiyin.store.projections.turn_rows import NO_DUE

from .turn_lists import Scope, TurnFilter, how_many, my_turns
from .viewers import Viewer, latest_regimes, viewer_of
from .world import World

MOST = 600
"""Obligations read for a window; more than that nobody reads on a calendar."""

MOST_COUNTED = 100

LONGEST = timedelta(days=120)


@dataclass(frozen=True, slots=True)
class OnDuty:
    """A turn on the roster: who, in which role."""

    starts_at: datetime
    ends_at: datetime
    role: str
    name: str
    mine: bool


@dataclass(frozen=True, slots=True)
class ToCome:
    """A recurring duty whose period has not begun yet; it is opened as an affair when it does."""

    regime: Regime
    duty: str
    title: str
    due: datetime


@dataclass(slots=True)
class AgendaDay:
    """One day with what falls due on it, in order of time."""

    day: Day
    owed: list[TurnRow] = field(default_factory=list)
    to_come: list[ToCome] = field(default_factory=list)
    rosters: list[OnDuty] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Agenda:
    """The days of a window. `cut`: there is more than is shown."""

    days: tuple[AgendaDay, ...]
    cut: bool = False


def agenda(world: World, who: Actor, first: date, last: date, scope: Scope = "mine") -> Agenda:
    """What falls due from one local day to another (both included), for me, my units, or as far as I may see.

    The number of queries does not grow with the days. Raises ValueError for a window longer than LONGEST, StoreUnavailable.
    """
    if not timedelta(0) <= last - first <= LONGEST:
        raise ValueError("the window is empty or too long")
    begin, end = _midnight(world, first), _midnight(world, last + timedelta(days=1))
    days = {
        each: AgendaDay(world.calendar.day(each)) for each in (first + timedelta(days=n) for n in range((last - first).days + 1))
    }
    wanted = TurnFilter(scope=scope, due_from=begin, due_before=end)
    page = my_turns(world.organisation, who, wanted, limit=MOST, world=world)
    for row in page.items:
        if row.due is not None:
            days[_local_day(world, row.due)].owed.append(row)
    viewer = viewer_of(world, who)
    for coming in _to_come(world, viewer, scope, begin, end):
        days[_local_day(world, coming.due)].to_come.append(coming)
    for turn in _rosters(world, who, scope, begin, end):
        days[max(first, _local_day(world, turn.starts_at))].rosters.append(turn)
    return Agenda(tuple(days.values()), cut=bool(page.next))


@dataclass(frozen=True, slots=True)
class Beside:
    """What has no place on the days of a window: missed before it began, and without a figure. Each stops at MOST_COUNTED."""

    earlier: int
    undated: int


def beside(world: World, who: Actor, first: date, scope: Scope = "mine") -> Beside:
    """What is owed and stands on none of the days from `first` on. Raises StoreUnavailable."""

    before = min(_midnight(world, first), world.now)
    return Beside(
        how_many(world, who, TurnFilter(scope=scope, paused=False, due_before=before), MOST_COUNTED),
        how_many(world, who, TurnFilter(scope=scope, paused=False, due_from=NO_DUE), MOST_COUNTED),
    )


def _to_come(world: World, viewer: Viewer, scope: Scope, begin: datetime, end: datetime) -> Iterator[ToCome]:
    """Duties of roles that mean this person (or of regimes looked after) whose periods begin later."""
    if end <= world.now:
        return
    managed = dict(viewer.manages)
    mine = {subject for _, subjects in viewer.by_regime for subject in subjects}
    for regime in latest_regimes(world):
        for duty in regime.duties.values():
            if not duty.every or duty.every.startswith("$"):
                continue
            named = any(subject.startswith(f"role:{regime.id}/{role}@") for role in duty.by for subject in mine)
            if not named and not (scope == "all" and regime.id in managed):
                continue
            for period in occurrences(duty.every, world.now, end, world.calendar):
                if begin <= period.due < end:
                    yield ToCome(regime, duty.id, duty.title, period.due)


def _rosters(world: World, who: Actor, scope: Scope, begin: datetime, end: datetime) -> list[OnDuty]:
    turns = RosterTurn.objects.filter(staff__organisation=world.organisation, starts_at__lt=end, ends_at__gt=begin)
    if scope == "mine":
        turns = turns.filter(staff__person=who.person)
    elif scope == "unit":
        unit = world.people.persons[who.person].unit if who.person in world.people.persons else ""
        turns = turns.filter(staff__unit__key=unit)
    titles = {(regime.id, role.id): role.title for regime in latest_regimes(world) for role in regime.roles.values()}
    with clear_failures():
        return [
            OnDuty(
                turn.starts_at, turn.ends_at, titles.get((turn.regime, turn.role), turn.role), turn.staff.name,
                turn.staff.person == who.person,
            )
            for turn in turns.select_related("staff").order_by("starts_at", "id")[:MOST]
        ]


def _midnight(world: World, day: date) -> datetime:
    return datetime.combine(day, time(0), world.calendar.zone)


def _local_day(world: World, moment: datetime) -> date:
    return moment.astimezone(world.calendar.zone).date()


__all__ = ["MOST_COUNTED", "Agenda", "AgendaDay", "Beside", "OnDuty", "ToCome", "agenda", "beside"]
