"""Follow-up: by what means somebody was reached, and who may not ask how they themselves did."""

from zlib import crc32

import pytest
from tests.cases.desk import Desk, desk, flow

from huiyin.cases import commands as cmd
from huiyin.cases.codec import event_from_text, event_to_text
from huiyin.cases.events import StepPassedOver
from huiyin.cases.turns import turns

ASK = {
    "title": "回访",
    "by": ["desk", "leader", "ward"],
    "not_by": "handling-unit",
    "after": "reply",
    "marks": "followed-up",
    "via": ["phone", "on-site"],
    "attempts": 2,
    "outcomes": {"satisfied": "满意", "dissatisfied": "不满意", "not-reached": "联系不上"},
    "cite": "六",
}
VISITS = {
    "visits": {
        "title": "现场回访占比",
        "measure": "via-share",
        "of": "ask",
        "via": "on-site",
        "at_least": "20%",
        "over": "quarter",
        "cite": "七",
    }
}


def answered(**sections) -> Desk:
    play = desk(flow=flow(ask=ASK, close={"after": "ask"}), **sections)
    return play.assigned().answered()


def test_how_somebody_was_reached_stays_on_record_and_may_be_several_ways_at_once():
    play = answered()
    play.step("desk", "ask", outcome="satisfied", via=("phone", "on-site"))
    assert play.the_case.steps["ask"].via == ("phone", "on-site")
    kind, body = type(play.events[-1]).__name__, event_to_text(play.events[-1])
    assert event_from_text(kind, body) == play.events[-1]


def test_an_attempt_that_reached_nobody_says_by_what_means_too():
    play = answered()
    play.step("desk", "ask", outcome="not-reached", via=("phone",))
    assert play.events[-1].via == ("phone",)
    assert "ask" in play.open


def test_only_means_of_the_regime_are_taken():
    refused = answered().refused("desk", cmd.Perform(work="ask", outcome="satisfied", via=("letter",)))
    assert (refused.code, refused.fields, refused.cite) == ("wrong-value", {"via": "请选择：电话、现场查看"}, ("六",))


def test_where_the_share_of_visits_is_measured_the_means_has_to_be_said():
    play = answered(commitments=VISITS)
    refused = play.refused("desk", cmd.Perform(work="ask", outcome="satisfied"))
    assert (refused.code, refused.rule) == ("missing-field", "flow.ask.via")
    play.step("desk", "ask", outcome="satisfied", via=("on-site",))
    assert play.the_case.happened("followed-up")


def test_without_such_a_measure_the_means_may_be_left_out():
    play = answered()
    play.step("desk", "ask", outcome="satisfied")
    assert play.the_case.steps["ask"].via == ()


def test_the_department_that_handled_does_not_follow_up_and_another_does():
    play = answered()
    refused = play.refused("ward-head", cmd.Perform(work="ask", outcome="satisfied"))
    assert (refused.code, refused.cite, refused.rule) == ("conflict-of-interest", ("六",), "flow.ask.not_by")
    play.step("leader", "ask", outcome="satisfied")
    assert play.the_case.happened("followed-up")


def test_means_handed_in_for_approval_are_kept_until_it_is_approved():
    play = desk(flow=flow(ask={**ASK, "approval": "director"}, close={"after": "ask"})).assigned().answered()
    play.step("desk", "ask", outcome="satisfied", via=("on-site",))
    play.do("director", cmd.Approve())
    assert play.the_case.steps["ask"].via == ("on-site",)


@pytest.mark.parametrize(("who", "offered"), [("desk", True), ("ward-head", False)])
def test_the_button_is_offered_to_those_who_may(who, offered):
    play = answered()
    possible = [each for each in play.possible(play.world.actor(who)) if each.work == "ask"]
    assert bool(possible) is offered
    assert all(each.via == ("phone", "on-site") for each in possible)


def test_it_is_nobodys_turn_who_is_kept_from_it():
    play = answered()
    (turn,) = [each for each in turns(play.regime, play.the_case, play.world) if each.work == "ask"]
    assert [(who.role, who.unit) for who in turn.assignees] == [("desk", "desk"), ("leader", "")]


def test_which_cases_are_drawn_can_be_computed_again_and_a_case_that_was_not_drawn_says_so():
    rank = crc32(b"story/ask") % 100
    drawn = desk(flow=flow(ask={**ASK, "share": f"{rank + 1}%"}, close={"after": "ask"})).assigned().answered()
    assert "ask" in drawn.open
    passed = desk(flow=flow(ask={**ASK, "share": f"{rank}%"}, close={"after": "ask"})).assigned().answered()
    assert "ask" not in passed.open
    (event,) = [each for each in passed.events if isinstance(each, StepPassedOver)]
    assert (event.step, event.share) == ("ask", rank)
    nobody = desk(flow=flow(ask={**ASK, "share": "0%"}, close={"after": "ask"})).assigned().answered()
    assert [each.share for each in nobody.events if isinstance(each, StepPassedOver)] == [0]
