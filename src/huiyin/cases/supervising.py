"""Supervise orders: issued by a superior, or of themselves as a limit passes."""

from collections.abc import Mapping
from typing import Any

from huiyin.regime.model import Act

from . import commands as cmd
from .draft import Draft
from .events import Ordered
from .ordering import give, orders_of
from .producing import produce
from .recording import reason_of
from .refusals import Refused
from .state import Obligation

NAMES = ("supervise", "ordered")


def supervise(draft: Draft, act: Act, command: cmd.Supervise, fields: Mapping[str, Any]) -> None:
    """Issue supervise orders, on a running limit or on the case as a whole; they must be answered before closing.

    Where the regime has no kind of order for it, whoever handles the case answers, without a time.
    """
    if command.limit and command.limit not in {item.limit for item in draft.case.running()}:
        raise Refused("wrong-value", "没有这项正在计算的时限。", cite=act.cite, fields={"limit": "请选择"})
    text = command.text.strip()
    if not (text or fields or any(each.text.strip() for each in command.orders)):
        reason_of(text, act)
    orders = orders_of(draft, act, command.orders, text, fields)
    if orders is not None:
        give(draft, orders, act.id, names=NAMES, limit=command.limit)
        return
    draft.add(
        Ordered(
            **draft.stamp,
            names=NAMES,
            cite=act.cite,
            key=f"order-{len(draft.case.orders) + 1}",
            limit=command.limit,
            text=reason_of(command.text, act),
        )
    )


def order_as_limit_passes(draft: Draft, item: Obligation, role: str) -> None:
    """A ladder has somebody supervise: an order in the name of `role`, as the regime has supervise orders."""
    text = f"“{item.title}”已超期，请说明情况并尽快办理。"
    act = draft.regime.acts["supervise"]
    try:
        orders = orders_of(draft, act, (), text, {})
    except Refused:  # nobody can be charged, or the regime leaves the day to a person
        orders = None
    if orders is not None and orders.charges:
        give(draft, orders, act.id, names=("ordered",), limit=item.limit, role=role)
        produce(draft, act.produces, act.id, by=draft.doer)
        return
    draft.add(
        Ordered(
            **draft.stamp,
            names=("ordered",),
            cite=item.cite,
            key=f"order-{len(draft.case.orders) + 1}",
            limit=item.limit,
            text=text,
            role=role,
        )
    )
