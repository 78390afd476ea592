"""What must hold of every case under every regime that ships, whatever people do."""

import random
from collections.abc import Sequence
from contextlib import suppress
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.cases.hostile import hostile_commands
from tests.cases.play import Play, command_for, file_something, pack

from huiyin.cases import commands as cmd
from huiyin.cases.clock import counted_due
from huiyin.cases.codec import event_from_text, event_to_text
from huiyin.cases.events import Event, ObligationMoved
from huiyin.cases.evolve import evolve
from huiyin.cases.people import Actor
from huiyin.cases.refusals import Refused
from huiyin.cases.state import Case, Evidence
from huiyin.regime import packs
from huiyin.regime.model import Regime

REGIMES: dict[str, Regime] = {}


def regime_named(name: str) -> Regime:
    if name not in REGIMES:
        REGIMES[name] = pack(name)
    return REGIMES[name]


def wander(play: Play, chance: random.Random, steps: int) -> list[Refused]:
    """Let random people do random things that are offered to them, well-formed but not always wise."""
    refusals: list[Refused] = []
    file_something(play, chance)
    for _ in range(steps):
        play.later(minutes=chance.choice([1, 45, 60 * 24, 60 * 24 * 6]))
        actor = chance.choice(play.everybody())
        offers = [offer for offer in play.possible(actor) if offer.blocked is None]
        expected = [offer for offer in offers if offer.expected]
        if not offers:
            continue
        offer = chance.choice(expected if expected and chance.random() < 0.8 else offers)
        command = command_for(offer, play, chance)
        if command is None:
            continue
        try:
            play.do(actor, command)
        except Refused as refused:
            refusals.append(refused)
    return refusals


pytestmark = pytest.mark.parametrize("name", sorted(packs()))
RANDOM_WALKS = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))


@RANDOM_WALKS
@given(seed=st.integers(0, 10**9))
def test_what_holds_at_the_end_of_any_way_a_case_may_take(name, seed):
    """Four promises looked at on the same ways, as going them takes the time; the function that fails names its promise."""
    play = Play(regime_named(name))
    refusals = wander(play, random.Random(seed), 40)
    the_stored_events_fold_to_the_live_case(play)
    every_refusal_cites_and_offers_are_never_somebody_elses(refusals)
    a_closed_case_was_answered_and_leaves_nothing_running(play)
    the_accused_is_never_given_work_and_nothing_is_offered_to_him(play)


def the_stored_events_fold_to_the_live_case(play: Play) -> None:
    stored = [(type(event).__name__, event_to_text(event)) for event in play.events]
    assert evolve(None, (event_from_text(kind, body) for kind, body in stored)) == play.case


def every_refusal_cites_and_offers_are_never_somebody_elses(refusals: list[Refused]) -> None:
    for refused in refusals:
        assert refused.cite
        assert refused.code not in ("not-yours", "conflict-of-interest"), refused


def a_closed_case_was_answered_and_leaves_nothing_running(play: Play) -> None:
    case = play.case
    assert case is not None
    if case.state == "closed":
        assert case.answered
        assert not case.open_runs()
        assert not case.running()


def the_accused_is_never_given_work_and_nothing_is_offered_to_him(play: Play) -> None:
    case = play.case
    assert case is not None
    accused = play.world.actor("the-accused")
    assert not [run for run in case.steps.values() if run.done_by == accused.person]
    if case.respondent.person:
        offered = [offer for offer in play.possible(accused) if offer.blocked is None]
        assert offered == []


@RANDOM_WALKS
@given(seed=st.integers(0, 10**9))
def test_what_holds_after_every_step_of_a_case(name, seed):
    """Two promises looked at on the same ways, as above."""
    play = Play(regime_named(name))
    chance = random.Random(seed)
    file_something(play, chance)
    for _ in range(25):
        assert play.case is not None
        before, seen = play.case, len(play.events)
        step_once(play, chance)
        an_obligation_ends_only_by_being_met_or_cancelled_and_never_vanishes(before, play.case)
        due_times_change_only_by_an_event_that_says_why(before, play.case, play.events[seen:])


def an_obligation_ends_only_by_being_met_or_cancelled_and_never_vanishes(before: Case, after: Case) -> None:
    for key, item in before.obligations.items():
        now = after.obligations[key]
        if item.status in ("met", "cancelled"):
            assert now.status == item.status
        if now.status == "met":
            assert now.ended_by


