"""One's own report on an order, put right or taken back as long as the receiver has not taken note of it.

What it said before stays in the events. A report that somebody has to accept is open to its reporter until it is accepted
or sent back; one that counts as soon as it is made can be put right while the case is open, but not taken back: what hangs
on the order's being done has happened.
"""

from collections.abc import Mapping
from typing import Any

from huiyin.records import replace
from huiyin.regime.model import Act

from . import commands as cmd
from .draft import Draft
from .events import ObligationStarted, ReportCorrected, ReportWithdrawn
from .order import Order
from .producing import produce_again
from .recording import reason_of
from .refusals import Refused
from .reporting import kind_of, order_meant


def amend_report(draft: Draft, act: Act, command: cmd.AmendReport, fields: Mapping[str, Any]) -> None:
    """Put the words of one's report right, and what was filled in with it; papers made of it are made again.

    Raises:
        Refused: there is no such report, it has been taken note of, or no reason was given.
    """
    order = order_meant(draft, act, command)
    why, kind = reason_of(command.text, act), kind_of(draft, order)
    new = command.report.strip()
    if not new and not (kind and kind.fields):
        raise Refused("missing-field", "请写明更正后的报告。", cite=act.cite, fields={"report": "请写明更正后的报告"})
    draft.add(
        ReportCorrected(
            **draft.stamp,
            names=("amend-report",),
            cite=act.cite,
            key=order.key,
            text=why,
            old=order.report,
            new=new or order.report,
            old_fields={name: draft.case.facts[name] for name in fields if name in draft.case.facts},
            fields=fields,
        )
    )
    for old in list(draft.case.documents.values()):
        if kind and old.form in kind.produces and old.produced_at == order.answered_at and not old.replaced_by:
            produce_again(draft, old, why)


def withdraw_report(draft: Draft, act: Act, command: cmd.WithdrawReport, _fields: Mapping[str, Any]) -> None:
    """Take one's report back: another is owed by the day the first one was, however late that is.

    Raises:
        Refused: there is no such report, it has been taken note of, or no reason was given.
    """
    order = order_meant(draft, act, command)
    draft.add(
        ReportWithdrawn(
            **draft.stamp,
            names=("withdraw-report", *((f"{order.kind}.withdrawn",) if order.kind else ())),
            cite=act.cite,
            key=order.key,
            text=reason_of(command.text, act),
            old=order.report,
            obligation=_key_of_another(draft, order),
        )
    )
    _owe_again(draft, order)


def _key_of_another(draft: Draft, order: Order) -> str:
    if order.obligation not in draft.case.obligations:
        return ""
    return f"{order.kind}#{sum(1 for item in draft.case.obligations.values() if item.limit == order.kind) + 1}"


def _owe_again(draft: Draft, order: Order) -> None:
    """The limit that was met goes on as if nothing had been reported: due when it was, late if it was late."""
    met = draft.case.obligations.get(order.obligation)
    if met is None:
        return
    still = draft.case.state in ("suspended", "waiting")
    again = replace(
        met,
        key=draft.case.orders[order.key].obligation,
        status="overdue" if met.breached_at else "running",
        ended_at=None,
        ended_by="",
        paused_at=draft.context.now if still else None,
    )
    draft.add(ObligationStarted(**draft.stamp, cite=again.cite, obligation=again))
