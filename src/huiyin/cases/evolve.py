"""Folding: events become the state of a case. No rule is applied here and nothing is refused."""

from collections.abc import Iterable
from dataclasses import fields
from datetime import datetime
from operator import attrgetter

from . import events as ev
from .folding import CHANGES, begun
from .state import Case, Signal

_COPIED = (
    "matter",
    "facts",
    "answers",
    "decided",
    "undecided",
    "signals",
    "steps",
    "obligations",
    "approvals",
    "documents",
    "samples",
    "recalls",
    "orders",
    "flags",
    "acknowledgements",
    "invitations",
    "sent",
    "acts",
    "bookings",
    "sanctions",
)

_PARTS = tuple(each.name for each in fields(Case))
_ALL_PARTS = attrgetter(*_PARTS)
_CONTAINERS = tuple(_PARTS.index(name) for name in _COPIED)


def evolve(case: Case | None, events: Iterable[ev.Event]) -> Case:
    """The case after these events. `case` None: the first event must be `Filed`. The given case is not changed.

    Raises:
        ValueError: the first event of a new case is not `Filed`.
    """
    draft = None if case is None else own_copy(case)
    for event in events:
        draft = apply(draft, event)
    if draft is None:
        raise ValueError("没有事件，也没有案件")
    return draft


def own_copy(case: Case) -> Case:
    """A copy whose containers may be changed in place by `apply`."""
    parts = list(_ALL_PARTS(case))  # copy.copy would go through pickling, which costs more than all the rest
    for place in _CONTAINERS:
        parts[place] = parts[place].copy()
    return Case(*parts)


def apply(draft: Case | None, event: ev.Event) -> Case:
    """Fold one event into a draft that belongs to the caller."""
    if draft is None:
        if not isinstance(event, ev.Filed):
            raise ValueError(f"案件的第一个事件必须是收件登记，而不是 {type(event).__name__}")
        draft = begun(event)
    else:
        change = CHANGES.get(type(event))
        if change is not None:
            change(draft, event)
    draft.version += 1
    if event.by != "system":
        draft.touched_at = event.at
    for name in event.names:
        signal(draft, name, event.at)
    return draft


def signal(case: Case, name: str, at: datetime) -> None:
    """Count that an event of this name has happened, in a case that belongs to the caller."""
    before = case.signals.get(name)
    case.signals[name] = Signal(1, at, at) if before is None else Signal(before.count + 1, before.first, at)
