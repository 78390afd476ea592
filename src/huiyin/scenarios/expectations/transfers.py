"""Transfers: to whom a case went, how far it has come, what goes with it."""

from collections.abc import Mapping
from typing import Any

from huiyin.cases.transferring import parts_of_package
from huiyin.scenarios.scene import Scene

from .difference import Difference, Reader, listed, same


def _body(scene: Scene, key: str, expected: Any) -> list[Difference]:
    """The body outside that the case went to, or that the complainant is told to turn to; `~` for none."""
    body = scene.the_case.body
    return same(key, expected, body.name if body else None)


def _transfer(scene: Scene, key: str, expected: Any) -> list[Difference]:
    """How far a transfer has come: decided, sent, received, returned; `~` where there is none."""
    transfer = scene.the_case.transfer
    return same(key, expected, transfer.stage if transfer else None)


def _encloses(scene: Scene, key: str, expected: Any) -> list[Difference]:
    """What a transfer that was sent carries: forms, `statement`, `evidence`."""
    return same(key, sorted(listed(expected)), sorted(parts_of_package(scene.the_case, scene.regime)))


READERS: Mapping[str, Reader] = {
    "body": _body,
    "transfer": _transfer,
    "encloses": _encloses,
}
