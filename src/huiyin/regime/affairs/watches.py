"""The regimes of alarms: a watch that fired, a commitment that was missed. Somebody looks into it and says what was done."""

from huiyin.regime.model import Commitment, Regime, Step, Watch

from .frame import WATCH, affair_regime, closing_step, words

HANDLE = "handle"
"""The step in which an alarm is dealt with."""


def watch_regime(parent: Regime, watch: Watch) -> Regime:
    """Opens with an event named after the watch; whoever was told deals with it."""
    return _alarm(parent, watch.id, watch.title, watch.tell, watch.cite)


def commitment_regime(parent: Regime, commitment: Commitment) -> Regime:
    """Opens with `<commitment>.missed`; its owner deals with it."""
    owner = (commitment.owner,) if commitment.owner else ()
    return _alarm(parent, commitment.id, f"{commitment.title}未达到", owner, commitment.cite)


def _alarm(parent: Regime, affair: str, title: str, told: tuple[str, ...], cite: tuple[str, ...]) -> Regime:
    """Where nobody is told, only rules react, and the alarm is closed by the system."""
    fields = {"measure": words("measure", "处置情况")} if told else {}
    step = Step(
        id=HANDLE,
        title="处置",
        by=told or ("system",),
        after=("received",),
        fields=fields,
        required=tuple(fields),
        cite=cite,
    )
    return affair_regime(
        parent,
        affair,
        title=title,
        kind=WATCH,
        steps=(step, closing_step((HANDLE,), cite)),
        limits=(),
        leaders=told,
    )
