"""Limits: which run, stand still, are met or overdue, and when they are due; who is reminded."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from huiyin.cases.events import RungReached
from huiyin.scenarios.scene import Scene

from .difference import Difference, Reader, among, listed, same


def _due(scene: Scene, key: str, expected: Mapping[str, Any]) -> list[Difference]:
    found: list[Difference] = []
    zone = scene.world.calendar.zone
    for limit, wanted in expected.items():
        items = [item for item in scene.the_case.obligations.values() if item.limit == limit]
        if not items:
            found.append(Difference(f"{key}.{limit}", str(wanted), "没有这项时限"))
            continue
        due = items[-1].due
        if due is None or wanted in (None, "promptly", "none"):
            actual = "promptly" if due is None else due.astimezone(zone).isoformat(sep=" ", timespec="minutes")[:16]
            found += same(f"{key}.{limit}", "promptly" if wanted in (None, "none") else str(wanted), actual)
            continue
        local = due.astimezone(zone)
        if (isinstance(wanted, date) and not isinstance(wanted, datetime)) or len(str(wanted)) <= len("2026-01-01"):
            found += same(f"{key}.{limit}", str(wanted), local.date().isoformat())
        else:
            text = (
                wanted.isoformat(sep=" ")[:16] if isinstance(wanted, datetime) else str(wanted).replace("T", " ")[:16]
            )
            found += same(f"{key}.{limit}", text, local.isoformat(sep=" ")[:16])
    return found


def _provisional(scene: Scene, key: str, expected: Any) -> list[Difference]:
    actual = sorted(item.limit for item in scene.the_case.running() if item.provisional)
    return same(key, sorted(listed(expected)), actual)


def _overdue(scene: Scene, key: str, expected: Any) -> list[Difference]:
    actual = sorted({item.limit for item in scene.the_case.running() if item.status == "overdue"})
    return same(key, sorted(listed(expected)), actual)


def _running(scene: Scene, key: str, expected: Any) -> list[Difference]:
    actual = sorted({item.limit for item in scene.the_case.running()})
    return same(key, sorted(listed(expected)), actual)


def _paused(scene: Scene, key: str, expected: Any) -> list[Difference]:
    """The limits that stand still."""
    actual = sorted(item.limit for item in scene.the_case.running() if item.paused_at is not None)
    return same(key, sorted(listed(expected)), actual)


def _met(scene: Scene, key: str, expected: Any) -> list[Difference]:
    met = {item.limit for item in scene.the_case.obligations.values() if item.status == "met"}
    missing = [limit for limit in listed(expected) if limit not in met]
    return [Difference(key, "、".join(missing), "、".join(sorted(met)))] if missing else []


def _rungs(field_name: str, wanted: bool) -> Callable[[Scene, str, Any], list[Difference]]:
    """Who was reminded of, or told about, which limits by a ladder, or was not. `field_name`: remind or tell."""

    def read(scene: Scene, key: str, expected: Mapping[str, Any]) -> list[Difference]:
        found: list[Difference] = []
        obligations = scene.the_case.obligations
        for role, limits in expected.items():
            reached = {
                obligations[event.key].limit
                for event in scene.events
                if isinstance(event, RungReached) and role in {each.partition(":")[0] for each in getattr(event, field_name)}
            }
            found += among(f"{key}.{role}", limits, reached, wanted, "没有提醒")
        return found

    return read


READERS: Mapping[str, Reader] = {
    "paused": _paused,
    "due": _due,
    "provisional": _provisional,
    "overdue": _overdue,
    "running": _running,
    "met": _met,
    "reminded": _rungs("remind", True),
    "not_reminded": _rungs("remind", False),
    "told": _rungs("tell", True),
    "not_told": _rungs("tell", False),
}
