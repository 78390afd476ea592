"""Orders for the caller's eyes."""

from huiyin.api.schemas.cases import GivesOut, OrderItem
from huiyin.regime.model import OrderKind
from huiyin.store.models import OrderRow

_AS_IT_IS = (
    "number", "regime", "kind", "title", "text", "state", "case_title", "given_at", "given_by", "given_as", "role", "unit",
    "person", "due", "overdue", "paused", "returned", "reported_at", "report",
)  # fmt: skip


def order_item(row: OrderRow) -> OrderItem:
    """An order in a list."""
    return OrderItem(order=row.key, **{name: getattr(row, name) for name in _AS_IT_IS})


def gives_out(kind: OrderKind | None) -> GivesOut | None:
    """What orders a possible act gives."""
    if kind is None:
        return None
    return GivesOut(
        kind=kind.id,
        title=kind.title,
        to=list(kind.to),
        several=kind.several,
        due_needed=not kind.limit.within,
        accepted_by=list(kind.accepted_by),
    )
