"""More time: asked for before the due day ends, granted by whoever the regime names, never beyond what it allows."""

import pytest

from huiyin.calendars import Span, Unit
from huiyin.cases import commands as cmd
from huiyin.cases.events import ActDone
from huiyin.cases.explaining import explain_due
from huiyin.cases.people import SYSTEM

from .desk import Desk, desk

CONCLUDE = {
    "title": "办结",
    "from": "assigned",
    "to": "reply",
    "within": "15 workdays",
    "by": "handler",
    "extension": {"add_up_to": "10 workdays", "approval": "leader", "required": ["reason"],
                  "fields": {"reason": "理由"}, "cite": "七"},
    "cite": "六",
}  # fmt: skip
REASON = {"reason": "等待检验报告"}


def workdays(number: int) -> Span:
    return Span(number, Unit.WORKDAYS)


@pytest.fixture
def play() -> Desk:
    """Assigned on Monday 2026-03-02: fifteen working days end with Monday 03-23."""
    return desk(limits={"conclude": CONCLUDE}).assigned()


def ask(play: Desk, number: int = 5) -> None:
    play.do("ward-head", cmd.Extend(limit="conclude", by=workdays(number), fields=REASON))


def test_granted_days_are_added_to_the_due_day(play: Desk) -> None:
    assert play.due("conclude") == "2026-03-23 23:59"
    ask(play)
    assert play.due("conclude") == "2026-03-23 23:59"  # asking alone gives nothing
    play.do("leader", cmd.Approve())
    assert play.due("conclude") == "2026-03-30 23:59"
    assert play.happened("extended") == 1


def test_why_it_is_that_day_tells_how_much_was_granted_and_counts_on(play: Desk) -> None:
    ask(play)
    play.do("leader", cmd.Approve())
    (item,) = play.the_case.obligations.values()
    why = explain_due(play.the_case, item, play.world.calendar)
    assert why.changes == (("延长", "获准延长5个工作日"), ("现在", "3月30日（周一）23:59到期"))
    assert why.changes_en == (("Extended", "5 workdays more were granted"), ("Now", "due Monday, 30 March 2026, 23:59"))
    first, last = ([day for day in why.through if day.ordinal == number] for number in (15, 20))
    assert [(f"{day.date:%m-%d}", day.kind) for day in (*first, *last)] == [("03-23", "count"), ("03-30", "due")]


def test_rejected_days_are_not_added_and_may_be_asked_for_again(play: Desk) -> None:
    ask(play)
    play.do("leader", cmd.Reject(text="理由不足"))
    assert (play.due("conclude"), play.happened("extension-refused")) == ("2026-03-23 23:59", 1)
    ask(play, 3)
    play.do("leader", cmd.Approve())
    assert play.due("conclude") == "2026-03-26 23:59"


def test_the_last_minute_of_the_due_day_is_in_time_and_the_next_day_is_not(play: Desk) -> None:
    ask(play.at("2026-03-23 23:59"))
    late = desk(limits={"conclude": CONCLUDE}).assigned().at("2026-03-24 00:00")
    refused = late.refused("ward-head", cmd.Extend(limit="conclude", by=workdays(5), fields=REASON))
    assert (refused.code, refused.cite) == ("asked-after-due", ("七",))


def test_more_than_the_regime_allows_is_refused(play: Desk) -> None:
    refused = play.refused("ward-head", cmd.Extend(limit="conclude", by=workdays(11), fields=REASON))
    assert (refused.code, refused.cite) == ("too-long", ("七",))
    ask(play, 10)


def test_only_so_many_times(play: Desk) -> None:
    ask(play)
    assert play.refused("ward-head", cmd.Extend(limit="conclude", by=workdays(1), fields=REASON)).code == "not-open-now"
    play.do("leader", cmd.Approve())
    assert play.refused("ward-head", cmd.Extend(limit="conclude", by=workdays(1), fields=REASON)).code == "too-long"


def test_what_the_regime_asks_for_must_be_filled_in(play: Desk) -> None:
    refused = play.refused("ward-head", cmd.Extend(limit="conclude", by=workdays(5)))
    assert (refused.code, set(refused.fields)) == ("missing-field", {"reason"})


def test_nobody_else_asks_for_it_and_nobody_grants_it_to_oneself(play: Desk) -> None:
    assert play.refused("孙主任", cmd.Extend(limit="conclude", by=workdays(5), fields=REASON)).code == "not-yours"
    ask(play)
    assert play.refused("ward-head", cmd.Approve()).code == "not-yours"


def test_a_limit_without_extension_is_not_extended() -> None:
    play = desk(limits={"conclude": {**CONCLUDE, "extension": None} | {"extension": None}}).assigned()
    refused = play.refused("ward-head", cmd.Extend(limit="conclude", by=workdays(5)))
    assert (refused.code, refused.cite) == ("forbidden-here", ("六",))


def test_days_that_stood_still_between_asking_and_granting_are_not_lost(play: Desk) -> None:
    ask(play.at("2026-03-04 10:00"))
    play.do("desk", cmd.Suspend(text="等待鉴定"))
    play.at("2026-03-11 10:00").do("desk", cmd.Resume())
    assert play.due("conclude") == "2026-03-30 23:59"
    play.do("leader", cmd.Approve())
    assert play.due("conclude") == "2026-04-07 23:59"  # 04-04 to 04-06 is a holiday


