"""Limits: what starts and ends them, the clock that reminds and escalates, periods that repeat, days that explain themselves."""

from datetime import time, timedelta
from typing import Any

from huiyin.cases import commands as cmd
from huiyin.cases.attention import attention_at
from huiyin.cases.explaining import explain_due
from huiyin.cases.people import SYSTEM, Assignee
from huiyin.cases.standing import assignees
from huiyin.cases.turns import turns

from .desk import Desk, desk, flow

CONCLUDE = {"title": "办结", "from": "assigned", "to": "reply", "within": "5 workdays", "by": "handler", "cite": "六"}
LADDER = [
    {"at": "1 workday before due", "remind": "handler"},
    {"at": "due", "tell": "leader"},
    {"at": "2 workdays after due", "order_by": "desk"},
]


def events(play: Desk, kind: str) -> list[Any]:
    return [event for event in play.events if type(event).__name__ == kind]


def test_the_ladder_reminds_tells_and_orders_in_its_time() -> None:
    play = desk(limits={"conclude": CONCLUDE}, ladders={"default": LADDER}).assigned()
    play.at("2026-03-07 00:00")
    assert [event.remind for event in events(play, "RungReached")] == [("handler",)]
    play.at("2026-03-10 00:00")
    assert [event.tell for event in events(play, "RungReached")][1:] == [("leader",)]
    assert play.status("conclude") == ["overdue"]
    play.at("2026-03-12 00:00")
    (order,) = play.the_case.orders.values()
    assert (order.role, order.limit, order.by) == ("desk", "conclude", "system")


def test_the_role_in_whose_name_an_order_came_supervises() -> None:
    play = desk(limits={"conclude": CONCLUDE}, ladders={"default": LADDER}).assigned().at("2026-03-12 00:00")
    assert assignees(play.regime, play.the_case, ("supervisor",), play.world) == (Assignee("desk", "desk"),)
    play.do("leader", cmd.Record(kind_of_act="note", text="已过问"))
    play.do("ward-head", cmd.AnswerOrder(text="今日答复"))


def test_what_was_missed_during_a_standstill_of_the_clock_is_caught_up_once() -> None:
    play = desk(limits={"conclude": CONCLUDE}, ladders={"default": LADDER}).assigned().at("2026-04-30 09:00")
    assert [(event.remind, event.tell) for event in events(play, "RungReached")] == [
        ((), ()),
        ((), ("leader",)),
        ((), ()),
    ]
    assert len(events(play, "Ordered")) == len(events(play, "ObligationBreached")) == 1
    seen = len(play.events)
    play.do(SYSTEM, cmd.PassTime())
    assert len(play.events) == seen
    assert attention_at(play.the_case) is None


def test_a_case_that_nobody_holds_comes_due_too() -> None:
    take = {"title": "分派", "from": "registered", "to": "assign", "within": "1 workday", "cite": "六"}
    play = desk(limits={"take": take}, ladders={"default": LADDER})
    play.file()
    play.step("desk", "register")
    assert play.the_case.handling_role == ""
    play.at("2026-03-04 09:00")
    assert (play.status("take"), play.happened("take.overdue")) == (["overdue"], 1)
    (turn,) = (each for each in turns(play.regime, play.the_case, play.world) if each.key == "take")
    assert turn.overdue


PROGRESS = {
    "title": "每日告知",
    "from": "assigned",
    "to": "replied",
    "by": "handler",
    "repeat": "1 day",
    "within": "1 day",
    "cite": "六",
}


def tell(play: Desk) -> None:
    play.do("ward-head", cmd.Record(kind_of_act="tell-progress", text="已电话告知"))


def test_telling_meets_the_period_that_has_begun_and_no_later_one() -> None:
    play = desk(limits={"progress": PROGRESS}).assigned()
    assert play.due("progress") == "2026-03-03 23:59"
    tell(play)
    tell(play)
    tell(play)
    assert (play.status("progress"), play.due("progress")) == (["met", "running"], "2026-03-04 23:59")


def test_a_missed_period_is_recorded_and_the_next_one_runs() -> None:
    play = desk(limits={"progress": PROGRESS}).assigned().at("2026-03-04 08:00")
    assert (play.status("progress"), play.happened("progress.overdue")) == (["overdue", "running"], 1)
    play.at("2026-03-05 08:00")
    assert (play.status("progress"), play.happened("progress.overdue")) == (["cancelled", "overdue", "running"], 2)
    tell(play)
    assert play.status("progress") == ["cancelled", "met", "met", "running"]
    assert play.due("progress") == "2026-03-06 23:59"


def test_periods_missed_altogether_are_caught_up_as_one() -> None:
    play = desk(limits={"progress": PROGRESS}).assigned().at("2026-03-20 08:00")
    assert (play.happened("progress.overdue"), play.due("progress")) == (1, "2026-03-20 23:59")


def test_the_answer_ends_the_telling() -> None:
    play = desk(limits={"progress": PROGRESS}).assigned().answered()
    assert play.status("progress") == ["cancelled"]


