"""Stepping back: the work goes to somebody else, what was done stays done, and few may keep others away."""

from huiyin.cases import commands as cmd
from huiyin.cases.turns import turns

from .desk import Desk, desk

STAFF = {"赵医生": {"role": "ward", "unit": "内科"}, "周医生": {"role": "ward", "unit": "内科"}}


def handled_by_zhao() -> Desk:
    play = desk(staff=STAFF).assigned()
    play.do("desk", cmd.Reassign(to="ward", unit="内科", handler="赵医生", text="由赵医生办理"))
    play.step("赵医生", "handle")
    return play


def test_after_recusal_the_unit_does_the_work_and_the_recused_does_not() -> None:
    play = handled_by_zhao()
    play.do("赵医生", cmd.Recuse(text="与投诉人是亲属"))
    assert play.the_case.handler == ""
    assert play.refused("赵医生", cmd.Perform(work="reply")).code == "conflict-of-interest"
    assert play.possible(play.world.actor("赵医生")) == ()
    (turn,) = (each for each in turns(play.regime, play.the_case, play.world) if each.work == "reply")
    assert [(each.role, each.unit) for each in turn.assignees] == [("ward", "内科")]
    play.step("周医生", "reply")


def test_what_was_done_before_stays_done() -> None:
    play = handled_by_zhao()
    play.do("赵医生", cmd.Recuse(text="与投诉人是亲属"))
    assert (play.the_case.steps["handle"].status, play.the_case.steps["handle"].done_by) == ("done", "赵医生")


def test_the_recused_is_not_made_handler_again() -> None:
    play = handled_by_zhao()
    play.do("赵医生", cmd.Recuse(text="与投诉人是亲属"))
    again = cmd.Reassign(to="ward", unit="内科", handler="赵医生", text="人手不足")
    assert play.refused("desk", again).code == "conflict-of-interest"
    assert play.refused("desk", cmd.Recuse(person="赵医生", text="再次")).code == "not-open-now"


def test_when_the_only_head_steps_back_the_superior_acts() -> None:
    play = desk().assigned()
    play.do("ward-head", cmd.Recuse(text="是本人亲属"))
    play.step("top-head", "handle")
    assert play.the_case.steps["handle"].done_by == "top-head"


def test_only_those_who_assign_or_supervise_keep_others_away() -> None:
    play = handled_by_zhao()
    assert play.refused("周医生", cmd.Recuse(person="赵医生", text="看不惯")).code == "not-yours"
    assert play.refused("desk", cmd.Recuse(person="无此人", text="不明")).code == "wrong-value"
    play.do("desk", cmd.Recuse(person="赵医生", text="投诉人申请"))
    assert play.the_case.recused == ("赵医生",)
