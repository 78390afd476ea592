"""The regimes somebody works under: an organisation may run many, and most people have to do with one or two."""

from huiyin.cases.people import Actor
from huiyin.organisations.services import regimes_in_force
from huiyin.regime.model import Regime

from .world import World


def own_regimes(world: World, who: Actor) -> list[Regime]:
    """Regimes in force under which this person holds a role of their own."""
    return [
        regime
        for regime in regimes_in_force(world.organisation)
        if any(holding.role in regime.roles for holding in world.actor(who, regime.id).holdings)
    ]
