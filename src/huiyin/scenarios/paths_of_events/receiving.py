"""Received, assessed, transferred, assigned: the rules that these events come from."""

from collections.abc import Iterable, Iterator

from huiyin.cases import events as ev
from huiyin.cases.state import Evidence

from .known import Known, in_file, paths_by_kind


@paths_by_kind.register
def _(event: ev.Filed, known: Known) -> Iterator[str]:
    if event.occasion is not None:  # an affair: opened, not received
        return
    yield f"kinds.{event.kind}"
    yield f"intake.channels.{event.channel}"
    yield "intake.number"
    if event.points:
        yield "intake.points"
    if event.complainant.anonymous:
        yield "intake.anonymous"
    yield from (f"intake.fields.{name}" for name in event.matter)
    yield from _evidence(event.evidence)
    yield from known.roles((event.passed_on_by,))
    yield from _category(event.category, known)
    if event.severity:
        yield f"severity.levels.{event.severity}"


def _category(name: str, known: Known) -> Iterator[str]:
    path = ""
    while name in known.regime.categories:
        path = f"{name}.children.{path}" if path else name
        name = known.regime.categories[name].parent or ""
    if path:
        yield f"categories.{path}"


@paths_by_kind.register
def _(event: ev.Completed, _known: Known) -> Iterator[str]:
    yield from (f"intake.fields.{name}" for name in event.matter)


@paths_by_kind.register
def _(event: ev.EvidenceAdded, _known: Known) -> Iterator[str]:
    yield from _evidence(event.evidence)


@paths_by_kind.register
def _(event: ev.EvidenceWeighed, _known: Known) -> Iterator[str]:
    yield f"intake.force.{event.force}"


def _evidence(pieces: Iterable[Evidence]) -> Iterator[str]:
    for item in pieces:
        yield f"intake.evidence.{item.kind}"
        yield from (f"intake.evidence.{item.kind}.fields.{name}" for name in item.data)
        if item.for_some:
            yield f"intake.evidence.{item.kind}.sealed_for"


@paths_by_kind.register
def _(event: ev.Graded, known: Known) -> Iterator[str]:
    if event.severity:
        yield f"severity.levels.{event.severity}"
    yield from _category(event.category, known)


@paths_by_kind.register
def _(event: ev.Assessed, known: Known) -> Iterator[str]:
    if event.row:
        yield f"assessment.{event.row}"
    yield from known.roles((event.to,))
    if event.body is not None:
        yield from _outside(event.body.role, known)
        if event.outcome != "transfer":
            yield f"assessment.{event.row}.turn_to"


def _outside(role: str, known: Known) -> Iterator[str]:
    """A body outside that a case goes to, or that the complainant is told of."""
    yield from known.roles((role,))
    declared = known.regime.roles.get(role)
    if declared is not None and declared.handles is not None:
        yield f"roles.{role}.handles"
    if declared is not None and declared.listed_in:
        yield f"tables.{declared.listed_in}"


@paths_by_kind.register
def _(event: ev.TransferSent, known: Known) -> Iterator[str]:
    yield "transfers.package"
    yield "acts.send-transfer"
    yield from _outside(event.body.role, known)


@paths_by_kind.register
def _(_event: ev.TransferReceived, _known: Known) -> Iterator[str]:
    yield "transfers.receipt"
    yield "acts.confirm-transfer"


@paths_by_kind.register
def _(event: ev.TransferReturned, _known: Known) -> Iterator[str]:
    yield "acts.return-transfer"
    if event.obligations:
        yield "transfers.clock"


@paths_by_kind.register
def _(event: ev.LeftUndecided, _known: Known) -> Iterator[str]:
    if event.table in ("assessment", "routing"):
        if event.row:
            yield f"{event.table}.{event.row}"
    else:
        yield in_file(event.table)


@paths_by_kind.register
def _(event: ev.Assigned, known: Known) -> Iterator[str]:
    if event.row:
        yield f"routing.{event.row}"
    yield from known.roles((event.role, event.handler_role, *event.also))
