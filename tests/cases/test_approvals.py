"""Approvals: stages in order, each of several, somebody else when time runs out, no to one's own, back or to the end."""

from typing import Any

import pytest

from huiyin.cases import commands as cmd
from huiyin.cases.attention import attention_at

from .desk import Desk, desk, flow


def with_approval(approval: dict[str, Any], **steps: Any) -> Desk:
    """A case whose reply waits for this approval."""
    reply = {"approval": "reply", "produces": "letter", "fields": {"fee": {"title": "退费", "type": "money"}}}
    play = desk(
        flow=flow(reply=reply, **steps),
        approvals={"reply": {"title": "答复审批", "cite": "七", **approval}},
        forms={"letter": {"title": "答复书", "signed_by": ["ward-head", "leader", "director"]}},
    ).assigned()
    play.step("ward-head", "handle")
    return play


def test_stages_come_one_after_the_other_and_the_step_is_done_with_the_last() -> None:
    play = with_approval({"stages": [{"by": "leader"}, {"by": "director"}]})
    play.step("ward-head", "reply")
    assert play.refused("director", cmd.Approve()).code == "not-yours"  # not yet
    play.do("leader", cmd.Approve())
    assert (play.open, play.happened("replied")) == ({"reply"}, 0)
    play.do("director", cmd.Approve())
    assert (play.open, play.happened("replied"), play.happened("reply.approved")) == ({"close"}, 1, 1)


def test_everybody_who_approved_signs_in_the_place_that_is_theirs() -> None:
    play = with_approval({"stages": [{"by": "leader"}, {"by": "director"}]})
    play.step("ward-head", "reply")
    play.do("leader", cmd.Approve())
    play.do("director", cmd.Approve())
    (letter,) = play.the_case.documents.values()
    assert dict(letter.signatures) == {"ward-head": "ward-head", "leader": "leader", "director": "director"}
    assert letter.missing() == {}


def test_all_of_several_in_any_order_and_each_once() -> None:
    play = with_approval({"stages": [{"all": ["leader", "director"]}]})
    play.step("ward-head", "reply")
    play.do("director", cmd.Approve())
    assert play.refused("director", cmd.Approve()).code == "not-yours"
    play.do("leader", cmd.Approve())
    assert play.open == {"close"}


@pytest.mark.parametrize(("fee", "asked"), [(800, {"leader"}), (2000, {"leader", "director"})])
def test_a_stage_applies_by_the_amount(fee: int, asked: set[str]) -> None:
    play = with_approval({"stages": [{"by": "leader"}, {"by": "director", "when": "facts.fee > 1000"}]})
    play.step("ward-head", "reply", fields={"fee": fee})
    (pending,) = play.the_case.approvals.values()
    assert {role for stage in pending.stages for role in stage.by} == asked


def test_what_is_not_decided_in_time_goes_to_somebody_else() -> None:
    play = with_approval({"stages": [{"by": "leader", "within": "2 workdays", "else": "director"}]})
    play.step("ward-head", "reply")
    due = attention_at(play.the_case)
    assert due is not None
    assert due.astimezone(play.world.calendar.zone).strftime("%m-%d %H:%M") == "03-04 23:59"
    play.at("2026-03-05 00:00")
    assert play.refused("leader", cmd.Approve()).code == "not-yours"
    play.do("director", cmd.Approve())
    assert play.open == {"close"}


def test_the_second_stage_has_its_time_from_when_the_first_was_done() -> None:
    play = with_approval({"stages": [{"by": "leader"}, {"by": "director", "within": "1 workday", "else": "desk"}]})
    play.step("ward-head", "reply")
    play.at("2026-03-10 09:00").do("leader", cmd.Approve())
    play.at("2026-03-11 23:59").do("director", cmd.Approve())
    assert play.open == {"close"}


def test_a_rejected_reply_goes_back_to_its_doer_and_may_be_handed_in_again() -> None:
    play = with_approval({"stages": [{"by": "leader"}]})
    play.step("ward-head", "reply", fields={"fee": 2000})
    assert play.refused("leader", cmd.Reject(text=" ")).code == "missing-field"
    play.do("leader", cmd.Reject(text="金额过高"))
    assert (play.open, play.happened("reply.rejected")) == ({"reply"}, 1)
    assert "perform.reply" in play.offers("ward-head")
    play.step("ward-head", "reply", fields={"fee": 500})
    play.do("leader", cmd.Approve())
    assert (play.the_case.facts["fee"], play.open) == (500, {"close"})


def test_rejected_to_the_end_ends_the_step_and_the_regime_goes_on_from_there() -> None:
    settle: dict[str, Any] = {
        "title": "另行说明",
        "by": "desk",
        "after": "reply.rejected",
        "marks": "replied",
        "cite": "四",
    }
    play = with_approval(
        {"stages": [{"by": "leader"}], "rejected": "end"}, settle=settle, close={"after": ["reply", "settle"]}
    )
    play.step("ward-head", "reply")
    play.do("leader", cmd.Reject(text="不予退费"))
    assert play.open == {"settle"}


