"""A measure that has to be carried out: who owes it, until when, sent back, and called off with the sanction."""

from datetime import datetime
from typing import Any

import pytest
from tests.cases.desk import Desk, desk, flow

from huiyin.cases import commands as cmd
from huiyin.cases.events import MeasureCalled
from huiyin.regime.affairs import CONFIRM, affairs_of, declared
from huiyin.standing.opening import called_for, called_off

PAPER = {"within": "5 workdays", "fields": {"paper": {"title": "书面检查", "type": "long-text"}}, "required": ["paper"],
         "confirm": {"by": "leader"}}  # fmt: skip
STUDY = {"lasts": "2 weeks", "within": "3 workdays", "confirm": {"by": "leader"}}
PAY = {"by": "desk", "lasts": "1 month", "within": "5 workdays"}


def play_with(against: str = "respondent", **duties: Any) -> Desk:
    """A sanction against 钱护士 (or the ward) was confirmed on Monday, 2 March 2026, with measures to carry out."""
    play = desk(
        {"钱护士": {"role": "ward", "unit": "内科"}, "leader": "leader"},
        flow=flow(handle={"outcomes": {"founded": "属实", "unfounded": "不属实"}}),
        accountability={
            "measures": {name: {"title": name, "duty": duty} for name, duty in duties.items()},
            "objection": {"within": "5 workdays", "approval": "director"},
            "rules": {
                "rude": {"title": "态度恶劣", "after": "handle:founded", "against": against, "approval": "leader",
                         "propose": dict.fromkeys(duties, True), "cite": "六"},
            },
        },
    ).assigned()  # fmt: skip
    play.step("ward-head", "handle", outcome="founded")
    play.do("leader", cmd.Approve())
    return play


def opened(play: Desk) -> dict[str, cmd.OpenAffair]:
    found = called_for(play.regime, play.the_case, play.events, play.world, {})
    return {each.affair: each.command for each in found}


def days(command: cmd.OpenAffair) -> tuple[str, str]:
    """Until when it lasts, and by when it is done."""
    end, due = command.occasion.end, command.occasion.due
    return tuple(f"{at.astimezone():%m-%d}" if isinstance(at, datetime) else "" for at in (end, due))  # type: ignore[return-value]


def test_the_person_concerned_owes_what_is_handed_in() -> None:
    play = play_with(paper=PAPER)
    command = opened(play)["paper"]
    assert (command.handler, command.unit, command.occasion.member) == ("钱护士", "", "钱护士")
    assert days(command) == ("", "03-09")
    assert play.happened("paper.opened") == 1


def test_what_lasts_is_due_some_time_after_it_is_over() -> None:
    assert days(opened(play_with(study=STUDY))["study"])[0] == "03-16"


def test_a_role_carries_out_what_the_person_does_not() -> None:
    command = opened(play_with(pay=PAY))["pay"]
    assert (command.handler, command.handler_role, command.occasion.member) == ("", "desk", "钱护士")


def test_the_head_of_a_unit_owes_what_the_unit_has_to_do() -> None:
    command = opened(play_with(against="handling-unit", paper=PAPER))["paper"]
    assert (command.unit, command.handler) == ("内科", "ward-head")


def test_an_upheld_objection_calls_off_what_was_to_be_done() -> None:
    play = play_with(paper=PAPER, study=STUDY)
    play.do("钱护士", cmd.ObjectTo(text="不是我"))
    play.do("director", cmd.Approve(text="确非本人"))
    keys = {name: command.occasion.key for name, command in opened(play).items()}
    assert dict(called_off(play.regime, play.the_case, play.events)) == keys


def test_its_little_regime_is_reported_confirmed_and_closed() -> None:
    regime = play_with(paper=PAPER, study=STUDY, pay=PAY).regime
    paper, study, pay = (affairs_of(regime)[name] for name in ("paper", "study", "pay"))
    assert list(paper.flow) == ["paper", CONFIRM, "close"]
    assert list(pay.flow) == ["pay", "close"]
    assert paper.flow["paper"].required == ("paper",)
    assert paper.flow["paper"].requires == ()
    assert [each.otherwise for each in study.flow["study"].requires] == ["期满之后才能报告执行情况"]
    assert paper.flow[CONFIRM].other_than == ("paper",)
    assert declared(regime, "paper") is regime.accountability.measures["paper"]
    assert paper.kinds == {"measure": "处理执行"}


@pytest.mark.parametrize("name", ["paper", "pay"])
def test_the_event_tells_the_article_and_the_sanction(name: str) -> None:
    play = play_with(paper=PAPER, pay=PAY)
    (event,) = [each for each in play.events if isinstance(each, MeasureCalled) and each.measure == name]
    assert (event.cite, event.against, event.sanction) == (("六",), "钱护士", next(iter(play.the_case.sanctions)))
