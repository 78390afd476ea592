"""Rounds, joins, passing over, copies: how steps follow from each other."""

from typing import Any

from huiyin.cases import commands as cmd

from .desk import Desk, desk, flow

ROUNDS: dict[str, Any] = flow(
    handle={"after": ["assigned", "ask:no"], "rounds": 2},
    ask={"title": "回访", "by": "desk", "after": "reply", "marks": "followed-up", "outcomes": {"yes": "满意", "no": "不满意"},
         "cite": "八"},
    close={"after": ["ask:yes", "handle.exhausted"]},
)  # fmt: skip


def unhappy_round(play: Desk) -> None:
    play.answered()
    play.step("desk", "ask", outcome="no")


def test_a_loop_ends_by_its_exit_when_the_rounds_are_used_up() -> None:
    play = desk(flow=ROUNDS).assigned()
    unhappy_round(play)
    assert (play.open, play.the_case.steps["handle"].round) == ({"handle"}, 2)
    assert play.the_case.steps["reply"].status == "void"  # not done in this round
    unhappy_round(play)
    assert (play.open, play.happened("handle.exhausted")) == ({"close"}, 1)


def test_work_that_was_returned_was_not_done_and_counts_as_no_round() -> None:
    play = desk(flow=ROUNDS).assigned()
    for _ in range(3):
        play.do("ward-head", cmd.Return(text="不属本科室"))
        assert play.open == {"assign"}
        play.step("desk", "assign", unit="内科")
        assert play.the_case.steps["handle"].round == 1
    unhappy_round(play)
    assert play.the_case.steps["handle"].round == 2


JOIN: dict[str, Any] = flow(
    handle={"after": ["assigned", "ask:no"], "rounds": 3},
    protect={"title": "立即救治", "by": "handler", "after": "assigned", "when": "matter.harm", "cite": "三"},
    reply={"after": None, "after_all": ["handle", "protect"]},
    ask={"title": "回访", "by": "desk", "after": "reply", "marks": "followed-up", "outcomes": {"yes": "满意", "no": "不满意"},
         "cite": "八"},
    close={"after": ["ask:yes", "handle.exhausted"]},
)  # fmt: skip


def test_a_join_waits_for_every_branch() -> None:
    play = desk(flow=JOIN).assigned(matter={"harm": True})
    play.step("ward-head", "handle")
    assert play.open == {"protect"}
    play.step("ward-head", "protect")
    assert play.open == {"reply"}


def test_a_branch_that_is_passed_over_counts_as_done() -> None:
    play = desk(flow=JOIN).assigned(matter={"harm": False})
    play.step("ward-head", "handle")
    assert play.open == {"reply"}


def test_in_the_next_round_the_join_waits_for_that_rounds_work_only() -> None:
    play = desk(flow=JOIN).assigned(matter={"harm": True})
    play.step("ward-head", "protect")
    unhappy_round(play)
    assert play.open == {"handle"}  # protect lies outside the loop and stays done
    play.step("ward-head", "handle")
    assert play.open == {"reply"}


def test_what_was_done_in_this_round_is_not_undone_by_a_later_step_of_the_same_round() -> None:
    """Two branches reopen together; a step behind one of them must not make the join wait for that one again."""
    steps = flow(
        handle={"after": ["assigned", "reply:again"], "rounds": 3},
        visit={"title": "上门", "by": "handler", "after": ["assigned", "reply:again"], "cite": "三"},
        record={"title": "上门记录", "by": "handler", "after": "visit", "cite": "三"},
        reply={
            "after": None,
            "after_all": ["handle", "visit", "record"],
            "outcomes": {"fine": "无异议", "again": "重来"},
            "rounds": 3,
        },
        close={"after": ["reply:fine", "handle.exhausted", "reply.exhausted"]},
    )
    play = desk(flow=steps).assigned()
    for _ in range(2):
        for work in ("visit", "record", "handle"):
            play.step("ward-head", work)
        assert play.open == {"reply"}
        play.step("ward-head", "reply", outcome="again")
        assert play.open == {"handle", "visit"}


PER_UNIT = flow(
    opinion={"title": "各科室意见", "by": "handling-unit", "after": ["assigned", "reply:again"], "per": "handling-unit",
             "when": "!happened('reply:again')", "cite": "三"},
    handle={"after": None, "after_all": ["opinion"], "rounds": 3},
    reply={"outcomes": {"fine": "无异议", "again": "重来"}},
    close={"after": ["reply:fine", "handle.exhausted"]},
)  # fmt: skip
STAFF = {"内科员": {"role": "ward", "unit": "内科"}, "外科员": {"role": "ward", "unit": "外科"}}


