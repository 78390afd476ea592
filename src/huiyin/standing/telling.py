"""What the origin of an affair hears of its progress, so that its own steps and limits may go on."""

from collections.abc import Iterable

from huiyin.cases.commands import Hear
from huiyin.cases.events import Event
from huiyin.cases.state import Case
from huiyin.regime.model import Regime


def progress(affair_regime: Regime, affair: Case, events: Iterable[Event]) -> Hear | None:
    """What to tell the origin after these events in an affair; None when nothing of note happened or there is no origin."""
    if not affair.origin or not affair_regime.is_affair:
        return None
    own = affair_regime.affair
    names = [
        name
        for event in events
        for name in event.names
        if name == own or (name.startswith((f"{own}.", f"{own}:")) and name != f"{own}.opened")
    ]
    if not names:
        return None
    return Hear(names=tuple(dict.fromkeys(names)), source=affair.id, number=affair.number, text=affair_regime.title)


def filed(case: Case, title: str) -> Hear:
    """What a duty hears when a case was filed from it."""
    return Hear(names=(), source=case.id, number=case.number, text=title)
