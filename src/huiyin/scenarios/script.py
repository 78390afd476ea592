"""Reading `scenarios.yaml`: stories with the place of every line, and problems said before anything is played."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

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
    """A story: what is given, and its lines in order."""

    title: str
    number: int
    given: dict[str, Any]
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Script:
    """All stories of a file. `given` at the top holds for each of them."""

    regime: str
    file: str
    stories: tuple[Story, ...] = field(default_factory=tuple)


def read_script(file: Path) -> Script:
    """The stories of a file.

    Raises:
        ScriptError: the file is no scenarios file; all that is wrong with its form.
    """
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
    stories = tuple(_story(source, number, item, given) for number, item in enumerate(data["stories"]))
    return Script(str(data.get("regime", "")), source.file, stories)


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
    return Story(str(item["story"]), place.line, {**given, **(item.get("given") or {})}, tuple(lines))
