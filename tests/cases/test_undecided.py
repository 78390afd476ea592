"""What the rules cannot decide for want of a fact, a person decides; never against what the rules do know."""

from typing import Any

import pytest

from huiyin.cases import commands as cmd
from huiyin.cases.turns import turns

from .desk import Desk, desk, flow

ASSESSMENT: dict[str, Any] = {
    "harmless": {"title": "没有损害", "when": "matter.harm", "outcome": "explain", "cite": "六"},
    "petty": {"title": "金额太小", "when": "matter.amount < 10", "outcome": "refuse", "cite": "七"},
    "rest": {"title": "受理", "outcome": "accept", "cite": "八"},
}
STEPS = flow(
    register={"decides": "assessment"},
    assign={"after": ["accepted", "returned"]},
    explain={"title": "说明", "by": "desk", "after": "explained", "marks": "replied", "cite": "四"},
)


@pytest.fixture
def play() -> Desk:
    """A complaint that names no amount."""
    play = desk(assessment=ASSESSMENT, flow=STEPS)
    play.file()
    play.step("desk", "register")
    return play


def test_the_table_waits_and_says_for_what(play: Desk) -> None:
    assert play.the_case.assessment == ""
    assert play.the_case.undecided["assessment"] == ("matter.amount",)
    (turn,) = (each for each in turns(play.regime, play.the_case, play.world) if each.kind == "decide")
    assert "desk" in {each.role for each in turn.assignees}


def test_only_rows_that_may_apply_are_offered(play: Desk) -> None:
    (offer,) = (each for each in play.possible(play.world.actor("desk")) if each.command == "decide")
    assert list(offer.outcomes) == ["petty", "rest"]  # `harmless` certainly does not apply
    refused = play.refused("desk", cmd.DecideTable(table="assessment", row="harmless"))
    assert refused.code == "forbidden-here"
    assert play.refused("desk", cmd.DecideTable(table="assessment", row="none")).code == "wrong-value"


def test_the_person_who_does_the_step_decides(play: Desk) -> None:
    assert play.refused("ward-head", cmd.DecideTable(table="assessment", row="rest")).code == "not-yours"
    play.do("desk", cmd.DecideTable(table="assessment", row="rest"))
    assert (play.the_case.decided["assessment"], play.open, play.the_case.undecided) == ("rest", {"assign"}, {})
    assert play.refused("desk", cmd.DecideTable(table="assessment", row="petty")).code == "not-open-now"


def test_a_row_named_with_the_step_decides_at_once() -> None:
    play = desk(assessment=ASSESSMENT, flow=STEPS)
    play.file()
    play.step("desk", "register", row="petty")
    assert (play.the_case.state, play.the_case.assessment) == ("closed", "refuse")


def test_what_the_rules_decide_is_not_chosen_otherwise() -> None:
    play = desk(assessment=ASSESSMENT, flow=STEPS)
    play.file(matter={"amount": 300})
    refused = play.refused("desk", cmd.Perform(work="register", row="petty"))
    assert (refused.code, refused.cite) == ("forbidden-here", ("八",))


def test_a_ground_that_needs_approval_waits_for_it_and_comes_back_when_rejected() -> None:
    rows = {**ASSESSMENT, "petty": {**ASSESSMENT["petty"], "approval": "leader"}}
    play = desk(assessment=rows, flow=STEPS)
    play.file(matter={"amount": 5})
    play.step("desk", "register")
    assert (play.the_case.assessment, play.open) == ("", set())
    play.do("leader", cmd.Reject(text="情节恶劣，应当受理"))
    assert play.open == {"register"}
    play.step("desk", "register")
    play.do("leader", cmd.Approve())
    assert (play.the_case.assessment, play.the_case.state) == ("refuse", "closed")


def test_a_severity_that_cannot_be_told_is_said_and_a_person_grades() -> None:
    severity = {"levels": {"general": "一般", "major": "重大"},
                "rules": {"costly": {"title": "金额大", "when": "matter.amount > 1000", "is": "major", "cite": "九"}}}  # fmt: skip
    play = desk(severity=severity).assigned()
    assert play.the_case.severity == "general"
    assert play.the_case.undecided["severity.costly"] == ("matter.amount",)
    assert play.refused("desk", cmd.Regrade()).code == "wrong-value"
    play.do("desk", cmd.Regrade(severity="major", text="媒体关注"))
    play.do("desk", cmd.Correct(path="matter.amount", value="20", text="补记金额"))
    assert play.the_case.severity == "major"  # rules do not undo what a person set
