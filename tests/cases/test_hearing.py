"""Whoever is to be held to account is heard before, and may object after; an upheld objection takes everything back."""

from typing import Any

import pytest

from huiyin.cases import commands as cmd
from huiyin.cases.hearing import concerns, is_meant, speaks_for_oneself
from huiyin.cases.people import Actor, Holding

from .desk import Desk, desk, flow

STAFF = {"钱护士": {"role": "ward", "unit": "内科"}, "leader": "leader", "director": "director"}
RUDE = {
    "title": "态度恶劣",
    "after": "handle:founded",
    "against": "respondent",
    "propose": {"score": -5, "circular": True},
    "approval": "leader",
    "heard": "2 workdays",
    "objection": {"within": "5 workdays", "approval": "director", "cite": "七"},
    "cite": "六",
}


def proposed(approvals: dict[str, Any] | None = None, **changes: Any) -> Desk:
    """A measure is proposed against 钱护士, on Monday 2026-03-02 at nine."""
    rule = {key: value for key, value in {**RUDE, **changes}.items() if value is not None}
    play = desk(
        dict(STAFF),
        approvals=approvals or {},
        flow=flow(handle={"outcomes": {"founded": "属实", "unfounded": "不属实"}}),
        accountability={
            "measures": {
                "score": {"title": "绩效分", "unit": "分", "ledger": "book"},
                "circular": "通报批评",
            },
            "ledgers": {"book": {"title": "绩效", "of": "person", "unit": "分", "opens_with": 100, "kept_by": "desk"}},
            "rules": {"rude": rule},
        },
    ).assigned()
    play.step("ward-head", "handle", outcome="founded")
    return play


def decided(**changes: Any) -> Desk:
    """It was confirmed after 钱护士 was heard."""
    play = proposed(**changes)
    play.do("钱护士", cmd.StateView(text="当时在抢救另一位病人"))
    play.do("leader", cmd.Approve())
    return play


def about(play: Desk, person: str = "钱护士") -> list[tuple[str, str, bool]]:
    """What the person sees of it: stage, settled, whether there is still time to speak."""
    found = concerns(play.regime, play.the_case, play.world.actor(person), play.world)
    return [(each.stage, each.settled, each.until is not None) for each in found]


def test_nobody_confirms_before_the_person_has_spoken_or_the_time_is_over() -> None:
    play = proposed()
    refused = play.refused("leader", cmd.Approve())
    assert (refused.code, refused.cite) == ("unmet-requirement", ("六",))
    assert "2026年3月4日以后" in refused.message
    play.at("2026-03-04 23:59")
    assert play.refused("leader", cmd.Approve()).code == "unmet-requirement"
    play.at("2026-03-05 00:00")
    play.do("leader", cmd.Approve())
    assert play.happened("sanction-confirmed") == 1


def test_once_the_person_has_spoken_it_can_be_decided_at_once() -> None:
    play = decided()
    assert play.happened("view-stated") == 1
    assert about(play) == [("decided", "", True)]


def test_the_person_sees_the_proposal_and_nobody_else_speaks_for_them() -> None:
    play = proposed()
    assert about(play) == [("proposed", "", True)]
    assert about(play, "孙主任") == []
    assert play.refused("孙主任", cmd.StateView(text="替他说")).code == "not-yours"
    assert play.refused("钱护士", cmd.StateView(text=" ")).fields == {"text": "请写下您的陈述"}


def test_an_upheld_objection_takes_the_measure_and_the_points_back() -> None:
    play = decided()
    play.do("钱护士", cmd.ObjectTo(text="与事实不符"))
    play.do("director", cmd.Approve(text="监控显示态度正常"))
    booked = [each.amount for each in play.the_case.bookings.values()]
    assert booked == [-5.0, 5.0]
    assert play.happened("sanction-withdrawn") == 1
    assert about(play) == [("decided", "withdrawn", False)]


def test_an_objection_turned_down_leaves_everything_as_it_is() -> None:
    play = decided()
    play.do("钱护士", cmd.ObjectTo(text="与事实不符"))
    assert about(play) == [("decided", "objected", False)]
    play.do("director", cmd.Reject(text="三名证人一致"))
    assert [each.amount for each in play.the_case.bookings.values()] == [-5.0]
    assert about(play) == [("decided", "upheld", False)]
    assert play.refused("钱护士", cmd.ObjectTo(text="再来一次")).code == "no-more-rounds"


def test_the_time_to_object_ends() -> None:
    play = decided()
    play.at("2026-03-10 00:00")
    refused = play.refused("钱护士", cmd.ObjectTo(text="太迟了"))
    assert (refused.code, refused.cite) == ("not-open-now", ("七",))