def joint() -> Desk:
    play = desk(staff=STAFF, flow=PER_UNIT)
    play.file()
    play.step("desk", "register")
    play.step("desk", "assign", unit="内科", also=("外科",))
    return play


def test_each_unit_does_its_own_copy_and_nobody_elses() -> None:
    play = joint()
    play.step("内科员", "opinion")
    assert play.open == {"opinion"}
    refused = play.refused("内科员", cmd.Perform(work="opinion"))
    assert (refused.code, refused.cite) == ("not-yours", ("三",))
    assert play.refused("内科员", cmd.Perform(work="opinion", member="外科")).code == "not-yours"
    play.step("外科员", "opinion")
    assert play.open == {"handle"}


def test_copies_passed_over_in_a_later_round_hold_nothing_up() -> None:
    play = joint()
    play.step("内科员", "opinion")
    play.step("外科员", "opinion")
    play.step("ward-head", "handle")
    play.step("ward-head", "reply", outcome="again")
    assert {run.status for run in play.the_case.steps.values() if run.step == "opinion"} == {"passed"}
    assert play.open == {"handle"}


def test_one_copy_for_each_demand_and_every_outcome_happens_once() -> None:
    steps = flow(
        handle={"per": "point", "outcomes": {"founded": "属实", "unfounded": "不属实"}},
        reply={"after": ["handle:founded", "handle:unfounded"]},
    )
    play = desk(flow=steps).assigned(points=("退费", "道歉", "整改"))
    for outcome in ("founded", "unfounded", "founded"):
        assert play.open == {"handle"}
        play.step("ward-head", "handle", outcome=outcome)
    assert (play.happened("handle:founded"), play.happened("handle:unfounded")) == (1, 1)
    assert play.open == {"reply"}


def test_a_step_of_the_system_is_done_by_itself_with_all_that_belongs_to_it() -> None:
    steps = flow(
        mark={"title": "自动编号", "by": "system", "after": "reply", "produces": "slip", "cite": "五"},
        close={"by": "system", "after": "mark"},
    )
    play = desk(flow=steps, forms={"slip": "编号单"}).assigned().answered()
    assert [each.form for each in play.the_case.documents.values()] == ["slip"]
    assert play.the_case.state == "closed"


def test_the_systems_closing_waits_for_what_is_left() -> None:
    play = desk(flow=flow(close={"by": "system"})).assigned()
    play.do("desk", cmd.Supervise(text="请说明进展"))
    play.answered()
    assert (play.the_case.state, play.open) == ("open", {"close"})
    play.do("ward-head", cmd.AnswerOrder(text="已答复投诉人"))
    assert play.the_case.state == "closed"


def test_attempts_that_reach_nobody_count_before_giving_up() -> None:
    steps = flow(
        ask={"title": "回访", "by": "desk", "after": "reply", "attempts": 2, "cite": "八", "marks": "followed-up",
             "outcomes": {"satisfied": "满意", "not-reached": "联系不上"}},
        close={"after": ["ask:satisfied", "ask:not-reached"]},
    )  # fmt: skip
    play = desk(flow=steps).assigned().answered()
    play.step("desk", "ask", outcome="not-reached")
    assert (play.open, play.happened("unreachable")) == ({"ask"}, 1)
    play.step("desk", "ask", outcome="not-reached")
    assert (play.open, play.happened("unreachable")) == ({"close"}, 2)


def test_what_waits_for_this_rounds_work_is_taken_back_until_it_is_done() -> None:
    steps = flow(handle={"after": ["assigned", "reassigned"]}, reply={"approval": "leader"})
    play = desk(flow=steps).assigned()
    play.step("ward-head", "handle")
    play.step("ward-head", "reply")
    assert [each.subject for each in play.the_case.approvals.values()] == ["reply"]
    play.do("desk", cmd.Reassign(to="ward", unit="外科", text="改由外科办理"))
    assert (play.open, play.the_case.approvals) == ({"handle"}, {})
    assert play.refused("孙主任", cmd.Perform(work="reply")).code == "not-open-now"
    play.step("孙主任", "handle")
    assert play.open == {"reply"}
