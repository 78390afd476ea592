"""Who signs: the doer signs what is his also when another person's approval finishes the work; online filings find a receiver."""

from datetime import datetime
from textwrap import dedent
from typing import Any

import pytest

from huiyin.cases import commands as cmd
from huiyin.cases.decide import decide
from huiyin.cases.people import Actor
from huiyin.cases.state import Case
from huiyin.regime import Regime, load
from huiyin.scenarios.world import World

START = datetime.fromisoformat("2026-09-28T09:00:00+08:00")

REGIME = dedent(
    """
    regime: signing
    title: 签名
    version: "1"
    kinds: {complaint: 投诉}
    articles: {"一": 经手人签名。}
    roles:
      units: {desk: 办公室}
      posts: {leader: 领导}
    intake: {channels: {phone: 电话}, fields: {account: 经过}}
    routing: {all: {to: desk, cite: "一"}}
    flow:
      register: {title: 登记, by: [first-receiver, desk], after: received, marks: registered, produces: sheet, cite: "一"}
      reply: {title: 答复, by: desk, after: assigned, marks: [concluded, replied], approval: leader, produces: letter, cite: "一"}
      close: {title: 归档, by: desk, after: reply, marks: closed, cite: "一"}
    forms:
      sheet: {title: 登记单, signed_by: [first-receiver]}
      letter: {title: 答复书, signed_by: [desk, leader]}
    """
)


@pytest.fixture(scope="module")
def regime(tmp_path_factory: pytest.TempPathFactory) -> Regime:
    file = tmp_path_factory.mktemp("signing") / "regime.yaml"
    file.write_text(REGIME, encoding="utf-8")
    return load(file)


def play(regime: Regime, case: Case | None, actor: Actor | str, command: cmd.Command) -> Case:
    world = World(regime, staff={"马文员": "desk", "贺主任": "leader"})
    who = world.actor(actor) if isinstance(actor, str) else actor
    return decide(regime, case, command, world.context(who, START)).case


def filed(regime: Regime, actor: Actor | str) -> Case:
    return play(regime, None, actor, cmd.File(kind="complaint", channel="phone", matter={"account": "排队太久"}))


def signatures(case: Case, form: str) -> dict[str, Any]:
    return next(dict(each.signatures) for each in case.documents.values() if each.form == form)


def test_the_doer_and_the_approver_sign_each_in_their_own_place(regime: Regime) -> None:
    case = filed(regime, "马文员")
    case = play(regime, case, "马文员", cmd.Perform(work="register"))
    case = play(regime, case, "马文员", cmd.Perform(work="reply"))
    case = play(regime, case, "贺主任", cmd.Approve())
    assert signatures(case, "letter") == {"desk": "马文员", "leader": "贺主任"}
    assert play(regime, case, "马文员", cmd.Perform(work="close")).state == "closed"


def test_a_case_filed_online_is_received_by_whoever_takes_it_up_first(regime: Regime) -> None:
    case = filed(regime, Actor("complainant", kind="complainant"))
    assert case.first_receiver == ""
    case = play(regime, case, "马文员", cmd.Perform(work="register"))
    assert case.first_receiver == "马文员"
    assert signatures(case, "sheet") == {"first-receiver": "马文员"}


def test_taking_up_a_case_does_not_change_who_received_it(regime: Regime) -> None:
    case = filed(regime, "贺主任")
    case = play(regime, case, "马文员", cmd.Perform(work="register"))
    assert case.first_receiver == "贺主任"
    assert next(iter(case.documents.values())).missing() == {"first-receiver": 1}
