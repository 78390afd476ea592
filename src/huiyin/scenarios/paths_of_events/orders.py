"""Orders and warnings: the rules that these events come from."""

from collections.abc import Iterator

from huiyin.cases import events as ev

from .known import Known, paths_by_kind


@paths_by_kind.register
def _(event: ev.Ordered, known: Known) -> Iterator[str]:
    known.orders[event.key] = event.kind
    yield from known.roles((event.role, event.to))
    if event.kind:
        yield f"orders.{event.kind}"
        yield f"{known.work(event.work)}.orders"


@paths_by_kind.register
def _(event: ev.Flagged, _known: Known) -> Iterator[str]:
    yield f"flags.{event.flag}"


@paths_by_kind.register
def _(event: ev.FlagEnded, _known: Known) -> Iterator[str]:
    yield from (f"flags.{event.flag}", f"flags.{event.flag}.ends")


@paths_by_kind.register
def _(event: ev.OrderAnswered, known: Known) -> Iterator[str]:
    yield from _order(event.key, known)


@paths_by_kind.register
def _(event: ev.ReportAccepted, known: Known) -> Iterator[str]:
    yield from _order(event.key, known, "accepted_by")


@paths_by_kind.register
def _(event: ev.ReportReturned, known: Known) -> Iterator[str]:
    yield from _order(event.key, known, "accepted_by", "again")


@paths_by_kind.register
def _(event: ev.ReportCorrected, known: Known) -> Iterator[str]:
    yield from _order(event.key, known)


@paths_by_kind.register
def _(event: ev.ReportWithdrawn, known: Known) -> Iterator[str]:
    yield from _order(event.key, known)


def _order(key: str, known: Known, *parts: str) -> Iterator[str]:
    kind = known.orders.get(key)
    if kind:
        yield f"orders.{kind}"
        yield from (f"orders.{kind}.{part}" for part in parts)
