"""Limits as cards."""

from collections.abc import Iterator

from huiyin.regime.model import Limit, Regime
from huiyin.regime.saying import roles_zh, say_limit, say_rung

from .card import Card, filled
from .phrases import say_approval, say_count, say_events, say_fields, say_when


def limit_cards(regime: Regime) -> Iterator[Card]:
    """The limits, in order."""
    for limit in regime.limits.values():
        yield Card(f"limits.{limit.id}", "时限", limit.title, filled(_limit(regime, limit)), limit.cite, limit.note)


def _limit(regime: Regime, limit: Limit) -> dict[str, str]:
    return {
        **_within(regime, limit),
        "从": say_events(regime, limit.start, "或"),
        "到": say_events(regime, limit.end, "或"),
        "仅当": say_when(regime, limit.when),
        "由谁负责": roles_zh(regime, limit.by),
        "重复": f"每{say_limit(regime, limit.repeat)}{_each(regime, limit)}" if limit.repeat is not None else "",
        "延长": say_extension(regime, limit),
        "提醒与上报": "；".join(say_rung(regime, rung) for rung in limit.ladder),
    }


def _each(regime: Regime, limit: Limit) -> str:
    """What is asked for in each period, where it is not the telling of progress."""
    return "" if limit.each == "progress-told" else f"一次{say_events(regime, (limit.each,), '或')}"


def _within(regime: Regime, limit: Limit) -> dict[str, str]:
    """The figure, or a figure for each row that says when it holds."""
    if len(limit.within) == 1 and limit.within[0].when is None:
        return {"": say_limit(regime, limit.within[0].within)}
    return {
        "其余" if row.when is None else f"{say_when(regime, row.when)}的": say_limit(regime, row.within) for row in limit.within
    }


def say_extension(regime: Regime, limit: Limit) -> str:
    """How much more time may be granted, by whom, how often, what must be stated; empty when it cannot be extended."""
    extension = limit.extension
    if extension is None:
        return ""
    if extension.add_up_to is not None:
        most = f"可再延长{say_limit(regime, extension.add_up_to)}"
    else:
        assert extension.total_up_to is not None
        most = f"延长后共{say_limit(regime, extension.total_up_to)}"
    parts = [most, say_approval(regime, extension.approval)]
    if extension.times != 1:
        times = say_count(regime, extension.times)
        parts.append(f"最多{times}次" if times.isdigit() else f"最多几次{times}")
    if extension.ask == "before-due":
        parts.append("到期前申请")
    if extension.fields:
        parts.append(f"写明{say_fields(extension.fields, extension.required)}")
    return "，".join(each for each in parts if each)
