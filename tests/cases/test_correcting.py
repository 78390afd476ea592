"""Putting right: the old value is kept, no limit restarts, and the accused may become known later."""

import pytest

from huiyin.cases import commands as cmd
from huiyin.cases.events import Corrected
from huiyin.cases.people import Respondent

from .desk import Desk, desk

CONCLUDE = {
    "title": "办结", "from": "assigned", "to": "reply", "by": "handler", "cite": "六",
    "within": [{"when": "matter.harm", "within": "5 workdays", "cite": "七"}, {"within": "15 workdays"}],
}  # fmt: skip
STAFF = {"钱护士": {"role": "ward", "unit": "内科"}}


@pytest.fixture
def play() -> Desk:
    return desk(limits={"conclude": CONCLUDE}, staff=STAFF).assigned(respondent=Respondent())


def test_the_old_value_is_kept_beside_the_new_one(play: Desk) -> None:
    play.do("desk", cmd.Correct(path="matter.account", value="等候两小时", text="电话听错"))
    (event,) = (each for each in play.events if isinstance(each, Corrected))
    assert (event.old, event.new, event.text) == ("态度冷淡", "等候两小时", "电话听错")


def test_a_value_that_a_limit_reads_moves_it_but_never_restarts_it(play: Desk) -> None:
    play.at("2026-03-05 09:00").do("desk", cmd.Correct(path="matter.harm", value=True, text="补充病历"))
    (item,) = play.the_case.obligations.values()
    assert (play.due("conclude"), item.cite) == ("2026-03-09 23:59", ("七",))  # from 03-02, when it began
    assert item.started_at.day == 2


@pytest.mark.parametrize(
    ("path", "value", "code"),
    [
        ("matter.none", "x", "wrong-value"),
        ("case.number", "x", "wrong-value"),
        ("matter.amount", "很多", "wrong-value"),
        ("respondent.unit", "天文台", "wrong-value"),
        ("respondent.person", "", "wrong-value"),
        ("respondent.kind", "unit", "wrong-value"),
        ("respondent.person", ["a"], "wrong-value"),
    ],
)  # fmt: skip
def test_what_cannot_be_put_right_so_is_refused(path: str, value: object, code: str) -> None:
    play = desk(staff=STAFF).assigned(respondent=Respondent())
    play.world.parent_of = lambda unit: "top" if unit in ("内科", "外科", "儿科") else None  # type: ignore[method-assign]
    play.world.heads_of = lambda unit: ()  # type: ignore[method-assign]
    assert play.refused("desk", cmd.Correct(path=path, value=value, text="更正")).code == code


def test_the_accused_named_later_is_kept_from_the_case(play: Desk) -> None:
    play.do("钱护士", cmd.Record(kind_of_act="note", text="当日值班"))
    play.do("desk", cmd.Correct(path="respondent.person", value="钱护士", text="核实胸牌"))
    assert play.the_case.respondent == Respondent("person", "内科", "钱护士")
    assert play.refused("钱护士", cmd.Record(kind_of_act="note", text="不是我")).code == "conflict-of-interest"


def test_a_handler_who_turns_out_to_be_the_accused_loses_the_case(play: Desk) -> None:
    assert play.the_case.handler == "ward-head"
    play.do("desk", cmd.Correct(path="respondent.person", value="ward-head", text="投诉人指认"))
    assert play.the_case.handler == ""
    assert play.refused("ward-head", cmd.Perform(work="handle")).code == "conflict-of-interest"


def test_a_category_that_came_from_a_field_follows_its_correction() -> None:
    subject = {"title": "类别", "type": "choice", "choices": {"fee": "收费", "tone": "态度"}}
    intake = {"channels": {"phone": "电话"}, "fields": {"account": "经过", "subject": subject}}
    play = desk(intake=intake, categories={"fee": "收费", "tone": "态度"})
    play.assigned(matter={"subject": "fee"})
    play.do("desk", cmd.Correct(path="matter.subject", value="tone", text="重新归类"))
    assert play.the_case.category == "tone"
    play.do("desk", cmd.Regrade(category="fee", text="实为收费"))
    play.do("desk", cmd.Correct(path="matter.subject", value="fee", text="一致"))
    assert play.the_case.category == "fee"