def test_an_approval_that_asks_nobody_for_this_case_grants_at_once() -> None:
    only_large = {"large": {"stages": [{"by": "leader", "when": "given(matter.amount) && matter.amount > 1000"}]}}
    limit = {**CONCLUDE, "extension": {"add_up_to": "10 workdays", "approval": "large", "cite": "七"}}
    play = desk(limits={"conclude": limit}, approvals=only_large).assigned(matter={"amount": 500})
    play.do("ward-head", cmd.Extend(limit="conclude", by=workdays(5)))
    assert (play.due("conclude"), play.happened("extended")) == ("2026-03-30 23:59", 1)


def test_an_extended_limit_is_computed_anew_when_a_calendar_is_published(play: Desk) -> None:
    ask(play)
    play.do("leader", cmd.Approve())
    play.do(SYSTEM, cmd.Recalculate())
    assert play.due("conclude") == "2026-03-30 23:59"  # the same calendar gives the same day, extension included
    assert play.refused("leader", cmd.Recalculate()).code == "not-yours"


STRICT = {"with": ["complainant"], "fields": {"done_so_far": "已做工作"}, "required": ["done_so_far"], "cite": "八",
          "requires": [{"that": "happened('contacted')", "otherwise": "延长前须先联系投诉人"}]}  # fmt: skip
BOTH = {"reason": "等待检验报告", "done_so_far": "已取样送检"}


@pytest.fixture
def strict() -> Desk:
    """The regime asks something of every extension, besides what it asks of this limit's."""
    return desk(limits={"conclude": CONCLUDE}, acts={"extend": STRICT}).assigned()


def strictly(fields: dict[str, str] = BOTH, present: tuple[str, ...] = ("complainant",)) -> cmd.Extend:
    return cmd.Extend(limit="conclude", by=workdays(5), fields=fields, present=present)


def test_what_the_act_asks_is_asked_besides_what_the_limit_asks(strict: Desk) -> None:
    strict.do("desk", cmd.Record(kind_of_act="contact", text="已去电说明"))
    offered = next(each for each in strict.possible(strict.world.actor("ward-head")) if each.command == "extend")
    assert (list(offered.fields), offered.required, offered.present) == (
        ["done_so_far", "reason"], ("done_so_far", "reason"), ("complainant",),
    )  # fmt: skip
    assert strict.refused("ward-head", strictly(fields={"reason": "等待检验报告"})).fields == {
        "done_so_far": "请填写“已做工作”"
    }
    assert strict.refused("ward-head", strictly(present=())).fields == {"present": "请确认投诉人参加"}
    strict.do("ward-head", strictly())
    assert "done_so_far" not in strict.the_case.facts  # nothing is a fact before it is granted
    strict.do("leader", cmd.Approve())
    assert strict.the_case.facts["done_so_far"] == "已取样送检"
    assert strict.due("conclude") == "2026-03-30 23:59"
    granted = [event for event in strict.events if isinstance(event, ActDone)][-1]
    assert (granted.act, granted.by, granted.present) == ("extend", "ward-head", ("complainant",))


def test_what_the_act_requires_must_hold(strict: Desk) -> None:
    refused = strict.refused("ward-head", strictly())
    assert (refused.code, refused.message) == ("unmet-requirement", "延长前须先联系投诉人。")


def times(setting: dict[str, object]) -> Desk:
    """An extension that may be granted as often as the organisation says."""
    extension = {**CONCLUDE["extension"], "times": "$extensions"}
    return desk(settings={"extensions": setting}, limits={"conclude": {**CONCLUDE, "extension": extension}}).assigned()


def test_how_often_it_may_be_granted_is_the_organisations_to_say() -> None:
    play = times({"title": "可延长次数", "type": "number", "default": 2})
    for _ in range(2):
        ask(play)
        play.do("leader", cmd.Approve())
    refused = play.refused("ward-head", cmd.Extend(limit="conclude", by=workdays(1), fields=REASON))
    assert (refused.code, refused.rule) == ("too-long", "limits.conclude.extension.times")
    assert "只能延长2次" in refused.message


def test_it_may_be_granted_once_while_the_organisation_has_not_said() -> None:
    play = times({"title": "可延长次数", "type": "number"})
    ask(play)
    play.do("leader", cmd.Approve())
    assert "只能延长1次" in play.refused("ward-head", cmd.Extend(limit="conclude", by=workdays(1), fields=REASON)).message


def test_a_granted_request_is_a_paper_signed_by_who_asked_and_who_granted_it() -> None:
    paper = {"title": "延期申请", "fields": ["reason"], "signed_by": {"handler": 1, "leader": 1}, "number": "延{year}-{serial:03}"}
    play = desk(
        limits={"conclude": CONCLUDE}, forms={"request": paper}, acts={"extend": {"produces": "request", "cite": "七"}}
    ).assigned()
    ask(play)
    assert play.the_case.documents == {}
    play.do("leader", cmd.Approve())
    (document,) = play.the_case.documents.values()
    assert (document.form, document.number) == ("request", "延2026-001")
    assert document.signatures == (("handler", "ward-head"), ("leader", "leader"))
    assert document.missing() == {}


def test_a_refused_request_leaves_no_paper() -> None:
    paper = {"title": "延期申请", "fields": ["reason"]}
    play = desk(
        limits={"conclude": CONCLUDE}, forms={"request": paper}, acts={"extend": {"produces": "request", "cite": "七"}}
    ).assigned()
    ask(play)
    play.do("leader", cmd.Reject(text="理由不足"))
    assert play.the_case.documents == {}
