"""Sanctions, rewards and ledgers."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from huiyin.cases.state import FOREVER
from huiyin.scenarios.scene import Scene

from .difference import Difference, Reader, same


def _proposes(scene: Scene, key: str, expected: Any) -> list[Difference]:
    """Sanctions and rewards that wait: rule → measure → amount, and `against`: whom they concern."""
    waiting = {item.subject: item.payload for item in scene.the_case.approvals.values() if item.kind == "sanction"}
    if not expected:
        return same(key, [], sorted(waiting))
    found: list[Difference] = []
    for rule, measures in expected.items():
        if rule not in waiting:
            found.append(Difference(f"{key}.{rule}", str(measures), "没有这项建议；现有：" + "、".join(waiting)))
            continue
        offered = {"against": waiting[rule]["against"], **waiting[rule]["propose"]}
        for name, amount in measures.items():
            found += same(f"{key}.{rule}.{name}", _amount(amount), _amount(offered.get(name)))
    return found


def _amount(value: Any) -> Any:
    if isinstance(value, str) and ".." in value:
        low, _, high = value.partition("..")
        return (float(low), float(high))
    if isinstance(value, list | tuple):
        return tuple(float(each) for each in value)
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else value


def _ledger(scene: Scene, key: str, expected: Mapping[str, Any]) -> list[Difference]:
    found: list[Difference] = []
    for ledger, wanted in expected.items():
        accounts = {event.account for event in scene.world.booked if event.ledger == ledger}
        values = wanted if isinstance(wanted, dict) else {next(iter(accounts), ""): wanted}
        for account, amount in values.items():
            found += same(f"{key}.{ledger}.{account}", float(amount), scene.world.balance(ledger, account))
    return found


def _stands(scene: Scene, key: str, expected: Mapping[str, Any]) -> list[Difference]:
    """Measures in force for persons or units: who → measure → last day, or `permanent`; `{}` for none."""
    found: list[Difference] = []
    for who, measures in expected.items():
        untils = scene.world.standing(who)
        actual = {name: _last_day(scene, until) for name, until in untils.items()}
        found += same(f"{key}.{who}", {name: str(day) for name, day in measures.items()}, actual)
    return found


def _last_day(scene: Scene, until: datetime) -> str:
    return "permanent" if until >= FOREVER else until.astimezone(scene.world.calendar.zone).date().isoformat()


READERS: Mapping[str, Reader] = {
    "proposes": _proposes,
    "ledger": _ledger,
    "stands": _stands,
}
