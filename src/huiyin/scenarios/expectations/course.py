"""How a case stands: where it is, what was decided, what is open, what happened, what was filled in."""

from collections.abc import Callable, Mapping
from typing import Any

from huiyin.cases.phases import phase_of
from huiyin.cases.standing import assignees
from huiyin.cases.turns import turns
from huiyin.scenarios.scene import Scene

from .difference import Difference, Reader, listed, same


def _attribute(name: str) -> Callable[[Scene, str, Any], list[Difference]]:
    def read(scene: Scene, key: str, expected: Any) -> list[Difference]:
        return same(key, expected, getattr(scene.the_case, name))

    return read


def _phase(scene: Scene, key: str, expected: Any) -> list[Difference]:
    return same(key, expected, phase_of(scene.the_case))


def _decided(scene: Scene, key: str, expected: Mapping[str, str]) -> list[Difference]:
    case = scene.the_case
    found: list[Difference] = []
    for table, row in expected.items():
        actual = case.severity if table == "severity" else case.decided.get(table, "")
        found += same(f"{key}.{table}", row, actual)
    return found


def _assigned(scene: Scene, key: str, expected: Any) -> list[Difference]:
    case = scene.the_case
    holders = {case.handling_role, case.handling_unit, case.handler_role, case.handler, *case.also}
    missing = [each for each in listed(expected) if each not in holders]
    actual = "、".join(sorted(each for each in holders if each))
    return [Difference(key, str(expected), actual or "无人承办")] if missing else []


def _open(scene: Scene, key: str, expected: Any) -> list[Difference]:
    actual = sorted({run.step for run in scene.the_case.open_runs()})
    return same(key, sorted(listed(expected)), actual)


def _owes(scene: Scene, key: str, expected: Mapping[str, Any]) -> list[Difference]:
    case, world = scene.the_case, scene.world
    found: list[Difference] = []
    owed = turns(scene.regime, case, world)
    for role, works in expected.items():
        mine = set(assignees(scene.regime, case, (role,), world))
        has = {name for turn in owed if mine & set(turn.assignees) for name in (turn.work, turn.key.partition("#")[0])}
        missing = [work for work in listed(works) if work not in has]
        if missing:
            found.append(Difference(f"{key}.{role}", "、".join(missing), "、".join(sorted(has)) or "没有待办"))
    return found


def _happened(scene: Scene, key: str, expected: Any) -> list[Difference]:
    signals = scene.the_case.signals
    missing = [name for name in listed(expected) if name not in signals]
    return [Difference(key, "、".join(missing), "发生过：" + "、".join(signals))] if missing else []


def _not_happened(scene: Scene, key: str, expected: Any) -> list[Difference]:
    wrong = [name for name in listed(expected) if name in scene.the_case.signals]
    return [Difference(key, "没有发生 " + "、".join(wrong), "发生了")] if wrong else []


def _facts(scene: Scene, key: str, expected: Mapping[str, Any]) -> list[Difference]:
    return [
        d for name, value in expected.items() for d in same(f"{key}.{name}", value, scene.the_case.facts.get(name))
    ]


def _flagged(scene: Scene, key: str, expected: Any) -> list[Difference]:
    now = scene.now
    assert now is not None  # something was done before anything is expected
    standing = [name for name, flag in scene.the_case.flags.items() if flag.stands(now)]
    return same(key, sorted(listed(expected)), sorted(standing))


READERS: Mapping[str, Reader] = {
    "phase": _phase,
    "state": _attribute("state"),
    "category": _attribute("category"),
    "severity": _attribute("severity"),
    "handler": _attribute("handler"),
    "decided": _decided,
    "assigned": _assigned,
    "open": _open,
    "flagged": _flagged,
    "happened": _happened,
    "not_happened": _not_happened,
    "owes": _owes,
    "facts": _facts,
}
