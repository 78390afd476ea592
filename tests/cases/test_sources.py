"""A body outside that files itself through a channel with its own page: a party from the first event on."""

from datetime import datetime

import pytest

from huiyin.cases import commands as cmd
from huiyin.cases.access import sight
from huiyin.cases.available import available
from huiyin.cases.decide import decide
from huiyin.cases.events import Completed, CompletionAsked, Filed, NoticeQueued, OutsideInvited
from huiyin.cases.inviting import outside_actor
from huiyin.cases.outsiders import as_known
from huiyin.cases.people import Actor, Holding
from huiyin.cases.refusals import Refused
from huiyin.cases.sources import source_actor
from huiyin.cases.standing import may
from huiyin.records import replace

from .desk import BASE, desk, regime

NOW = datetime.fromisoformat("2026-03-02T12:00:00+08:00")
ROLES = {
    **BASE["roles"],
    "outside": {
        "bank": {"title": "合作银行", "reached_by": "link", "sees": ["matter.account"], "link_for": "30 days"},
        "shop": {"title": "商家", "many": True, "reached_by": "link", "listed_in": "shops"},
    },
}
INTAKE = {
    **BASE["intake"],
    "channels": {
        "phone": "电话",
        "letter": {"title": "银行来函", "from": "bank"},
        "bank": {"title": "银行提交", "from": "bank", "own_page": True, "reference": "bank_number"},
        "shop": {"title": "商家提交", "from": "shop", "own_page": True},
    },
    "fields": {**BASE["intake"]["fields"], "bank_number": "银行的编号"},
}
TABLES = {"shops": {"title": "商家名单", "key": "商家", "columns": {"phone": "电话"}}}
ANSWER = {"answer": {"title": "商家答复", "by": "shop", "after": "assigned", "cite": "三"}}
SECTIONS = {"roles": ROLES, "intake": INTAKE, "tables": TABLES, "flow": {**BASE["flow"], **ANSWER}}


def filing(channel="bank", source="江海银行", actor=None, tables=None):
    """What `decide` says when this body files."""
    rules = regime(**SECTIONS)
    command = cmd.File(kind="complaint", channel=channel, matter={"account": "催收粗暴"}, source=source)
    actor = actor or source_actor(rules, channel)
    world = desk(**SECTIONS).world
    world.tables = tables or {}
    return rules, decide(rules, None, command, world.context(actor, NOW))


def refused(**how):
    with pytest.raises(Refused) as caught:
        filing(**how)
    return set(caught.value.fields)


def test_the_filing_names_the_source_and_lets_it_in():
    rules, decision = filing()
    first, second = decision.events[:2]
    assert isinstance(first, Filed)
    assert (first.by, first.channel, first.source, first.passed_on_by) == ("outside:1", "bank", "江海银行", "bank")
    assert isinstance(second, OutsideInvited)
    assert (second.key, second.role, second.name, second.unit) == ("1", "bank", "江海银行", "")
    case = decision.case
    assert case.first_receiver == ""
    assert second.until == datetime.fromisoformat("2026-04-01T23:59:59+08:00")
    actor = outside_actor(case, "1", NOW)
    assert actor is not None
    view = sight(rules, case, actor, desk(**SECTIONS).world)
    assert view.sees
    assert "matter.account" not in view.hidden
    assert "matter.amount" in view.hidden


def test_of_many_only_the_one_that_filed_has_a_part_in_it():
    rules, decision = filing("shop", "禾丰食品商行")
    assert decision.case.invitations["1"].unit == "禾丰食品商行"
    assert decision.case.source == "禾丰食品商行"
    directory = desk(**SECTIONS).world
    assert may(rules, decision.case, outside_actor(decision.case, "1", NOW), ("shop",), directory)


def test_a_channel_without_a_page_of_its_own_is_not_for_it():
    assert refused(channel="letter") == {"channel"}
    assert refused(channel="phone") == {"channel"}
    assert refused(channel="bank", actor=source_actor(regime(**SECTIONS), "shop")) == {"channel"}


def test_it_has_to_say_who_it_is_and_nobody_else_may():
    assert refused(source=" ") == {"source"}
    assert refused(actor=Actor("clerk")) == {"source"}
    assert refused(channel="phone", actor=Actor("complainant", kind="complainant")) == {"source"}


def test_where_the_organisation_lists_them_it_has_to_be_listed():
    assert refused(channel="shop", source="无名商行", tables={"shops": {"禾丰食品商行": {}}}) == {"source"}
    filing(channel="shop", source="禾丰食品商行", tables={"shops": {"禾丰食品商行": {}}})


def waiting(channel="bank", source="江海银行"):
    """A case that a body filed and that was asked to be completed: rules, case, world."""
    rules, decision = filing(channel, source)
    world = desk(**SECTIONS).world
    clerk = world.context(Actor("clerk", frozenset({Holding("desk")})), NOW)
    asked = decide(rules, decision.case, cmd.AskMore(text="请补合同编号"), clerk)
    return rules, asked.case, world


def completing(actor=None, **how):
    rules, case, world = waiting(**how)
    actor = actor or outside_actor(case, "1", NOW)
    return decide(rules, case, cmd.Complete(matter={"bank_number": "投7"}, text="已补"), world.context(actor, NOW))


def test_the_body_that_filed_completes_the_filing():
    decision = completing()
    assert (decision.case.state, decision.case.matter["bank_number"]) == ("open", "投7")
    done = next(event for event in decision.events if isinstance(event, Completed))
    assert (done.by, done.on_behalf) == ("outside:1", False)


def test_another_party_of_that_role_does_not_nor_one_with_an_account():
    with pytest.raises(Refused) as refused:
        completing(Actor("zhou", frozenset({Holding("bank")}), "outside"))
    assert refused.value.code == "not-yours"


def test_it_is_offered_to_complete_what_it_filed_and_knows_what_is_asked():
    rules, case, world = waiting()
    actor = outside_actor(case, "1", NOW)
    offered = {each.command: each for each in available(rules, case, world.context(actor, NOW))}
    assert offered["complete"].expected
    asked = CompletionAsked(at=NOW, by="clerk", text="请补合同编号")
    assert as_known(rules, case, asked, actor, world) is asked
    assert as_known(rules, case, asked, Actor("zhou", frozenset({Holding("bank")}), "outside"), world) is None


def test_of_a_notice_to_the_complainant_it_knows_the_title_alone():
    rules, case, world = waiting()
    actor = outside_actor(case, "1", NOW)
    told = NoticeQueued(at=NOW, by="clerk", notice="core.refused", notice_title="不予受理", to=("complainant", "desk"),
                        text="您反映的王某……", about="refused")  # fmt: skip
    known = as_known(rules, case, told, actor, world)
    assert (known.notice_title, known.text, known.to) == ("不予受理", "", ("complainant",))
    for about in ("received", "completion-asked", "code-renewed"):
        assert as_known(rules, case, replace(told, about=about), actor, world) is None


@pytest.mark.parametrize("answer", [True, False])
def test_an_organisation_may_decide_whether_a_body_files_itself(answer):
    channels = {**INTAKE["channels"], "bank": {**INTAKE["channels"]["bank"], "own_page": "$banks_file"}}
    settings = {"banks_file": {"title": "银行自己提交", "type": "yes-no", "default": answer, "note": "由单位决定"}}
    rules = regime(**{**SECTIONS, "intake": {**INTAKE, "channels": channels}, "settings": settings})
    assert rules.intake.channels["bank"].own_page is answer
    assert bool(source_actor(rules, "bank").holdings) is answer
