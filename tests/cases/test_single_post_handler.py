"""A post that belongs to no unit handles a case of any unit: it owes the work, and may do it."""

from huiyin.cases import commands as cmd
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
