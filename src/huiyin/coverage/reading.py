"""Reading `coverage.yaml`: entries with their places, and what is wrong with the form."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from huiyin.regime.problems import Problem
from huiyin.regime.source import Path as SourcePath
from huiyin.regime.source import Source, read

from .messages import fault_problem, problem

FILE_NAME = "coverage.yaml"
SECTIONS = ("facts", "figures")
_TOP = ("regime", "inventory", *SECTIONS, "trial")
_ENTRY = ("by", "story", "test", "information", "planned", "note")


@dataclass(frozen=True, slots=True)
class Entry:
    """What the file says of one fact or figure. Exactly one of `by`, `information`, `planned` is given."""

    section: str
    number: int
    path: SourcePath
    by: tuple[str, ...] = ()
    stories: tuple[str, ...] = ()
    test: str = ""
    information: str = ""
    planned: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Coverage:
    """A whole file; entries that are badly formed are left out of it and told in `problems`.

    `trial`: places of the regime where a change that no story notices is meant to be possible, with the reason.
    """

    source: Source
    regime: str
    inventory: str
    entries: tuple[Entry, ...]
    problems: tuple[Problem, ...]
    trial: dict[str, str] = field(default_factory=dict)

    def of(self, section: str) -> dict[int, Entry]:
        """Number → entry of `facts` or `figures`."""
        return {entry.number: entry for entry in self.entries if entry.section == section}


def read_coverage(file: Path) -> Coverage:
    """The file, never raising for bad content."""
    source = read(file)
    if source.data is None and not source.faults:
        source.data = {}
    found: list[Problem] = []
    for fault in source.faults:
        is_number = fault.message == "number-key" and len(fault.path) == 2 and fault.path[0] in SECTIONS
        if not is_number:  # facts are numbered, so a number may be a key here
            found.append(fault_problem(fault))
    data = source.data if isinstance(source.data, dict) else {}
    if source.data is not None and not isinstance(source.data, dict):
        found.append(_shape(source, (), FILE_NAME, "“regime: …”和“facts: …”几部分", "a mapping"))
    found += [_unknown(source, (key,), _TOP) for key in data if key not in _TOP]
    entries: list[Entry] = []
    for section in SECTIONS:
        held = data.get(section) or {}
        if not isinstance(held, dict):
            found.append(_shape(source, (section,), section, "“编号: {…}”", "number: {…}"))
            continue
        for number, item in held.items():
            entry = _entry(source, section, number, item, found)
            if entry is not None:
                entries.append(entry)
    trial = _trial(source, data.get("trial"), found)
    regime, inventory = _text(data.get("regime")), _text(data.get("inventory"))
    return Coverage(source, regime, inventory, tuple(entries), tuple(found), trial)


def _trial(source: Source, held: Any, found: list[Problem]) -> dict[str, str]:
    items = {} if held is None else held
    if not isinstance(items, dict) or any(not isinstance(each, str) or not each.strip() for each in items.values()):
        found.append(_shape(source, ("trial",), "trial", "“路径: 理由”", "path: reason"))
        return {}
    return {path: reason.strip() for path, reason in items.items()}


def _entry(source: Source, section: str, number: str, item: Any, found: list[Problem]) -> Entry | None:
    path = (section, number)
    if not number.isdecimal() or not isinstance(item, dict):
        found.append(_shape(source, path, number, "“编号: {by: …, story: …}”", "number: {by: …, story: …}"))
        return None
    unknown = [key for key in item if key not in _ENTRY]
    found += [_unknown(source, (*path, key), _ENTRY) for key in unknown]
    lists = {key: _texts(item.get(key)) for key in ("by", "story")}
    wrong = [key for key, value in lists.items() if value is None or (key in item and (not value or "" in value))]
    found += [_shape(source, (*path, key), key, "一个名称或名称的列表", "a name or a list of names") for key in wrong]
    single = [key for key in ("test", "information", "planned", "note") if isinstance(item.get(key), dict | list)]
    single += [key for key in ("test", "planned") if key in item and not item[key]]
    found += [_shape(source, (*path, key), key, "一句文字", "a text") for key in single]
    if unknown or wrong or single:
        return None
    if sum(key in item for key in ("by", "information", "planned")) != 1:
        found.append(problem("one-of", source, path, at_key=True, number=number))
        return None
    return Entry(
        section=section,
        number=int(number),
        path=path,
        by=lists["by"] or (),
        stories=lists["story"] or (),
        test=_text(item.get("test")),
        information=_text(item.get("information")),
        planned=_text(item.get("planned")),
        note=_text(item.get("note")),
    )


def _texts(value: Any) -> tuple[str, ...] | None:
    """One or several texts; None when it is something else."""
    if value is None:
        return ()
    items = value if isinstance(value, list) else [value]
    return None if any(isinstance(each, dict | list) for each in items) else tuple(_text(each) for each in items)


def _text(value: Any) -> str:
    return "" if value is None else str(value).strip()


def _unknown(source: Source, path: SourcePath, known: tuple[str, ...]) -> Problem:
    return problem("unknown-key", source, path, at_key=True, key=path[-1], known="、".join(known))


def _shape(source: Source, path: SourcePath, key: str, shape: str, shape_en: str) -> Problem:
    return problem("bad-shape", source, path, at_key=bool(path), key=key, shape=shape, shape_en=shape_en)
