"""Confirmed sanctions and ledger entries, copied out of their events."""

from collections.abc import Iterable
from datetime import datetime

from huiyin.cases.events import BookingReversed, Event, LedgerBooked, SanctionConfirmed, SanctionWithdrawn
from huiyin.regime.affairs import split_affair_id
from huiyin.store.models import BookingRow, CaseRow, SanctionRow


def sanction_rows(row: CaseRow, numbered: Iterable[tuple[int, Event]]) -> list[SanctionRow]:
    """Rows for the sanctions, and for those taken back, among events with their sequence numbers."""
    return [
        SanctionRow(
            case_id=row.id,
            sequence=sequence,
            organisation_id=row.organisation_id,
            regime=split_affair_id(row.regime)[0],
            rule=event.rule,
            against=event.against,
            measures=dict(event.measures) if isinstance(event, SanctionConfirmed) else {},
            stands=dict(event.stands_until) if isinstance(event, SanctionConfirmed) else {},
            stands_until=_latest(event) if isinstance(event, SanctionConfirmed) else None,
            at=event.at if isinstance(event, SanctionConfirmed) else event.imposed_at,
            withdraws=event.sanction if isinstance(event, SanctionWithdrawn) else 0,
        )
        for sequence, event in numbered
        if isinstance(event, SanctionConfirmed | SanctionWithdrawn)
    ]


def _latest(event: SanctionConfirmed) -> datetime | None:
    return max((datetime.fromisoformat(until) for until in event.stands_until.values()), default=None)


def booking_rows(row: CaseRow, numbered: Iterable[tuple[int, Event]]) -> list[BookingRow]:
    """Rows for the ledger entries among events with their sequence numbers."""
    return [
        BookingRow(
            case_id=row.id,
            sequence=sequence,
            organisation_id=row.organisation_id,
            regime=split_affair_id(row.regime)[0],
            ledger=event.ledger,
            account=event.account,
            amount=event.amount,
            measure=event.measure,
            rule=event.rule,
            number=row.number,
            at=event.at,
            reverses=event.reverses if isinstance(event, BookingReversed) else 0,
            reason=event.text if isinstance(event, BookingReversed) else "",
        )
        for sequence, event in numbered
        if isinstance(event, LedgerBooked | BookingReversed)
    ]
