"""A post that belongs to no unit handles a case of any unit: it owes the work, and may do it."""

from huiyin.cases import commands as cmd
from huiyin.cases.access import sight
from huiyin.cases.people import Assignee, Respondent
from huiyin.cases.turns import turns

from .play import Play, pack


def test_the_manager_owes_the_work_when_the_head_of_the_department_is_complained_about() -> None:
    play = Play(pack("company-quality"))
    play.world.staff = {"王主任": {"role": "department-head", "unit": "department"}}
    matter = {"object": "售后部主任", "account": "推诿"}
    accused = Respondent("person", "department", "王主任")
    play.do("gm-office", cmd.File(kind="complaint", channel="phone", matter=matter, respondent=accused))
    play.do("gm-office", cmd.Perform(work="record"))
    play.do("gm-office", cmd.Perform(work="judge", fields={"sufficient": True, "reasonable": True}))
    play.do("gm-office", cmd.Perform(work="assign", unit="department"))
    assert play.case is not None
    owed = {turn.work: turn.assignees for turn in turns(play.regime, play.case, play.world)}
    assert owed["analyse"] == (Assignee("manager"),)
    play.do("manager", cmd.Perform(work="analyse", fields={"cause": "主任推诿"}))
    assert play.case.steps["analyse"].done_by == "manager"


CENTRE = "complaint-centre-basic"


def with_a_case_in_hand(respondent: Respondent) -> Play:
    """A case of the eastern centre, assigned to its complaint handler."""
    play = Play(pack(CENTRE))
    play.world.staff = {
        "秦主任": {"role": "director", "unit": "management"},
        "叶处理": {"role": "complaint-handler", "unit": "城东投诉中心"},
        "曹部员": {"role": "department", "unit": "质量部"},
        "沈部员": {"role": "department", "unit": "物流部"},
    }
    play.world.units = {"centre": ["城东投诉中心"], "department": ["质量部", "物流部"]}
    matter = {"subject": "product", "account": "冰箱漏水"}
    play.do("management", cmd.File(kind="complaint", channel="phone", matter=matter, respondent=respondent))
    play.do("management", cmd.Perform(work="register"))
    play.do("management", cmd.Perform(work="assign", unit="城东投诉中心"))
    return play


def test_the_post_of_another_unit_that_stands_in_for_the_handler_may_do_the_work() -> None:
    play = with_a_case_in_hand(Respondent("person", "城东投诉中心", "叶处理"))
    assert play.case is not None
    owed = {turn.work: turn.assignees for turn in turns(play.regime, play.case, play.world)}
    assert owed["investigate"] == (Assignee("director"),)
    fields = {"evidence_collected": "录音", "verified": "态度冷淡"}
    play.do("秦主任", cmd.Perform(work="investigate", outcome="founded", fields=fields))
    assert play.case.steps["investigate"].done_by == "秦主任"


def test_a_unit_of_another_kind_that_helps_sees_the_case_and_no_other_of_its_kind_does() -> None:
    play = with_a_case_in_hand(Respondent())
    play.do("management", cmd.AddUnit(unit="质量部"))
    assert play.case is not None
    assert sight(play.regime, play.case, play.world.actor("曹部员"), play.world).sees
    assert not sight(play.regime, play.case, play.world.actor("沈部员"), play.world).sees
