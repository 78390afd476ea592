"""A case goes over to another version of its regime: what it owes, who owes it, and when it cannot go."""

from datetime import datetime

import pytest
from tests.cases.desk import desk, flow, regime

from huiyin.cases.changing_version import moving_command, prospect
from huiyin.cases.codec import event_from_text, event_to_text
from huiyin.cases.decide import decide
from huiyin.cases.events import MovedToVersion
from huiyin.cases.evolve import evolve
from huiyin.cases.people import SYSTEM

LIMITS = {
    "answer": {"title": "办结", "from": "assigned", "to": "replied", "within": "15 workdays", "cite": "四"},
    "contact": {"title": "联系投诉人", "from": "assigned", "to": "contacted", "within": "2 workdays", "cite": "三"},
}
MONDAY, TUESDAY = "2026-06-01T09:00:00", "2026-06-02T10:00:00"


def story(**old):
    """A case of version 1 that was assigned on Monday, 1 June 2026; it is Tuesday."""
    told = desk(limits=LIMITS, **old).at(MONDAY).assigned()
    return told.at(TUESDAY)


def version_2(**sections):
    return regime(version="2", **{"limits": LIMITS, **sections})


def moved(told, new, reason="新版自六月一日起施行"):
    """The decision that moves the case."""
    return decide(new, told.the_case, moving_command(told.regime, new, reason), told.world.context(SYSTEM, told.now))


def shorter():
    return {**LIMITS, "answer": {**LIMITS["answer"], "within": "10 workdays"}}


def local(moment):
    return f"{moment.astimezone().astimezone(datetime.fromisoformat('2026-06-01T00:00:00+08:00').tzinfo):%m-%d}"


def test_a_shorter_limit_is_counted_anew_from_its_own_beginning():
    told = story()
    case = moved(told, version_2(limits=shorter())).case
    answer, contact = case.obligations["answer"], case.obligations["contact"]
    assert (case.regime_version, local(answer.due)) == ("2", "06-15")
    assert answer.started_at == told.the_case.obligations["answer"].started_at
    assert contact == told.the_case.obligations["contact"]


def test_the_case_says_so_with_the_reason_and_folds_again_without_any_regime():
    told = story()
    decision = moved(told, version_2(limits=shorter()))
    event = next(each for each in decision.events if isinstance(each, MovedToVersion))
    assert (event.before, event.version, event.text, event.by) == ("1", "2", "新版自六月一日起施行", "system")
    stored = [event_from_text(type(each).__name__, event_to_text(each)) for each in (*told.events, *decision.events)]
    assert evolve(None, stored) == decision.case


def test_it_goes_on_under_the_new_version_to_its_end():
    told = story()
    new = version_2(limits=shorter(), flow=flow(reply={"title": "书面答复"}))
    decision = moved(told, new)
    told.case, told.regime = decision.case, new
    told.answered().step("desk", "close")
    assert told.the_case.state == "closed"
    assert told.status("answer") == ["met"]


def test_a_limit_that_went_ends_and_one_that_came_runs_from_now():
    new = version_2(
        limits={
            "answer": LIMITS["answer"],
            "plan": {"title": "拟定方案", "from": "assigned", "to": "handle", "within": "3 workdays", "cite": "三"},
            "filing": {"title": "登记", "from": "received", "to": "registered", "within": "1 workday", "cite": "三"},
        }
    )
    case = moved(story(), new).case
    assert case.obligations["contact"].status == "cancelled"
    assert local(case.obligations["plan"].due) == "06-05"
    assert "filing" not in case.obligations  # what it measures is over


def test_standing_still_and_extensions_are_kept():
    from huiyin.cases import commands as cmd

    told = desk(limits=LIMITS).at(MONDAY).assigned()
    told.at("2026-06-02T09:00:00").do("desk", cmd.Suspend(text="等鉴定结论"))
    told.at("2026-06-04T09:00:00").do("desk", cmd.Resume(text="结论已到"))
    before = told.the_case.obligations["answer"]
    case = moved(told, version_2(limits=shorter())).case
    assert case.obligations["answer"].pauses == before.pauses
    assert local(case.obligations["answer"].due) == "06-17"


def test_a_step_that_went_ends_and_the_others_go_on():
    both = flow(check={"title": "复核", "by": "leader", "after": "assigned", "cite": "三"})
    told = story(flow=both)
    case = moved(told, version_2()).case
    assert {run.step for run in case.open_runs()} == {"handle"}
    assert "check" not in case.steps


def test_a_case_without_a_next_step_stays():
    told = story()
    other = flow(handle=None, work={"title": "处置", "by": "handler", "after": "assigned", "cite": "三"}, reply={"after": "work"})
    found = prospect(told.regime, version_2(flow=other), told.the_case, told.world.context(SYSTEM, told.now))
    assert found.refused == "改用新版之后没有下一步：正在办的环节新版都没有。"


def test_a_case_that_relies_on_what_the_new_version_lacks_stays():
    told = story()
    roles = {"units": {"desk": "办公室", "section": {"title": "班组", "many": True}}, "posts": {"leader": "分管领导"}}
    routing = {"rest": {"title": "交班组", "to": "section", "cite": "二"}}
    found = prospect(told.regime, version_2(roles=roles, routing=routing), told.the_case, told.world.context(SYSTEM, told.now))
    assert "请先改派" in found.refused


def test_what_will_change_is_shown_beforehand_and_nothing_happens():
    told = story()
    before = told.the_case
    new = version_2(limits=shorter(), flow=flow(handle={"by": "leader"}))
    found = prospect(told.regime, new, before, told.world.context(SYSTEM, told.now))
    shown = {(each.aspect, each.about): each for each in found.differences}
    assert local(shown["limit", "办结"].before) == "06-23"  # 19 June is off
    assert local(shown["limit", "办结"].after) == "06-15"
    assert not shown["limit", "办结"].late
    assert (shown["holder", "办理"].before, shown["holder", "办理"].after) == ("承办人", "分管领导")
    assert told.the_case is before


def test_a_limit_that_would_be_past_due_at_once_is_marked():
    told = story().at("2026-06-12T10:00:00")
    soon = {**LIMITS, "answer": {**LIMITS["answer"], "within": "5 workdays"}}
    found = prospect(told.regime, version_2(limits=soon), told.the_case, told.world.context(SYSTEM, told.now))
    assert [each.about for each in found.differences if each.late] == ["办结"]


@pytest.mark.parametrize("who", ["desk", "leader", "complainant"])
def test_only_the_system_moves_a_case(who):
    told = story()
    told.regime = version_2()
    assert told.refused(who, moving_command(regime(limits=LIMITS), told.regime, "想改")).code == "not-yours"


def test_a_closed_case_and_one_that_is_there_already_stay():
    told = story()
    told.answered().step("desk", "close")
    assert prospect(told.regime, version_2(), told.the_case, told.world.context(SYSTEM, told.now)).refused
    again = story()
    assert prospect(again.regime, again.regime, again.the_case, again.world.context(SYSTEM, again.now)).refused
