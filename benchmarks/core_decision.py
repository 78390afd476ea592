"""How long one command takes in the core: decide and evolve, compiled regime. Budget: 100 µs median (design.md 7).

Run: `python -m benchmarks.core_decision [REGIME_FOLDER]`. Plays the same well-formed commands for many cases and prints
the median for each kind of command and over all of them.
"""

import random
import statistics
import sys
import time
from collections import defaultdict
from pathlib import Path

from tests.cases.play import Play, command_for, file_something

from huiyin.cases.decide import decide
from huiyin.cases.refusals import Refused
from huiyin.regime import load

CASES = 300
STEPS = 15
BUDGET_MICROSECONDS = 100


def recorded_commands(folder: Path) -> list[tuple]:
    """Commands with the case and context they were given in, taken from random walks."""
    regime = load(folder)
    found: list[tuple] = []
    for seed in range(CASES):
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


def main() -> int:
    """Print the table; 1 when the budget is missed."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path("src/huiyin/packs/patient-relations")
    commands = recorded_commands(folder)
    times: dict[str, list[float]] = defaultdict(list)
    for regime, case, command, context in commands:
        for _ in range(3):
            begun = time.perf_counter()
            decide(regime, case, command, context)
            times[type(command).__name__].append((time.perf_counter() - begun) * 1e6)
    everything = [each for group in times.values() for each in group]
    print(f"{'command':<14}{'count':>8}{'median µs':>12}{'95 % µs':>12}")
    for name, group in sorted(times.items()):
        print(
            f"{name:<14}{len(group):>8}{statistics.median(group):>12.1f}{sorted(group)[int(len(group) * 0.95)]:>12.1f}"
        )
    median = statistics.median(everything)
    print(f"{'all':<14}{len(everything):>8}{median:>12.1f}")
    print(f"budget {BUDGET_MICROSECONDS} µs: {'kept' if median <= BUDGET_MICROSECONDS else 'missed'}")
    return 0 if median <= BUDGET_MICROSECONDS else 1


if __name__ == "__main__":
    sys.exit(main())
