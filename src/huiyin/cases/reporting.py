"""Reporting back on orders: answered by the addressee, accepted or sent back, or the order is taken back."""

from collections.abc import Callable, Mapping
from typing import Any

from huiyin.records import replace
from huiyin.regime.model import Act, OrderKind, RoleGroup

from . import commands as cmd
from .clock import meet
from .draft import Draft
from .events import (
    ObligationCancelled,
    ObligationStarted,
    OrderAnswered,
    OrderRecalled,
    ReportAccepted,
    ReportReturned,
)
from .order import Order
from .ordering import report_owed, settled
from .recording import reason_of
from .refusals import Refused
from .standing import may

OrderCommand = (
    cmd.AnswerOrder | cmd.AcceptReport | cmd.ReturnReport | cmd.AmendReport | cmd.WithdrawReport | cmd.RecallOrder
)


def orders_to_answer(draft: Draft, act: Act) -> list[Order]:
    """Orders the actor may report on, the one that has waited longest first.

    A plain supervise order is anybody's whom the regime lets answer; one with an addressee is the addressee's, and of a
    party outside staff put on record what it reports on paper or by telephone.
    """
    return [order for order in draft.case.orders.values() if order.waits and _may_answer(draft, act, order)]


def _may_answer(draft: Draft, act: Act, order: Order) -> bool:
    regime, directory = draft.regime, draft.context.directory
    if not order.kind:
        return may(regime, draft.case, draft.actor, act.by, directory)
    if may(regime, draft.case, draft.actor, (f"addressee:{order.key}",), directory):
        return True
    role = regime.roles.get(order.to)
    outside = role is not None and role.group is RoleGroup.OUTSIDE
    return outside and draft.actor.kind == "staff" and may(regime, draft.case, draft.actor, act.by, directory)


def orders_to_judge(draft: Draft) -> list[Order]:
    """Reported orders the actor may accept or send back."""
    return [order for order in draft.case.orders.values() if order.to_accept and _may_judge(draft, order)]


def _may_judge(draft: Draft, order: Order) -> bool:
    roles = [f"giver:{order.key}" if role == "giver" else role for role in order.accepted_by]
    reported = order.answered_by == draft.actor.person
    return not reported and may(draft.regime, draft.case, draft.actor, roles, draft.context.directory)


def orders_to_correct(draft: Draft) -> list[Order]:
    """Orders the actor reported on and whose report nobody has accepted: it waits for that, or nobody has to."""
    return [order for order in _reported_by(draft) if order.to_accept or not order.accepted_by]


def orders_to_withdraw(draft: Draft) -> list[Order]:
    """Orders the actor reported on, whose report waits to be accepted."""
    return [order for order in _reported_by(draft) if order.to_accept]


def _reported_by(draft: Draft) -> list[Order]:
    mine = (order for order in draft.case.orders.values() if order.answered_by == draft.actor.person)
    return [order for order in mine if order.answered_at is not None and order.recalled_at is None]


def orders_to_recall(draft: Draft, act: Act) -> list[Order]:
    """Orders the actor may take back: their own, or any where the regime names who may."""
    regime, case, directory = draft.regime, draft.case, draft.context.directory
    return [
        order
        for order in case.orders.values()
        if order.is_open
        and may(regime, case, draft.actor, [f"giver:{order.key}" if each == "giver" else each for each in act.by], directory)
    ]


def orders_at_hand(draft: Draft, act: Act) -> list[Order]:
    """The orders the actor may do this act about."""
    return _MINE[act.id](draft, act)


def order_meant(draft: Draft, act: Act, command: OrderCommand) -> Order:
    """The order a command is about: the one named, else the first of those that are the actor's.

    Raises:
        Refused: there is none, or it is not this person's.
    """
    mine = orders_at_hand(draft, act)
    if command.order:
        mine = [order for order in mine if order.key == command.order]
    if mine:
        return mine[0]
    open_now = [order for order in draft.case.orders.values() if order.is_open and act.id not in _OWN_REPORTS]
    if not any(order.key == command.order or not command.order for order in open_now):
        raise Refused("not-open-now", _NOTHING[act.id], cite=act.cite)
    raise Refused("not-yours", f"“{act.title}”由交办事项写明的人办理，或者现在还没有到这一步。", cite=act.cite)


_MINE: Mapping[str, Callable[[Draft, Act], list[Order]]] = {
    "answer-order": orders_to_answer,
    "accept-report": lambda draft, _act: orders_to_judge(draft),
    "return-report": lambda draft, _act: orders_to_judge(draft),
    "amend-report": lambda draft, _act: orders_to_correct(draft),
    "withdraw-report": lambda draft, _act: orders_to_withdraw(draft),
    "recall-order": orders_to_recall,
}
_OWN_REPORTS = frozenset({"amend-report", "withdraw-report"})
ABOUT_ORDERS = frozenset(_MINE)
"""Acts that are about one order."""

