"""Limits and ladders: the rules that these events come from."""

from collections.abc import Iterator

from huiyin.cases import events as ev
from huiyin.cases.state import Obligation
from huiyin.regime.model import FromSetting, Limit

from .known import Known, paths_by_kind


def limit_paths(item: Obligation | None, known: Known, part: str = "") -> Iterator[str]:
    """The limit an obligation runs for, or a part of it; nothing for the engine's own."""
    limit = known.regime.limit_of(item.limit) if item is not None else None
    if item is None or limit is None:  # the engine's own: completing the filing, reading a notice
        return
    place = f"{_section(limit, known)}.{limit.id}"
    yield f"{place}.{part}" if part else place
    if not part and 0 <= item.row < len(limit.within):
        yield f"{place}.within.{item.row}"
        within = limit.within[item.row].within
        if isinstance(within, FromSetting):
            yield f"settings.{within.name}"


def _section(limit: Limit, known: Known) -> str:
    return "orders" if limit.id in known.regime.orders else "limits"


@paths_by_kind.register
def _(event: ev.ObligationStarted, known: Known) -> Iterator[str]:
    known.obligations[event.obligation.key] = event.obligation
    yield from limit_paths(event.obligation, known)


@paths_by_kind.register
def _(event: ev.ObligationMoved, known: Known) -> Iterator[str]:
    known.obligations[event.key] = event.obligation
    yield from limit_paths(event.obligation, known)
    if "extended" in event.names:
        yield from limit_paths(event.obligation, known, "extension")


@paths_by_kind.register
def _(event: ev.ObligationMet, known: Known) -> Iterator[str]:
    yield from limit_paths(known.obligations.get(event.key), known)


@paths_by_kind.register
def _(event: ev.ObligationBreached, known: Known) -> Iterator[str]:
    yield from limit_paths(known.obligations.get(event.key), known)


@paths_by_kind.register
def _(event: ev.RungReached, known: Known) -> Iterator[str]:
    item = known.obligations.get(event.key)
    limit = known.regime.limit_of(item.limit) if item else None
    if limit is not None and limit.ladder_id:
        yield f"ladders.{limit.ladder_id}"
        yield f"{_section(limit, known)}.{limit.id}.ladder"
    yield from known.roles((*event.remind, *event.tell))


@paths_by_kind.register
def _(event: ev.ExtensionRefused, known: Known) -> Iterator[str]:
    item = known.obligations.get(event.key)
    yield from limit_paths(item, known, "extension")
