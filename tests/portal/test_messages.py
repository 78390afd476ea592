"""Messages of one moment: nothing that was told loses its title, and the filing stands by itself."""

from types import SimpleNamespace

import pytest
from tests.portal.conftest import MONDAY

from huiyin.portal.pages.messages import Message, Part, Teller


@pytest.fixture
def told():
    """`told(*parts)` gives the messages that our parts of one moment make."""
    world = SimpleNamespace(calendar=SimpleNamespace(zone=MONDAY.tzinfo), now=MONDAY)
    case = SimpleNamespace(matter={}, documents={})
    teller = Teller(SimpleNamespace(regime=None, case=case, world=world))

    def add(*parts: Part) -> list[Message]:
        found: list[Message] = []
        for part in parts:
            teller._add(found, SimpleNamespace(at=MONDAY, cite=()), part)
        return found

    return add


def test_a_notice_of_the_same_moment_keeps_its_title(told):
    [message] = told(
        Part(mine=False, title="不予受理", body="已经法院判决"),
        Part(mine=False, title="可以向卫生健康委反映", body="十五日内"),
    )
    assert (message.title, message.body) == ("不予受理", ["已经法院判决", "可以向卫生健康委反映：十五日内"])


def test_the_paper_takes_the_title_of_the_reply_and_not_that_of_a_notice(told):
    [reply] = told(Part(mine=False, title="答复", body="已道歉", reply=True), Part(mine=False, title="投诉答复书", paper=True))
    assert (reply.title, reply.body) == ("投诉答复书", ["已道歉"])
    [notice] = told(Part(mine=False, title="已经受理", body="十日内答复"), Part(mine=False, title="受理通知书", paper=True))
    assert (notice.title, notice.body) == ("受理通知书", ["已经受理", "十日内答复"])


def test_what_is_added_in_the_moment_of_filing_is_a_message_of_its_own(told):
    filing, more = told(Part(mine=True, title="反映的情况", filing=True), Part(mine=True, title="补充", body="还有收据"))
    assert (filing.title, more.title, more.body) == ("反映的情况", "补充", ["还有收据"])


def test_the_same_thing_in_longer_words_is_said_once(told):
    [closed] = told(Part(mine=False, title="办结归档"), Part(mine=False, title="案件已办结归档"))
    assert (closed.title, closed.body) == ("案件已办结归档", [])
    [ended] = told(
        Part(mine=False, title="终止办理", body="联系不上"),
        Part(mine=False, title="案件已终止办理"),
        Part(mine=False, title="办结归档"),
        Part(mine=False, title="案件已办结归档"),
    )
    assert (ended.title, ended.body) == ("案件已终止办理", ["联系不上", "案件已办结归档"])
