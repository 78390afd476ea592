"""The last action: why it was refused, which clause it rests on, what its words were advised against."""

from collections.abc import Mapping
from typing import Any

from huiyin.cases.advice import discouraged, texts_of
from huiyin.scenarios.scene import Scene

from .difference import Difference, Reader, listed, same


def _cite(scene: Scene, key: str, expected: Any) -> list[Difference]:
    cited = set(scene.refused.cite) if scene.refused else {each for event in scene.last for each in event.cite}
    missing = [str(each) for each in listed(expected) if str(each) not in cited]
    return [Difference(key, "、".join(missing), "、".join(sorted(cited)) or "没有依据")] if missing else []


def _refused(scene: Scene, key: str, expected: Any) -> list[Difference]:
    actual = f"{scene.refused.code}" if scene.refused else "没有被拒绝"
    return [] if actual == expected else [Difference(key, str(expected), actual + _why(scene))]


def _missing(scene: Scene, key: str, expected: Any) -> list[Difference]:
    """Exactly the fields a refusal speaks of: with `refused: missing-field`, what was not filled in."""
    actual = sorted(scene.refused.fields) if scene.refused else []
    return same(key, sorted(str(each) for each in listed(expected)), actual)


def _why(scene: Scene) -> str:
    return f"（{scene.refused.message}）" if scene.refused else ""


def _undecided(scene: Scene, key: str, expected: Any) -> list[Difference]:
    """What the rules lack to decide; an empty list says that they lack nothing."""
    missing = {path for paths in scene.the_case.undecided.values() for path in paths}
    if not listed(expected):
        return same(key, [], sorted(missing))
    names = {path.rpartition(".")[2] for path in missing} | missing
    wrong = [each for each in listed(expected) if each not in names]
    return [Difference(key, "、".join(wrong), "、".join(sorted(missing)) or "都能判断")] if wrong else []


def _discouraged(scene: Scene, key: str, expected: Any) -> list[Difference]:
    """Exactly the phrases in what the last action said that the regime advises against."""
    command = scene.command
    if command is None:
        return same(key, listed(expected), [])
    found = discouraged(scene.regime, scene.the_case, getattr(command, "work", ""), texts_of(command))
    return same(key, sorted(listed(expected)), sorted(each.phrase for each in found))


READERS: Mapping[str, Reader] = {
    "discouraged": _discouraged,
    "cite": _cite,
    "refused": _refused,
    "missing": _missing,
    "undecided": _undecided,
}
