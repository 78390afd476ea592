"""Orders: somebody is charged with something, reports back in time, and the report is accepted or sent back."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest

from huiyin.calendars import Span, Unit
from huiyin.cases import commands as cmd
from huiyin.cases.access import sight
from huiyin.cases.closing import refuse_early_closing
from huiyin.cases.codec import event_from_text, event_to_text
from huiyin.cases.draft import Draft
from huiyin.cases.evolve import evolve
from huiyin.cases.explaining import explain_due
from huiyin.cases.inviting import outside_actor
from huiyin.cases.people import SYSTEM
from huiyin.cases.refusals import Refused
from huiyin.cases.state import Occasion
from huiyin.cases.turns import turns
from huiyin.regime.affairs import affairs_of

from .desk import Desk, desk, flow

SUPERVISION: dict[str, Any] = {
    "title": "督办件",
    "to": ["handling-head", "ward", "authority"],
    "within": "5 workdays",
    "latest": "10 workdays",
    "accepted_by": ["giver", "leader"],
    "again": "2 workdays",
    "fields": {"done_so_far": {"title": "办理结果", "type": "long-text"}},
    "required": ["done_so_far"],
    "produces": "report",
    "cite": "六",
}
ACTS = {"supervise": {"by": ["desk", "leader"], "orders": "supervision", "produces": "sheet", "cite": "六"}}
FORMS = {
    "sheet": {"title": "督办单", "number": "督{year}-{serial:03}", "signed_by": ["desk"], "lines": [{"each": "orders"}]},
    "report": {"title": "督办报告", "fields": ["done_so_far"]},
}


def supervised(**sections: Any) -> Desk:
    """A case assigned to 内科 on Monday, under a regime whose supervise orders are reported back."""
    return desk(**{"acts": ACTS, "orders": {"supervision": SUPERVISION}, "forms": FORMS, **sections}).assigned()


def supervise(play: Desk, who: str = "desk", **charge: Any) -> None:
    charge.setdefault("text", "请查清原因")
    play.do(who, cmd.Supervise(text="", orders=(cmd.Charge(**charge),)))


def report(play: Desk, who: str = "ward-head", **given: Any) -> None:
    play.do(who, cmd.AnswerOrder(text="", fields={"done_so_far": "已调整班次"}, **given))


def owed(play: Desk, work: str) -> list[Any]:
    found = turns(play.regime, play.the_case, play.world)
    return [turn for turn in found if turn.kind == "order" and turn.work == work]


def test_an_order_is_the_addressees_with_a_time_and_a_paper() -> None:
    play = supervised()
    supervise(play, to="handling-head")
    (turn,) = owed(play, "answer-order")
    assert (turn.title, turn.due.date(), turn.cite) == ("报告督办件：请查清原因", date(2026, 3, 9), ("六",))
    assert play.world.heads_of("内科")[0] in {each.person for each in turn.assignees}
    (paper,) = play.the_case.documents.values()
    assert (paper.form, paper.missing()) == ("sheet", {})
    assert play.happened("supervision.given") == play.happened("ordered") == 1


def test_the_report_fills_what_is_asked_and_waits_for_the_giver() -> None:
    play = supervised()
    supervise(play)
    with pytest.raises(Refused) as lacking:
        play.do("ward-head", cmd.AnswerOrder(text="在办"))
    assert lacking.value.code == "missing-field"
    report(play)
    assert play.the_case.facts["done_so_far"] == "已调整班次"
    assert play.status("supervision") == ["met"]
    assert not owed(play, "answer-order")
    (turn,) = owed(play, "accept-report")
    assert {each.person or each.role for each in turn.assignees} == {"desk", "leader"}
    assert [each.form for each in play.the_case.documents.values()] == ["sheet"]
    play.do("leader", cmd.AcceptReport())
    assert [each.form for each in play.the_case.documents.values()] == ["sheet", "report"]
    assert play.happened("supervision.done") == play.happened("supervision.settled") == 1


def test_a_report_sent_back_is_owed_again_within_its_own_time() -> None:
    play = supervised()
    supervise(play)
    report(play)
    assert play.refused("desk", cmd.ReturnReport(text=" ")).code == "missing-field"
    play.at("2026-03-05T09:00:00").do("desk", cmd.ReturnReport(text="没有写整改期限"))
    (turn,) = owed(play, "answer-order")
    assert turn.title == "重新报告督办件：请查清原因"
    assert turn.due.astimezone(play.world.calendar.zone).date() == date(2026, 3, 9)
    report(play)
    play.do("desk", cmd.AcceptReport(text="可以"))
    assert play.the_case.orders["order-1"].returned == 1
    assert play.status("supervision") == ["met", "met"]


def test_nobody_accepts_their_own_report_nor_one_that_is_not_theirs_to_judge() -> None:
    play = supervised()
    supervise(play)
    assert play.refused("leader", cmd.AcceptReport()).code == "not-yours"
    report(play)
    assert play.refused("ward-head", cmd.AcceptReport()).code == "not-yours"
    assert "accept-report.accept-report" in play.offers("desk")
    assert "accept-report.accept-report" not in play.offers("ward-head")


def test_only_the_addressee_reports_and_of_a_party_outside_staff_put_it_on_record() -> None:
    play = supervised()
    supervise(play, to="ward", unit="外科")
    assert play.refused("ward-head", cmd.AnswerOrder(text="", fields={"done_so_far": "我来答"})).code == "not-yours"
    report(play, "孙主任")
    supervise(play, to="authority")
    report(play, "desk")
    assert [order.answered_by for order in play.the_case.orders.values()] == ["孙主任", "desk"]


def test_a_party_outside_reports_through_its_link_and_a_higher_body_asks_through_its_own() -> None:
    enquiry = {"title": "上级催问", "to": "handler", "within": "3 workdays", "accepted_by": "desk", "cite": "六"}
    ask = {"title": "上级来函催问", "by": ["authority", "desk"], "fields": {"asked": {"title": "问什么"}},
           "required": ["asked"], "orders": "enquiry", "cite": "六"}  # fmt: skip
    play = supervised(acts={**ACTS, "enquire": ask}, orders={"supervision": SUPERVISION, "enquiry": enquiry})
    play.do("desk", cmd.Invite(role="authority", name="青屿市卫生健康委 督查室"))
    higher = outside_actor(play.the_case, "1", play.now)
    assert higher is not None
    play.do(higher, cmd.Perform(work="enquire", fields={"asked": "查到哪一步"}))
    (order,) = play.the_case.orders.values()
    assert (order.text, order.to, play.due("enquiry")[:10]) == ("查到哪一步", "handler", "2026-03-05")
    play.do("ward-head", cmd.AnswerOrder(text="已约谈当班护士"))
    play.do("desk", cmd.AcceptReport())
    supervise(play, to="authority")
    offered = [each for each in play.possible(higher) if each.command == "answer-order"]
    assert [(each.member, set(each.fields)) for each in offered] == [("order-2", {"done_so_far"})]
    play.do(higher, cmd.AnswerOrder(text="", order="order-2", fields={"done_so_far": "已派员"}))
    assert play.the_case.orders["order-2"].answered_by == "outside:1"


def test_the_addressee_sees_the_case_from_then_on() -> None:
    play = supervised()

    def sees() -> bool:
        return sight(play.regime, play.the_case, play.world.actor("孙主任"), play.world).sees

    assert not sees()
    supervise(play, to="ward", unit="外科")
    assert sees()
    report(play, "孙主任")
    assert sees()


def test_the_giver_may_set_a_day_but_not_too_far_off_nor_past() -> None:
    play = supervised()
    supervise(play, to="handling-head", due=date(2026, 3, 12))
    item = play.the_case.obligations["supervision"]
    assert play.due("supervision").startswith("2026-03-1")
    assert ("给", "交办人定的日期") in explain_due(play.the_case, item, play.world.calendar).sentences
    for day, code in ((date(2026, 3, 17), "too-long"), (date(2026, 3, 1), "wrong-value")):
        refused = play.refused("desk", cmd.Supervise(text="请办", orders=(cmd.Charge(to="handling-head", due=day),)))
        assert (refused.code, refused.cite) == (code, ("六",))
    supervise(play, to="handling-head", due=date(2026, 3, 16))


def test_without_a_time_of_the_regime_the_giver_has_to_set_the_day() -> None:
    kind = {"title": "批示", "to": "handling-head", "latest": "10 workdays", "cite": "六"}
    acts = {"instruct": {"by": "leader", "orders": "instruction", "cite": "六"}}
    play = desk(acts=acts, orders={"instruction": kind}).assigned()
    refused = play.refused("leader", cmd.Record(kind_of_act="instruct", text="请核实"))
    assert refused.fields == {"due": "请写明日期"}
    charge = cmd.Charge(due=date(2026, 3, 6))
    play.do("leader", cmd.Record(kind_of_act="instruct", text="请核实", orders=(charge,)))
    (order,) = play.the_case.orders.values()
    assert (order.text, order.name, play.happened("instructed"), play.happened("ordered")) == ("请核实", "批示", 1, 0)
    play.do("ward-head", cmd.AnswerOrder(text="已核实"))
    assert play.happened("instruction.done") == 1


def test_an_instruction_that_the_regime_gives_no_order_for_is_a_remark() -> None:
    play = supervised()
    play.do("desk", cmd.Record(kind_of_act="instruct", text="请抓紧"))
    assert play.the_case.orders == {}
    charged = cmd.Record(kind_of_act="instruct", text="请抓紧", orders=(cmd.Charge(text="办"),))
    assert play.refused("desk", charged).code == "wrong-value"


@pytest.mark.parametrize(
    ("charge", "code"),
    [
        ({"to": "leader"}, "wrong-value"),
        ({"to": "ward", "unit": "药房"}, "wrong-value"),
        ({"to": "ward", "person": "李主任", "unit": "内科"}, "wrong-value"),
        ({"to": "handling-head", "person": "查无此人"}, "wrong-value"),
    ],
)
def test_only_those_whom_the_regime_names_are_charged(charge: dict[str, Any], code: str) -> None:
    play = supervised()
    assert play.refused("desk", cmd.Supervise(text="请办", orders=(cmd.Charge(**charge),))).code == code


def test_nobody_complained_about_is_charged() -> None:
    kind = {**SUPERVISION, "to": "all-staff"}
    play = supervised(orders={"supervision": kind})
    charged = cmd.Supervise(text="请办", orders=(cmd.Charge(person="钱护士"),))
    assert play.refused("desk", charged).code in ("conflict-of-interest", "wrong-value")
    assert play.refused("desk", cmd.Supervise(text="请办")).fields == {"person": "请选择人员"}
    supervise(play, person="孙主任")


def test_what_is_overdue_is_told_and_a_rule_may_hang_on_it() -> None:
    measures = {"measures": {"note": "通报"}, "rules": {"late-report": {
        "title": "督办件逾期", "after": "supervision.overdue", "against": "handler", "propose": {"note": True},
        "approval": "leader", "cite": "七"}}}  # fmt: skip
    play = supervised(accountability=measures)
    supervise(play, to="handling-head")
    play.at("2026-03-10T09:00:00")
    assert play.happened("supervision.overdue") == 1
    assert [each.subject for each in play.the_case.approvals.values()] == ["late-report"]
    told = [event for event in play.events if type(event).__name__ == "RungReached"]
    assert {role for event in told for role in (*event.remind, *event.tell)} == {"addressee:order-1", "giver:order-1"}
    (turn,) = owed(play, "answer-order")
    assert turn.overdue
    report(play)
    assert play.the_case.obligations["supervision"].breached_at is not None


def test_the_time_stands_still_with_the_case() -> None:
    play = supervised()
    supervise(play, to="handling-head")
    play.do("desk", cmd.Suspend(text="等鉴定"))
    play.at("2026-03-16T09:00:00").do("desk", cmd.Resume())
    assert play.due("supervision") > "2026-03-16"
    assert play.happened("supervision.overdue") == 0


def test_several_orders_run_beside_each_other_and_all_must_be_done_before_the_file_is_closed() -> None:
    play = supervised()
    supervise(play, text="查原因", to="handling-head")
    supervise(play, text="调阅监控", to="ward", unit="外科")
    assert [turn.key for turn in owed(play, "answer-order")] == ["order-1", "order-2"]
    play.answered()
    early = play.refused("desk", cmd.Perform(work="close"))
    assert "督办件未回复（查原因）" in early.message
    report(play, order="order-1")
    assert "督办件未认可（查原因）" in play.refused("desk", cmd.Perform(work="close")).message
    play.do("desk", cmd.AcceptReport(order="order-1"))
    assert play.happened("supervision.settled") == 0
    assert play.refused("desk", cmd.RecallOrder(text="", order="order-2")).code == "missing-field"
    play.do("desk", cmd.RecallOrder(text="监控已覆盖", order="order-2"))
    assert play.happened("supervision.settled") == 1
    assert play.status("supervision") == ["met", "cancelled"]
    refuse_early_closing(Draft(play.regime, play.the_case, play.world.context(SYSTEM, play.now)), "close", ())


def test_several_at_once_are_given_only_where_the_regime_has_a_list() -> None:
    both = (cmd.Charge(text="查原因", to="handling-head"), cmd.Charge(text="调阅监控", to="ward", unit="外科"))
    assert "一次只能交办一件" in supervised().refused("desk", cmd.Supervise(text="请分头办", orders=both)).message


def test_only_the_giver_takes_an_order_back() -> None:
    play = supervised()
    supervise(play)
    assert play.refused("ward-head", cmd.RecallOrder(text="不用办了")).code == "not-yours"
    assert "recall-order.recall-order" in play.offers("desk")


def test_the_addressee_is_granted_more_time_once_where_the_regime_lets_them_ask() -> None:
    extension = {"add_up_to": "3 workdays", "approval": "leader", "fields": {"why": "理由"}, "required": ["why"]}
    play = supervised(orders={"supervision": {**SUPERVISION, "extension": extension}})
    supervise(play, to="handling-head")
    supervise(play, to="ward", unit="外科")
    ask = cmd.Extend(limit="supervision", by=Span(2, Unit.WORKDAYS), fields={"why": "等检验结果"})
    with pytest.raises(Refused) as refused:
        play.do("leader", ask)
    assert refused.value.code == "not-yours"
    with pytest.raises(Refused) as refused:
        play.do("ward-head", replace(ask, by=Span(4, Unit.WORKDAYS)))
    assert (refused.value.code, refused.value.rule) == ("too-long", "orders.supervision.extension.add_up_to")
    play.do("ward-head", ask)
    play.do("leader", cmd.Approve())
    days = {item.key: item.due.date() for item in play.the_case.obligations.values() if item.limit == "supervision"}
    assert days == {"supervision": date(2026, 3, 11), "supervision#2": date(2026, 3, 9)}
    with pytest.raises(Refused) as refused:
        play.do("ward-head", ask)
    assert (refused.value.code, play.the_case.facts["why"]) == ("too-long", "等检验结果")


def test_a_report_is_not_put_off_where_the_regime_does_not_say_so() -> None:
    play = supervised()
    supervise(play)
    with pytest.raises(Refused) as refused:
        play.do("ward-head", cmd.Extend(limit="supervision", by=Span(1, Unit.WORKDAYS)))
    assert (refused.value.code, refused.value.rule) == ("forbidden-here", "orders.supervision")


def test_a_ladder_gives_the_order_of_the_regime_with_its_time_and_paper() -> None:
    limits = {"handle": {"from": "assigned", "to": "handle", "within": "2 workdays", "cite": "三"}}
    ladders = {"default": [{"at": "due", "order_by": "desk"}]}
    play = supervised(limits=limits, ladders=ladders)
    play.at("2026-03-05T09:00:00")
    (order,) = play.the_case.orders.values()
    assert (order.kind, order.role, order.limit, order.to) == ("supervision", "desk", "handle", "handling-head")
    assert [each.form for each in play.the_case.documents.values()] == ["sheet"]
    assert play.status("supervision") == ["running"]
    report(play)
    play.do("desk", cmd.AcceptReport())


def test_a_plain_supervise_order_is_answered_by_whoever_handles_the_case_without_a_time() -> None:
    play = desk().assigned()
    play.do("desk", cmd.Supervise(text="请抓紧"))
    (turn,) = owed(play, "answer-order")
    assert (turn.title, turn.due) == ("回复督办单", None)
    play.do("ward-head", cmd.AnswerOrder(text="明日办结"))
    assert not owed(play, "answer-order")


MEETING = {
    "resolution": {"title": "会议决议", "to": ["ward", "leader"], "list": True, "latest": "60 days", "accepted_by": "desk",
                   "cite": "八"},
}  # fmt: skip


def test_resolutions_of_a_meeting_are_a_list_that_may_be_empty() -> None:
    meeting = {"title": "紧急会议", "by": "desk", "orders": "resolution", "produces": "minutes", "cite": "八"}
    forms = {"minutes": {"title": "会议纪要", "lines": [{"each": "orders", "show": {"text": "决议", "to": "责任", "due": "期限"}}]}}
    play = desk(acts={"meet": meeting}, orders=MEETING, forms=forms).assigned()
    play.step("desk", "meet")
    assert play.the_case.orders == {}
    resolutions = (
        cmd.Charge("重排班次", to="ward", unit="外科", due=date(2026, 3, 20)),
        cmd.Charge("看望投诉人", to="leader", due=date(2026, 3, 6)),
    )
    play.step("desk", "meet", orders=resolutions)
    assert [turn.title for turn in owed(play, "answer-order")] == ["报告会议决议：重排班次", "报告会议决议：看望投诉人"]
    minutes = [event for event in play.events if type(event).__name__ == "DocumentProduced"][-1]
    said = str(minutes.content)
    assert "重排班次" in said
    assert "分管领导" in said
    assert "3月20日" in said


def test_orders_of_work_that_waits_for_approval_are_given_once_it_is_approved() -> None:
    steps = flow(handle={"orders": "resolution", "approval": "leader"})
    play = desk(flow=steps, orders=MEETING).assigned()
    charge = cmd.Charge("回访三次", to="ward", unit="内科", due=date(2026, 3, 20))
    play.step("ward-head", "handle", orders=(charge,))
    assert play.the_case.orders == {}
    play.do("leader", cmd.Approve())
    (order,) = play.the_case.orders.values()
    assert (order.text, order.unit, order.work) == ("回访三次", "内科", "handle")


def test_points_left_open_keep_the_meeting_of_the_month_open_and_it_is_not_missed() -> None:
    duties = {"review": {"title": "月度例会", "every": "week", "by": "desk", "orders": "resolution", "cite": "八"}}
    play = desk(duties=duties, orders=MEETING)
    play.regime = affairs_of(play.regime)["review"]
    start, end = datetime.fromisoformat("2026-03-02T00:00+08:00"), datetime.fromisoformat("2026-03-09T00:00+08:00")
    play.do(SYSTEM, cmd.OpenAffair(occasion=Occasion("w|", start=start, end=end, due=end), handler_role="desk"))
    charge = cmd.Charge("修订流程", to="leader", due=date(2026, 3, 20))
    play.step("desk", "review", orders=(charge,))
    play.do(SYSTEM, cmd.Miss())
    assert play.the_case.state == "open"
    play.do("leader", cmd.AnswerOrder(text="已修订"))
    play.do("desk", cmd.AcceptReport())
    assert play.the_case.state == "closed"


def test_what_happened_folds_again_to_the_same_case() -> None:
    play = supervised()
    supervise(play)
    report(play)
    play.do("desk", cmd.ReturnReport(text="再报"))
    stored = [event_from_text(type(each).__name__, event_to_text(each)) for each in play.events]
    assert evolve(None, stored) == play.the_case
