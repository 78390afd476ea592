"""A commitment that was not kept becomes an affair of its owner when the period has ended."""

from huiyin.cases import commands as cmd
from huiyin.cases.people import Directory
from huiyin.cases.state import Occasion
from huiyin.regime.model import Commitment, Regime

from .measuring import Figure
from .opening import Opening, responsible


def missed(commitment: Commitment, regime: Regime, figure: Figure, directory: Directory) -> Opening | None:
    """The affair for a figure that breaks a bound; None when all are kept, or nothing could be measured."""
    if figure.kept is not False:
        return None
    owner = responsible(regime, (commitment.owner,) if commitment.owner else (), "", directory)
    occasion = Occasion(
        key=f"{figure.window.start.isoformat()}|",
        event=f"{commitment.id}.missed",
        start=figure.window.start,
        end=figure.window.end,
        value=figure.value,
    )
    command = cmd.OpenAffair(
        occasion=occasion,
        role=owner.role,
        unit=owner.unit,
        handler_role=owner.handler_role or "system",
        handler=owner.handler,
    )
    return Opening(commitment.id, command)
