"""Parties outside work through an invitation: in one role, on one case, until it ends."""

from datetime import datetime

import pytest

from huiyin.cases import commands as cmd
from huiyin.cases.access import sight
from huiyin.cases.events import NoticeQueued
from huiyin.cases.inviting import outside_actor
from huiyin.cases.people import Actor
from huiyin.cases.state import Evidence
from huiyin.cases.turns import turns

from .desk import Desk, desk, flow

NOW = datetime.fromisoformat("2026-03-02T12:00:00+08:00")

ROLES = {
    "units": {"desk": "办公室", "ward": {"title": "科室", "many": True}},
    "posts": {"ward-head": {"title": "科室主任", "many": True, "of": "ward"}, "leader": "分管领导"},
    "outside": {
        "maker": {"title": "配套厂家", "many": True, "reached_by": "link"},
        "authority": {"title": "主管部门", "reached_by": "paper"},
    },
}


def waiting_for_the_maker() -> Desk:
    """A case in which the maker has to answer within two workdays."""
    answer = {
        "title": "厂家答复",
        "by": "maker",
        "after": "assigned",
        "fields": {"answer": {"title": "答复", "type": "long-text"}},
        "required": ["answer"],
        "cite": "三",
    }
    return desk(
        roles=ROLES,
        flow=flow(maker_answers=answer, close={"after_all": ["reply", "maker-answers"], "after": None}),
        limits={"maker": {"title": "厂家答复", "from": "assigned", "to": "maker-answers", "within": "2 workdays", "cite": "三"}},
    ).assigned()


def invited(play: Desk, name: str = "云川电梯厂 江工") -> Actor:
    """Invite a maker; gives who acts through the link."""
    play.do("desk", cmd.Invite(role="maker", name=name))
    actor = outside_actor(play.the_case, str(len(play.the_case.invitations)), NOW)
    assert actor is not None
    return actor


def test_whoever_handles_is_told_to_invite_the_party_a_step_waits_for() -> None:
    play = waiting_for_the_maker()
    (owed,) = [turn for turn in turns(play.regime, play.the_case, play.world) if turn.kind == "invite"]
    assert (owed.title, owed.work) == ("给配套厂家开通链接：等“厂家答复”", "invite")
    assert [each.unit for each in owed.assignees] == ["内科"]
    invited(play)
    assert not [turn for turn in turns(play.regime, play.the_case, play.world) if turn.kind == "invite"]
    play.do("desk", cmd.Uninvite(invitation="1"))
    assert [turn for turn in turns(play.regime, play.the_case, play.world) if turn.kind == "invite"]


def test_the_party_does_its_step_and_its_limit_is_met() -> None:
    play = waiting_for_the_maker()
    maker = invited(play)
    play.do(maker, cmd.Perform(work="maker-answers", fields={"answer": "明天派人"}))
    assert play.status("maker") == ["met"]
    assert play.the_case.steps["maker-answers"].done_by == "outside:1"


def test_it_may_add_evidence_but_do_nobody_elses_work() -> None:
    play = waiting_for_the_maker()
    maker = invited(play)
    play.do(maker, cmd.AddEvidence(evidence=(Evidence("photo", "", "现场照片", added_by="outside:1"),)))
    assert [item.title for item in play.the_case.evidence] == ["现场照片"]
    assert play.refused(maker, cmd.Perform(work="handle")).code == "not-yours"
    assert play.refused(maker, cmd.Record(kind_of_act="note", text="看过")).code == "not-yours"
    assert play.refused(maker, cmd.Invite(role="maker", name="另一家")).code == "not-yours"


def test_it_sees_this_case_until_the_invitation_ends() -> None:
    play = waiting_for_the_maker()
    maker = invited(play)
    seen = sight(play.regime, play.the_case, maker, play.world)
    assert (seen.sees, seen.reason, seen.personal) == (True, "外单位", False)
    play.do(maker, cmd.Perform(work="maker-answers", fields={"answer": "明天派人"}))
    play.do("desk", cmd.Uninvite(invitation="1", text="已答复"))
    assert not sight(play.regime, play.the_case, maker, play.world).sees
    assert outside_actor(play.the_case, "1", NOW) is None
    assert play.refused("desk", cmd.Uninvite(invitation="1")).code == "wrong-value"


