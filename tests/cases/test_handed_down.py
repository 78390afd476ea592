"""The paper of an affair tells what the case says from which the affair came, where the affair itself asks for nothing."""

from dataclasses import replace
from typing import Any

from tests.cases.desk import Desk, desk, flow
from tests.cases.test_documents import cells, sheet_of

from huiyin.cases import commands as cmd
from huiyin.cases.people import SYSTEM
from huiyin.cases.state import Occasion
from huiyin.cases.values import PRIVATE
from huiyin.regime.affairs import affairs_of

HANDLE = {
    "fields": {
        "lessons": {"title": "教训", "type": "long-text"},
        "cause": {"title": "原因", "type": "choice", "choices": {"staff": "人手", "place": "场地"}},
        "plan": {"title": "打算", "type": "long-text"},
    }
}
CORRECTIVE = {
    "mending": {
        "title": "整改", "after": "handle", "owner": "ward", "produces": "sheet", "within": "5 workdays", "cite": "六",
        "fields": {"plan": {"title": "打算", "type": "long-text"}},
    },
    "again": {
        "title": "再整改", "after": "mending.done", "owner": "ward", "produces": "sheet", "within": "5 workdays", "cite": "六",
        "fields": {"lessons": {"title": "教训", "type": "long-text"}},
    },
}  # fmt: skip
FORMS = {"sheet": {"title": "整改单", "fields": ["case.number", "account", "lessons", "cause", "plan"]}}
SAID = {"lessons": "人手不足时要说明", "cause": "staff", "plan": "先顶班"}


def handled(**sections: Any) -> Desk:
    """A case whose handling said something about lessons, cause and plan."""
    play = desk(**{"flow": flow(handle=HANDLE), "corrective": CORRECTIVE, "forms": FORMS, **sections}).assigned()
    play.step("ward-head", "handle", fields=SAID)
    return play


def come_of(above: Desk, affair: str) -> Desk:
    """The affair that came of a case, or of another affair, which is to be found by its id."""
    play = Desk(affairs_of(above.regime.parent or above.regime)[affair], now=above.now)
    play.world.units, play.world.staff = above.world.units, above.world.staff
    known, found = replace(above.the_case, id=f"{above.the_case.kind}-1"), above.world.case_of
    play.world.case_of = lambda case_id: known if case_id == known.id else found(case_id)
    occasion = Occasion(f"{known.id}/1|内科", event="handle", member="内科")
    play.do(SYSTEM, cmd.OpenAffair(occasion=occasion, role="ward", unit="内科", handler_role="ward", origin=known.id))
    return play


def printed(play: Desk, affair: str, **fields: Any) -> dict[str, str]:
    """What the paper of the affair says once it is done."""
    play.step("ward-head", affair, fields=fields)
    return cells(sheet_of(play))


def test_what_the_affair_does_not_ask_is_taken_from_its_case_and_what_it_asks_is_not():
    paper = printed(come_of(handled(), "mending"), "mending")
    assert paper == {"经过": "态度冷淡", "教训": "人手不足时要说明", "原因": "☑人手　☐场地", "打算": ""}


def test_what_the_affair_itself_says_stands():
    paper = printed(come_of(handled(), "mending"), "mending", plan="两人一班")
    assert paper["打算"] == "两人一班"


def test_an_affair_that_came_of_an_affair_looks_one_further_up():
    mending = come_of(handled(), "mending")
    mending.step("ward-head", "mending", fields={"plan": "两人一班"})
    paper = printed(come_of(mending, "again"), "again", lessons="一人不顶两班")
    assert paper == {"经过": "态度冷淡", "教训": "一人不顶两班", "原因": "☑人手　☐场地", "打算": "两人一班"}


def test_what_a_rule_of_confidentiality_hides_in_the_case_is_not_taken_along():
    hiding = {"titles": {"title": "事由保密", "hide": ["matter"], "from": "ward", "cite": "九"}}
    paper = printed(come_of(handled(confidentiality=hiding), "mending"), "mending")
    assert (paper["经过"], paper["教训"]) == ("", "人手不足时要说明")


def test_a_case_that_only_some_may_see_hands_nothing_down():
    closed = {"all": {"title": "只有承办人", "see": "handler", "cite": "九"}}
    paper = printed(come_of(handled(confidentiality=closed), "mending"), "mending")
    assert paper == {"经过": "", "教训": "", "原因": "☐人手　☐场地", "打算": ""}


def test_personal_data_stays_in_its_case():
    intake = {
        "channels": {"phone": "电话"},
        "fields": {"account": {"title": "经过", "type": "long-text", "private": True}},
        "anonymous": "taken",
    }
    above = desk(flow=flow(handle=HANDLE), corrective=CORRECTIVE, forms=FORMS, intake=intake)
    above.assigned(matter={"account": PRIVATE}).step("ward-head", "handle", fields=SAID)
    paper = printed(come_of(above, "mending"), "mending")
    assert (paper["经过"], paper["教训"]) == ("", "人手不足时要说明")


def test_an_affair_of_its_own_says_only_what_it_was_told():
    alone = handled()
    alone.regime, alone.case, alone.events = affairs_of(alone.regime)["mending"], None, []
    occasion = Occasion("2026-03|", event="handle", member="内科")
    alone.do(SYSTEM, cmd.OpenAffair(occasion=occasion, role="ward", unit="内科", handler_role="ward"))
    assert printed(alone, "mending", plan="两人一班")["教训"] == ""
