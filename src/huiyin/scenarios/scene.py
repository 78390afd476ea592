"""Where a story stands: its cases and affairs, which of them it looks at, what the last action did."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from huiyin.cases.commands import Command
from huiyin.cases.events import Event
from huiyin.cases.refusals import Refused
from huiyin.cases.state import Case
from huiyin.regime.model import Regime

from .firing import Firing, in_parent
from .world import World


@dataclass
class Track:
    """One case or affair on its way, under its own regime. `last`: what the last action of the story did to it."""

    id: str
    regime: Regime
    case: Case
    firing: Firing
    last: list[Event] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)

    @property
    def affair(self) -> str:
        """The id of the affair in the story's regime; empty for a case."""
        return self.regime.affair

    @property
    def is_open(self) -> bool:
        """Whether it is not closed."""
        return self.case.state != "closed"

    @property
    def member(self) -> str:
        """The place, unit or group an affair is about."""
        occasion = self.case.occasion
        return (occasion.member or occasion.group) if occasion else ""


@dataclass
class Scene:
    """The stage of a story. `now` is the time of the last action; `fired` are the watches it set off."""

    world: World
    tracks: list[Track] = field(default_factory=list)
    current: Track | None = None
    refused: Refused | None = None
    now: datetime | None = None
    fired: list[str] = field(default_factory=list)
    command: Command | None = None
    figure: Callable[[str], float | None] = lambda _commitment: None

    def __post_init__(self) -> None:
        self.all_along = Firing(self.world.regime)
        """What was at work outside any one case: settings and tables read, a filing refused, commitments measured."""
        self.world.case_of = lambda case_id: next((track.case for track in self.tracks if track.id == case_id), None)

    @property
    def firing(self) -> Firing:
        """What is at work in what the story looks at."""
        return self.current.firing if self.current else self.all_along

    @property
    def paths(self) -> frozenset[str]:
        """Everything that was at work in the story, as paths of the regime file."""
        found = set(self.all_along.paths)
        for track in self.tracks:
            found |= in_parent(track.regime, track.firing.paths) if track.affair else track.firing.paths
        return frozenset(found)

    @property
    def regime(self) -> Regime:
        """The regime of what the story looks at."""
        return self.current.regime if self.current else self.world.regime

    @property
    def case(self) -> Case | None:
        """The case or affair the story looks at, if there is one."""
        return self.current.case if self.current else None

    @property
    def last(self) -> list[Event]:
        """What the last action did to it."""
        return self.current.last if self.current else []

    @property
    def events(self) -> list[Event]:
        """Everything that happened in it."""
        return self.current.events if self.current else []

    @property
    def all_events(self) -> list[Event]:
        """Everything that happened in the story."""
        return [event for track in self.tracks for event in track.events]

    @property
    def the_case(self) -> Case:
        """What the story looks at, which must be there.

        Raises:
            AssertionError: nothing was filed.
        """
        if self.case is None:
            raise AssertionError("案件还没有登记")
        return self.case

    @property
    def cases(self) -> list[Track]:
        """The cases, in the order in which they were filed."""
        return [track for track in self.tracks if not track.affair]

    def of(self, track_id: str) -> Track | None:
        """The case or affair of this id."""
        return next((track for track in self.tracks if track.id == track_id), None)

    def affair(self, name: str, member: str = "") -> Track:
        """The affair of this name: one that is open before one that is closed, the latest.

        `name@member` tells affairs of one period apart, `name#1` is the first that was opened.

        Raises:
            AssertionError: no such affair was opened.
        """
        name, _, number = name.partition("#")
        name, _, written = name.partition("@")
        member = member or written
        found = [track for track in self.tracks if track.affair == name and member in ("", track.member)]
        if not found:
            raise AssertionError(f"没有“{name}{'@' + member if member else ''}”这项事务")
        if number:
            return found[min(int(number), len(found)) - 1]
        return next((track for track in reversed(found) if track.is_open), found[-1])

    def numbered(self, number: int) -> Track:
        """The first, second … case.

        Raises:
            AssertionError: there are not so many.
        """
        if not 1 <= number <= len(self.cases):
            raise AssertionError(f"没有第{number}件案件，共{len(self.cases)}件")
        return self.cases[number - 1]
