"""Wording a regime advises against is found in what somebody is about to send, with the better words and the article."""

from typing import Any

import pytest

from huiyin.cases.advice import advice_at_receipt, discouraged, texts_of
from huiyin.cases.commands import Perform, Withdraw
from huiyin.cases.refusals import Refused

from .desk import Desk, desk

GUIDANCE = {
    "answering": {"at": "reply", "avoid": {"这不归我们管": "这件事由另一部门主管，已转交", "你去告": "您有权选择诉讼"}, "cite": "七"},
    "by-phone": {"at": "reply", "channel": "web", "avoid": {"不清楚": "我查一下再回您"}, "cite": "七"},
}


def about_to_reply(**given: Any) -> Desk:
    """A case about to be answered under a regime that advises on words."""
    play = desk(guidance=GUIDANCE).assigned(**given)
    play.step("ward-head", "handle")
    return play


@pytest.mark.parametrize(
    ("text", "phrases"),
    [
        ("经核实，已向您退费。", []),
        ("抱歉，这不归我们管。", ["这不归我们管"]),
        ("这 不归 我们管，你 去。告吧", ["这不归我们管", "你去告"]),
        ("情况我不清楚", []),  # advice for another channel
    ],
)
def test_discouraged_words_are_found_however_they_are_spaced(text: str, phrases: list[str]) -> None:
    play = about_to_reply()
    found = discouraged(play.regime, play.the_case, "reply", [text])
    assert [each.phrase for each in found] == phrases
    assert all(each.cite == ("七",) for each in found)


def test_the_channel_of_the_case_chooses_the_advice() -> None:
    play = about_to_reply(channel="web")
    assert [each.better for each in discouraged(play.regime, play.the_case, "reply", ["不清楚"])] == ["我查一下再回您"]


def test_other_work_is_not_looked_at() -> None:
    play = about_to_reply()
    assert discouraged(play.regime, play.the_case, "handle", ["这不归我们管"]) == ()


def test_all_words_of_a_command_are_looked_at() -> None:
    command = Perform(work="reply", text="说明", fields={"letter": "答复内容", "amount": 3, "kept": True})
    assert texts_of(command) == ("说明", "答复内容")


def test_it_warns_and_does_not_forbid() -> None:
    play = about_to_reply()
    play.step("ward-head", "reply", text="这不归我们管")
    assert play.happened("replied") == 1


def test_advice_for_a_category_holds_for_those_below_it() -> None:
    guidance = {"of-service": {"at": "reply", "category": "service", "avoid": {"随便": "请您选一个方便的时间"}, "cite": "七"}}
    categories = {"service": {"title": "服务", "children": {"attitude": "态度"}}, "fee": "收费"}
    for category, phrases in (("service", ["随便"]), ("attitude", ["随便"]), ("fee", []), ("", [])):
        play = desk(guidance=guidance, categories=categories).assigned(category=category)
        play.step("ward-head", "handle")
        found = discouraged(play.regime, play.the_case, "reply", ["您随便"])
        assert [each.phrase for each in found] == phrases


INSISTING = {"promise": {"at": "reply", "avoid": {"我保证": "我会按规定尽力"}, "insists": True, "cite": "八"}}


def insisted(text: str) -> Desk:
    play = desk(guidance=INSISTING).assigned()
    play.step("ward-head", "handle")
    play.step("ward-head", "reply", text=text)
    return play


def test_what_the_regime_insists_on_is_refused_with_the_better_words() -> None:
    with pytest.raises(Refused) as caught:
        insisted("我 保证解决")
    assert (caught.value.code, caught.value.cite) == ("forbidden-here", ("八",))
    assert caught.value.message == "制度不允许写“我保证”，请改为：我会按规定尽力"
    assert insisted("我会按规定尽力").the_case.happened("replied")


def test_the_complainants_own_words_are_not_looked_at() -> None:
    play = desk(guidance={"all": {**INSISTING["promise"], "at": "withdraw"}}, acts={"withdraw": {"cite": "七"}}).assigned()
    assert play.do("complainant", Withdraw(text="有人对我说：我保证")).happened("withdrawn")


def test_guidance_for_the_moment_of_receipt_is_that_of_the_steps_that_begin_then() -> None:
    regime = desk(guidance={
        "always": {"at": "register", "say": ["请坐"], "cite": "七"},
        "web": {"at": "register", "channel": "web", "say": ["您好"], "cite": "七"},
        "later": {"at": "reply", "say": ["已查清"], "cite": "七"},
    }).regime  # fmt: skip
    assert [each.id for each in advice_at_receipt(regime, "", "phone")] == ["always"]
    assert [each.id for each in advice_at_receipt(regime, "", "web")] == ["always", "web"]
