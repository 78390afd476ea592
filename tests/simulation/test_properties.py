"""Deciding a past case again under its own regime gives what was recorded; against itself nothing differs."""

import random
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import yaml
from tests.cases.play import PACKS, Play, command_for, file_something, pack

from huiyin.cases.events import ApprovalAsked, Assessed, Assigned
from huiyin.cases.refusals import Refused
from huiyin.regime import load
from huiyin.regime.packs import find_pack
from huiyin.simulation import Ground, Simulation, past_of

NAMES = sorted(each.name for each in PACKS.iterdir() if (each / "regime.yaml").is_file())
STEPS = 14
PLAYS = 3


def walks(name):
    """Random but well-formed cases under a pack, with the play of each."""
    regime = pack(name)
    for seed in range(PLAYS):
        chance, play = random.Random(f"{name}/{seed}"), Play(regime)
        file_something(play, chance)
        for _ in range(STEPS):
            play.later(hours=chance.choice([0.1, 5, 30, 200]))
            actor = chance.choice(play.everybody())
            offers = [offer for offer in play.possible(actor) if offer.blocked is None and offer.expected]
            command = command_for(chance.choice(offers), play, chance) if offers else None
            if command is not None:
                try:
                    play.do(actor, command)
                except Refused:
                    continue
        yield play


def ground_of(play):
    context = play.world.context(play.world.actor("system"), play.now)
    return Ground(context.calendar, context.directory, context.tables, lambda _at: context.history)


def past(play):
    return past_of(play.events, until=play.now, asked=frozenset(play.regime.intake.fields))


@pytest.mark.parametrize("name", NAMES)
def test_a_version_against_itself_changes_nothing(name):
    again = pack(name)
    assert again is not pack(name)
    for play in walks(name):
        found = Simulation(play.regime, again, ground_of(play), ground_of(play)).compare(past(play))
        assert found.differences == ()


@pytest.mark.parametrize("name", NAMES)
def test_what_was_decided_then_is_decided_again(name):
    for play in walks(name):
        case, events = play.case, play.events
        found = Simulation(play.regime, play.regime, ground_of(play)).compare(past(play))
        outcome = found.before
        assert outcome.severity == case.severity
        assessed = [each for each in events if isinstance(each, Assessed)]
        if assessed:
            assert outcome.admission.value == assessed[-1].outcome
        assigned = next((each for each in events if isinstance(each, Assigned) and each.row), None)
        if assigned is not None:
            assert outcome.routing.value == f"{assigned.role}|{assigned.unit}"
        for key, run in outcome.limits.items():
            recorded = case.obligations[key]
            assert (key, run.due) == (key, recorded.due)
            if run.late is not None and recorded.ended_at is not None and recorded.paused_at is None:
                assert (key, run.late) == (key, recorded.breached_at is not None)
        single = {limit.id for limit in play.regime.limits.values() if limit.repeat is None}
        assert set(outcome.limits) == {key for key, each in case.obligations.items() if each.limit in single}
        proposed = [each.approval for each in events if isinstance(each, ApprovalAsked) and each.approval.kind == "sanction"]
        assert set(outcome.proposals) == {(each.subject, each.payload["against_role"]) for each in proposed}


def stretched(name, limit):
    """The pack with this limit given twice its time, and all others as they are."""
    file = PACKS / name / "regime.yaml"
    data = yaml.safe_load(file.read_text("utf-8"))
    data["limits"][limit]["within"] = "60 workdays"
    with TemporaryDirectory() as folder:
        changed = Path(folder) / "regime.yaml"
        changed.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), "utf-8")
        return load(changed, find=find_pack)


@pytest.mark.parametrize(("name", "limit"), [("patient-relations", "inquiry"), ("patient-relations", "follow-up")])
def test_a_longer_limit_moves_that_limit_alone_and_makes_nothing_late(name, limit):
    longer = stretched(name, limit)
    for play in walks(name):
        found = Simulation(play.regime, longer, ground_of(play)).compare(past(play))
        of_time = [each for each in found.differences if each.aspect in ("due", "late", "limit")]
        assert {each.about for each in of_time} <= {limit}
        assert all(each.shift > 0 for each in of_time if each.aspect == "due")
        assert not any((each.before, each.after) == ("in-time", "late") for each in of_time)
        assert {each.aspect for each in found.differences} <= {"due", "late", "measure"}