def test_a_period_longer_than_its_limit_begins_when_the_period_does() -> None:
    weekly = {**PROGRESS, "repeat": "1 week", "within": "2 days"}
    play = desk(limits={"progress": weekly}).assigned()
    tell(play)
    assert play.due("progress") == "2026-03-11 23:59"


def test_first_thing_on_the_next_working_day_is_nine_where_no_hours_are_known() -> None:
    hand_in = {
        "title": "上班即送",
        "from": "received",
        "to": "register",
        "within": "next workday start",
        "by": "desk",
        "cite": "六",
    }
    play = desk(limits={"hand-in": hand_in}).at("2026-03-07 20:00")
    play.file()
    assert play.due("hand-in") == "2026-03-09 09:00"
    play.at("2026-03-09 09:30")
    assert play.status("hand-in") == ["running"]
    play.at("2026-03-09 09:31")
    assert play.status("hand-in") == ["overdue"]


def test_a_due_day_explains_itself_day_by_day() -> None:
    play = desk(limits={"conclude": CONCLUDE})
    play.at("2026-09-28 09:00").assigned()
    (item,) = play.the_case.obligations.values()
    reason = explain_due(play.the_case, item, play.world.calendar)
    told = "".join(word + text for word, text in reason.sentences)
    assert play.due("conclude") == "2026-10-10 23:59"
    assert "5个工作日" in told
    assert "10月10日" in told
    assert reason.days is not None
    assert reason.changes == ()


def test_what_moved_a_due_day_is_told_after_the_days() -> None:
    play = desk(limits={"conclude": CONCLUDE}).assigned()
    play.do("desk", cmd.Suspend(text="等待鉴定"))
    play.at("2026-03-05 09:00").do("desk", cmd.Resume())
    (item,) = play.the_case.obligations.values()
    reason = explain_due(play.the_case, item, play.world.calendar)
    assert reason.changes == (("中止", "3月2日9:00至3月5日9:00，不计入"), ("现在", "3月12日（周四）23:59到期"))
    assert reason.changes_en == (
        ("Suspended", "2 March 09:00 to 5 March 09:00, not counted"), ("Now", "due Thursday, 12 March 2026, 23:59")
    )


def test_the_days_lead_to_the_present_due_day_past_those_on_which_time_stood_still() -> None:
    play = desk(limits={"conclude": CONCLUDE}).assigned()
    play.do("desk", cmd.Suspend(text="等待鉴定"))
    play.at("2026-03-05 09:00").do("desk", cmd.Resume())
    (item,) = play.the_case.obligations.values()
    days = explain_due(play.the_case, item, play.world.calendar).through
    assert [(f"{day.date:%m-%d}", day.kind, day.ordinal) for day in days] == [
        ("03-02", "start", None), ("03-03", "stop", None), ("03-04", "stop", None), ("03-05", "stop", None),
        ("03-06", "count", 1), ("03-07", "skip", None), ("03-08", "skip", None), ("03-09", "count", 2),
        ("03-10", "count", 3), ("03-11", "count", 4), ("03-12", "due", 5),
    ]  # fmt: skip


def test_that_a_day_is_provisional_is_told_once() -> None:
    play = desk(limits={"conclude": CONCLUDE})
    play.at("2027-03-01 09:00").assigned()
    (item,) = play.the_case.obligations.values()
    reason = explain_due(play.the_case, item, play.world.calendar)
    assert [word for word, _ in (*reason.sentences, *reason.changes)].count("暂定") == 1


def test_that_it_became_provisional_by_standing_still_is_told_with_the_change() -> None:
    play = desk(limits={"conclude": CONCLUDE})
    play.at("2026-12-21 09:00").assigned()
    play.do("desk", cmd.Suspend(text="等待鉴定"))
    play.at("2026-12-31 09:00").do("desk", cmd.Resume())
    (item,) = play.the_case.obligations.values()
    reason = explain_due(play.the_case, item, play.world.calendar)
    assert "暂定" not in dict(reason.sentences)
    assert dict(reason.changes)["暂定"] == "跨入尚未公布放假安排的年份，公布后重新计算"


def test_while_time_stands_still_no_due_day_is_told() -> None:
    play = desk(limits={"conclude": CONCLUDE}).assigned()
    play.do("desk", cmd.Suspend(text="等待鉴定"))
    (item,) = play.the_case.obligations.values()
    reason = explain_due(play.the_case, item, play.world.calendar)
    assert reason.changes == (("中止", "3月2日9:00起停止计算，恢复办理后按中止的时间顺延"),)
    assert reason.changes_en == (("Suspended", "stands still since 2 March 09:00; moves on by that time when resumed"),)


def test_a_limit_without_a_figure_says_so() -> None:
    soon = {**CONCLUDE, "within": "at once"}
    play = desk(limits={"conclude": soon}).assigned()
    (item,) = play.the_case.obligations.values()
    assert ("给", "立即办理") in explain_due(play.the_case, item, play.world.calendar).sentences


