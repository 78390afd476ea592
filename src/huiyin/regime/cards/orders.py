"""Kinds of orders as cards."""

from collections.abc import Iterator

from huiyin.regime.model import OrderKind, Regime
from huiyin.regime.saying import roles_zh, say_limit, say_rows, say_rung

from .card import Card, filled
from .limits import say_extension
from .phrases import say_fields


def order_cards(regime: Regime) -> Iterator[Card]:
    """The kinds of orders, in order."""
    for kind in regime.orders.values():
        yield Card(f"orders.{kind.id}", "交办事项", kind.title, filled(_order(regime, kind)), kind.cite, kind.note)


def _order(regime: Regime, kind: OrderKind) -> dict[str, str]:
    return {
        "": say_rows(regime, kind.limit.within) or "由交办人定日期",
        "交给谁": roles_zh(regime, kind.to),
        "由谁交办": "、".join(_given_by(regime, kind)),
        "最晚": say_limit(regime, kind.latest) if kind.latest else "",
        "几件": "一次可以交办几件，也可以没有" if kind.several else "",
        "报告填写": say_fields(kind.fields, kind.required),
        "报告形成": "、".join(regime.forms[form].title for form in kind.produces),
        "由谁认可": roles_zh(regime, kind.accepted_by),
        "退回后": say_limit(regime, kind.again) if kind.again else "",
        "延长": say_extension(regime, kind.limit),
        "提醒与上报": "；".join(say_rung(regime, rung) for rung in kind.limit.ladder),
    }


def _given_by(regime: Regime, kind: OrderKind) -> Iterator[str]:
    for section in (regime.flow, regime.acts, regime.duties):
        yield from (work.title for work in section.values() if work.orders == kind.id)
