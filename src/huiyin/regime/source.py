"""Read a YAML file into plain data and remember where everything stands.

Only a small, unambiguous part of YAML is taken: no anchors, aliases, tags or merge keys, no key twice, no `yes`/`no`
for true/false, no clause number that other YAML readers would take for a number. The file is read event by event, so a
hostile one is refused as soon as it goes too far.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path as FilePath
from typing import Any

import yaml

from .messages import MESSAGES

MOST_BYTES = 1_000_000
MOST_VALUES = 60_000
DEEPEST = 40

Path = tuple[str | int, ...]
"""Where a value stands: keys and list positions from the top of the file."""

_INTEGER = re.compile(r"[-+]?(0|[1-9][0-9]*)\Z")
_FLOAT = re.compile(r"[-+]?[0-9]+\.[0-9]+\Z")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")
_OTHER_NUMBER = re.compile(r"[-+]?([0-9][0-9_]*|0x[0-9a-fA-F_]+|[0-9][0-9_]*(:[0-5]?[0-9])+|[0-9]+[eE][-+]?[0-9]+)\Z")
_YAML_BOOLEANS = frozenset(
    form for word in ("yes", "no", "on", "off") for form in (word, word.capitalize(), word.upper())
) | {"True", "TRUE", "False", "FALSE"}


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a file; line and column count from 1."""

    file: str
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong with the file as YAML: the name of a message, its place and the values it shows."""

    message: str
    path: Path
    place: Place
    values: dict[str, str]


@dataclass(slots=True)
class Source:
    """Plain data with a place for every key and value. `faults` is empty for a clean file."""

    file: str
    data: Any = None
    values: dict[Path, Place] = field(default_factory=dict)
    keys: dict[Path, Place] = field(default_factory=dict)
    quoted: set[Path] = field(default_factory=set)
    faults: list[Fault] = field(default_factory=list)

    def place(self, path: Path, *, at_key: bool = False) -> Place:
        """Where `path` stands; a path that is not written down gets the place of its nearest parent's key."""
        if not at_key and path in self.values:
            return self.values[path]
        while path:
            known = self.keys.get(path) or self.values.get(path)
            if known:
                return known
            path = path[:-1]
        return Place(self.file, 1, 1)


class _Stop(Exception):
    """Reading cannot go on."""


def read(file: FilePath, *, name: str | None = None) -> Source:
    """The content of a YAML file; never raises for bad content, every fault is in `Source.faults`."""
    shown = name or str(file)
    try:
        with file.open("rb") as stream:
            raw = stream.read(MOST_BYTES + 1)
    except OSError as error:
        return _refused(shown, "unreadable", reason=error.strerror or str(error))
    if len(raw) > MOST_BYTES:
        return _refused(shown, "too-big", most=f"{MOST_BYTES // 1_000_000} MB")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        return _refused(shown, "not-text", line=line)
    return parse(text, name=shown)


def parse(text: str, *, name: str = "regime.yaml") -> Source:
    """The same for a text at hand."""
    source = Source(name)
    reader = _Reader(source)
    try:
        source.data = reader.document(yaml.parse(text, Loader=yaml.CSafeLoader))
    except _Stop:
        source.data = None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        place = Place(name, mark.line + 1, mark.column + 1) if mark else Place(name, 1, 1)
        source.faults.append(Fault("bad-yaml", (), place, {"problem": error.problem or str(error)}))
        source.data = None
    except yaml.YAMLError as error:  # characters YAML forbids, such as NUL
        line = text[: getattr(error, "position", 0) or 0].count("\n") + 1
        source.faults.append(Fault("not-text", (), Place(name, line, 1), {}))
        source.data = None
    return source


def _refused(name: str, message: str, *, line: int = 1, **values: str) -> Source:
    return Source(name, faults=[Fault(message, (), Place(name, line, 1), values)])


