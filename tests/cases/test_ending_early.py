"""Ends before the steps do: refusal, merging, transfer, termination, withdrawal; and taking up again."""

import pytest

from huiyin.cases import commands as cmd

from .desk import Desk, desk, flow

PASS_ON = {
    "title": "移送",
    "from": "assigned",
    "to": "transferred",
    "within": "3 workdays",
    "by": "handler",
    "cite": "六",
}
CONCLUDE = {"title": "办结", "from": "assigned", "to": "reply", "within": "15 workdays", "by": "handler", "cite": "六"}


@pytest.fixture
def play() -> Desk:
    return desk(limits={"pass-on": PASS_ON, "conclude": CONCLUDE}).assigned()


def test_a_case_handed_to_an_outside_body_closes_with_the_notice_as_answer(play: Desk) -> None:
    assert play.refused("desk", cmd.Transfer(to="authority")).code == "missing-field"
    play.do("desk", cmd.Transfer(to="authority", text="属主管部门职责"))
    assert (play.the_case.state, play.the_case.assessment) == ("closed", "transfer")
    assert (play.status("pass-on"), play.status("conclude")) == (["met"], ["cancelled"])
    assert any(getattr(each, "notice", "") == "core.transferred" for each in play.events)


def test_a_step_for_what_comes_after_a_transfer_still_opens() -> None:
    steps = flow(file_it={"title": "移送归档", "by": "desk", "after": "transferred", "marks": "closed", "cite": "五"})
    play = desk(flow=steps).assigned()
    play.do("desk", cmd.Transfer(to="authority", text="属主管部门职责"))
    assert play.open == {"file-it"}
    play.step("desk", "file-it")
    assert play.the_case.state == "closed"


def test_a_transfer_within_the_house_is_a_reassignment(play: Desk) -> None:
    play.do("desk", cmd.Transfer(to="ward", unit="外科", text="属外科"))
    assert (play.the_case.state, play.the_case.handling_unit, play.open) == ("open", "外科", {"handle"})
    assert play.refused("desk", cmd.Transfer(to="moon", text="不知")).code == "wrong-value"


def test_merging_needs_another_case_and_closes_this_one(play: Desk) -> None:
    assert play.refused("desk", cmd.Merge(into="")).code == "wrong-value"
    assert play.refused("desk", cmd.Merge(into=play.the_case.id)).code == "wrong-value"
    play.do("desk", cmd.Merge(into="another"))
    assert (play.the_case.state, play.the_case.merged_into) == ("closed", "another")


def test_the_complainant_withdraws_and_staff_only_for_the_complainant(play: Desk) -> None:
    assert play.refused("孙主任", cmd.Withdraw()).code == "not-yours"
    play.do("complainant", cmd.Withdraw(text="已和解"))
    assert (play.the_case.state, play.status("conclude")) == ("closed", ["cancelled"])


def test_termination_needs_a_reason_and_tells_the_complainant(play: Desk) -> None:
    assert play.refused("desk", cmd.Terminate()).code == "missing-field"
    play.do("desk", cmd.Terminate(text="已进入诉讼"))
    assert play.the_case.state == "closed"
    assert any(getattr(each, "notice", "") == "core.terminated" for each in play.events)


def test_an_order_is_answered_before_a_terminated_case_closes(play: Desk) -> None:
    play.do("desk", cmd.Supervise(text="请说明进展"))
    play.do("desk", cmd.Terminate(text="已进入诉讼"))
    assert play.the_case.state == "open"
    play.do("ward-head", cmd.AnswerOrder(text="已终止"))
    assert play.the_case.state == "closed"


def test_a_terminated_case_that_is_reopened_goes_its_way_to_the_end(play: Desk) -> None:
    play.do("desk", cmd.Terminate(text="已进入诉讼"))
    play.at("2026-03-20 09:00").do("complainant", cmd.Reopen(text="法院不予受理"))
    assert (play.the_case.state, play.open) == ("open", {"reply"})
    play.step("ward-head", "reply")
    assert play.open == {"close"}


APPEAL = {"title": "申诉", "by": "complainant", "open_for": "10 workdays after replied", "at_most": 1, "cite": "九"}


def answered() -> Desk:
    """Answered on Monday 2026-03-02, so that ten working days end with 03-16."""
    steps = flow(review={"title": "复核", "by": "leader", "after": "appeal", "marks": "replied", "cite": "九"})
    play = desk(acts={"appeal": APPEAL}, flow=steps).assigned().answered()
    play.step("desk", "close")
    return play


def test_an_appeal_is_open_until_the_last_minute_of_its_window() -> None:
    play = answered().at("2026-03-16 23:59")
    play.do("complainant", cmd.Appeal(text="赔偿不足"))
    assert (play.the_case.state, play.open) == ("open", {"review"})


def test_an_appeal_after_the_window_is_refused_by_its_article() -> None:
    play = answered().at("2026-03-17 00:00")
    refused = play.refused("complainant", cmd.Appeal(text="赔偿不足"))
    assert (refused.code, refused.cite) == ("not-open-now", ("九",))
    assert "appeal.appeal" not in play.offers("complainant")


def test_an_appeal_before_the_answer_is_refused() -> None:
    play = desk(acts={"appeal": APPEAL}).assigned()
    assert play.refused("complainant", cmd.Appeal(text="太慢")).code == "not-open-now"


def test_an_appeal_so_often_and_no_more() -> None:
    play = answered()
    play.do("complainant", cmd.Appeal(text="赔偿不足"))
    play.step("leader", "review")
    refused = play.refused("complainant", cmd.Appeal(text="仍不服"))
    assert (refused.code, refused.cite) == ("no-more-rounds", ("九",))


def test_nobody_appeals_in_the_complainants_place_but_staff_may_enter_it() -> None:
    play = answered()
    assert play.refused("desk", cmd.Appeal(text="电话申诉")).code == "not-yours"
    play.do("desk", cmd.Appeal(text="电话申诉", on_behalf=True))
    assert play.happened("appealed") == 1


def test_reopening_respects_the_rounds_of_the_step_it_opens() -> None:
    ask = {"title": "回访", "by": "desk", "after": "reply", "outcomes": {"yes": "满意", "no": "不满意"}, "cite": "八"}
    steps = flow(
        reply={"after": ["handle", "ask:no"], "rounds": 1}, ask=ask, close={"after": ["ask:yes", "reply.exhausted"]}
    )
    play = desk(flow=steps).assigned().answered()
    play.step("desk", "ask", outcome="yes")
    play.step("desk", "close")
    refused = play.refused("complainant", cmd.Reopen(text="还有问题"))
    assert (refused.code, refused.cite) == ("no-more-rounds", ("四",))


def test_a_case_taken_up_again_is_answered_again_before_it_closes() -> None:
    steps = flow(
        review={"title": "复核", "by": "leader", "after": "appeal", "cite": "九"},
        close={"after": ["reply", "review"]},
    )
    play = desk(flow=steps).assigned().answered()
    play.step("desk", "close")
    play.at("2026-03-05 09:00").do("complainant", cmd.Appeal(text="赔偿不足"))
    play.step("leader", "review")
    refused = play.refused("desk", cmd.Perform(work="close"))
    assert (refused.code, refused.cite) == ("still-open", ("通则一",))
