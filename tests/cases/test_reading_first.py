"""Work that has somebody read a paper before it waits for the paper; the reader may read it."""

from typing import Any

from huiyin.cases import commands as cmd
from huiyin.cases.available import available
from huiyin.cases.outsiders import readers_of

from .desk import Desk, desk

FORMS = {"sheet": {"title": "查明情况", "fields": ["seen"]}}
ACTS: dict[str, Any] = {
    "look": {"title": "查看现场", "by": "desk", "fields": {"seen": "所见"}, "required": ["seen"], "produces": "sheet", "cite": "六"},
    "comment": {"title": "提出意见", "by": "ward-head", "reads": "sheet", "open_for": "5 days after look", "cite": "六"},
}


def play() -> Desk:
    return desk(acts=ACTS, forms=FORMS).assigned()


def offered(desk: Desk, who: str, work: str) -> list[Any]:
    found = available(desk.regime, desk.the_case, desk.world.context(desk.world.actor(who), desk.now))
    return [each for each in found if each.work == work]


def test_it_waits_for_the_paper_and_names_it() -> None:
    case = play()
    refused = case.refused("ward-head", cmd.Perform(work="comment"))
    assert refused.code == "not-open-now"
    case.do("desk", cmd.Perform(work="look", fields={"seen": "通道堆物"}))
    (possible,) = offered(case, "ward-head", "comment")
    (paper,) = case.the_case.documents.values()
    assert possible.reads == (paper.key,)
    assert possible.until is not None
    case.do("ward-head", cmd.Perform(work="comment"))
    assert case.happened("comment") == 1


def test_what_is_to_be_read_may_be_read() -> None:
    assert readers_of(play().regime, "sheet") == ("ward-head",)
