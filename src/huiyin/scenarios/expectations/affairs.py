"""Duties, watches and commitments beside the cases."""

from collections.abc import Mapping
from typing import Any

from huiyin.scenarios.scene import Scene

from .difference import Difference, Reader, listed, same


def _fires(scene: Scene, key: str, expected: Any) -> list[Difference]:
    return same(key, sorted(listed(expected)), sorted(scene.fired))


def _open_affairs(scene: Scene, key: str, expected: Any) -> list[Difference]:
    actual = sorted(track.affair for track in scene.tracks if track.affair and track.is_open)
    return same(key, sorted(listed(expected)), actual)


def _not_open_affairs(scene: Scene, key: str, expected: Any) -> list[Difference]:
    actual = {track.affair for track in scene.tracks if track.affair and track.is_open}
    wrong = [name for name in listed(expected) if name in actual]
    return [Difference(key, "没有 " + "、".join(wrong), "、".join(sorted(actual)))] if wrong else []


def _member(scene: Scene, key: str, expected: Any) -> list[Difference]:
    return same(key, str(expected), scene.current.member if scene.current else "")


def _stems(scene: Scene, key: str, expected: Any) -> list[Difference]:
    return same(key, int(expected), len(scene.the_case.stems))


def _carried(scene: Scene, key: str, expected: Any) -> list[Difference]:
    occasion = scene.the_case.occasion
    actual = [track.affair for track in scene.tracks if occasion and track.id in occasion.carried]
    return same(key, sorted(listed(expected)), sorted(actual))


def _measured(scene: Scene, key: str, expected: Mapping[str, Any]) -> list[Difference]:
    found: list[Difference] = []
    for commitment, wanted in expected.items():
        value = scene.figure(commitment)
        scene.all_along.read("commitments", commitment)
        actual = None if value is None else round(value, 1)
        found += same(f"{key}.{commitment}", None if wanted is None else round(float(wanted), 1), actual)
    return found


def _drawn(scene: Scene, key: str, expected: Any) -> list[Difference]:
    """Whom of its list a duty asks this time, where it asks a share of them."""
    occasion = scene.the_case.occasion
    return same(key, sorted(str(each) for each in listed(expected)), sorted(occasion.sample) if occasion else [])


READERS: Mapping[str, Reader] = {
    "fires": _fires,
    "open_affairs": _open_affairs,
    "not_open_affairs": _not_open_affairs,
    "member": _member,
    "stems": _stems,
    "carried": _carried,
    "drawn": _drawn,
    "measured": _measured,
}
