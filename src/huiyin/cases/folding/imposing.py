"""Sanctions and entries in ledgers."""

from collections.abc import Callable, Mapping
from typing import Any

from huiyin.cases import events as ev
from huiyin.cases.state import Booking, Case, Imposed
from huiyin.records import replace


def _sanction_confirmed(case: Case, event: ev.SanctionConfirmed) -> None:
    number = case.version + 1
    case.sanctions[number] = Imposed(
        number,
        event.rule,
        event.against,
        event.measures,
        event.by,
        event.at,
        event.objection_until,
        stands_until=event.stands_until,
    )


def _sanction_objected(case: Case, event: ev.SanctionObjected) -> None:
    before = case.sanctions[event.sanction]
    case.sanctions[event.sanction] = replace(before, objected_at=event.at, objection=event.text)


def _sanction_settled(case: Case, event: ev.SanctionWithdrawn | ev.SanctionUpheld) -> None:
    settled = "withdrawn" if isinstance(event, ev.SanctionWithdrawn) else "upheld"
    case.sanctions[event.sanction] = replace(case.sanctions[event.sanction], settled=settled)


def _booked(case: Case, event: ev.LedgerBooked | ev.BookingReversed) -> None:
    number, reverses = case.version + 1, event.reverses if isinstance(event, ev.BookingReversed) else 0
    case.bookings[number] = Booking(
        number, event.ledger, event.account, event.amount, event.measure, event.rule, event.at, reverses
    )
    if reverses:
        case.bookings[reverses] = replace(case.bookings[reverses], reversed_by=number)


CHANGES: Mapping[type[ev.Event], Callable[[Case, Any], None]] = {
    ev.SanctionConfirmed: _sanction_confirmed,
    ev.SanctionObjected: _sanction_objected,
    ev.SanctionWithdrawn: _sanction_settled,
    ev.SanctionUpheld: _sanction_settled,
    ev.LedgerBooked: _booked,
    ev.BookingReversed: _booked,
}