_NOTHING: Mapping[str, str] = {
    "answer-order": "没有等待回复的督办单或交办事项。",
    "accept-report": "没有等待认可的报告。",
    "return-report": "没有可以退回的报告。",
    "amend-report": "没有可以更正的报告：您没有报告过，或者报告已经认可。",
    "withdraw-report": "没有可以撤回的报告：您没有报告过，或者报告已经认可、已经算办完。",
    "recall-order": "没有可以收回的交办事项。",
}


def as_asked(draft: Draft, act: Act, command: cmd.CoreAct) -> Act:
    """The act with what the kind of order asks of its report.

    Raises:
        Refused: as `order_meant`.
    """
    about = isinstance(command, cmd.AnswerOrder | cmd.AcceptReport | cmd.AmendReport)
    return asked_of(draft, act, order_meant(draft, act, command)) if about else act  # type: ignore[arg-type]


def asked_of(draft: Draft, act: Act, order: Order) -> Act:
    """The act with what the kind of this order asks of its report; papers come when the report counts."""
    kind = kind_of(draft, order)
    if kind is None or act.id not in ("answer-order", "accept-report", "amend-report"):
        return act
    if act.id == "accept-report":
        return replace(act, produces=(*act.produces, *kind.produces), cite=act.cite or kind.cite)
    return replace(
        act,
        fields={**act.fields, **kind.fields},
        required=(*act.required, *kind.required),
        produces=act.produces if kind.accepted_by or act.id == "amend-report" else (*act.produces, *kind.produces),
        cite=act.cite or kind.cite,
    )


def kind_of(draft: Draft, order: Order) -> OrderKind | None:
    """The kind of an order; None for a plain one, and where the regime has that kind no more."""
    return draft.regime.orders.get(order.kind)


def answer_order(draft: Draft, act: Act, command: cmd.AnswerOrder, fields: Mapping[str, Any]) -> None:
    """Report back."""
    order = order_meant(draft, act, command)
    text = command.text.strip() if fields and order.kind else reason_of(command.text, act)
    ended = () if order.accepted_by else _ended(draft, order)
    reported = (f"{order.kind}.reported",) if order.kind else ()
    draft.add(
        OrderAnswered(
            **draft.stamp,
            names=("answer-order", "order-answered", *reported, *ended),
            cite=act.cite,
            key=order.key,
            text=text,
        )
    )
    item = draft.case.obligations.get(order.obligation)
    if item is not None and item.status in ("running", "overdue"):
        meet(draft, item, "order-answered")


def _ended(draft: Draft, order: Order) -> tuple[str, ...]:
    """What happens by an order's being done."""
    return (f"{order.kind}.done", *settled(draft, order.kind, without=(order.key,))) if order.kind else ()


def accept_report(draft: Draft, act: Act, command: cmd.AcceptReport, _fields: Mapping[str, Any]) -> None:
    """Accept a report: the order is done."""
    order = order_meant(draft, act, command)
    names = ("accept-report", *_ended(draft, order))
    draft.add(ReportAccepted(**draft.stamp, names=names, cite=act.cite, key=order.key, text=command.text.strip()))


def return_report(draft: Draft, act: Act, command: cmd.ReturnReport, _fields: Mapping[str, Any]) -> None:
    """Send a report back; another is owed, within the time the regime has for that, else within that of the order."""
    order = order_meant(draft, act, command)
    text, kind = reason_of(command.text, act), kind_of(draft, order)
    owed = None
    if kind is not None:
        again = replace(kind.limit, within=(replace(kind.limit.within[0], within=kind.again, when=None),)) if (
            kind.again is not None and kind.limit.within
        ) else kind.limit  # fmt: skip
        owed = report_owed(draft, replace(kind, limit=again), cmd.Charge())
    draft.add(
        ReportReturned(
            **draft.stamp,
            names=("return-report", *((f"{order.kind}.returned",) if order.kind else ())),
            cite=act.cite,
            key=order.key,
            text=text,
            obligation=owed.key if owed else "",
        )
    )
    if owed is not None:
        draft.add(ObligationStarted(**draft.stamp, cite=owed.cite, obligation=owed))


def recall_order(draft: Draft, act: Act, command: cmd.RecallOrder, _fields: Mapping[str, Any]) -> None:
    """Take an order back: nothing is owed for it any more."""
    order = order_meant(draft, act, command)
    over = (f"{order.kind}.recalled", *settled(draft, order.kind, without=(order.key,))) if order.kind else ()
    draft.add(
        OrderRecalled(
            **draft.stamp, names=("recall-order", *over), cite=act.cite, key=order.key, text=reason_of(command.text, act)
        )
    )
    item = draft.case.obligations.get(order.obligation)
    if item is not None and item.status in ("running", "overdue"):
        draft.add(ObligationCancelled(**draft.stamp, key=item.key, cause="recalled", cite=item.cite))
