"""What a story expects, compared with what is. Each subject has a module, with the table of its keys at its foot."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from huiyin.scenarios.scene import Scene

from . import accountability, affairs, attempts, course, limits, papers, sight, transfers
from .difference import Difference, Reader

READERS: Mapping[str, Reader] = {
    **course.READERS,
    **transfers.READERS,
    **limits.READERS,
    **papers.READERS,
    **accountability.READERS,
    **sight.READERS,
    **attempts.READERS,
    **affairs.READERS,
}
"""Key of an expectation → what compares it."""

EXPECTATIONS = frozenset(READERS) | {"about", "case"}
"""All keys an expectation may have."""


def compare(scene: Scene, expected: Mapping[str, Any]) -> list[Difference]:
    """Everything that is not as expected, in what the story looks at or in what `about` or `case` names."""
    found: list[Difference] = []
    expected = dict(expected)
    try:
        scene = looking_at(scene, expected.pop("about", None), expected.pop("case", None))
    except AssertionError as trouble:
        return [Difference("about", "有这项事务", str(trouble))]
    for key, value in expected.items():
        reader = READERS.get(key)
        if reader is None:
            found.append(Difference(key, str(value), f"不认识这个期望；可用：{'、'.join(READERS)}"))
            continue
        try:
            found.extend(reader(scene, key, value))
        except AssertionError as trouble:
            found.append(Difference(key, str(value), str(trouble)))
    return found


def looking_at(scene: Scene, about: Any, number: Any) -> Scene:
    """The scene as seen from an affair (by its name) or from the first, second … case.

    Raises:
        AssertionError: there is none.
    """
    if about is not None:
        return replace(scene, current=scene.affair(str(about)))
    return replace(scene, current=scene.numbered(int(number))) if number is not None else scene
