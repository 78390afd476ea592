"""Past cases decided again under a draft of their regime: cases a second of processor time, on one core, no database.

The draft shortens a limit, adds a rule of severity, a ground of refusal and a row of routing, so that every table is
decided under both versions. The cases are random but well-formed walks, so that each differs from the others.
"""

import gc
import random
import tempfile
from pathlib import Path
from time import process_time
from typing import Any

import yaml
from tests.cases.play import Play, command_for, file_something

from huiyin.cases.codec import event_from_text, event_to_text
from huiyin.cases.refusals import Refused
from huiyin.regime import load, packs
from huiyin.regime.model import Regime
from huiyin.simulation import Ground, Past, Simulation, Totals, past_of

from .figures import Figure
from .sizes import Sizes
from .timing import median

PACK = "patient-relations"
STEPS = 15
ROUNDS = 5
BUDGET_PER_SECOND = 10_000


def measure(sizes: Sizes) -> list[Figure]:
    """With the facts at hand, and read from stored events first, as a job does it, without the database."""
    before, after, shorter = load(packs()[PACK]), draft_of(packs()[PACK]), draft_of(packs()[PACK], only_a_limit=True)
    told = [_told(before, seed) for seed in range(sizes.plays)]
    ground = _ground(told[0])
    asked = frozenset(before.intake.fields)
    stored = [[(type(event).__name__, event_to_text(event)) for event in play.events] for play in told]
    simulation, one_limit, totals = Simulation(before, after, ground), Simulation(before, shorter, ground), Totals()

    def read(rows: list[tuple[str, str]]) -> Past:
        return past_of((event_from_text(kind, body) for kind, body in rows), until=told[0].now, asked=asked)

    def facts_at_hand(simulation: Simulation) -> float:
        """Seconds a case, each looked at for the first time; the collector leaves alone what lay there before."""
        pasts = [read(rows) for rows in stored]
        gc.collect()
        gc.freeze()
        begun = process_time()
        for past in pasts:
            totals.add(simulation.compare(past))
        taken = process_time() - begun
        gc.unfreeze()
        return taken / len(pasts)

    def from_events() -> float:
        begun = process_time()
        for rows in stored:
            totals.add(simulation.compare(read(rows)))
        return (process_time() - begun) / len(stored)

    for each in (one_limit, simulation):
        facts_at_hand(each)      # the first time makes the functions of the conditions
    deciding, a_limit = (median([facts_at_hand(each) for _ in range(ROUNDS)]) for each in (simulation, one_limit))
    whole = median([from_events() for _ in range(ROUNDS)])
    events = sum(len(rows) for rows in stored) / len(stored)
    limits = totals.runs.total() / totals.cases
    spread = f"{events:.0f} events, {limits:.1f} limits a case"
    return [
        Figure("simulation", f"facts at hand, {len(stored):,} cases", 1 / deciding, "cases/s CPU", BUDGET_PER_SECOND,
               at_least=True, beside=spread),
        Figure("simulation", "the same, only one limit shortened", 1 / a_limit, "cases/s CPU"),
        Figure("simulation", "read from stored events and decided again", 1 / whole, "cases/s CPU"),
    ]  # fmt: skip


def draft_of(file: Path, *, only_a_limit: bool = False) -> Regime:
    """The regime with a shorter limit, another severity, another ground and another way, all asked of every case."""
    data = yaml.safe_load(file.read_text("utf-8"))
    data["version"] = "draft"
    data["limits"]["feedback"]["within"][-1]["within"] = "4 workdays"
    if not only_a_limit:
        _change_every_table(data)
    with tempfile.TemporaryDirectory() as place:
        changed = Path(place) / "regime.yaml"
        changed.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), "utf-8")
        return load(changed)


def _change_every_table(data: dict[str, Any]) -> None:
    data["limits"]["inquiry"]["within"] = "2 workdays"
    data["severity"]["rules"] = {
        "crowd": {"title": "多人", "when": "complainant.people >= 10", "is": "danger", "cite": "八(1)"}, **data["severity"]["rules"]
    }
    data["assessment"] = {"staff": {"title": "请医患办说明", "when": "matter.about_office", "outcome": "explain", "cite": "四"},
                          **data["assessment"]}  # fmt: skip
    data["routing"] = {"danger": {"title": "危及健康的交医务处", "when": "matter.danger", "to": "medical-affairs", "cite": "八(1)"},
                       **data["routing"]}  # fmt: skip


def _told(regime: Regime, seed: int) -> Play:
    """A random case and everything that happened in it."""
    chance, play = random.Random(seed), Play(regime)
    file_something(play, chance)
    for _ in range(STEPS):
        play.later(hours=chance.choice([0.1, 5, 30]))
        actor = chance.choice(play.everybody())
        offers = [offer for offer in play.possible(actor) if offer.blocked is None and offer.expected]
        command = command_for(chance.choice(offers), play, chance) if offers else None
        if command is None:
            continue
        try:
            play.do(actor, command)
        except Refused:
            continue
    return play


def _ground(play: Play) -> Ground:
    context = play.world.context(play.world.actor("system"), play.now)
    return Ground(context.calendar, context.directory, context.tables, lambda _at: context.history)
