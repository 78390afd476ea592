"""The small changes that are tried: figures up and down by one, choices turned, conditions and rules taken away."""

import re
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from huiyin.regime.checking.not_yet import NOT_YET
from huiyin.regime.model import Regime
from huiyin.regime.source import Path, Source, written

from . import figures

SECTIONS = (
    "settings", "roles", "intake", "severity", "assessment", "routing", "transfers", "samples", "flow", "acts", "limits",
    "ladders", "approvals",
    "notices", "questionnaires", "accountability", "corrective", "confidentiality", "records", "duties", "watches",
    "commitments", "orders", "flags",
)  # fmt: skip
"""Sections whose rules a story can notice."""

_RULES = (("assessment",), ("routing",), ("severity", "rules"), ("accountability", "rules"), ("limits",), ("notices",),
          ("corrective",), ("confidentiality",), ("records",), ("duties",), ("watches",), ("commitments",), ("flags",))  # fmt: skip
"""Whose rows are taken away one by one."""

_SETTING = re.compile(r"(?:\$|\bsettings\.)([a-z]\w*)")
_CONDITIONS = ("when", "that", "required", "admissible", "satisfied", "pick", "handles", "of", "count", "among")
_SPANS = ("within", "latest", "again", "add_up_to", "total_up_to", "at", "open_for", "repeat", "every", "over", "keep",
          "heard", "lasts", "link_for", "stands")  # fmt: skip
_COUNTS = ("rounds", "attempts", "times", "low", "testers")
_MARKS = ("at_least", "at_most", "below", "growth", "share")
_GOES_ALONG = (("transfers", "package"), ("transfers", "reveal"))
_WITH_APPROVAL = ("flow", "acts", "assessment", "routing", "corrective", "duties", "commitments")


_WORK = (("flow",), ("acts",))
_EVIDENCE, _PUNISHED, _CARRIED_OUT = (("intake", "evidence"),), (("accountability",),), (("accountability", "measures"),)
_GUARDS: dict[str, tuple[Path, ...]] = {
    "accepted_by": (("orders",),), "list": (("orders",),), "sealed": (("samples",),), "blind": (("samples",),),
    "sealed_for": _EVIDENCE, "physical": _EVIDENCE, "heard": _PUNISHED, "objection": _PUNISHED, "duty": _CARRIED_OUT,
    "confirm": _CARRIED_OUT, "stands": _CARRIED_OUT,
    "not_under": (*_PUNISHED, *_WORK, ("duties",)), "not_by": _WORK, "other_than": _WORK,
}  # fmt: skip
"""Keys that are tried without, and where they stand."""


class Removed:
    """Stands for a value that is taken away."""

    def __str__(self) -> str:
        return "（删去）"


REMOVED = Removed()


@dataclass(frozen=True, slots=True)
class Change:
    """One change: at `path` there is `new` instead of `old`. `file` and `line` say where the old value stands."""

    path: Path
    old: Any
    new: Any
    file: str
    line: int

    @property
    def where(self) -> str:
        """The path as people write it."""
        return written(self.path)

    def __str__(self) -> str:
        return f"{self.where} {_shown(self.old)} → {_shown(self.new)}"

    def applied(self, data: dict[str, Any]) -> dict[str, Any]:
        """A copy of the regime's data with this change made."""
        changed = deepcopy(data)
        holder: Any = changed
        for part in self.path[:-1]:
            holder = holder[part]
        if isinstance(self.new, Removed):
            del holder[self.path[-1]]
        else:
            holder[self.path[-1]] = self.new
        return changed


def _shown(value: Any) -> str:
    if value is True or value is False:
        return "true" if value else "false"
    if isinstance(value, dict | list):
        return "{…}" if isinstance(value, dict) else "[…]"
    return str(value)


def changes_of(source: Source, regime: Regime) -> Iterator[Change]:
    """Every change to be tried on a regime, in the order of the file. What is not carried out yet is left alone.

    Of a variant only what its own file states is tried: what it takes over is tried with the stories of its base.
    """
    inherited = _inherited(source)
    waiting = [place for construct in NOT_YET for place in construct.where(regime)]
    waiting += [("settings", name) for name in _unread(source.data, waiting)]
    for section in SECTIONS:
        for path, value in _nodes(source.data.get(section), (section,)):
            if _lies_in(path, waiting):
                continue
            for place, old, new in _of_node(path, value):
                if place in inherited:
                    continue
                at = source.place(place)
                yield Change(place, old, new, at.file, at.line)


