"""Samples: taken and sealed before witnesses, handed on without a gap, tested blind by two who know nothing of each other."""

import pytest

from huiyin.cases import commands as cmd
from huiyin.cases.access import sight
from huiyin.cases.people import Actor, Holding
from huiyin.cases.refusals import Refused
from huiyin.cases.samples.sample import Sample

from .desk import BASE, Desk, desk, flow

ROLES = {**BASE["roles"], "posts": {**BASE["roles"]["posts"], "tester": "检验人员"}}
KIND = {
    "title": "原样",
    "sealed": ["complainant", "handling-unit"],
    "number": "样{year}-{serial:03}",
    "blind": "盲{code:4}",
    "testers": 2,
    "agree": {"lead": "10%"},
    "keep": "6 months",
    "cite": "六",
}
VALUE = {"lead": {"title": "铅含量", "type": "number"}, "smell": {"title": "气味"}}
STEPS = flow(
    handle=None,
    take={"title": "采样", "by": "ward-head", "after": "assigned", "takes": "original", "cite": "六"},
    code={"title": "编盲样", "by": "desk", "after": ["take", "compare:again"], "blinds": "original", "cite": "六"},
    test={"title": "检验", "by": "tester", "after": "code", "tests": "original", "fields": VALUE, "required": ["lead"], "cite": "六"},
    compare={
        "title": "比对",
        "by": "desk",
        "after": "test",
        "rounds": 2,
        "compares": "original",
        "outcomes": {
            "right": {"title": "结果一致", "when": "agree('original')"},
            "again": {"title": "不一致，重新编码检验", "when": "!agree('original')"},
        },
        "cite": "六",
    },
    reply={"after": ["compare:right", "compare.exhausted"]},
)
HAND_OVER = {"title": "交接样品", "by": "all-staff", "hands_over": "original", "cite": "六"}

LIN = Actor("lin", frozenset({Holding("tester")}))
SU = Actor("su", frozenset({Holding("tester")}))
TAKEN = {
    "sample_name": "自来水",
    "sample_quantity": "500毫升",
    "sample_place": "三号楼水房",
    "seal_number": "封-07",
    "seal_state": "whole",
}
WITNESSES = ("complainant", "handling-unit")


def with_samples(**kind: object) -> Desk:
    testers = {"lin": {"role": "tester"}, "su": {"role": "tester"}}
    play = desk(testers, roles=ROLES, samples={"original": {**KIND, **kind}}, flow=STEPS, acts={"hand-over": HAND_OVER})
    return play.assigned()


def taken(**kind: object) -> Desk:
    play = with_samples(**kind)
    play.step("ward-head", "take", fields=TAKEN, present=WITNESSES)
    return play


def coded(**kind: object) -> Desk:
    play = taken(**kind)
    play.step("desk", "code", fields={"seal_state": "whole"})
    return play


def the_sample(play: Desk) -> Sample:
    return play.the_case.samples["original-1"]


def test_a_sample_is_taken_by_whom_where_when_and_sealed_before_both_parties() -> None:
    play = taken()
    sample = the_sample(play)
    assert (sample.number, sample.name, sample.quantity, sample.place) == ("样2026-001", "自来水", "500毫升", "三号楼水房")
    assert (sample.seal, sample.state, sample.present) == ("封-07", "whole", WITNESSES)
    assert sample.taken_by == sample.keeper == play.world.actor("ward-head").person
    assert sample.keep_until is not None
    assert sample.keep_until.astimezone(play.world.calendar.zone).date().isoformat() == "2026-09-02"
    assert "sample_name" not in play.the_case.facts


def test_without_the_complainant_there_it_is_not_sealed() -> None:
    play = with_samples()
    refused = play.refused("ward-head", cmd.Perform(work="take", fields=TAKEN, present=("handling-unit",)))
    assert (refused.code, refused.cite, refused.rule) == ("missing-field", ("六",), "samples.original.sealed")


@pytest.mark.parametrize("left_out", ["seal_number", "seal_state", "sample_place"])
def test_number_and_state_of_the_seal_and_the_place_are_asked_for(left_out: str) -> None:
    fields = {name: value for name, value in TAKEN.items() if name != left_out}
    refused = with_samples().refused("ward-head", cmd.Perform(work="take", fields=fields, present=WITNESSES))
    assert refused.code == "missing-field"
    assert left_out in refused.fields


def test_a_sample_is_not_taken_tomorrow() -> None:
    fields = {**TAKEN, "sample_taken_at": "2026-03-03T10:00"}
    refused = with_samples().refused("ward-head", cmd.Perform(work="take", fields=fields, present=WITNESSES))
    assert (refused.code, list(refused.fields)) == ("wrong-value", ["sample_taken_at"])