def test_a_low_answer_is_an_event_of_the_step_that_asked() -> None:
    ask = {"title": "回访", "by": "desk", "after": "reply", "asks": "opinion", "marks": "followed-up", "cite": "八",
           "outcomes": {"satisfied": "满意", "dissatisfied": "不满意"}}  # fmt: skip
    survey = {
        "opinion": {
            "title": "满意度",
            "questions": {"manner": {"title": "态度", "low": 2}},
            "satisfied": "answers.manner >= 3",
        }
    }
    again = {"title": "改进", "by": "handler", "after": "ask.low", "cite": "八"}
    play = desk(
        flow=flow(ask=ask, better=again, close={"after": ["ask:satisfied", "ask:dissatisfied"]}), questionnaires=survey
    ).assigned()
    play.answered()
    assert play.refused("孙主任", cmd.Fill(answers={"manner": 2})).code == "not-yours"
    play.do("complainant", cmd.Fill(answers={"manner": 2}))
    assert play.open == {"ask", "better"}
    play.step("desk", "ask", answers={"manner": 4})
    assert play.happened("ask:satisfied") == 1


TODAY = {"title": "办结", "from": "assigned", "to": "reply", "within": "2 workdays", "by": "handler", "cite": "六"}
HOURS_BEFORE = {"default": [{"at": "2 hours before due", "remind": "handler"}, {"at": "due", "tell": "leader"}]}


def test_hours_before_the_end_of_a_day_are_counted_from_five_o_clock_where_no_opening_hours_are_known() -> None:
    play = desk(limits={"conclude": TODAY}, ladders=HOURS_BEFORE).assigned()
    assert play.due("conclude") == "2026-03-04 23:59"
    assert events(play.at("2026-03-04 14:59"), "RungReached") == []
    assert [event.remind for event in events(play.at("2026-03-04 15:00"), "RungReached")] == [("handler",)]
    assert play.at("2026-03-04 23:59").status("conclude") == ["running"]


def test_hours_before_the_end_of_a_day_are_counted_from_the_close_of_business() -> None:
    play = desk(limits={"conclude": TODAY}, ladders=HOURS_BEFORE)
    office = ((time(8, 30), time(12)), (time(13, 30), time(16, 30)))
    play.world.calendar = play.world.calendar.with_organisation(hours=dict.fromkeys(range(5), office))
    play.assigned()
    assert play.due("conclude") == "2026-03-04 16:30"
    assert events(play.at("2026-03-04 14:29"), "RungReached") == []
    assert [event.remind for event in events(play.at("2026-03-04 14:30"), "RungReached")] == [("handler",)]


def test_hours_before_a_moment_are_counted_from_that_moment() -> None:
    six_hours = {**TODAY, "within": "6 hours"}
    play = desk(limits={"conclude": six_hours}, ladders=HOURS_BEFORE).assigned()
    started = play.now
    assert events(play.at(f"{started + timedelta(hours=3, minutes=59):%Y-%m-%d %H:%M}"), "RungReached") == []
    play.at(f"{started + timedelta(hours=4):%Y-%m-%d %H:%M}")
    assert [event.remind for event in events(play, "RungReached")] == [("handler",)]


HALF = {"default": [{"at": "50% of time", "remind": "handler"}]}


def rung_of(play: Desk) -> str:
    """When the reminder comes, in Shanghai."""
    (rung,) = play.the_case.obligations["conclude"].rungs
    return f"{rung.at.astimezone(play.world.calendar.zone):%Y-%m-%d %H:%M}"


def test_a_reminder_when_half_of_the_hours_are_over() -> None:
    play = desk(limits={"conclude": {**CONCLUDE, "within": "6 hours"}}, ladders=HALF).assigned()
    assert rung_of(play) == f"{play.now + timedelta(hours=3):%Y-%m-%d %H:%M}"


def test_half_of_the_working_days_is_counted_in_open_time() -> None:
    play = desk(limits={"conclude": {**CONCLUDE, "within": "4 workdays"}}, ladders=HALF)
    office = ((time(8), time(12)), (time(14), time(18)))
    play.world.calendar = play.world.calendar.with_organisation(hours=dict.fromkeys(range(5), office))
    play.now = play.now.replace(month=9, day=29)      # Tuesday; the National Day holidays follow
    play.assigned()
    begun = play.the_case.obligations["conclude"].started_at
    assert play.due("conclude")[:10] == "2026-10-10"     # 30.9., 8.10., 9.10., and 10.10., which is worked
    opened = play.world.calendar.working_minutes_between
    rung = play.the_case.obligations["conclude"].rungs[0].at
    due = play.the_case.obligations["conclude"].due
    assert due is not None
    assert abs(opened(begun, rung) * 2 - opened(begun, due)) <= 1
    assert play.world.calendar.works_at(rung - timedelta(minutes=1))


def test_time_that_stood_still_is_not_part_of_the_share() -> None:
    play = desk(limits={"conclude": {**CONCLUDE, "within": "10 hours"}}, ladders=HALF).assigned()
    begun = play.now
    play.now = begun + timedelta(hours=1)
    play.do("ward-head", cmd.Suspend(text="等待鉴定"))
    play.now = begun + timedelta(hours=21)
    play.do("ward-head", cmd.Resume(text="已有结论"))
    assert rung_of(play) == f"{begun + timedelta(hours=25):%Y-%m-%d %H:%M}"