def _inherited(source: Source) -> set[Path]:
    """Paths at or below which something stands in another file than the regime's own."""
    elsewhere = {path for path, place in source.values.items() if place.file != source.file}
    return {path[:size] for path in elsewhere for size in range(1, len(path) + 1)}


def _lies_in(path: Path, places: list[Path]) -> bool:
    return any(path[: len(place)] == place for place in places)


def _unread(data: dict[str, Any], waiting: list[Path]) -> list[str]:
    """Settings that only what is not carried out yet asks for."""
    read: set[str] = set()
    for path, value in _nodes(data, ()):
        if isinstance(value, str) and not _lies_in(path, waiting):
            read.update(_SETTING.findall(value))
    return [name for name in data.get("settings") or {} if name not in read]


def _nodes(value: Any, path: Path) -> Iterator[tuple[Path, Any]]:
    yield path, value
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _nodes(inner, (*path, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _nodes(inner, (*path, index))


def _of_node(path: Path, value: Any) -> Iterator[tuple[Path, Any, Any]]:
    """Place, old and new value of each change to this node; a rule that is taken away is the node itself."""
    if (path[:-1] in _RULES and not _is_a_promise(path, value)) or _is_level_of_force(path) or _is_taken_away(path, value):
        yield path, value, REMOVED
    for new in _other_values(path, value):
        yield path, value, new
    if path[0] == "settings" and len(path) == 2 and isinstance(value, dict) and value.get("default") is not None:
        yield from (((*path, "default"), value["default"], new) for new in figures.of_setting(value))
    if _is_list_of_guards(path) and isinstance(value, list):
        yield from (((*path, index), item, REMOVED) for index, item in enumerate(value))
    if _is_list_of_parts(path) and isinstance(value, list) and len(value) > 1:
        yield from (((*path, index), item, REMOVED) for index, item in enumerate(value))


def _is_a_promise(path: Path, value: Any) -> bool:
    """A commitment that nothing measures: words on the portal, which no story can notice."""
    return path[0] == "commitments" and isinstance(value, dict) and "measure" not in value


def _is_level_of_force(path: Path) -> bool:
    """A row that proposes how much a piece of evidence proves."""
    return path[:2] == ("intake", "evidence") and len(path) == 5 and path[3] == "force"


def _is_list_of_guards(path: Path) -> bool:
    """What must be there or filled in, what an outside party sees, what goes along with a transfer."""
    if path[-1] in ("required", "requires"):
        return True
    return (path[:2] == ("roles", "outside") and path[-1] == "sees") or path in _GOES_ALONG


def _is_list_of_parts(path: Path) -> bool:
    """Stages of an approval, rungs of a ladder."""
    is_ladder = path[0] == "ladders" and len(path) == 2
    return is_ladder or (path[0] == "approvals" and path[-1] == "stages")


def _is_taken_away(path: Path, value: Any) -> bool:
    """A condition, an approval, a duty to fill in, a prohibition: whether this node is one to try without."""
    match path[-1]:
        case "when" | "handles":
            return isinstance(value, str)
        case "approval":
            return path[0] in _WITH_APPROVAL and path[-2] != "extension"
        case "required":
            return value is True or isinstance(value, str)
        case "requires":
            return isinstance(value, dict)
        case "allowed":
            return value is False
        case "acknowledge":
            return value is True
    return value is not False and any(path[: len(place)] == place for place in _GUARDS.get(str(path[-1]), ()))


def _other_values(path: Path, value: Any) -> Iterator[Any]:
    """Near values: one more, one less, the other choice."""
    key, text = path[-1], isinstance(value, str)
    if key in _CONDITIONS and text:
        yield from figures.in_condition(value)
    elif key in _SPANS and text:
        yield from figures.in_span(value)
        yield from figures.of_period(value)
    elif key in _COUNTS and isinstance(value, int) and not isinstance(value, bool):
        yield from figures.of_number(value, least=1)
    elif key in _MARKS:
        yield from figures.of_mark(value, least=1 if path[0] == "acts" else 0)
    elif path[0] == "transfers" and key in ("receipt", "again"):
        yield not value
    elif path[0] == "transfers" and key == "clock":
        yield from (each for each in ("stops", "runs", "anew") if each != value)
    elif len(path) > 1 and path[-2] == "propose":
        yield from figures.of_amount(value)
    elif len(path) > 1 and path[-2] == "agree":
        yield from figures.of_mark(value, least=0)