def due_times_change_only_by_an_event_that_says_why(before: Case, after: Case, fresh: Sequence[Event]) -> None:
    moved = {event.key for event in fresh if isinstance(event, ObligationMoved)}
    resumed = any(type(event).__name__ == "Resumed" for event in fresh)
    for key, item in before.obligations.items():
        now = after.obligations[key]
        assert now.started_at == item.started_at
        assert now.due == item.due or key in moved or resumed


@RANDOM_WALKS
@given(seed=st.integers(0, 10**9))
def test_the_clock_may_act_twice_and_changes_nothing_the_second_time(name, seed):
    play = Play(regime_named(name))
    wander(play, random.Random(seed), 15)
    play.now += timedelta(days=400)
    play.later()
    once = play.case
    play.later()
    assert play.case == once


@RANDOM_WALKS
@given(seed=st.integers(0, 10**9))
def test_no_limit_passes_its_due_time_unnoticed_whoever_holds_the_case(name, seed):
    """Unassigned cases come due too: after the clock has acted nothing that runs is past due and unmarked."""
    play = Play(regime_named(name))
    wander(play, random.Random(seed), random.Random(seed).choice([0, 3, 15]))
    play.later(days=400)
    assert play.case is not None
    for item in play.case.running():
        if item.paused_at is None and item.due is not None and play.now > counted_due(item):
            assert item.status == "overdue"
            assert item.breached_at is not None


@RANDOM_WALKS
@given(seed=st.integers(0, 10**9))
def test_no_edit_restarts_a_limit(name, seed):
    """Notes, contacts, evidence, corrections and links leave every beginning where it was and begin nothing anew."""
    play = Play(regime_named(name))
    chance = random.Random(seed)
    wander(play, chance, 12)
    assert play.case is not None
    before = {key: item.started_at for key, item in play.case.obligations.items()}
    play.now += timedelta(minutes=7)
    edit = chance.choice(
        [
            cmd.Record(kind_of_act="note", text="补充说明"),
            cmd.AddEvidence(evidence=(Evidence("late", "", "照片"),)),
            cmd.Link(other="another"),
            *(
                cmd.Correct(path=f"matter.{field}", value=value, text="更正")
                for field, value in play.case.matter.items()
            ),
        ]
    )
    with suppress(Refused):
        play.do("first-receiver", edit)
    hung_on_edits = {limit.id for limit in play.regime.limits.values() if EDITS & {*limit.start, *limit.end}}
    after = {key: item.started_at for key, item in play.case.obligations.items() if item.limit not in hung_on_edits}
    assert after == {key: before.get(key) for key in after}


EDITS = {"noted", "note", "evidence-added", "correct", "link", "graded"}


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(seed=st.integers(0, 10**9), data=st.data())
def test_whatever_is_sent_is_carried_out_or_refused_with_a_citation(name, seed, data):
    """Hostile commands: wrong types, unknown names, absurd values. Never another exception, and nothing half done."""
    play = Play(regime_named(name))
    chance = random.Random(seed)
    wander(play, chance, chance.choice([0, 4, 12]))
    command = data.draw(hostile_commands(play))
    actor = chance.choice(play.everybody())
    refused = refusal_of(play, actor, command)
    if refused is not None:
        assert refused.cite
        assert refused.message
    stored = [(type(event).__name__, event_to_text(event)) for event in play.events]
    assert evolve(None, (event_from_text(kind, body) for kind, body in stored)) == play.case


def refusal_of(play: Play, actor: Actor, command: cmd.Command) -> Refused | None:
    """The refusal of a command, or None when it was carried out. Anything else that is raised goes through."""
    try:
        play.do(actor, command)
    except Refused as refused:
        return refused
    return None


def step_once(play: Play, chance: random.Random) -> None:
    """One random person does one random thing."""
    play.later(hours=chance.choice([0.1, 5, 30, 200]))
    actor = chance.choice(play.everybody())
    offers = [offer for offer in play.possible(actor) if offer.blocked is None]
    command = command_for(chance.choice(offers), play, chance) if offers else cmd.PassTime()
    with suppress(Refused):
        play.do(actor, command or cmd.PassTime())
