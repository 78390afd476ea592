"""What is not known about the respondent is not given; a limit that moves to another row cites that row's article."""

from huiyin.cases import commands as cmd
from huiyin.cases.events import ObligationMoved
from huiyin.cases.people import Respondent

from .play import Play, pack

COMPLAINT = {"subject": "management", "account": "流程太繁琐"}


def assigned(respondent: Respondent) -> Play:
    """A complaint that the office has assigned to a department."""
    play = Play(pack("patient-relations"))
    play.do("complainant", cmd.File(kind="complaint", channel="web", matter=COMPLAINT, respondent=respondent))
    play.do("relations-office", cmd.Perform(work="register", fields={"damage_dispute": False}))
    play.do("relations-office", cmd.Perform(work="assign"))
    return play


def open_steps(play: Play) -> set[str]:
    assert play.case is not None
    return {run.step for run in play.case.open_runs()}


def test_a_step_for_the_respondent_unit_is_passed_over_while_the_unit_is_not_known() -> None:
    assert open_steps(assigned(Respondent())) == {"investigate"}
    assert open_steps(assigned(Respondent("unit", "ward"))) == {"investigate", "statement"}


def test_a_limit_that_moves_to_another_row_cites_the_article_of_that_row() -> None:
    play = assigned(Respondent())
    play.do("relations-office", cmd.AddUnit(unit="nursing", text="涉及护理"))
    moved = [event for event in play.events if isinstance(event, ObligationMoved)]
    assert [(event.key, event.cite) for event in moved] == [("feedback", ("八(4)",))]
