"""What is offered: everything that works now, what waits with its reason, and nothing to those it does not concern."""

from huiyin.calendars import Span, Unit
from huiyin.cases import commands as cmd
from huiyin.cases.events import Reopened
from huiyin.cases.possible import Possible

from .desk import Desk, desk, flow

CONCLUDE = {
    "title": "办结", "from": "assigned", "to": "reply", "within": "5 workdays", "by": "handler", "cite": "六",
    "extension": {"add_up_to": "5 workdays", "approval": "leader", "cite": "七"},
}  # fmt: skip


def blocked(play: Desk, who: str) -> dict[str, str]:
    """What waits, with the code of the reason."""
    found = play.possible(play.world.actor(who))
    return {f"{each.command}.{each.work}": each.blocked.code for each in found if each.blocked is not None}


def test_the_expected_step_comes_first_for_its_doer_only() -> None:
    play = desk().assigned()
    first = play.possible(play.world.actor("ward-head"))[0]
    assert (first.command, first.work, first.expected) == ("perform", "handle", True)
    assert "perform.handle" not in play.offers("desk")


def test_closing_waits_and_says_for_what() -> None:
    play = desk().assigned().answered()
    play.do("desk", cmd.Supervise(text="请说明进展"))
    assert blocked(play, "desk") == {"perform.close": "still-open"}


def test_an_extension_is_offered_until_it_is_too_late_and_then_says_so() -> None:
    play = desk(limits={"conclude": CONCLUDE}).assigned()
    assert "extend.conclude" in play.offers("ward-head")
    play.at("2026-03-10 00:00")
    assert blocked(play, "ward-head") == {"extend.conclude": "asked-after-due"}


def test_an_extension_that_waits_for_its_answer_is_not_offered_again() -> None:
    play = desk(limits={"conclude": CONCLUDE}).assigned()
    play.do("ward-head", cmd.Extend(limit="conclude", by=Span(2, Unit.WORKDAYS)))
    assert "extend.conclude" not in play.offers("ward-head")


def test_an_extension_the_regime_forbids_is_neither_offered_nor_taken() -> None:
    play = desk(limits={"conclude": CONCLUDE}, acts={"extend": {"allowed": False, "cite": "九"}}).assigned()
    assert "extend.conclude" not in play.offers("ward-head")
    refused = play.refused("ward-head", cmd.Extend(limit="conclude", by=Span(2, Unit.WORKDAYS)))
    assert (refused.code, refused.cite) == ("forbidden-here", ("九",))


def test_while_a_case_stands_still_own_acts_are_neither_offered_nor_taken() -> None:
    play = desk(acts={"inspect": {"title": "现场检查", "by": "handler", "cite": "八"}}).assigned()
    assert "perform.inspect" in play.offers("ward-head")
    play.do("desk", cmd.Suspend(text="等待鉴定"))
    assert "perform.inspect" not in play.offers("ward-head")
    assert play.refused("ward-head", cmd.Perform(work="inspect")).cite == ("通则八",)


def test_votes_are_shown_as_waiting_while_the_case_stands_still() -> None:
    play = desk(flow=flow(handle={"approval": "leader"})).assigned()
    play.step("ward-head", "handle")
    play.do("desk", cmd.Suspend(text="等待鉴定"))
    assert list(blocked(play, "leader").values()) == ["not-open-now"]


def test_an_act_so_often_is_offered_no_more() -> None:
    play = desk(acts={"press": {"by": "complainant", "at_most": 1, "cite": "八"}}).assigned()
    assert "record.press" in play.offers("complainant")
    play.do("complainant", cmd.Record(kind_of_act="press", text="请尽快"))
    assert "record.press" not in play.offers("complainant")
    assert play.refused("complainant", cmd.Record(kind_of_act="press", text="请尽快")).code == "no-more-rounds"


def test_whoever_is_in_none_of_its_roles_is_offered_no_work_of_a_case() -> None:
    play = desk().assigned()
    offered = play.offers("complainant")
    assert not any(offer.startswith(("perform.", "approve.", "decide.")) for offer in offered)
    assert {"withdraw.withdraw"} <= offered


def offered(play: Desk, who: str, name: str) -> Possible:
    return next(each for each in play.possible(play.world.actor(who)) if f"{each.command}.{each.work}" == name)


def test_outcomes_that_cannot_be_yet_are_not_offered() -> None:
    outcomes = {
        "mended": "已解决",
        "late": {"title": "逾期，由办公室介入", "when": "happened('conclude.overdue')"},
        "costly": {"title": "须退费", "when": "given(facts.refund) && facts.refund > 0"},
    }
    handle = {"outcomes": outcomes, "fields": {"refund": {"title": "退费金额", "type": "money"}}}
    limit = {key: value for key, value in CONCLUDE.items() if key != "extension"}
    play = desk(flow=flow(handle=handle), limits={"conclude": limit}).assigned()
    assert list(offered(play, "ward-head", "perform.handle").outcomes) == ["mended", "costly"]  # 退费 is on this form
    play.at("2026-03-10 09:00")
    assert list(offered(play, "ward-head", "perform.handle").outcomes) == ["mended", "late", "costly"]


def test_a_step_none_of_whose_outcomes_can_be_says_so() -> None:
    outcomes = {"late": {"title": "逾期，由办公室介入", "when": "happened('contacted')"}}
    play = desk(flow=flow(handle={"outcomes": outcomes})).assigned()
    blocked_handle = offered(play, "ward-head", "perform.handle").blocked
    assert blocked_handle is not None
    assert blocked_handle.message == "“办理”的各种结果现在都还不具备条件。"
    play.do("desk", cmd.Record(kind_of_act="contact", text="已去电"))
    assert offered(play, "ward-head", "perform.handle").blocked is None


def test_staff_may_withdraw_and_appeal_for_the_complainant() -> None:
    play = desk().assigned()
    withdraw = offered(play, "ward-head", "withdraw.withdraw")
    assert (withdraw.title, withdraw.on_behalf) == ("代投诉人撤回", True)
    assert not offered(play, "complainant", "withdraw.withdraw").on_behalf
    play.answered()
    play.step("desk", "close")
    assert offered(play, "desk", "appeal.appeal").title == "代投诉人申诉"
    play.do("desk", cmd.Appeal(text="来电说仍未解决", on_behalf=True))
    taken_up = next(event for event in play.events if isinstance(event, Reopened))
    assert (taken_up.by, taken_up.on_behalf) == ("desk", True)


def test_a_rating_given_by_phone_is_offered_once() -> None:
    opinion = {"title": "满意度", "questions": {"result": "处理结果"}, "satisfied": "answers.result >= 3"}
    play = desk(questionnaires={"opinion": opinion}).assigned()
    assert "fill.opinion" not in play.offers("desk")
    play.answered()
    assert offered(play, "desk", "fill.opinion").title == "代投诉人填写：满意度"
    play.do("desk", cmd.Fill(questionnaire="opinion", answers={"result": 4}, on_behalf=True))
    assert "fill.opinion" not in play.offers("desk")
