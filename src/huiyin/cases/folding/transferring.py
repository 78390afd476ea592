"""A transfer to a body outside: sent, received, returned."""

from collections.abc import Callable, Mapping
from typing import Any

from huiyin.cases import events as ev
from huiyin.cases.state import Case
from huiyin.records import replace


def _transfer_sent(case: Case, event: ev.TransferSent) -> None:
    assert case.transfer is not None, case.id
    case.body = event.body
    case.transfer = replace(
        case.transfer, body=event.body, sent_at=event.at, enclosures=event.enclosures, invitation=event.invitation
    )
    for key in event.paused:
        case.obligations[key] = replace(case.obligations[key], paused_at=event.at)


def _transfer_received(case: Case, event: ev.TransferReceived) -> None:
    assert case.transfer is not None, case.id
    case.transfer = replace(
        case.transfer, received_at=event.at, received_on=event.received_on, received_by=event.received_by,
        their_number=event.their_number,
    )  # fmt: skip


def _transfer_returned(case: Case, event: ev.TransferReturned) -> None:
    assert case.transfer is not None, case.id
    case.transfer = replace(case.transfer, returned_at=event.at, reason=event.text)
    case.assessment, case.body = "", None
    case.decided.pop("assessment", None)
    for item in event.obligations:
        case.obligations[item.key] = item


CHANGES: Mapping[type[ev.Event], Callable[[Case, Any], None]] = {
    ev.TransferSent: _transfer_sent,
    ev.TransferReceived: _transfer_received,
    ev.TransferReturned: _transfer_returned,
}
