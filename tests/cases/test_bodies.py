"""Bodies decide by vote: a quorum takes part, more say yes than no, the concerned do not count."""

from typing import Any

import pytest

from huiyin.cases import commands as cmd
from huiyin.cases.turns import turns

from .desk import Desk, desk, flow

ROLES = {
    "units": {"desk": "办公室", "ward": {"title": "科室", "many": True}},
    "posts": {"ward-head": {"title": "科室主任", "many": True, "of": "ward"}, "leader": "分管领导"},
    "bodies": {"meeting": {"title": "科务会", "quorum": "1/2"}},
}
FIVE = dict.fromkeys(("赵", "钱", "孙", "李", "周"), "meeting")


def before_the_meeting(quorum: Any = "1/2", **staff: str) -> Desk:
    """A case whose reply waits for a meeting of five, 1/2 of which have to take part."""
    roles = {**ROLES, "bodies": {"meeting": {"title": "科务会", "quorum": quorum}}}
    play = desk({**FIVE, **staff}, roles=roles, flow=flow(reply={"approval": "meeting"})).assigned()
    play.step("ward-head", "handle")
    play.step("ward-head", "reply")
    return play


def test_the_meeting_decides_with_the_vote_that_makes_the_quorum() -> None:
    play = before_the_meeting()
    play.do("赵", cmd.Approve())
    play.do("钱", cmd.Approve())
    assert (play.open, play.happened("replied")) == ({"reply"}, 0)
    play.do("孙", cmd.Approve())
    assert (play.open, play.happened("replied")) == ({"close"}, 1)


def test_one_member_may_record_the_meeting_and_name_who_was_there() -> None:
    play = before_the_meeting()
    play.do("赵", cmd.Approve(present=("钱", "孙"), text="9月28日科务会同意"))
    assert play.happened("replied") == 1


def test_a_tie_is_no_majority() -> None:
    play = before_the_meeting(quorum=4)
    play.do("赵", cmd.Approve(present=("钱",)))
    play.do("孙", cmd.Reject(text="证据不足", present=("李",)))
    assert (play.happened("reply.rejected"), play.open) == (1, {"reply"})
    play.step("ward-head", "reply")  # back to its doer, and once more before the meeting
    assert play.the_case.approvals


def test_a_vote_against_makes_the_quorum_and_the_majority_has_its_way() -> None:
    play = before_the_meeting(quorum="60%")
    play.do("赵", cmd.Approve())
    play.do("钱", cmd.Approve())
    play.do("孙", cmd.Reject(text="应当再查"))
    assert play.happened("replied") == 1


def test_nobody_votes_twice_and_strangers_do_not_vote() -> None:
    play = before_the_meeting(外人="leader")
    play.do("赵", cmd.Approve())
    assert play.refused("赵", cmd.Approve()).code == "not-yours"
    assert play.refused("钱", cmd.Approve(present=("赵",))).fields == {"present": "请去掉已经表决的成员"}
    assert play.refused("钱", cmd.Approve(present=("外人",))).fields == {"present": "请只选有表决权的成员"}
    assert play.refused("外人", cmd.Approve()).code == "not-yours"


def test_members_who_have_voted_owe_nothing_any_more() -> None:
    play = before_the_meeting()
    play.do("赵", cmd.Approve())
    (turn,) = [each for each in turns(play.regime, play.the_case, play.world) if each.kind == "approval"]
    assert {assignee.person for assignee in turn.assignees} == {"钱", "孙", "李", "周"}


@pytest.mark.parametrize(("quorum", "votes"), [("1/2", 3), ("2/3", 4), ("100%", 5), (2, 2), (9, 5)])
def test_the_quorum_is_a_share_of_the_members_or_a_number_but_never_more_than_there_are(quorum: Any, votes: int) -> None:
    play = before_the_meeting(quorum=quorum)
    for number, member in enumerate(FIVE, start=1):
        play.do(member, cmd.Approve())
        if play.happened("replied"):
            assert number == votes
            return
    raise AssertionError("the meeting never decided")


def test_those_concerned_neither_vote_nor_count() -> None:
    play = before_the_meeting(quorum="100%")
    play.do("周", cmd.Recuse(text="与投诉人有亲属关系"))
    for member in ("赵", "钱", "孙", "李"):
        play.do(member, cmd.Approve())
    assert play.happened("replied") == 1


def sanction_before_the_meeting() -> Desk:
    """A fine of 100 to 500 that a meeting of five decides."""
    play = desk(
        dict(FIVE),
        roles=ROLES,
        flow=flow(handle={"outcomes": {"founded": "属实", "unfounded": "不属实"}}),
        accountability={
            "measures": {"fine": {"title": "罚款", "unit": "元"}},
            "rules": {
                "rude": {
                    "title": "态度恶劣",
                    "after": "handle:founded",
                    "against": "respondent",
                    "propose": {"fine": "100..500"},
                    "approval": "meeting",
                    "cite": "六",
                }
            },
        },
    ).assigned()
    play.step("ward-head", "handle", outcome="founded")
    return play


def test_the_amount_is_what_the_latest_vote_in_favour_said() -> None:
    play = sanction_before_the_meeting()
    play.do("赵", cmd.Approve(measures={"fine": 200}))
    play.do("钱", cmd.Approve(measures={"fine": 300}))
    play.do("孙", cmd.Reject(text="太重"))
    (confirmed,) = [event for event in play.events if type(event).__name__ == "SanctionConfirmed"]
    assert confirmed.measures == {"fine": 300.0}


def test_a_vote_for_a_sanction_names_its_amount_at_once() -> None:
    play = sanction_before_the_meeting()
    assert play.refused("赵", cmd.Approve()).fields == {"fine": "请确定“罚款”，100至500"}
    assert play.refused("赵", cmd.Approve(measures={"fine": 900})).code == "missing-field"
    assert [stage.votes for stage in next(iter(play.the_case.approvals.values())).stages] == [()]