def hand_over(play: Desk, to: str, **fields: str) -> None:
    play.do("desk", cmd.Perform(work="hand-over", fields={"handed_to": to, "seal_state": "whole", **fields}))


def test_each_hand_over_goes_on_from_the_last() -> None:
    play = taken()
    hand_over(play, "收样员")
    hand_over(play, "样品库")
    sample = the_sample(play)
    assert [(each.giver, each.taker) for each in sample.passages] == [
        (sample.taken_by, "收样员"),
        ("收样员", "样品库"),
    ]
    assert sample.intact
    assert sample.keeper == "样品库"


def test_a_giver_who_did_not_have_it_leaves_a_gap() -> None:
    play = taken()
    hand_over(play, "收样员")
    hand_over(play, "样品库", handed_from="司机")
    assert the_sample(play).passages[-1].gap
    assert not the_sample(play).intact
    assert play.the_case.happened("custody-broken")


def test_a_broken_seal_is_seen_and_told() -> None:
    play = taken()
    hand_over(play, "收样员", seal_state="broken")
    assert not the_sample(play).intact
    assert play.the_case.happened("seal-broken")


def test_a_hand_over_does_not_lie_before_the_last() -> None:
    play = taken()
    fields = {"handed_to": "收样员", "seal_state": "whole", "handed_at": "2026-03-02T08:00"}
    refused = play.refused("desk", cmd.Perform(work="hand-over", fields=fields))
    assert list(refused.fields) == ["handed_at"]


def test_a_step_can_be_barred_while_a_seal_is_broken() -> None:
    steps = {**STEPS, "code": {**STEPS["code"], "requires": [{"that": "intact('original')", "otherwise": "封样已破损"}]}}
    acts = {"hand-over": HAND_OVER}
    play = desk(roles=ROLES, samples={"original": KIND}, flow=steps, acts=acts).assigned()
    play.step("ward-head", "take", fields=TAKEN, present=WITNESSES)
    hand_over(play, "收样员", seal_state="broken")
    refused = play.refused("desk", cmd.Perform(work="code", fields={"seal_state": "whole"}))
    assert (refused.code, refused.message) == ("unmet-requirement", "封样已破损。")


def test_the_code_is_given_not_typed() -> None:
    play = taken()
    refused = play.refused("desk", cmd.Perform(work="code", fields={"seal_state": "whole", "code": "盲9999"}))
    assert refused.code == "wrong-value"
    play.step("desk", "code", fields={"seal_state": "whole"})
    assert the_sample(play).code == "盲0001"  # a story's codes are in order; the real ones are scrambled


def test_a_tester_sees_the_code_and_not_where_it_came_from() -> None:
    play = coded()
    tester = sight(play.regime, play.the_case, LIN, play.world)
    keeper = sight(play.regime, play.the_case, play.world.actor("desk"), play.world)
    assert "samples.original" in tester.hidden
    assert "samples.original" not in keeper.hidden


def test_who_knows_the_origin_does_not_test() -> None:
    both = Actor("both", frozenset({Holding("tester"), Holding("desk")}))
    refused = coded().refused(both, cmd.Perform(work="test", fields={"lead": 0.1}))
    assert (refused.code, refused.cite) == ("conflict-of-interest", ("六",))


def test_the_step_stays_open_until_both_results_are_in() -> None:
    play = coded()
    play.step(LIN, "test", fields={"lead": 0.100})
    assert play.the_case.open_runs("test")
    assert not play.the_case.happened("test")
    play.step(SU, "test", fields={"lead": 0.108})
    assert play.the_case.happened("test")
    assert play.the_case.open_runs("compare")


def test_nobody_tests_twice() -> None:
    play = coded()
    play.step(LIN, "test", fields={"lead": 0.1})
    refused = play.refused(LIN, cmd.Perform(work="test", fields={"lead": 0.1}))
    assert (refused.code, refused.rule) == ("conflict-of-interest", "samples.original.testers")
    assert all(each.work != "test" for each in play.possible(LIN))
    assert any(each.work == "test" for each in play.possible(SU))


def test_a_recused_tester_does_not_test() -> None:
    play = coded()
    play.do("desk", cmd.Recuse(person="lin", text="曾参与原检验"))
    refused = play.refused(LIN, cmd.Perform(work="test", fields={"lead": 0.1}))
    assert refused.code == "conflict-of-interest"


