"""How long one command takes in the core: decide and evolve under a compiled regime, no database.

Plays well-formed random commands for many cases and takes the median over all of them.
"""

import random
from collections import defaultdict
from pathlib import Path
from time import perf_counter

from tests.cases.play import Play, command_for, file_something

from huiyin.cases.commands import Command
from huiyin.cases.context import Context
from huiyin.cases.decide import decide
from huiyin.cases.refusals import Refused
from huiyin.cases.state import Case
from huiyin.regime import load, packs
from huiyin.regime.model import Regime

from .figures import Figure
from .sizes import Sizes
from .timing import median, percentile

PACK = "patient-relations"
STEPS = 15
BUDGET_MICROSECONDS = 100

Given = tuple[Regime, Case | None, Command, Context]


def measure(sizes: Sizes) -> list[Figure]:
    """The median over all commands, and of the three kinds that come most often."""
    times: dict[str, list[float]] = defaultdict(list)
    for regime, case, command, context in recorded_commands(packs()[PACK], sizes.plays):
        for _ in range(3):
            begun = perf_counter()
            decide(regime, case, command, context)
            times[type(command).__name__].append((perf_counter() - begun) * 1e6)
    everything = [each for group in times.values() for each in group]
    figures = [
        Figure("core", f"any command, {len(everything):,} decisions", median(everything), "µs", BUDGET_MICROSECONDS,
               beside=_spread(everything))
    ]
    frequent = sorted(times.items(), key=lambda item: -len(item[1]))[:3]
    return figures + [Figure("core", name, median(group), "µs", beside=_spread(group)) for name, group in frequent]


def _spread(microseconds: list[float]) -> str:
    return f"95 %: {percentile(microseconds, 0.95):.0f} µs"


def recorded_commands(folder: Path, plays: int) -> list[Given]:
    """Commands with the case and context they were given in, taken from random walks."""
    regime = load(folder)
    found: list[Given] = []
    for seed in range(plays):
        chance, play = random.Random(seed), Play(regime)
        file_something(play, chance)
        for _ in range(STEPS):
            play.later(hours=chance.choice([0.1, 5, 30]))
            actor = chance.choice(play.everybody())
            offers = [offer for offer in play.possible(actor) if offer.blocked is None and offer.expected]
            command = command_for(chance.choice(offers), play, chance) if offers else None
            if command is None:
                continue
            context = play.world.context(actor, play.now)
            before = play.case
            try:
                play.do(actor, command)
            except Refused:
                continue
            found.append((regime, before, command, context))
    return found
