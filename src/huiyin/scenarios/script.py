"""Reading `scenarios.yaml`: stories with the place of every line, and problems said before anything is played.

The stories of a variant go on where those of the regime it varies end: `extends: outpatient-desk` takes over all of that
regime's stories, and a story of the same title stands in the place of the one it had there.
"""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from huiyin.regime.loading import FILE_NAME as REGIME
from huiyin.regime.loading import finder
from huiyin.regime.problems import Findings
from huiyin.regime.source import Source, read


class ScriptError(Exception):
    """A scenarios file cannot be read; the message names file and line."""


@dataclass(frozen=True, slots=True)
class Line:
    """An action or an expectation with its place."""

    data: dict[str, Any]
    number: int


@dataclass(frozen=True, slots=True)
class Story:
    """A story: what is given, and its lines in order. `file` is where it is told, `number` its line there."""

    title: str
    number: int
    given: dict[str, Any]
    lines: tuple[Line, ...]
    file: str


@dataclass(frozen=True, slots=True)
class Script:
    """All stories of a file, after those it takes over. `given` at the top holds for each that the file itself tells."""

    regime: str
    file: str
    stories: tuple[Story, ...] = field(default_factory=tuple)


def read_script(file: Path) -> Script:
    """The stories of a file, and of those it `extends`.

    Raises:
        ScriptError: the file is no scenarios file; all that is wrong with its form.
    """
    return _read(file, ())


def _read(file: Path, chain: tuple[str, ...]) -> Script:
    source = read(file)
    if source.faults:
        findings = Findings(source)
        for fault in source.faults:
            findings.add_fault(fault)
        raise ScriptError("\n".join(str(problem) for problem in findings.problems))
    data = source.data
    if not isinstance(data, dict) or not isinstance(data.get("stories"), list):
        raise ScriptError(f"{source.file}:1 应有 regime: 和 stories: 两部分")
    given = data.get("given") or {}
    stories = [_story(source, number, item, given) for number, item in enumerate(data["stories"])]
    if "extends" in data:
        stories = _following(_base(file, source, str(data["extends"]), chain).stories, stories)
    return Script(str(data.get("regime", "")), source.file, tuple(stories))


def _base(file: Path, source: Source, wanted: str, chain: tuple[str, ...]) -> Script:
    """The script of the regime that is varied."""
    place = f"{source.file}:{source.place(('extends',)).line}"
    if wanted in chain:
        raise ScriptError(f"{place} 沿用的故事绕成了圈：{' → '.join((*chain, wanted))}")
    try:
        found = finder(file.with_name(REGIME))(wanted).with_name(file.name)
    except LookupError:
        raise ScriptError(f"{place} 没有名为“{wanted}”的制度，请核对 extends") from None
    if not found.is_file():
        raise ScriptError(f"{place} “{wanted}”旁边没有 {file.name}，没有故事可以沿用")
    return _read(found, (*chain, wanted))


def _following(base: tuple[Story, ...], own: list[Story]) -> list[Story]:
    """The stories of the base, each in its place unless one of the same title is told anew, then the others."""
    anew = {story.title: story for story in own}
    taken = [anew.pop(story.title, story) for story in base]
    return [*taken, *anew.values()]


def _story(source: Source, number: int, item: Any, given: dict[str, Any]) -> Story:
    place = source.place(("stories", number))
    if not isinstance(item, dict) or "story" not in item or not isinstance(item.get("steps"), list):
        raise ScriptError(f"{source.file}:{place.line} 每个故事应有 story: 和 steps:")
    unknown = set(item) - {"story", "given", "steps"}
    if unknown:
        raise ScriptError(
            f"{source.file}:{place.line} 不认识 {'、'.join(sorted(unknown))}；故事里可写 story、given、steps"
        )
    lines = []
    for index, line in enumerate(item["steps"]):
        where = source.place(("stories", number, "steps", index))
        if not isinstance(line, dict) or not ("expect" in line or "at" in line):
            raise ScriptError(f"{source.file}:{where.line} 每一行应有 at:（动作）或 expect:（期望）")
        lines.append(Line(line, where.line))
    return Story(str(item["story"]), place.line, {**given, **(item.get("given") or {})}, tuple(lines), source.file)
