"""A regime's own acts end in outcomes, ask questions and are done in copies; core acts end in outcomes, too."""

from huiyin.cases import commands as cmd

from .desk import Desk, desk, flow

HOME_VISIT = {
    "title": "上门走访",
    "by": "ward-head",
    "asks": "opinion",
    "outcomes": {"satisfied": "满意", "dissatisfied": "不满意"},
    "cite": "七",
}
OPINION = {"opinion": {"title": "意见", "questions": {"manner": "态度"}, "satisfied": "answers.manner >= 3"}}


def visiting() -> Desk:
    """A case in which the head of the ward visits people at home, whatever the step."""
    again = {"title": "再次走访", "by": "ward-head", "after": "visit:dissatisfied", "cite": "七"}
    close = {"after": ["reply"]}
    return desk(
        flow=flow(again=again, close=close), acts={"visit": HOME_VISIT}, questionnaires=OPINION
    ).assigned()


def test_the_answers_tell_how_an_act_ends_and_a_step_follows() -> None:
    play = visiting()
    play.step("ward-head", "visit", answers={"manner": 2})
    assert play.the_case.answers == {"manner": 2}
    assert (play.happened("visit:dissatisfied"), "again" in play.open) == (1, True)


def test_an_act_with_questions_is_offered_with_them() -> None:
    play = visiting()
    (visit,) = [each for each in play.possible(play.world.actor("ward-head")) if each.work == "visit"]
    assert visit.questionnaire is not None
    assert set(visit.outcomes) == {"satisfied", "dissatisfied"}


def test_an_act_in_copies_says_which_one_it_is() -> None:
    play = desk(acts={"check-point": {"title": "核对诉求", "by": "ward-head", "per": "point", "cite": "七"}})
    play.assigned(points=("护士态度", "等候时间"))
    offered = [each.member for each in play.possible(play.world.actor("ward-head")) if each.work == "check-point"]
    assert offered == ["1", "2"]
    assert play.refused("ward-head", cmd.Perform(work="check-point")).fields == {"member": "请选择"}
    assert play.refused("ward-head", cmd.Perform(work="check-point", member="3")).code == "wrong-value"
    play.step("ward-head", "check-point", member="2")
    assert play.happened("check-point") == 1


def test_an_act_that_is_done_once_has_no_copies() -> None:
    assert visiting().refused("ward-head", cmd.Perform(work="visit", member="1")).code == "wrong-value"


def withdrawing() -> Desk:
    """A regime that asks why a complaint is withdrawn; settled ones are told to the leader."""
    outcomes = {"settled": "已经解决", "other": "其他原因"}
    return desk(
        acts={"withdraw": {"by": "complainant", "outcomes": outcomes, "cite": "八"}},
        notices={"glad": {"title": "已和解", "after": "withdraw:settled", "to": "leader", "cite": "八"}},
    ).assigned()


def test_a_core_act_ends_in_an_outcome_on_which_rules_hang() -> None:
    play = withdrawing()
    play.do("complainant", cmd.Withdraw(text="医院已经道歉", outcome="settled"))
    assert [event.notice for event in play.events if type(event).__name__ == "NoticeQueued"].count("glad") == 1
    assert play.happened("withdraw:settled") == 1


def test_a_core_act_without_its_outcome_asks_for_it() -> None:
    refused = withdrawing().refused("complainant", cmd.Withdraw(text="不投诉了"))
    assert (refused.code, set(refused.fields)) == ("missing-field", {"outcome"})
    assert withdrawing().refused("complainant", cmd.Withdraw(outcome="lost")).code == "wrong-value"


def test_work_that_can_end_in_one_way_only_ends_in_it_without_being_asked() -> None:
    handle = {"title": "办理", "by": "handler", "after": "assigned", "outcomes": {"settled": "达成一致"}, "cite": "三"}
    play = desk(flow=flow(handle=handle)).assigned()
    (offered,) = [each for each in play.possible(play.world.actor("ward-head")) if each.work == "handle"]
    assert offered.outcomes == {}
    play.step("ward-head", "handle")
    assert play.happened("handle:settled") == 1


CHECKED = {
    "title": "办理",
    "by": "handler",
    "after": "assigned",
    "fields": {
        "informed": {"title": "已告知家属", "type": "yes-no"},
        "hurt": {"title": "有人受伤", "type": "yes-no"},
        "taken_to_doctor": {"title": "已送医", "type": "yes-no", "required": "facts.hurt"},
    },
    "required": ["informed"],
    "cite": "三",
}


def test_a_yes_or_no_that_is_required_has_to_be_answered_and_no_is_an_answer() -> None:
    play = desk(flow=flow(handle=CHECKED)).assigned()
    refused = play.refused("ward-head", cmd.Perform(work="handle"))
    assert (refused.code, refused.fields) == ("missing-field", {"informed": "请选择“是”或“否”：“已告知家属”"})
    play.step("ward-head", "handle", fields={"informed": False})
    assert play.the_case.facts == {"informed": False, "hurt": False, "taken_to_doctor": False}


def test_a_yes_or_no_that_other_answers_require_has_to_be_answered_then() -> None:
    play = desk(flow=flow(handle=CHECKED)).assigned()
    refused = play.refused("ward-head", cmd.Perform(work="handle", fields={"informed": True, "hurt": True}))
    assert set(refused.fields) == {"taken_to_doctor"}
    play.step("ward-head", "handle", fields={"informed": True, "hurt": True, "taken_to_doctor": True})
    assert play.the_case.facts["taken_to_doctor"] is True


def test_who_gives_a_case_back_signs_the_paper_as_the_handler_he_was() -> None:
    paper = {"title": "退回处理单", "fields": ["return_reason"], "signed_by": ["handler"]}
    give_back = {"by": "handler", "to": "desk", "fields": {"return_reason": "理由"}, "produces": "sheet", "cite": "七"}
    play = desk(acts={"return": give_back}, forms={"sheet": paper}).assigned()
    play.do("ward-head", cmd.Return(fields={"return_reason": "不属本科"}))
    (document,) = play.the_case.documents.values()
    assert document.signatures == (("handler", "ward-head"),)
