"""Standing still: suspension and waiting for the complainant stop every limit, and shift it exactly."""

from huiyin.calendars import Span, Unit
from huiyin.cases import commands as cmd
from huiyin.cases.people import SYSTEM
from huiyin.cases.turns import turns

from .desk import Desk, desk, flow

CONCLUDE = {"title": "办结", "from": "assigned", "to": "reply", "within": "5 workdays", "by": "handler", "cite": "六"}
ANSWER = {"title": "联系", "from": "assigned", "to": "contacted", "within": "48 hours", "by": "handler", "cite": "六"}


def test_working_days_and_hours_shift_by_the_time_that_stood_still() -> None:
    play = desk(limits={"conclude": CONCLUDE, "call": ANSWER}).assigned()
    assert (play.due("conclude"), play.due("call")) == ("2026-03-09 23:59", "2026-03-04 09:00")
    play.at("2026-03-03 09:00").do("desk", cmd.Suspend(text="公安机关已立案"))
    play.at("2026-03-10 21:00").do("desk", cmd.Resume())
    assert (play.due("conclude"), play.due("call")) == ("2026-03-16 23:59", "2026-03-11 21:00")


def test_what_stands_still_is_never_late_and_work_waits() -> None:
    play = desk(limits={"conclude": CONCLUDE}).assigned()
    play.do("desk", cmd.Suspend(text="公安机关已立案"))
    play.at("2026-06-01 09:00")
    assert play.status("conclude") == ["running"]
    refused = play.refused("ward-head", cmd.Perform(work="handle"))
    assert (refused.code, refused.cite) == ("not-open-now", ("通则八",))
    assert "perform.handle" not in play.offers("ward-head")


def test_a_limit_that_starts_meanwhile_starts_standing_still() -> None:
    order = {
        "title": "回复督办",
        "from": "ordered",
        "to": "order-answered",
        "within": "24 hours",
        "by": "handler",
        "cite": "六",
    }
    play = desk(limits={"order": order}).assigned()
    play.do("desk", cmd.Suspend(text="公安机关已立案"))
    play.do("desk", cmd.Supervise(text="请说明进展"))
    play.at("2026-03-09 09:00")
    assert play.status("order") == ["running"]
    play.do("desk", cmd.Resume())
    assert play.due("order") == "2026-03-10 09:00"


def test_a_limit_on_the_suspension_itself_runs_while_it_lasts() -> None:
    longest = {
        "title": "中止不超过",
        "from": "suspended",
        "to": "resumed",
        "within": "30 days",
        "by": "desk",
        "cite": "六",
    }
    play = desk(limits={"longest": longest}).assigned()
    play.do("desk", cmd.Suspend(text="公安机关已立案"))
    play.at("2026-04-02 00:00")
    assert play.status("longest") == ["overdue"]
    play.do("desk", cmd.Resume())
    assert play.status("longest") == ["met"]


def test_approvals_of_work_wait_too_and_do_not_lapse() -> None:
    chain = {"chain": {"stages": [{"by": "leader", "within": "2 workdays", "else": "director"}]}}
    play = desk(flow=flow(handle={"approval": "chain"}), approvals=chain).assigned()
    play.step("ward-head", "handle")
    play.do("desk", cmd.Suspend(text="公安机关已立案"))
    play.at("2026-03-20 09:00")
    assert play.refused("leader", cmd.Approve()).cite == ("通则八",)
    assert play.refused("director", cmd.Approve()).code == "not-yours"
    play.do("desk", cmd.Resume())
    play.do("leader", cmd.Approve())
    assert play.open == {"reply"}


def test_a_suspended_case_may_be_terminated_and_closes_with_an_answer() -> None:
    play = desk(limits={"conclude": CONCLUDE}).assigned()
    play.do("desk", cmd.Suspend(text="公安机关已立案"))
    play.do("desk", cmd.Terminate(text="已进入诉讼"))
    assert play.the_case.state == "closed"
    assert play.the_case.answered
    assert play.status("conclude") == ["cancelled"]


ASK_MORE = {
    "short": {"title": "内容不全", "when": "!given(matter.amount) && times('completion-asked') < 1", "outcome": "ask-more",
              "within": "5 workdays", "cite": "八"},
    "rest": {"title": "受理", "outcome": "accept", "cite": "八"},
}  # fmt: skip


def incomplete() -> Desk:
    """A complaint without an amount, which the desk asks for when it registers."""
    steps = flow(register={"decides": "assessment"}, assign={"after": ["accepted", "returned"]})
    play = desk(assessment=ASK_MORE, flow=steps)
    play.file()
    play.step("desk", "register")
    assert play.the_case.state == "waiting"
    return play


def test_after_completion_the_step_that_assesses_opens_again() -> None:
    play = incomplete()
    play.do("complainant", cmd.Complete(matter={"amount": 300}))
    assert (play.the_case.state, play.open, play.status("completion")) == ("open", {"register"}, ["met"])
    play.step("desk", "register")
    assert play.the_case.decided["assessment"] == "rest"


def test_when_the_complainant_does_not_answer_the_desk_is_told_and_may_go_on() -> None:
    play = incomplete()
    assert "resume.resume" not in play.offers("desk")
    assert play.refused("desk", cmd.Resume()).code == "not-open-now"
    play.at("2026-03-10 09:00")
    assert [each.notice for each in play.events if getattr(each, "notice", "") == "core.completion-lapsed"]
    owed = {turn.work: turn for turn in turns(play.regime, play.the_case, play.world)}
    assert "desk" in {each.role for each in owed["resume"].assignees}
    assert "resume.resume" in play.offers("desk")
    play.do("desk", cmd.Resume(text="按现有材料办理"))
    assert (play.status("completion"), play.open) == (["cancelled"], {"register"})
    play.step("desk", "register")
    assert play.the_case.decided["assessment"] == "rest"


def test_completion_after_its_time_is_taken_and_recorded_as_late() -> None:
    play = incomplete().at("2026-03-11 09:00")
    play.do("complainant", cmd.Complete(matter={"amount": 300}))
    met = next(each for each in play.events if type(each).__name__ == "ObligationMet")
    assert (met.key, met.late) == ("completion", True)


def test_where_no_step_assesses_the_engine_looks_again_by_itself() -> None:
    play = desk(assessment=ASK_MORE, flow=flow(register=None, assign={"after": ["accepted", "returned"]}))
    play.file()
    assert play.the_case.state == "waiting"
    play.do("complainant", cmd.Complete(matter={"amount": 300}))
    assert play.the_case.decided["assessment"] == "rest"
    assert play.open == {"assign"}


def test_asking_by_hand_gives_the_time_that_was_named() -> None:
    play = desk().assigned()
    play.do("ward-head", cmd.AskMore(text="请补充票据", within=Span(3, Unit.WORKDAYS)))
    assert play.due("completion") == "2026-03-05 23:59"
    play.do(SYSTEM, cmd.PassTime())
    play.do("complainant", cmd.Complete())
    assert (play.the_case.state, play.open) == ("open", {"handle"})
