"""Supervise orders: issued by a superior, answered by the handling side."""

from collections.abc import Mapping
from typing import Any

from huiyin.regime.model import Act

from . import commands as cmd
from .draft import Draft
from .events import OrderAnswered, Ordered
from .recording import reason_of
from .refusals import Refused


def supervise(draft: Draft, act: Act, command: cmd.Supervise, _fields: Mapping[str, Any]) -> None:
    """Issue a supervise order, on a running limit or on the case as a whole; it must be answered before closing."""
    if command.limit and command.limit not in {item.limit for item in draft.case.running()}:
        raise Refused("wrong-value", "没有这项正在计算的时限。", cite=act.cite, fields={"limit": "请选择"})
    draft.add(
        Ordered(
            **draft.stamp,
            names=("supervise", "ordered"),
            cite=act.cite,
            key=f"order-{len(draft.case.orders) + 1}",
            limit=command.limit,
            text=reason_of(command.text, act),
        )
    )


def answer_order(draft: Draft, act: Act, command: cmd.AnswerOrder, _fields: Mapping[str, Any]) -> None:
    """Answer a supervise order: the one named, else the one that has waited longest."""
    waiting = [order for order in draft.case.orders.values() if order.answered_at is None]
    if command.order:
        waiting = [order for order in waiting if order.key == command.order]
    if not waiting:
        raise Refused("not-open-now", "没有等待回复的督办单。", cite=act.cite)
    draft.add(
        OrderAnswered(
            **draft.stamp,
            names=("answer-order", "order-answered"),
            cite=act.cite,
            key=waiting[0].key,
            text=reason_of(command.text, act),
        )
    )
