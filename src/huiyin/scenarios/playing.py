"""Playing the lines of a story: who acts on which case or affair, with what command, and what follows from it."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from huiyin.cases import commands as cmd
from huiyin.cases.decide import decide
from huiyin.cases.events import BookingReversed, Event, LedgerBooked, SanctionConfirmed, SanctionWithdrawn
from huiyin.cases.people import SYSTEM, Actor
from huiyin.cases.refusals import Refused
from huiyin.cases.sources import source_actor
from huiyin.cases.standing import assignees, may
from huiyin.cases.state import Case
from huiyin.regime.affairs import affairs_of
from huiyin.regime.model import PEOPLE_OF_A_CASE, Regime
from huiyin.standing import measuring, watching

from .actions import command_for, moment, split
from .firing import Firing
from .scene import Scene, Track
from .script import Line, ScriptError
from .standing import Standing, track_id
from .world import World

_WHICH = ("location", "member")  # what tells affairs of one duty apart


class Player:
    """Plays one story on its scene."""

    def __init__(self, world: World, since: datetime | None = None, published: datetime | None = None) -> None:
        self.scene = Scene(world)
        self.scene.figure = self._figure
        self.standing = Standing(self.scene, self._run_by_system, since, published)

    def act(self, line: Line) -> str:
        """Carry out an action, once or `each` times, on each of the cases it is about; gives the sentence that tells of it."""
        at = moment(line.data["at"], self.scene.world)
        name, verb, arguments = split(line.data)
        for data in _by_case(line.data):
            for _ in range(int(line.data.get("each", 1))):
                self._let_time_pass(at)
                self.scene.world.now = at
                self._do(name, verb, dict(arguments), data, at)
            if self.scene.refused is not None:
                break
        return f"{at:%Y-%m-%d %H:%M}  {self.scene.world.regime.role_title(name)} {verb}"

    def _do(self, name: str, verb: str, arguments: dict[str, Any], line: dict[str, Any], at: datetime) -> None:
        scene = self.scene
        scene.refused = None
        if verb == "wait":  # waiting is letting time pass, which has been done by now
            self._select(line)
            return
        if verb == "take-post":
            self._take_post(name, str(arguments.get("post", "")), at)
            return
        if verb == "leave":
            scene.world.staff.pop(name, None)
            return
        scene.fired.clear()
        for each in scene.tracks:
            each.last = []
        track = self._track_for(verb, arguments, line)
        regime = track.regime if track else scene.world.regime
        actor = self._actor(track, name)
        if track is not None and track.affair == verb:
            verb = _open_step(track, actor, arguments, scene.world)
        command = command_for(verb, arguments, scene.world, regime)
        if isinstance(command, cmd.File) and command.source and scene.world.outside_role(name) is not None:
            actor = source_actor(regime, command.channel)
        if isinstance(command, cmd.File) and "about" in line:
            command = replace(command, origin=scene.affair(str(line["about"])).id)
        scene.command = command
        try:
            scene.current = self._run(track, regime, command, actor, at)
        except Refused as refused:
            scene.refused, scene.current = refused, track or scene.current
            (track.firing if track else scene.all_along).refused(command, refused)

    def _take_post(self, name: str, post: str, at: datetime) -> None:
        """Somebody takes a post, which may call for duties such as training."""
        known = self.scene.world.regime.roles
        if post not in known:
            raise ScriptError(f"到岗请写明岗位，例如 {{at: …, {name}: take-post, post: {next(iter(known), '岗位')}}}")
        self.standing.take_post(name, post, at)

    def _track_for(self, verb: str, arguments: dict[str, Any], line: dict[str, Any]) -> Track | None:
        """What an action is about: an affair by its name, a case for its steps, else what was acted on last."""
        scene, regime = self.scene, self.scene.world.regime
        if verb == "file":
            return None
        if "about" in line or "case" in line:
            self._select(line)
            return scene.current
        if verb in affairs_of(regime) and verb not in regime.flow and verb not in regime.acts:
            which = next((str(arguments.pop(key)) for key in _WHICH if key in arguments), "")
            return scene.affair(verb, which)
        own = verb in regime.flow or (verb in regime.acts and not regime.acts[verb].core)
        if own and scene.cases and (scene.current is None or scene.current.affair):
            return scene.cases[-1]
        return scene.current

    def _select(self, line: dict[str, Any]) -> None:
        """Turn to the affair named by `about`, or the case numbered by `case`."""
        if "about" in line:
            self.scene.current = self.scene.affair(str(line["about"]))
        elif "case" in line:
            self.scene.current = self.scene.numbered(int(line["case"]))

    # -- time --------------------------------------------------------------------------------------------------------

    def _let_time_pass(self, at: datetime) -> None:
        """Let the clock act up to the next action, at every moment at which something is due to open."""
        scene = self.scene
        scene.fired.clear()
        for track in scene.tracks:
            track.last = []
        for now in (*self.standing.moments(at), at):
            scene.now = now
            for track in list(scene.tracks):
                self._run_by_system(track, track.regime, cmd.PassTime(), now)
            self.standing.pass_time(now)

    # -- commands ----------------------------------------------------------------------------------------------------

    def _run_by_system(self, track: Track | None, regime: Regime, command: cmd.Command, at: datetime) -> Track:
        return self._run(track, regime, command, SYSTEM, at)

    def _run(self, track: Track | None, regime: Regime, command: cmd.Command, actor: Actor, at: datetime) -> Track:
        """Carry out a command, and everything that follows from it beside the case."""
        scene = self.scene
        scene.now = at
        case_id = track.id if track else track_id(scene, regime)
        decision = decide(regime, track.case if track else None, command, scene.world.context(actor, at, case_id))
        here = track or Track(case_id, regime, decision.case, Firing(regime))
        if track is None:
            scene.tracks.append(here)
        here.firing.acted(actor, command, decision.events)
        here.firing.shown(decision.case)
        self._keep(here, decision.case, list(decision.events))
        self.standing.follow(here, list(decision.events), at)
        return here

    def _keep(self, track: Track, case: Case, events: list[Event]) -> None:
        track.case = case
        track.last.extend(events)
        track.events.extend(events)
        for event in events:
            if isinstance(event, LedgerBooked | BookingReversed):
                self.scene.world.booked.append(event)
            if isinstance(event, SanctionConfirmed | SanctionWithdrawn):
                self.scene.world.sanctioned.append(event)

    def _figure(self, commitment_id: str) -> float | None:
        """The figure of a commitment in the period that runs."""
        scene, regime = self.scene, self.scene.world.regime
        commitment = regime.commitments.get(commitment_id)
        if commitment is None or scene.now is None:
            raise AssertionError(f"没有“{commitment_id}”这项承诺")
        window = watching.window_at(commitment.over or "year", scene.now, scene.world.calendar)
        figure: measuring.Figure | None = self.standing.figure(commitment, window) if window else None
        return figure.value if figure else None

    # -- people ------------------------------------------------------------------------------------------------------

    def _actor(self, track: Track | None, name: str) -> Actor:
        """The person a line speaks of: by name, role, place in the case, or through the link of an invitation."""
        world = self.scene.world
        role = world.outside_role(name)
        if role is not None and track is not None and role.reached_by == "link":
            return world.through_link(track.case, name, self.scene.now)
        if name in world.staff and name not in PEOPLE_OF_A_CASE:
            return world.actor(name)
        of_the_case = name in PEOPLE_OF_A_CASE and name not in ("complainant", "system")
        if track is not None and (of_the_case or (track.affair and name in world.regime.roles)):
            for item in assignees(track.regime, track.case, (name,), world):
                if item.person:
                    return _with_unit(world, item.person, item.unit)
                if item.role in world.regime.roles:
                    holder = world.holders_of(item.role, item.unit or None)[0]
                    return world.actor(
                        holder if holder in world.staff or not item.unit else _at(item.role, item.unit, world)
                    )
        return world.actor(name)


def _by_case(line: dict[str, Any]) -> list[dict[str, Any]]:
    """The line for each of the cases it is about: `case: 1..9` means the first to the ninth."""
    first, dots, last = str(line.get("case", "")).partition("..")
    if not dots:
        return [line]
    if not (first.isdigit() and last.isdigit() and int(first) <= int(last)):
        raise ScriptError(f"case 应写成一个数或 1..9 这样的一段，现在是“{line['case']}”")
    return [{**line, "case": number} for number in range(int(first), int(last) + 1)]


def _open_step(track: Track, actor: Actor, arguments: dict[str, Any], world: World) -> str:
    """The step of an affair that an action means when it names the affair: an open one of the actor's, by its outcome."""
    steps = [track.regime.flow[run.step] for run in track.case.open_runs()]
    outcome = arguments.get("outcome")
    fitting = [step for step in steps if outcome is None or outcome in step.outcomes] or steps
    mine = [step for step in fitting if may(track.regime, track.case, actor, step.by, world)]
    return (mine or fitting)[0].id if fitting else track.affair


def _at(role: str, unit: str, world: World) -> str:
    return role if unit in (role, world.regime.roles[role].of or "") else f"{role}@{unit}"


def _with_unit(world: World, person: str, unit: str) -> Actor:
    actor = world.actor(person)
    if actor.holdings or not unit:
        return actor
    return replace(actor, holdings=world.actor(f"{unit}-head").holdings)
