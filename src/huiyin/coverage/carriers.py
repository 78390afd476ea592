"""Carriers: the rules of a regime that carry out a fact, named by dotted paths such as `limits.reply.extension`."""

import re
from collections.abc import Collection, Iterator
from typing import Any

from huiyin.regime.checking.not_yet import NOT_YET, NotYet
from huiyin.regime.model import Regime, RoleGroup
from huiyin.regime.problems import nearest

_GROUPS = tuple(group.value for group in RoleGroup)
_MADE_BY_THE_CORE = "acts"

APART = tuple(
    tuple(pattern.split("."))
    for pattern in (
        "limits.*.extension",
        "limits.*.within.*",
        "limits.*.ladder",
        "flow.*.requires",
        "flow.*.rounds",
        "flow.*.attempts",
        "flow.*.approval",
        "flow.*.outcomes.*",
        "flow.*.fields.*",
        "flow.*.with",
        "flow.*.share",
        "acts.*.requires",
        "acts.*.approval",
        "acts.*.allowed",
        "acts.*.open_for",
        "acts.*.at_most",
        "acts.*.outcomes.*",
        "acts.*.fields.*",
        "acts.*.with",
        "assessment.*.approval",
        "routing.*.approval",
        "orders.*.within.*",
        "orders.*.latest",
        "flags.*.ends",
        "orders.*.extension",
        "orders.*.ladder",
        "orders.*.accepted_by",
        "orders.*.again",
        "notices.*.acknowledge",
        "approvals.*.rejected",
        "approvals.*.stages.*.else",
        "roles.*.quorum",
        "samples.*.sealed",
        "samples.*.blind",
        "samples.*.testers",
        "samples.*.keep",
        "roles.*.handles",
        "assessment.*.turn_to",
        "transfers.receipt",
        "transfers.again",
        "transfers.clock",
        "intake.channels.*",
        "intake.fields.*",
        "intake.evidence.*",
        "intake.evidence.*.fields.*",
        "intake.evidence.*.force.*",
        "intake.evidence.*.sealed_for",
        "severity.*.*",
        "accountability.*.*",
        "accountability.*.*.conduct.*",
        "accountability.*.*.stands",
        "accountability.*.*.not_under",
        "questionnaires.*.questions.*",
    )
)
"""Parts that a story uses or not on their own: that the whole was at work does not show that they were."""


def parts_of(path: str) -> tuple[str, ...]:
    """`limits.reply.within[1]` as its parts, a role without its group: roles.units.office is roles.office."""
    parts = tuple(part for part in re.split(r"[.\[\]]+", path) if part)
    if len(parts) > 2 and parts[0] == "roles" and parts[1] in _GROUPS:
        parts = (parts[0], *parts[2:])
    return parts


def exists(parts: tuple[str, ...], data: dict[str, Any], regime: Regime) -> bool:
    """Whether the regime has such a rule, in its file or among the acts the core gives every regime."""
    if parts[0] == _MADE_BY_THE_CORE and len(parts) == 2 and parts[1] in regime.acts:
        return True
    return any(_found(each, data) for each in _as_in_file(parts))


def _as_in_file(parts: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    yield parts
    if parts[0] == "roles":
        yield from ((parts[0], group, *parts[1:]) for group in _GROUPS)


def _found(parts: tuple[str, ...], data: Any) -> bool:
    for part in parts:
        if isinstance(data, dict) and part in data:
            data = data[part]
        elif isinstance(data, list) and part.isdecimal() and int(part) < len(data):
            data = data[int(part)]
        elif isinstance(data, list) and part in data:  # one of several names: flow.close.after.merged
            data = part
        else:
            return False
    return True


def near(parts: tuple[str, ...], data: dict[str, Any]) -> str:
    """A path like this one that exists, or an empty text."""
    known = [".".join(parts_of(path)) for path in _paths(data, (), len(parts))]
    return nearest(".".join(parts), known)


def _paths(data: Any, path: tuple[str, ...], depth: int) -> Iterator[str]:
    if path and len(parts_of(".".join(path))) <= depth:
        yield ".".join(path)
    if isinstance(data, dict) and len(path) <= depth:
        for key, value in data.items():
            yield from _paths(value, (*path, str(key)), depth)


def not_yet(parts: tuple[str, ...], regime: Regime) -> NotYet | None:
    """The construct not carried out yet that this path is or lies in, or None."""
    for construct in NOT_YET:
        for place in construct.where(regime):
            waiting = parts_of(".".join(str(part) for part in place))
            if parts[: len(waiting)] == waiting:
                return construct
    return None


def at_work(parts: tuple[str, ...], fired: Collection[str]) -> bool:
    """Whether the rule, a part of it, or the whole it is part of was at work; parts that stand apart only themselves."""
    least = max((len(pattern) for pattern in APART if _fits(pattern, parts)), default=2)
    for path in fired:
        other = parts_of(path)
        size = min(len(other), len(parts))
        if size >= min(least, len(parts)) and other[:size] == parts[:size]:
            return True
    return False


def _fits(pattern: tuple[str, ...], parts: tuple[str, ...]) -> bool:
    return len(pattern) <= len(parts) and all(
        wanted in ("*", part) for wanted, part in zip(pattern, parts, strict=False)
    )
