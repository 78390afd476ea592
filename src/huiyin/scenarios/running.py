"""Playing stories."""

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from huiyin.cases.events import Event
from huiyin.regime import load
from huiyin.regime.model import Regime

from .actions import moment
from .expectations import compare
from .expectations.difference import Difference
from .firing import Watched
from .playing import Player
from .results import FolderResult, StoryResult
from .scene import Scene
from .script import Line, Script, ScriptError, Story, read_script
from .standing_in import StandingIn
from .world import World

SCENARIOS = "scenarios.yaml"
LoadWith = Callable[[dict[str, Any], dict[str, Any]], Regime]
"""Gives the regime for the organisation's answers and tables of a story."""
LATEST = 40
"""Events of the timeline shown with a failure."""


def run_folder(folder: Path) -> FolderResult:
    """Play every story of `scenarios.yaml` beside `regime.yaml`.

    Raises:
        ScriptError: there is no scenarios file, or it cannot be read.
        huiyin.regime.RegimeErrors: the regime cannot be used.
    """
    file = folder / SCENARIOS if folder.is_dir() else folder.parent / SCENARIOS
    if not file.exists():
        raise ScriptError(f"没有 {SCENARIOS}：请在制度旁边写下故事")
    return run_stories(read_script(file), folder)


def run_stories(script: Script, regime_path: Path) -> FolderResult:
    """Play the stories of a script under a regime."""

    def load_with(answers: dict[str, Any], tables: dict[str, Any]) -> Regime:
        return load(regime_path, answers=answers, tables=tables)

    return FolderResult(script.regime, tuple(play(script.stories, load_with)))


def play(stories: Iterable[Story], load_with: LoadWith) -> Iterator[StoryResult]:
    """Play stories one by one, as they are asked for. A regime is loaded once for the same answers and tables."""
    regime_for = _loading_once(load_with)
    return (_play(story, regime_for) for story in stories)


def scenes_of(folder: Path) -> Iterator[tuple[Story, Scene]]:
    """Where each story of a folder leads, as far as it can be played; for samples of what comes of a regime.

    Raises:
        ScriptError, huiyin.regime.RegimeErrors: as `run_folder`.
    """
    script = read_script(folder / SCENARIOS)
    regime_for = _loading_once(lambda answers, tables: load(folder, answers=answers, tables=tables))
    for story in script.stories:
        scene, _failure = _followed(story, regime_for)
        yield story, scene


def _loading_once(load_with: LoadWith) -> Callable[[dict[str, Any]], Regime]:
    """The regime for what a story is given, loaded once for the same answers and tables."""
    loaded: dict[str, Regime] = {}

    def regime_for(given: dict[str, Any]) -> Regime:
        answers, tables = given.get("settings") or {}, given.get("tables") or {}
        key = repr((answers, tables))
        if key not in loaded:
            regime = load_with(answers, tables)
            loaded[key] = replace(regime, answers=Watched(regime.answers, "settings"))
        return loaded[key]

    return regime_for


def _play(story: Story, regime_for: Callable[[dict[str, Any]], Regime]) -> StoryResult:
    begun = time.perf_counter()
    scene, failure = _followed(story, regime_for)
    return StoryResult(
        title=story.title,
        line=story.number,
        passed=not failure,
        failure=failure,
        seconds=time.perf_counter() - begun,
        fired=scene.paths,
        cited=frozenset(each for event in scene.all_events for each in event.cite),
    )


def _followed(story: Story, regime_for: Callable[[dict[str, Any]], Regime]) -> tuple[Scene, str]:
    """Where the story leads, and what went otherwise than it says (empty: nothing)."""
    regime = regime_for(story.given)
    tables = Watched(story.given.get("tables") or {}, "tables")
    world = World(
        regime,
        staff=dict(story.given.get("staff") or {}),
        units={role: list(names) for role, names in (story.given.get("units") or {}).items()},
        earlier_cases=list(story.given.get("earlier") or []),
        tables=tables,
        standing_in=StandingIn.given(story.given),
    )
    player = Player(world, _day(story, "since", world), _day(story, "published", world))
    scene = player.scene
    for watched in (regime.answers, tables):
        if isinstance(watched, Watched):
            watched.firing = scene.all_along
    failure, last = "", ""
    for line in story.lines:
        try:
            if "expect" in line.data:
                differences = compare(scene, line.data["expect"])
                failure = _said(differences, last) if differences else ""
            else:
                last = player.act(line)
                failure = (
                    "" if scene.refused is None or _next_expects_refusal(story, line) else _unexpected(scene, last)
                )
        except (ScriptError, ValueError, TypeError, KeyError, AssertionError) as trouble:
            failure = f"    {line.data}\n    这一行不能执行：{trouble}"
        if failure:
            left = len(story.lines) - story.lines.index(line) - 1
            failure = f"{story.file}:{line.number}\n{failure}\n    其余{left}行未执行。\n{_timeline(scene)}"
            break
    return scene, failure


def _day(story: Story, name: str, world: World) -> datetime | None:
    """Midnight of a day the story gives: `since` when duties are owed, when the regime is `published`."""
    day = story.given.get(name)
    return None if day is None else moment(day, world).replace(hour=0)


def _next_expects_refusal(story: Story, line: Line) -> bool:
    index = story.lines.index(line) + 1
    following = story.lines[index].data.get("expect", {}) if index < len(story.lines) else {}
    return "refused" in (following or {})


def _unexpected(scene: Scene, last: str) -> str:
    refused = scene.refused
    if refused is None:
        return ""
    cite = "、".join(refused.cite)
    return f"    {last}\n    期望  可以执行\n    实际  被拒绝 {refused.code}：{refused.message}（{cite}）"


def _said(differences: list[Difference], last: str) -> str:
    lines = [f"    {last}"]
    for each in differences:
        lines += [f"    期望  {each.key} {each.expected}", f"    实际  {each.key} {each.actual}"]
    return "\n".join(lines)


def _timeline(scene: Scene) -> str:
    """The case so far, for whoever looks for the cause."""
    zone = scene.world.calendar.zone
    lines = ["    经过："]
    lines += [f"      {event.at.astimezone(zone):%m-%d %H:%M} {_told(event)}" for event in scene.events[-LATEST:]]
    return "\n".join(lines)


def _told(event: Event) -> str:
    names = " ".join(event.names)
    cite = f"（{'、'.join(event.cite)}）" if event.cite else ""
    about = next(
        (
            str(getattr(event, name))
            for name in ("work", "step", "key", "row", "notice", "rule")
            if hasattr(event, name)
        ),
        "",
    )
    return f"{event.by} {event.title} {about} {names}{cite}"
