"""What a regime asks of a core act besides: copies, a questionnaire, means; and of more time: approval, outcomes, orders, entries."""

import pytest

from huiyin.calendars import Span, Unit
from huiyin.cases import commands as cmd
from huiyin.cases.codec import event_from_text, event_to_text
from huiyin.cases.events import ActDone, AnswersFilled, Ordered

from .desk import Desk, desk

LIMIT = {"title": "办结", "from": "assigned", "to": "reply", "within": "15 workdays", "by": "handler",
         "extension": {"add_up_to": "10 workdays", "approval": "leader", "cite": "七"}, "cite": "六"}  # fmt: skip
OPINION = {"questions": {"manner": {"title": "态度", "low": 2}}, "satisfied": "answers.manner >= 3"}
FIVE = Span(5, Unit.WORKDAYS)


def test_a_core_act_is_done_for_each_point_by_itself() -> None:
    play = desk(acts={"contact": {"per": "point", "cite": "八"}}).assigned(points=("退费", "道歉"))
    offered = [each.member for each in play.possible(play.world.actor("ward-head")) if each.work == "contact"]
    assert offered == ["1", "2"]
    refused = play.refused("ward-head", cmd.Record(kind_of_act="contact", text="已去电"))
    assert (refused.code, refused.cite, set(refused.fields)) == ("wrong-value", ("八",), {"member"})
    play.do("ward-head", cmd.Record(kind_of_act="contact", text="说明退费", member="1"))
    done = next(event for event in play.events if isinstance(event, ActDone))
    assert (done.member, event_from_text("ActDone", event_to_text(done))) == ("1", done)


def test_a_core_act_without_copies_takes_none() -> None:
    play = desk().assigned(points=("退费", "道歉"))
    assert play.refused("ward-head", cmd.Record(kind_of_act="contact", text="已去电", member="1")).code == "wrong-value"


def test_a_core_act_asks_its_questionnaire_and_the_answers_choose_how_it_ends() -> None:
    contact = {"asks": "opinion", "outcomes": {"satisfied": "满意", "dissatisfied": "不满意"}, "cite": "八"}
    play = desk(acts={"contact": contact}, questionnaires={"opinion": OPINION}).assigned()
    offered = next(each for each in play.possible(play.world.actor("ward-head")) if each.work == "contact")
    assert offered.questionnaire is not None
    assert offered.questionnaire.id == "opinion"
    play.do("ward-head", cmd.Record(kind_of_act="contact", text="回电", answers={"manner": 2}))
    assert (play.happened("contact:dissatisfied"), play.happened("contact:satisfied")) == (1, 0)
    assert [event.satisfied for event in play.events if isinstance(event, AnswersFilled)] == [False]


def test_a_core_act_may_ask_by_what_means() -> None:
    play = desk(acts={"contact": {"via": ["phone", "visit"], "cite": "八"}}).assigned()
    refused = play.refused("ward-head", cmd.Record(kind_of_act="contact", text="寄信", via=("letter",)))
    assert (refused.code, refused.cite) == ("wrong-value", ("八",))
    play.do("ward-head", cmd.Record(kind_of_act="contact", text="上门说明", via=("visit",)))
    assert next(event for event in play.events if isinstance(event, ActDone)).via == ("visit",)


@pytest.fixture
def twice() -> Desk:
    """The desk approves whatever asks for more time, then the leader approves more time to conclude."""
    extend = {"approval": "desk", "produces": "request", "outcomes": {"tests": "等待检验", "party": "等投诉人"},
              "fields": {"days_used": {"title": "已用天数", "type": "number"}}, "books": {"time-used": "days_used"},
              "orders": "follow", "cite": "八"}  # fmt: skip
    return desk(
        limits={"conclude": LIMIT},
        acts={"extend": extend},
        forms={"request": {"title": "延期申请书", "signed_by": ["ward-head", "desk", "leader"]}},
        orders={"follow": {"title": "跟催件", "to": "ward", "within": "3 workdays", "cite": "八"}},
        accountability={"ledgers": {"time-used": {"title": "用时", "of": "case", "unit": "天"}}},
    ).assigned()


def ask(play: Desk) -> None:
    order = cmd.Charge("每日催问检验结果", unit="内科")
    play.do("ward-head", cmd.Extend(limit="conclude", by=FIVE, text="等检验", outcome="tests", fields={"days_used": 8}, orders=(order,)))


def test_more_time_is_approved_for_the_act_and_then_for_the_limit(twice: Desk) -> None:
    ask(twice)
    assert twice.refused("leader", cmd.Approve()).code == "not-yours"
    twice.do("desk", cmd.Approve())
    assert (twice.due("conclude"), twice.happened("extended")) == ("2026-03-23 23:59", 0)
    twice.do("leader", cmd.Approve())
    assert (twice.due("conclude"), twice.happened("extended")) == ("2026-03-30 23:59", 1)
    assert [twice.happened(name) for name in ("extend:tests", "extend.approved", "extension-asked")] == [1, 1, 1]


def test_nothing_follows_from_asking_before_the_time_is_granted(twice: Desk) -> None:
    ask(twice)
    twice.do("desk", cmd.Approve())
    assert not any(isinstance(event, Ordered) for event in twice.events)
    assert (twice.the_case.documents, twice.the_case.bookings) == ({}, {})
    twice.do("leader", cmd.Approve())
    (order,), (paper,), (entry,) = (
        twice.the_case.orders.values(), twice.the_case.documents.values(), twice.the_case.bookings.values(),
    )  # fmt: skip
    assert (order.text, order.unit, entry.amount, paper.missing()) == ("每日催问检验结果", "内科", 8.0, {})


def test_the_time_is_not_granted_when_the_first_says_no(twice: Desk) -> None:
    ask(twice)
    twice.do("desk", cmd.Reject(text="先催检验所"))
    assert (twice.due("conclude"), twice.happened("extension-refused")) == ("2026-03-23 23:59", 1)
    assert not twice.the_case.approvals


def test_how_it_ends_has_to_be_said_when_more_time_is_asked_for(twice: Desk) -> None:
    refused = twice.refused("ward-head", cmd.Extend(limit="conclude", by=FIVE, text="等检验"))
    assert (refused.code, set(refused.fields)) == ("missing-field", {"outcome"})


def test_the_approval_of_the_act_is_enough_where_the_limit_names_nobody() -> None:
    limit = {**LIMIT, "extension": {"add_up_to": "10 workdays", "cite": "七"}}
    play = desk(limits={"conclude": limit}, acts={"extend": {"approval": "desk", "cite": "八"}}).assigned()
    play.do("ward-head", cmd.Extend(limit="conclude", by=FIVE))
    play.do("desk", cmd.Approve())
    assert play.due("conclude") == "2026-03-30 23:59"
