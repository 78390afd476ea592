"""How a difference between a story and what is gets told."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from huiyin.scenarios.scene import Scene


@dataclass(frozen=True, slots=True)
class Difference:
    """Expected and actual, in words."""

    key: str
    expected: str
    actual: str


Reader = Callable[[Scene, str, Any], list[Difference]]
"""Compares what the scene shows with what is expected under one key."""


def listed(value: Any) -> list[Any]:
    """What a story names: one name, or several."""
    return list(value) if isinstance(value, list | tuple) else [value]


def same(key: str, expected: Any, actual: Any) -> list[Difference]:
    """Nothing where both are equal, else the difference."""
    return [] if expected == actual else [Difference(key, str(expected), str(actual) or "（无）")]


def among(key: str, names: Any, actual: set[str], wanted: bool, nothing: str) -> list[Difference]:
    """The names that should be among these and are not, or the other way round."""
    wrong = [name for name in listed(names) if (name in actual) != wanted]
    said = "、".join(sorted(actual)) or nothing
    return [Difference(key, ("" if wanted else "没有 ") + "、".join(wrong), said)] if wrong else []