class _Reader:
    """Builds data from YAML events without recursion deeper than `DEEPEST`."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.count = 0

    def document(self, events: Iterator[yaml.Event]) -> Any:
        data: Any = None
        documents = 0
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    self.fault("second-document", (), event)
                    raise _Stop
            elif isinstance(event, yaml.NodeEvent):
                data = self.value(event, events, ())
        return data

    def value(self, event: yaml.Event, events: Iterator[yaml.Event], path: Path) -> Any:
        self.source.values[path] = self.at(event)
        self.guard(event, path)
        if isinstance(event, yaml.MappingStartEvent):
            return self.mapping(events, path)
        if isinstance(event, yaml.SequenceStartEvent):
            return self.sequence(events, path)
        if isinstance(event, yaml.ScalarEvent):
            return self.scalar(event, path)
        return None  # an alias: already reported

    def mapping(self, events: Iterator[yaml.Event], path: Path) -> dict[str, Any]:
        result: dict[str, Any] = {}
        for event in events:
            if isinstance(event, yaml.MappingEndEvent):
                return result
            key = self.key(event, events, path)
            inner = (*path, key)
            first = self.source.keys.get(inner)
            if first is None:
                self.source.keys[inner] = self.at(event)
                result[key] = self.value(next(events), events, inner)
            else:
                twice = self.at(event)
                self.fault("duplicate-key", inner, event, key=key, first=first.line, second=twice.line)
                self.skip(next(events), events)
        raise _Stop

    def key(self, event: yaml.Event, events: Iterator[yaml.Event], path: Path) -> str:
        self.guard(event, path)
        if not isinstance(event, yaml.ScalarEvent):
            self.fault("key-not-text", path, event)
            self.skip(event, events)
            return "?"
        key = str(event.value)
        if not event.style:
            if key in _YAML_BOOLEANS:
                self.fault("boolean-key", (*path, key), event, key=key)
            elif _INTEGER.match(key) or _FLOAT.match(key) or _DATE.match(key) or _OTHER_NUMBER.match(key):
                self.fault("number-key", (*path, key), event, key=key)
            elif key == "<<":
                self.fault("merge-key", (*path, key), event)
        return key

    def sequence(self, events: Iterator[yaml.Event], path: Path) -> list[Any]:
        result: list[Any] = []
        for event in events:
            if isinstance(event, yaml.SequenceEndEvent):
                return result
            result.append(self.value(event, events, (*path, len(result))))
        raise _Stop

    def scalar(self, event: yaml.ScalarEvent, path: Path) -> Any:
        text = str(event.value)
        if event.style:  # plain text has none, or an empty one from the C parser
            self.source.quoted.add(path)
            return text
        if text in _YAML_BOOLEANS:
            self.fault("boolean-value", path, event, value=text)
            return text
        return _plain(text)

    def guard(self, event: yaml.Event, path: Path) -> None:
        self.count += 1
        if self.count > MOST_VALUES:
            self.fault("too-many", path, event, most=MOST_VALUES)
            raise _Stop
        if len(path) > DEEPEST:
            self.fault("too-deep", path[:1], event, most=DEEPEST)
            raise _Stop
        anchor, tag = getattr(event, "anchor", None), getattr(event, "tag", None)
        if anchor:
            self.fault("alias" if isinstance(event, yaml.AliasEvent) else "anchor", path, event, name=anchor)
        if tag:
            self.fault("tag", path, event, name=tag)

    def skip(self, event: yaml.Event, events: Iterator[yaml.Event]) -> None:
        depth = 0
        while True:
            if isinstance(event, yaml.CollectionStartEvent):
                depth += 1
            elif isinstance(event, yaml.CollectionEndEvent):
                depth -= 1
            self.count += 1
            if depth <= 0:
                return
            if self.count > MOST_VALUES or depth > DEEPEST:
                raise _Stop
            event = next(events)

    def at(self, event: yaml.Event) -> Place:
        mark = event.start_mark
        return Place(self.source.file, mark.line + 1, mark.column + 1) if mark else Place(self.source.file, 1, 1)

    def fault(self, message: str, path: Path, event: yaml.Event, **values: object) -> None:
        assert message in MESSAGES
        shown = {key: str(value) for key, value in values.items()}
        self.source.faults.append(Fault(message, path, self.at(event), shown))


def _plain(text: str) -> Any:
    """The value of an unquoted scalar: null, true, false, a number, a date, or text."""
    if text in {"", "~", "null"}:
        return None
    if text in {"true", "false"}:
        return text == "true"
    if _INTEGER.match(text):
        return int(text) if len(text) <= 18 else text
    if _FLOAT.match(text):
        return float(text)
    if _DATE.match(text):
        try:
            return date.fromisoformat(text)
        except ValueError:
            return text
    return text


def written(path: Path) -> str:
    """A path as people write it: `limits.conclude.within[0].when`."""
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else part
    return text
