"""Orders, flags and parties outside: given, answered, put up, taken down, invited, ended."""

from collections.abc import Callable, Mapping
from typing import Any

from huiyin.cases import events as ev
from huiyin.cases.flag import Flag
from huiyin.cases.order import Order
from huiyin.cases.state import Case, Invitation
from huiyin.records import replace


def _ordered(case: Case, event: ev.Ordered) -> None:
    case.orders[event.key] = Order(
        event.key,
        event.limit,
        event.by,
        event.text,
        event.at,
        role=event.role,
        kind=event.kind,
        title=event.order_title,
        work=event.work,
        to=event.to,
        unit=event.unit,
        person=event.person,
        obligation=event.obligation,
        accepted_by=event.accepted_by,
    )
    if not event.role and "ordered" in event.names:
        case.supervisor = event.by


def _order_answered(case: Case, event: ev.OrderAnswered) -> None:
    case.orders[event.key] = replace(
        case.orders[event.key], answered_at=event.at, answered_by=event.by, report=event.text
    )


def _report_accepted(case: Case, event: ev.ReportAccepted) -> None:
    case.orders[event.key] = replace(case.orders[event.key], accepted_at=event.at)


def _report_returned(case: Case, event: ev.ReportReturned) -> None:
    order = case.orders[event.key]
    case.orders[event.key] = replace(
        order, answered_at=None, returned=order.returned + 1, obligation=event.obligation or order.obligation
    )


def _report_corrected(case: Case, event: ev.ReportCorrected) -> None:
    case.orders[event.key] = replace(case.orders[event.key], report=event.new)
    case.facts.update(event.fields)


def _report_withdrawn(case: Case, event: ev.ReportWithdrawn) -> None:
    order = case.orders[event.key]
    case.orders[event.key] = replace(
        order, answered_at=None, answered_by="", report="", obligation=event.obligation or order.obligation
    )


def _order_recalled(case: Case, event: ev.OrderRecalled) -> None:
    case.orders[event.key] = replace(case.orders[event.key], recalled_at=event.at)


def _outside_invited(case: Case, event: ev.OutsideInvited) -> None:
    invited = Invitation(event.key, event.role, event.unit, event.name, event.by, event.at, until=event.until, issued_at=event.at)
    case.invitations[event.key] = invited


def _link_renewed(case: Case, event: ev.LinkRenewed) -> None:
    renewed = replace(case.invitations[event.key], until=event.until, issue=event.issue, issued_at=event.at)
    case.invitations[event.key] = renewed


def _invitation_ended(case: Case, event: ev.InvitationEnded) -> None:
    case.invitations[event.key] = replace(case.invitations[event.key], ended_at=event.at)


def _flagged(case: Case, event: ev.Flagged) -> None:
    before = case.flags.pop(event.flag, None)
    by, at = (before.by, before.at) if before else (event.by, event.at)
    case.flags[event.flag] = Flag(by, at, event.until, renewed_at=event.at)


def _flag_ended(case: Case, event: ev.FlagEnded) -> None:
    del case.flags[event.flag]


CHANGES: Mapping[type[ev.Event], Callable[[Case, Any], None]] = {
    ev.Ordered: _ordered,
    ev.OrderAnswered: _order_answered,
    ev.ReportAccepted: _report_accepted,
    ev.ReportReturned: _report_returned,
    ev.ReportCorrected: _report_corrected,
    ev.ReportWithdrawn: _report_withdrawn,
    ev.OrderRecalled: _order_recalled,
    ev.Flagged: _flagged,
    ev.FlagEnded: _flag_ended,
    ev.OutsideInvited: _outside_invited,
    ev.LinkRenewed: _link_renewed,
    ev.InvitationEnded: _invitation_ended,
}