def test_one_result_is_no_fact_and_nobody_elses_to_see() -> None:
    play = coded()
    play.step(LIN, "test", fields={"lead": 0.1})
    sample = the_sample(play)
    (result,) = sample.results
    assert "lead" not in play.the_case.facts
    assert sample.shows_result(result, "lin")
    assert not sample.shows_result(result, "su")
    play.step(SU, "test", fields={"lead": 0.1})
    assert all(the_sample(play).shows_result(each, "su") for each in the_sample(play).results)


@pytest.mark.parametrize(("second", "agree"), [(0.1105, True), (0.1106, False)])
def test_results_agree_within_ten_percent_of_their_mean(second: float, agree: bool) -> None:
    play = coded()
    play.step(LIN, "test", fields={"lead": 0.1})
    play.step(SU, "test", fields={"lead": second})
    outcome = "right" if agree else "again"
    play.step("desk", "compare", outcome=outcome)
    assert play.the_case.happened(f"compare:{outcome}")


def test_results_that_disagree_are_not_taken_for_agreement() -> None:
    play = coded()
    play.step(LIN, "test", fields={"lead": 0.1})
    play.step(SU, "test", fields={"lead": 0.2})
    refused = play.refused("desk", cmd.Perform(work="compare", outcome="right"))
    assert (refused.code, refused.rule) == ("unmet-requirement", "flow.compare.outcomes.right")


def test_another_round_has_another_code_and_new_results_of_the_same_people() -> None:
    play = coded()
    play.step(LIN, "test", fields={"lead": 0.1})
    play.step(SU, "test", fields={"lead": 0.2})
    play.step("desk", "compare", outcome="again")
    play.step("desk", "code", fields={"seal_state": "whole"})
    assert (the_sample(play).code, the_sample(play).round) == ("盲0002", 2)
    play.step(LIN, "test", fields={"lead": 0.1})
    play.step(SU, "test", fields={"lead": 0.1})
    play.step("desk", "compare", outcome="right")
    assert len(the_sample(play).results) == 4
    assert len(the_sample(play).round_results) == 2


def test_nothing_is_compared_before_all_results_are_in() -> None:
    steps = {**STEPS, "compare": {**STEPS["compare"], "after": ["test.opened", "test"]}}
    play = desk(roles=ROLES, samples={"original": KIND}, flow=steps).assigned()
    play.step("ward-head", "take", fields=TAKEN, present=WITNESSES)
    play.step("desk", "code", fields={"seal_state": "whole"})
    play.step(LIN, "test", fields={"lead": 0.1})
    refused = play.refused("desk", cmd.Perform(work="compare", outcome="right"))
    assert refused.message.startswith("还有1份检验结果没有交来")


def test_a_single_result_is_a_fact_at_once() -> None:
    play = coded(testers=1)
    play.step(LIN, "test", fields={"lead": 0.1, "smell": "无"})
    assert play.the_case.facts["lead"] == 0.1
    assert play.the_case.happened("test")


def test_several_samples_are_coded_together_and_tested_one_by_one() -> None:
    acts = {"take-more": {"title": "再采一件", "by": "ward-head", "takes": "original", "cite": "六"}}
    play = desk(roles=ROLES, samples={"original": {**KIND, "testers": 1}}, flow=STEPS, acts=acts).assigned()
    play.do("ward-head", cmd.Perform(work="take-more", fields=TAKEN, present=WITNESSES))
    play.step("ward-head", "take", fields=TAKEN, present=WITNESSES)
    play.step("desk", "code", fields={"seal_state": "whole"})
    choice = next(each for each in play.possible(LIN) if each.work == "test").fields["sample"]
    assert dict(choice.choices) == {"盲0001": "盲0001", "盲0002": "盲0002"}
    play.step(LIN, "test", fields={"sample": "盲0002", "lead": 0.2})
    assert not play.the_case.happened("test")
    play.step(LIN, "test", fields={"lead": 0.1})
    assert play.the_case.happened("test")


def test_who_did_the_test_does_not_check_it() -> None:
    steps = {**STEPS, "compare": {**STEPS["compare"], "by": ["desk", "tester"], "other_than": ["test"]}}
    play = desk(roles=ROLES, samples={"original": KIND}, flow=steps).assigned()
    play.step("ward-head", "take", fields=TAKEN, present=WITNESSES)
    play.step("desk", "code", fields={"seal_state": "whole"})
    play.step(LIN, "test", fields={"lead": 0.1})
    play.step(SU, "test", fields={"lead": 0.1})
    with pytest.raises(Refused) as caught:
        play.do(LIN, cmd.Perform(work="compare", outcome="right"))
    assert caught.value.rule == "flow.compare.other_than"