def test_whoever_decided_does_not_decide_on_the_objection() -> None:
    play = decided(objection={"within": "5 workdays", "approval": "leader"})
    play.do("钱护士", cmd.ObjectTo(text="与事实不符"))
    assert play.refused("leader", cmd.Approve()).code == "conflict-of-interest"


def test_where_the_regime_knows_no_objection_there_is_none() -> None:
    play = decided(objection=None)
    assert play.refused("钱护士", cmd.ObjectTo(text="不服")).code == "forbidden-here"
    assert about(play) == [("decided", "", False)]


def test_without_hearing_it_is_decided_at_once() -> None:
    play = proposed(heard=None)
    play.do("leader", cmd.Approve())
    assert play.happened("sanction-confirmed") == 1


def test_only_what_concerns_oneself_may_be_said_by_who_must_not_see_the_case() -> None:
    play = decided()
    (number,) = play.the_case.sanctions
    accused, other = play.world.actor("钱护士"), play.world.actor("孙主任")
    case, world = play.the_case, play.world
    assert speaks_for_oneself(case, accused, world, cmd.ObjectTo(text="不服", sanction=number))
    assert not speaks_for_oneself(case, other, world, cmd.ObjectTo(text="不服", sanction=number))
    assert not speaks_for_oneself(case, accused, world, cmd.ObjectTo(text="不服", sanction=number + 1))
    assert not speaks_for_oneself(case, accused, world, cmd.Record(kind_of_act="note", text="看一看"))


@pytest.mark.parametrize("against", ["handling-unit", "respondent-unit"])
def test_the_head_speaks_for_the_unit(against: str) -> None:
    play = proposed(against=against)
    assert about(play, "ward-head") == [("proposed", "", True)]
    play.do("ward-head", cmd.StateView(text="已经整改"))
    play.do("leader", cmd.Approve())
    assert about(play, "ward-head") == [("decided", "", True)]


def test_a_person_named_by_the_confirmer_is_heard_first() -> None:
    """The case does not tell who of the ward it was; nobody is punished unheard for that."""
    play = proposed(against="respondent-unit")
    play.do("leader", cmd.Approve(person="钱护士"))
    assert play.happened("sanction-confirmed") == 0
    assert about(play) == [("proposed", "", True)]
    assert play.refused("leader", cmd.Approve(person="钱护士")).code == "unmet-requirement"
    play.do("钱护士", cmd.StateView(text="当时在抢救另一位病人"))
    play.do("leader", cmd.Approve(person="钱护士"))
    assert [each.against for each in play.the_case.sanctions.values()] == ["钱护士"]


def test_who_need_not_be_heard_is_named_and_decided_in_one() -> None:
    play = proposed(against="respondent-unit", heard=None)
    play.do("leader", cmd.Approve(person="钱护士"))
    assert [each.against for each in play.the_case.sanctions.values()] == ["钱护士"]


LAPSES = {"title": "确认", "stages": [{"by": "leader", "within": "1 workday", "else": "director"}]}


def lapsing() -> Desk:
    """Whoever confirms has one workday; after that the director does."""
    return proposed(approval="confirming", approvals={"confirming": LAPSES})


def test_the_time_to_decide_runs_once_the_person_has_been_heard() -> None:
    """Two workdays to speak, and one after that to decide: nobody loses a decision that could not be taken yet."""
    play = lapsing()
    play.at("2026-03-05 17:00")
    play.do("leader", cmd.Approve())
    assert play.happened("sanction-confirmed") == 1


def test_whoever_lets_that_time_pass_is_replaced() -> None:
    play = lapsing()
    play.at("2026-03-06 09:00")
    assert play.refused("leader", cmd.Approve()).code == "not-yours"
    play.do("director", cmd.Approve())
    assert play.happened("sanction-confirmed") == 1


def test_the_time_to_decide_begins_when_the_person_speaks() -> None:
    play = lapsing()
    play.do("钱护士", cmd.StateView(text="当时在抢救另一位病人"))
    play.at("2026-03-04 09:00")
    assert play.refused("leader", cmd.Approve()).code == "not-yours"


def test_a_party_outside_speaks_for_itself_and_for_nobody_else() -> None:
    """A measure against a merchant: whoever came in for that merchant may speak, another merchant may not."""
    play = proposed()
    mine, other = (Actor(f"link-{name}", frozenset({Holding("merchant", name)}), "outside") for name in ("甲店", "乙店"))
    staff = Actor("员工", frozenset({Holding("ward", "甲店")}))
    assert [is_meant("甲店", actor, play.world) for actor in (mine, other, staff)] == [True, False, False]
