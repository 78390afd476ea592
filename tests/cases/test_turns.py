"""What is owed, and what there is to do for it now."""

from huiyin.cases import commands as cmd
from huiyin.cases.people import Respondent
from huiyin.cases.turns import turns

from .play import Play, pack


def test_a_limit_called_like_a_step_offers_the_step_only_when_its_turn_has_come() -> None:
    play = Play(pack("property-staff-service"))
    matter = {"subject": "efficiency", "account": "楼道灯坏了两周", "demand": "今天修好"}
    play.do("hr-manager", cmd.File(kind="complaint", channel="phone", matter=matter, respondent=Respondent("unit", "department")))
    assert play.case is not None
    assert {"answer", "record"} <= play.regime.flow.keys()
    (waiting,) = (turn for turn in turns(play.regime, play.case, play.world) if turn.key == "answer")
    assert (waiting.title, waiting.work) == ("满意答复", "")
    assert "record" in {turn.work for turn in turns(play.regime, play.case, play.world)}