def test_nobody_approves_what_he_handed_in_himself() -> None:
    play = with_approval({"stages": [{"by": ["ward-head", "leader"]}]})
    play.step("ward-head", "reply")
    refused = play.refused("ward-head", cmd.Approve())
    assert (refused.code, refused.cite) == ("conflict-of-interest", ("通则六",))
    assert not any(offer.startswith("approve.") for offer in play.offers("ward-head"))
    play.do("leader", cmd.Approve())


def test_what_was_handed_in_is_not_handed_in_twice() -> None:
    play = with_approval({"stages": [{"by": "leader"}]})
    play.step("ward-head", "reply")
    assert play.refused("ward-head", cmd.Perform(work="reply")).code == "not-approved"
    play.do("leader", cmd.Approve())
    assert play.refused("leader", cmd.Approve()).code == "not-open-now"


def test_where_no_stage_applies_nobody_need_be_asked() -> None:
    play = with_approval({"stages": [{"by": "leader", "when": "facts.fee > 1000"}]})
    play.step("ward-head", "reply", fields={"fee": 500})
    assert play.open == {"close"}


def test_returning_a_case_takes_back_what_waits_for_approval() -> None:
    play = with_approval({"stages": [{"by": "leader"}]})
    play.step("ward-head", "reply")
    play.do("ward-head", cmd.Return(text="不属本科室"))
    assert play.the_case.approvals == {}
    assert play.refused("leader", cmd.Approve()).code == "not-open-now"


def test_what_the_assigner_chose_survives_the_approval_of_the_step() -> None:
    play = desk(
        flow=flow(assign={"approval": "leader"}),
        routing={"rest": {"title": "交科室", "to": "ward", "also": "ward", "handler": "ward-head", "cite": "二"}},
    )
    play.file()
    play.step("desk", "register")
    play.step("desk", "assign", unit="外科", also=("儿科",))
    assert play.the_case.handling_unit == ""
    play.do("leader", cmd.Approve())
    assert (play.the_case.handling_unit, play.the_case.also) == ("外科", ("儿科",))


def suspension_by_approval() -> Desk:
    acts = {
        "suspend": {
            "title": "中止", "by": "handler", "approval": "leader", "fields": {"cause": "原因"}, "required": ["cause"],
            "requires": [{"that": "matter.harm", "otherwise": "没有造成损害的不中止", "cite": "八"}],
            "produces": "notice", "cite": "八",
        },
        "reassign": {"title": "改派", "by": "desk", "fields": {"why_moved": "改派原因"}, "required": ["why_moved"], "cite": "九"},
    }  # fmt: skip
    return desk(acts=acts, forms={"notice": {"title": "中止通知", "signed_by": ["ward-head", "leader"]}})


def test_a_core_act_asks_for_all_that_the_regime_asks_of_it() -> None:
    play = suspension_by_approval().assigned(matter={"harm": True})
    assert play.refused("ward-head", cmd.Suspend(text="等待")).code == "missing-field"
    play.do("ward-head", cmd.Suspend(fields={"cause": "司法鉴定"}))
    assert (play.the_case.state, play.happened("suspend.submitted")) == ("open", 1)
    assert play.refused("ward-head", cmd.Suspend(fields={"cause": "司法鉴定"})).code == "not-approved"
    play.do("leader", cmd.Approve())
    assert (play.the_case.state, play.the_case.facts["cause"]) == ("suspended", "司法鉴定")
    assert next(each.by for each in play.events if type(each).__name__ == "Suspended") == "ward-head"
    (notice,) = play.the_case.documents.values()
    assert dict(notice.signatures) == {"ward-head": "ward-head", "leader": "leader"}


def test_a_core_act_meets_its_requirements_or_is_refused() -> None:
    play = suspension_by_approval().assigned(matter={"harm": False})
    refused = play.refused("ward-head", cmd.Suspend(fields={"cause": "司法鉴定"}))
    assert (refused.code, refused.cite) == ("unmet-requirement", ("八",))


def test_fields_of_an_act_that_has_none_of_its_own_are_kept_as_facts() -> None:
    play = suspension_by_approval().assigned()
    where = {"to": "ward", "unit": "外科", "text": "对口"}
    assert play.refused("desk", cmd.Reassign(**where)).fields.keys() == {"why_moved"}
    play.do("desk", cmd.Reassign(**where, fields={"why_moved": "专业对口"}))
    assert (play.the_case.handling_unit, play.the_case.facts["why_moved"]) == ("外科", "专业对口")
