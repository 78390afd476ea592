"""What goes on beside the cases of a story: duties fall due, cases call for affairs, watches fire, targets are missed.

The player keeps here in memory what the application keeps in tables; the rules are those of `huiyin.standing`.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from huiyin.cases import commands as cmd
from huiyin.cases.events import Event
from huiyin.regime.affairs import affairs_of
from huiyin.regime.model import Commitment, Regime, Watch
from huiyin.regime.vocabulary import REVISION
from huiyin.standing import measuring, watching
from huiyin.standing.missed_targets import missed
from huiyin.standing.occurrences import is_short, next_start, occurrences, periods_to_open
from huiyin.standing.opening import Opening, after_event, called_for, called_off, for_period
from huiyin.standing.revising import revision, revision_opens
from huiyin.standing.telling import filed, opened, progress, told
from huiyin.standing.watching import Counted, Judgement, Window

from .scene import Scene, Track

Run = Callable[[Track | None, Regime, cmd.Command, datetime], Track]
"""Carries out a command of the system in a case or affair, or opens a new one where there is none yet."""


@dataclass
class Standing:
    """Keeps what was opened and what fires.

    `since`: when duties began to be owed; None where the story has none. `published`: when the regime came into force.
    """

    scene: Scene
    run: Run
    since: datetime | None = None
    published: datetime | None = None
    opened_to: dict[str, datetime] = field(default_factory=dict)
    fired_in: dict[tuple[str, str], Window] = field(default_factory=dict)
    checked_to: dict[str, datetime] = field(default_factory=dict)
    counted: set[tuple[str, str, str]] = field(default_factory=set)

    @property
    def regime(self) -> Regime:
        """The regime of the story."""
        return self.scene.world.regime

    # -- following what happened -------------------------------------------------------------------------------------

    def follow(self, track: Track, events: list[Event], at: datetime) -> None:
        """Everything beside a case that follows from what happened in it."""
        scene = self.scene
        news = progress(track.regime, track.case, events)
        origin = scene.of(track.case.origin)
        if news is not None:
            for listener in told(track.regime, track.case):
                self._tell(listener, news, at)
        if not track.affair and track.case.version == len(events) and origin is not None:
            self.run(origin, origin.regime, filed(track.case, self.regime.title), at)
        for opening in list(called_for(self.regime, track.case, events, scene.world, scene.world.tables)):
            self._open(opening, at)
        for affair, key in called_off(self.regime, track.case, events):
            for each in scene.tracks:
                if each.affair == affair and each.case.occasion is not None and each.case.occasion.key == key:
                    self.run(each, each.regime, cmd.CallOff(), at)
        if not track.affair:
            self._watch(track, at)

    def _open(self, opening: Opening, at: datetime) -> None:
        regime = affairs_of(self.regime)[opening.affair]
        key = opening.command.occasion.key
        already = any(
            t.affair == opening.affair and t.case.occasion and t.case.occasion.key == key for t in self.scene.tracks
        )
        if already:
            return
        track = self.run(None, regime, opening.command, at)
        for each in told(regime, track.case):
            if each != track.case.origin:
                self._tell(each, opened(regime, track.case), at)

    def _tell(self, listener: str, news: cmd.Command, at: datetime) -> None:
        """Let a case or affair hear of something; what is not part of the story hears nothing."""
        track = self.scene.of(listener)
        if track is not None:
            self.run(track, track.regime, news, at)

    # -- time ----------------------------------------------------------------------------------------------------------

    def moments(self, until: datetime) -> Iterator[datetime]:
        """The times up to `until`, without it, at which duties begin or watches and targets are looked at."""
        now = self.scene.now or min((each for each in (self.since, self.published) if each is not None), default=None)
        if now is None:
            return
        if self.scene.now is None and now == self.published and now < until:
            yield now
        while True:
            starts = [next_start(rhythm, now, self.scene.world.calendar) for rhythm in self._rhythms()]
            starts.append(self.published if self.published is not None and now < self.published else None)
            opens = self._revision_opens()
            starts.append(opens if opens is not None and now < opens else None)
            following = min((start for start in starts if start is not None), default=None)
            if following is None or following >= until:
                return
            now = following
            yield now

    def _rhythms(self) -> list[str]:
        regime = self.regime
        if self.since is None:
            return []
        found = [duty.every for duty in regime.duties.values() if duty.every]
        found += [each.over for each in regime.commitments.values() if each.bound and each.over]
        if any(watching.needs_the_clock(watch) for watch in regime.watches.values()):
            found.append("day")
        return list(dict.fromkeys(found))

    def pass_time(self, now: datetime) -> None:
        """Open what has begun by now, and look at watches and targets that time alone can set off."""
        if self.published is not None and now >= self.published:
            self._publish(now)
            self._revise(self.published, now)
        if self.since is None or now < self.since:
            return
        calendar = self.scene.world.calendar
        for duty in self.regime.duties.values():
            for period in periods_to_open(duty.every or "$", self.since, self.opened_to.get(duty.id), now, calendar):
                if is_short(period):
                    self._miss(duty.id, now)
                carried = self._carried(duty.id)
                for opening in for_period(
                    self.regime, duty, period, self.scene.world, self.scene.world.tables, carried
                ):
                    self._open(opening, now)
                self.opened_to[duty.id] = period.end
        for watch in self.regime.watches.values():
            if watching.needs_the_clock(watch):
                self._look(watch, now)
        for commitment in self.regime.commitments.values():
            self._measure(commitment, now)

    def _publish(self, now: datetime) -> None:
        """The regime is in force: what is owed because of that is opened, once."""
        world, version = self.scene.world, self.regime.version
        for duty in self.regime.duties.values():
            if "published" in duty.after:
                self._open(after_event(self.regime, duty, "published", version, "", world, world.tables), now)

    def _last_revised(self, published: datetime) -> datetime:
        """When the regime came into force, or was last looked at."""
        done = [track.case.closed_at for track in self.scene.tracks if track.affair == REVISION]
        return max([published, *(at for at in done if at is not None)])

    def _revision_opens(self) -> datetime | None:
        if self.published is None:
            return None
        return revision_opens(self.regime, self._last_revised(self.published), self.scene.world.calendar)

    def _revise(self, published: datetime, now: datetime) -> None:
        """The regime is to be looked at again: that is opened when it is time."""
        world = self.scene.world
        if any(track.affair == REVISION and track.is_open for track in self.scene.tracks):
            return
        opening = revision(self.regime, self._last_revised(published), now, world.calendar, world)
        if opening is not None:
            self._open(opening, now)

    def take_post(self, person: str, post: str, now: datetime) -> None:
        """Somebody takes a post: what is owed because of that is opened, once."""
        world = self.scene.world
        for duty in self.regime.duties.values():
            if "post-taken" in duty.after and (not duty.trains or post in duty.trains):
                key = f"post/{person}/{post}"
                self._open(after_event(self.regime, duty, "post-taken", key, person, world, world.tables), now)

    def _miss(self, duty: str, now: datetime) -> None:
        for track in [each for each in self.scene.tracks if each.affair == duty and each.is_open]:
            if any(item.status == "overdue" for item in track.case.running()):
                self.run(track, track.regime, cmd.Miss(), now)

    def _carried(self, duty: str) -> dict[str, tuple[str, ...]]:
        """What earlier periods of a duty left: those whose orders are open still, affairs that came of them; by member."""
        found: dict[str, tuple[str, ...]] = {}
        earlier = {track.id: track.member for track in self.scene.tracks if track.affair == duty}
        for track in self.scene.tracks:
            left = track.id in earlier and any(order.is_open for order in track.case.orders.values())
            if track.affair and track.is_open and (left or track.case.origin in earlier):
                member = earlier[track.id if left else track.case.origin]
                found[member] = (*found.get(member, ()), track.id)
        return found

    # -- watches -------------------------------------------------------------------------------------------------------

    def _rows(self, watch: Watch) -> list[Counted]:
        world = self.scene.world
        scopes = ((track, world.scope(track.case, self.scene.now)) for track in self.scene.cases)
        rows = (watching.counted(watch, track.case, scope, world) for track, scope in scopes)
        return sorted((row for row in rows if row is not None), key=lambda row: row.at)

    def _watch(self, track: Track, at: datetime) -> None:
        """A case changed: where it has come to count for a watch, its groups are judged."""
        for watch in self.regime.watches.values():
            if watching.is_standing(watch):
                continue
            rows = self._rows(watch)
            own = next((row for row in rows if row.case == track.id), None)
            for group in own.groups if own else ():
                if (watch.id, group, track.id) not in self.counted:
                    self.counted.add((watch.id, group, track.id))
                    self._judge(watch, rows, group, at, newest=track.id)

    def _judge(self, watch: Watch, rows: list[Counted], group: str, at: datetime, newest: str = "") -> None:
        key = (watch.id, group)
        found = watching.judge(
            watch,
            self.regime,
            [row for row in rows if group in row.groups],
            at,
            self.scene.world.calendar,
            fired_in=self.fired_in.get(key),
            newest=newest,
        )
        if found is None:
            return
        if found.firing and (found.fires or key not in self.fired_in):
            self.fired_in[key] = found.window
        elif not found.firing:
            self.fired_in.pop(key, None)
        if found.fires:
            self._fire(watch, group, found, at)

    def _fire(self, watch: Watch, group: str, found: Judgement, at: datetime) -> None:
        self.scene.fired.append(watch.id)
        self._open(watching.alarm(watch, self.regime, group, found, at, self.scene.world), at)

    def _look(self, watch: Watch, now: datetime) -> None:
        """A watch is looked at because time passed: windows that ended, conditions that read the clock."""
        rows, world = self._rows(watch), self.scene.world
        assert self.since is not None
        if watch.at_most is not None:
            for window in watching.windows_ended(
                watch.over, self.since, self.checked_to.get(watch.id), now, world.calendar
            ):
                known = {group for row in rows for group in row.groups}
                for group in dict.fromkeys((*watching.members(watch, self.regime, world), *sorted(known))):
                    in_group = [row for row in rows if group in row.groups]
                    found = watching.judge_ended(watch, self.regime, in_group, window)
                    if found is not None and found.fires:
                        self._fire(watch, group, found, now)
                self.checked_to[watch.id] = window.end
        standing = {group for name, group in self.fired_in if name == watch.id}
        for group in sorted(standing | {group for row in rows for group in row.groups}):
            self._judge(watch, rows, group, now)

    # -- targets -------------------------------------------------------------------------------------------------------

    def figure(self, commitment: Commitment, window: Window) -> measuring.Figure:
        """The figure of a commitment over a window."""
        world = self.scene.world
        parts: Iterable[measuring.Part] = (
            part
            for track in self.scene.cases
            for part in measuring.part_of(commitment, track.case, world.scope(track.case, self.scene.now))
        )
        return measuring.figure_of(commitment, self.regime, list(parts), window)

    def _measure(self, commitment: Commitment, now: datetime) -> None:
        assert self.since is not None
        if not commitment.bound or not commitment.over:
            return
        since = max(self.since, self.checked_to.get(commitment.id, self.since))
        for period in occurrences(commitment.over, since, now, self.scene.world.calendar):
            if period.end > now:
                return
            self.checked_to[commitment.id] = period.end
            figure = self.figure(commitment, Window(period.start, period.end))
            opening = missed(commitment, self.regime, figure, self.scene.world)
            if opening is not None:
                self._open(opening, now)


def track_id(scene: Scene, regime: Regime) -> str:
    """The id of the next case or affair of a story."""
    kind = regime.affair or "story"
    number = sum(1 for track in scene.tracks if track.affair == regime.affair) + 1
    return kind if number == 1 else f"{kind}-{number}"
