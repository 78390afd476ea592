"""What is still to be followed up: open steps that ask how somebody was served, by due time."""

from huiyin.cases.people import Actor
from huiyin.organisations.models import Organisation
from huiyin.store.models import TurnRow

from .paging import Page
from .turn_lists import Scope, TurnFilter, my_turns
from .world import World


def works_of(world: World, regime: str = "") -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The follow-up steps of the regimes that cases run under, of one regime if given; regimes without any are left out."""
    ids = dict.fromkeys(each.regime for each in world.published)
    wanted = [each for each in ids if regime in ("", each)]
    found: dict[str, tuple[str, ...]] = {}
    for version in world.published:
        if version.regime in wanted:
            steps = world.regime(version.regime, version.version).follow_ups
            found[version.regime] = tuple(dict.fromkeys((*found.get(version.regime, ()), *steps)))
    return tuple((each, steps) for each, steps in found.items() if steps)


def not_followed_up(
    organisation: Organisation,
    who: Actor,
    scope: Scope = "mine",
    *,
    regime: str = "",
    after: str = "",
    limit: int = 50,
    world: World,
) -> Page[TurnRow]:
    """Cases whose follow-up is due, soonest first, as far as this person may see them.

    Raises:
        BadPageKey, StoreUnavailable.
    """
    works = works_of(world, regime)
    if not works:
        return Page((), "")
    return my_turns(organisation, who, TurnFilter(scope=scope, works=works), after, limit, world=world)
