"""The index that answers "what hangs on this event?" in one look-up."""

from collections.abc import Iterable, Mapping
from typing import Any

from huiyin.regime.model import AccountabilityRule, CorrectiveAction, Duty, FlagKind, Limit, Notice, Reactions, Step


def index(
    steps: Mapping[str, Step],
    limits: Mapping[str, Limit],
    notices: Mapping[str, Notice],
    rules: Mapping[str, AccountabilityRule],
    corrective: Mapping[str, CorrectiveAction],
    duties: Mapping[str, Duty],
    flags: Mapping[str, FlagKind] | None = None,
) -> dict[str, Reactions]:
    """Event → everything it sets going, in the order of the file."""
    found: dict[str, dict[str, list[Any]]] = {}
    for step in steps.values():
        _put(found, step.after, "opens", step)
        _put(found, step.after_all, "joins", step)
    for limit in limits.values():
        _put(found, limit.start, "starts", limit)
        _put(found, limit.end, "ends", limit)
        if limit.repeat is not None:
            _put(found, (limit.each,), "repeats", limit)
    for notice in notices.values():
        _put(found, notice.after, "notices", notice)
    for rule in rules.values():
        _put(found, rule.after, "rules", rule)
    for action in corrective.values():
        _put(found, action.after, "corrective", action)
    for duty in duties.values():
        _put(found, duty.after, "duties", duty)
    for flag in (flags or {}).values():
        _put(found, flag.after, "flags", flag)
        _put(found, flag.ends, "unflags", flag)
    return {
        event: Reactions(**{kind: tuple(things) for kind, things in kinds.items()}) for event, kinds in found.items()
    }


def _put(found: dict[str, dict[str, list[Any]]], events: Iterable[str], kind: str, thing: Any) -> None:
    for event in dict.fromkeys(events):
        found.setdefault(event, {}).setdefault(kind, []).append(thing)
