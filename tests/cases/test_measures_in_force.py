"""A measure that stands for a time bars what the regime says it bars, until its last day, with its article."""

from typing import Any

import pytest

from huiyin.cases import commands as cmd
from huiyin.cases.events import SanctionConfirmed, SanctionWithdrawn
from huiyin.cases.hearing import concerns
from huiyin.regime.problems import RegimeErrors

from .desk import Desk, desk, flow

MEASURES: dict[str, Any] = {
    "no-awards": {"title": "当年不评优", "stands": "before year end", "cite": "九"},
    "strict": {"title": "晋升从严", "stands": "6 months", "cite": "八"},
    "for-good": {"title": "不再聘任", "stands": "permanent", "cite": "八"},
    "excellent": {"title": "评优", "reward": True, "not_under": "no-awards"},
}
RULES: dict[str, Any] = {
    "rude": {"title": "态度恶劣", "after": "handle:founded", "against": "respondent", "propose": {"no-awards": True, "strict": True},
             "approval": "leader", "objection": {"within": "5 workdays", "approval": "director"}, "cite": "七"},
    "kind": {"title": "主动化解", "after": "reply", "against": "respondent", "propose": {"excellent": True}, "approval": "leader",
             "cite": "七"},
}  # fmt: skip
STEPS = flow(
    handle={"outcomes": {"founded": "属实", "unfounded": "不属实"}},
    reply={"after": ["handle:founded", "handle:unfounded"]},
)
ACTS: dict[str, Any] = {
    "nominate": {"title": "推荐评优", "by": "ward-head", "cite": "六", "fields": {
        "nominee": {"title": "推荐谁", "type": "person", "not_under": "no-awards"},
        "candidate": {"title": "晋升谁", "type": "person"},
        "view": {"title": "从严考虑的意见", "required": "given(facts.candidate) && stands('strict', facts.candidate)"}}},
}  # fmt: skip


@pytest.fixture
def play() -> Desk:
    """Decided on Monday 2026-03-02 against the nurse 钱护士."""
    accountability = {"measures": MEASURES, "rules": RULES}
    play = desk(flow=STEPS, acts=ACTS, accountability=accountability, staff={"钱护士": {"role": "ward", "unit": "内科"}})
    play.assigned().step("ward-head", "handle", outcome="founded")
    play.do("leader", cmd.Approve(rule="rude"))
    remember(play)
    return play


def remember(play: Desk) -> None:
    """What the organisation's history would say now."""
    play.world.sanctioned[:] = [each for each in play.events if isinstance(each, SanctionConfirmed | SanctionWithdrawn)]


def nominate(**fields: str) -> cmd.Perform:
    return cmd.Perform(work="nominate", fields=fields)


def test_it_is_in_force_until_the_end_of_its_time(play: Desk) -> None:
    until = {name: moment.astimezone(play.world.calendar.zone).isoformat()[:16] for name, moment in play.world.standing("钱护士").items()}
    assert until == {"strict": "2026-09-02T23:59", "no-awards": "2026-12-31T23:59"}
    assert play.world.standing("李护士") == {}


def test_it_bars_who_is_filled_in_and_cites_its_own_article(play: Desk) -> None:
    refused = play.refused("ward-head", nominate(nominee="钱护士"))
    assert (refused.code, refused.cite, set(refused.fields)) == ("unmet-requirement", ("九",), {"nominee"})
    assert "有效至2026年12月31日" in refused.message
    play.do("ward-head", nominate(nominee="李护士"))


def test_the_last_day_counts_and_the_next_does_not(play: Desk) -> None:
    play.at("2026-12-31 23:00")
    assert play.refused("ward-head", nominate(nominee="钱护士")).code == "unmet-requirement"
    play.at("2027-01-01 08:00").do("ward-head", nominate(nominee="钱护士"))


def test_a_condition_may_ask_for_it(play: Desk) -> None:
    refused = play.refused("ward-head", nominate(candidate="钱护士"))
    assert (refused.code, set(refused.fields)) == ("missing-field", {"view"})
    play.do("ward-head", nominate(candidate="李护士"))
    play.do("ward-head", nominate(candidate="钱护士", view="带教满半年后再议"))
    play.at("2026-09-03 08:00").do("ward-head", nominate(candidate="钱护士"))


def test_a_reward_is_proposed_but_cannot_be_confirmed_while_it_stands(play: Desk) -> None:
    play.step("ward-head", "reply")
    offered = next(each for each in play.possible(play.world.actor("leader")) if each.command == "approve")
    assert offered.blocked is not None
    refused = play.refused("leader", cmd.Approve(rule="kind"))
    assert (refused.code, refused.cite) == ("unmet-requirement", ("九",))
    assert "不能再定“评优”" in refused.message
    play.do("leader", cmd.Reject(rule="kind", text="当年不评优"))
    assert play.happened("reward-confirmed") == 0


def test_it_is_gone_when_an_objection_is_upheld(play: Desk) -> None:
    play.do("钱护士", cmd.ObjectTo(text="当时在抢救病人", rule="rude"))
    play.do("director", cmd.Approve())
    remember(play)
    assert play.world.standing("钱护士") == {}
    play.do("ward-head", nominate(nominee="钱护士"))


def test_the_person_is_told_until_when(play: Desk) -> None:
    (mine,) = concerns(play.regime, play.the_case, play.world.actor("钱护士"), play.world)
    assert {name: until[:10] for name, until in mine.stands_until.items()} == {"no-awards": "2026-12-31", "strict": "2026-09-02"}


@pytest.mark.parametrize(
    ("measures", "field", "code"),
    [
        ({"circular": "通报", "excellent": {"title": "评优", "reward": True, "not_under": "circular"}}, "person", "E25"),
        ({"circular": {"title": "通报", "stands": "promptly"}}, "person", "E25"),
        ({"circular": {"title": "通报", "stands": "1 year"}}, "text", "E25"),
        ({}, "person", "E27"),
    ],
)
def test_the_checker_names_what_could_bar_nobody(measures: dict[str, Any], field: str, code: str) -> None:
    acts = {"nominate": {"by": "desk", "cite": "六", "fields": {"who": {"title": "谁", "type": field, "not_under": "circular"}}}}
    if field == "person" and "circular" in measures:
        acts = {}
    with pytest.raises(RegimeErrors) as trouble:
        desk(acts=acts, accountability={"measures": measures})
    assert code in str(trouble.value)
