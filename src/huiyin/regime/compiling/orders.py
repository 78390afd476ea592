"""Kinds of orders, each with the limit of its report."""

from collections.abc import Mapping

from huiyin.calendars import Span, Unit
from huiyin.regime.model import Limit, OrderKind, Rung
from huiyin.regime.schema.work import OrderPart
from huiyin.regime.source import Path

from .desk import Desk
from .limits import extension, rows

USUAL_LADDER = (
    Rung(span=Span(1, Unit.WORKDAYS), side="before", remind=("addressee",)),
    Rung(span=None, side="at", remind=("addressee",), tell=("giver",)),
)
"""Reminders of a report where the regime names no ladder: those for limits speak to whoever handles the case."""


def orders(desk: Desk, ladders: Mapping[str, tuple[Rung, ...]]) -> dict[str, OrderKind]:
    """The kinds of orders in the order of the file."""
    return {kind: _kind(desk, kind, part, ladders) for kind, part in desk.file.orders.items()}


def _kind(desk: Desk, kind: str, part: OrderPart, ladders: Mapping[str, tuple[Rung, ...]]) -> OrderKind:
    path: Path = ("orders", kind)
    cite = desk.cite(part.cite, path)
    title = part.title or kind
    if part.ladder:
        desk.reference(part.ladder, ladders, (*path, "ladder"), "提醒阶梯", "ladder")
    limit = Limit(
        id=kind,
        title=title,
        start=(),
        end=(),
        within=rows(desk, f"orders.{kind}", part.within, part.cite, path),
        cite=cite,
        by=("addressee",),
        extension=extension(desk, part.extension, (*path, "extension"), cite),
        ladder=ladders.get(part.ladder, ()) if part.ladder else USUAL_LADDER,
        ladder_id=part.ladder if part.ladder and part.ladder in ladders else "",
    )
    return OrderKind(
        id=kind,
        title=title,
        to=desk.role_list(part.to, (*path, "to")),
        limit=limit,
        latest=desk.amount(part.latest, (*path, "latest")),
        several=part.several,
        accepted_by=desk.role_list(part.accepted_by, (*path, "accepted_by")),
        again=desk.limit(part.again, (*path, "again"), key=f"orders.{kind}.again"),
        fields=desk.fields(part.fields, part.required, (*path, "fields")),
        required=desk.required(part.required, part.fields, (*path, "required")),
        produces=desk.forms(part.produces, (*path, "produces")),
        cite=cite,
        note=part.note,
    )
