"""The orders of a case as rows of their list."""

from huiyin.cases.order import Order
from huiyin.cases.people import Assignee, Directory
from huiyin.cases.standing import addressed
from huiyin.cases.state import Case
from huiyin.regime.affairs import split_affair_id
from huiyin.regime.model import Regime
from huiyin.store.models import CaseRow, OrderRow


def order_rows(regime: Regime, case: Case, row: CaseRow, directory: Directory) -> list[OrderRow]:
    """One row for each order, in the order in which they were given."""
    return [_row(regime, case, row, order, directory) for order in case.orders.values()]


def _row(regime: Regime, case: Case, row: CaseRow, order: Order, directory: Directory) -> OrderRow:
    owed = case.obligations.get(order.obligation)
    meant = addressed(regime, case, order, directory) or [Assignee(order.to, order.unit, order.person)]
    return OrderRow(
        case_id=row.id,
        key=order.key,
        organisation_id=row.organisation_id,
        regime=split_affair_id(row.regime)[0],
        kind=order.kind,
        title=order.name[:120],
        text=order.text,
        state=state_of_order(case, order),
        given_at=order.ordered_at,
        given_by=order.by,
        given_as=order.role,
        role=meant[0].role,
        unit=meant[0].unit,
        person=meant[0].person,
        due=owed.due if owed else None,
        overdue=bool(owed and owed.breached_at),
        paused=bool(owed and owed.paused_at),
        returned=order.returned,
        reported_at=order.answered_at,
        report=order.report,
        number=case.number,
        case_title=row.title,
        confidential=row.confidential,
    )


def state_of_order(case: Case, order: Order) -> str:
    """How far an order has come; what is left of it ends with the case."""
    if order.recalled_at is not None:
        return "recalled"
    if order.is_open and case.state == "closed":
        return "ended"
    if order.waits:
        return "waiting"
    return "reported" if order.to_accept else "done"
