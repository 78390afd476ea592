"""What the origin of an affair, and the cases of its series, hear of its progress, so that their steps and limits may go on."""

from collections.abc import Iterable

from huiyin.cases.commands import Hear
from huiyin.cases.events import Event
from huiyin.cases.state import Case
from huiyin.regime.affairs import WATCH
from huiyin.regime.model import Regime


def progress(affair_regime: Regime, affair: Case, events: Iterable[Event]) -> Hear | None:
    """What to tell of an affair after these events in it; None when nothing of note happened or nobody is to hear of it."""
    if not affair_regime.is_affair or not told(affair_regime, affair):
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


def told(affair_regime: Regime, affair: Case) -> tuple[str, ...]:
    """Who hears of an affair's progress: its origin, and the cases of the series it is about, each once.

    An alarm is not told to the cases it counted: to them nothing has happened until something follows from it.
    """
    series = affair.occasion.cases if affair.occasion and affair_regime.kinds.keys() != {WATCH} else ()
    return tuple(dict.fromkeys(each for each in (affair.origin, *series) if each))


def opened(affair_regime: Regime, affair: Case) -> Hear:
    """What the cases of a series hear when an affair is opened about them."""
    name = f"{affair_regime.affair}.opened"
    return Hear(names=(name,), source=affair.id, number=affair.number, text=affair_regime.title)


def filed(case: Case, title: str) -> Hear:
    """What a duty hears when a case was filed from it."""
    return Hear(names=(), source=case.id, number=case.number, text=title)
