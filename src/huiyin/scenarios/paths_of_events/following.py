"""Sanctions, ledgers and what follows from a case: the rules that these events come from."""

from collections.abc import Iterator

from huiyin.cases import events as ev

from .known import Known, paths_by_kind


@paths_by_kind.register
def _(event: ev.SanctionConfirmed, known: Known) -> Iterator[str]:
    yield from (f"accountability.measures.{name}" for name in event.measures)
    yield from (f"accountability.measures.{name}.stands" for name in event.stands_until)
    yield from (f"accountability.rules.{event.rule}.conduct.{name}" for name in event.conduct)
    yield from known.roles((event.against_role,))


@paths_by_kind.register
def _(event: ev.ViewStated, known: Known) -> Iterator[str]:
    pending = known.approvals.get(event.key)
    if pending is not None:
        yield f"accountability.rules.{pending.subject}.heard"
        yield "accountability.heard"


@paths_by_kind.register
def _(event: ev.ConcernedNamed, known: Known) -> Iterator[str]:
    pending = known.approvals.get(event.key)
    if pending is not None:
        yield f"accountability.rules.{pending.subject}.heard"
        yield "accountability.heard"


@paths_by_kind.register
def _(event: ev.SanctionWithdrawn, _known: Known) -> Iterator[str]:
    yield f"accountability.rules.{event.rule}.objection"
    yield "accountability.objection"


@paths_by_kind.register
def _(event: ev.LedgerBooked, _known: Known) -> Iterator[str]:
    yield f"accountability.ledgers.{event.ledger}"


@paths_by_kind.register
def _(_event: ev.MovedToVersion, _known: Known) -> Iterator[str]:
    yield from ()


@paths_by_kind.register
def _(_event: ev.CodeRenewed, _known: Known) -> Iterator[str]:
    yield from ()


@paths_by_kind.register
def _(event: ev.BookingReversed, _known: Known) -> Iterator[str]:
    yield f"accountability.ledgers.{event.ledger}"


@paths_by_kind.register
def _(event: ev.CorrectiveOpened, known: Known) -> Iterator[str]:
    yield f"corrective.{event.corrective}"
    yield from known.roles(event.owner)