def test_a_stranger_with_a_made_up_key_is_nobody() -> None:
    play = waiting_for_the_maker()
    invited(play)
    assert outside_actor(play.the_case, "2", NOW) is None
    assert not sight(play.regime, play.the_case, Actor("outside:2", kind="outside"), play.world).sees


@pytest.mark.parametrize(
    ("command", "code", "field"),
    [
        (cmd.Invite(role="authority", name="市质监所"), "wrong-value", "role"),  # reached on paper
        (cmd.Invite(role="ward", name="内科"), "wrong-value", "role"),  # not outside
        (cmd.Invite(role="maker", name="  "), "missing-field", "name"),
    ],
)
def test_who_is_invited_is_a_named_party_outside(command: cmd.Invite, code: str, field: str) -> None:
    refused = waiting_for_the_maker().refused("desk", command)
    assert (refused.code, set(refused.fields)) == (code, {field})


def test_nobody_is_invited_twice_and_only_by_those_who_handle() -> None:
    play = waiting_for_the_maker()
    invited(play)
    assert play.refused("desk", cmd.Invite(role="maker", name="云川电梯厂 江工")).code == "not-open-now"
    assert play.refused("孙主任", cmd.Invite(role="maker", name="另一家")).code == "not-yours"
    assert "invite.invite" in play.offers("ward-head")
    assert "invite.invite" not in play.offers("孙主任")


def test_where_the_regime_knows_nobody_outside_nothing_is_offered() -> None:
    assert "invite.invite" not in desk(roles={**ROLES, "outside": {}}).assigned().offers("desk")


def test_a_link_runs_out_and_a_new_code_opens_it_again() -> None:
    play = waiting_for_the_maker()
    maker = invited(play)
    link = play.the_case.invitations["1"]
    assert link.until == datetime.fromisoformat("2026-06-01T23:59:59+08:00")  # 90 days, to the end of the day
    play.at("2026-06-02T09:00:00")
    assert outside_actor(play.the_case, "1", play.now) is None
    assert not sight(play.regime, play.the_case, Actor(maker.person, kind="outside"), play.world).sees
    play.do("desk", cmd.RenewLink(invitation="1", text="验证码丢了"))
    renewed = play.the_case.invitations["1"]
    assert (renewed.issue, renewed.opens(play.now)) == (1, True)
    assert outside_actor(play.the_case, "1", play.now) == maker


def test_the_regime_says_how_long_a_link_opens_the_case() -> None:
    short = {**ROLES, "outside": {"maker": {**ROLES["outside"]["maker"], "link_for": "2 workdays"}}}
    play = desk(roles=short).assigned()
    play.do("desk", cmd.Invite(role="maker", name="云川电梯厂"))
    assert play.the_case.invitations["1"].until == datetime.fromisoformat("2026-03-04T23:59:59+08:00")


def test_what_was_ended_is_not_renewed() -> None:
    play = waiting_for_the_maker()
    invited(play)
    play.do("desk", cmd.Uninvite(invitation="1"))
    assert play.refused("desk", cmd.RenewLink(invitation="1")).code == "wrong-value"


def test_the_party_asks_back_and_is_answered() -> None:
    play = waiting_for_the_maker()
    maker = invited(play)
    assert play.refused(maker, cmd.AskBack(text=" ")).code == "missing-field"
    play.do(maker, cmd.AskBack(text="是哪一台电梯？"))
    told = [event for event in play.events if isinstance(event, NoticeQueued) and event.about == "asked-back"]
    assert [(event.to, event.text) for event in told] == [(("handler",), "是哪一台电梯？")]
    assert play.refused(maker, cmd.TellOutside(invitation="1", text="二号")).code == "not-yours"
    play.do("desk", cmd.TellOutside(invitation="1", text="门诊楼二号梯"))
    assert play.the_case.signals["outside-told"].count == 1


def test_nobody_of_the_house_asks_back() -> None:
    play = waiting_for_the_maker()
    assert play.refused("desk", cmd.AskBack(text="谁知道？")).code == "not-yours"
    assert "ask-back.ask-back" not in play.offers("desk")
