"""Flags as cards."""

from collections.abc import Iterator

from huiyin.regime.model import Regime
from huiyin.regime.saying import say_limit

from .card import Card, filled
from .phrases import say_events


def flag_cards(regime: Regime) -> Iterator[Card]:
    """The kinds of flags, in order."""
    works = (*regime.flow.values(), *regime.acts.values())
    titles = {name: field.title for each in works for name, field in each.fields.items()}
    for kind in regime.flags.values():
        says = {
            "在什么之后标明": say_events(regime, kind.after, "，或"),
            "由什么解除": say_events(regime, kind.ends, "，或"),
            "多久以后失效": say_limit(regime, kind.lasts) if kind.lasts else "",
            "一并显示": "、".join(titles.get(name, name) for name in kind.shows),
        }
        yield Card(f"flags.{kind.id}", "人员提示", kind.title, filled(says), kind.cite, kind.note)
