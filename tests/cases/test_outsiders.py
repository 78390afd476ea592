"""What a party outside sees: what the regime lists for its role, what is addressed to it, what it did; nothing else."""

from typing import Any

import pytest

from huiyin.cases import commands as cmd
from huiyin.cases.access import sight
from huiyin.cases.events import Event, NoticeQueued
from huiyin.cases.inviting import outside_actor
from huiyin.cases.outsiders import as_known, evidence_of, may_read
from huiyin.cases.people import Actor
from huiyin.cases.state import Evidence

from .desk import Desk, desk, flow

INTAKE = {
    "channels": {"phone": "电话"},
    "points": True,
    "fields": {"account": {"title": "经过", "type": "long-text"}, "goods": "商品", "home": {"title": "住址", "private": True}},
    "evidence": {"invoice": "发票", "diary": "日记"},
}
FORMS = {
    "inner-note": {"title": "内部记录"},
    "request": {"title": "协查函", "to": "bank"},
    "agreement": {"title": "协议", "signed_by": {"handler": 1, "bank": 1}},
    "report": {"title": "结果报告"},
}
NOTICES = {
    "to-bank": {"title": "结果反馈", "after": "reply", "to": "bank", "form": "report", "text": "现将结果反馈贵行。", "cite": "四"},
    "to-leader": {"title": "报领导", "after": "reply", "to": "leader", "text": "已答复。", "cite": "四"},
}
STEPS = flow(
    handle={"produces": ["inner-note", "request", "agreement"], "fields": {"found": "查明的情况", "guess": "内部判断"}},
    reply={"produces": "report"},
)


def with_bank(**keys: Any) -> Desk:
    """A case in hand, to which the bank was invited; `keys` are those of the bank's role."""
    bank = {"title": "委托银行", "reached_by": "link", **keys}
    roles = {
        "units": {"desk": "办公室", "ward": {"title": "科室", "many": True}},
        "posts": {"ward-head": {"title": "科室主任", "many": True, "of": "ward"}, "leader": "分管领导"},
        "outside": {"bank": bank},
    }
    play = desk(roles=roles, intake=INTAKE, forms=FORMS, notices=NOTICES, flow=STEPS)
    evidence = (Evidence("e1", "invoice", "发票一张"), Evidence("e2", "diary", "日记一页"))
    play.file(matter={"account": "多扣了钱", "goods": "贷款"}, points=("退还",), evidence=evidence)
    play.step("first-receiver", "register")
    play.step("desk", "assign", unit="内科")
    play.do("desk", cmd.Invite(role="bank", name="江海银行 客服部"))
    return play


def bank_of(play: Desk) -> Actor:
    actor = outside_actor(play.the_case, "1", play.now)
    assert actor is not None
    return actor


def hidden(play: Desk) -> frozenset[str]:
    return sight(play.regime, play.the_case, bank_of(play), play.world).hidden


def pieces(play: Desk) -> list[str]:
    seen = evidence_of(play.regime, play.the_case, bank_of(play), hidden(play))
    return [item.title for item in seen]


def papers(play: Desk) -> list[str]:
    documents = play.the_case.documents.values()
    return [each.title for each in documents if may_read(play.regime, play.the_case, each, bank_of(play), play.world)]


def test_nothing_is_seen_that_the_regime_does_not_list() -> None:
    play = with_bank()
    assert {"matter", "matter.account", "matter.goods", "facts.found", "evidence", "respondent"} <= hidden(play)
    assert (pieces(play), papers(play)) == ([], [])


@pytest.mark.parametrize(
    ("sees", "seen", "kept"),
    [
        (["matter"], {"matter", "matter.account", "matter.goods"}, {"facts.found"}),
        (["matter.goods"], {"matter.goods"}, {"matter", "matter.account"}),
        (["facts.found"], {"facts.found"}, {"facts.guess", "matter.account"}),
        (["respondent"], {"respondent"}, {"matter.account"}),
    ],
)
def test_a_listed_content_is_seen_and_no_other(sees: list[str], seen: set[str], kept: set[str]) -> None:
    found = hidden(with_bank(sees=sees))
    assert (seen & found, kept - found) == (set(), set())


def test_only_evidence_of_the_listed_kinds_is_seen_and_what_the_party_gave() -> None:
    play = with_bank(sees=["evidence.invoice"])
    assert pieces(play) == ["发票一张"]
    play.do(bank_of(play), cmd.AddEvidence(evidence=(Evidence("e3", "", "对账单"),)))
    assert pieces(play) == ["发票一张", "对账单"]
    assert pieces(with_bank(sees=["evidence"])) == ["发票一张", "日记一页"]


def test_the_complainant_is_known_in_full_only_where_it_is_listed() -> None:
    def personal(play: Desk) -> bool:
        return sight(play.regime, play.the_case, bank_of(play), play.world).personal

    assert (personal(with_bank(sees=["matter"])), personal(with_bank(sees=["complainant"]))) == (False, True)


def test_a_rule_of_confidentiality_takes_away_what_is_listed() -> None:
    play = with_bank(sees=["matter", "evidence"])
    rule = {"title": "住处保密", "hide": ["matter.goods", "evidence"], "from": ["bank"], "cite": "九"}
    closed = desk(**{**_sections(play), "confidentiality": {"home": rule}})
    closed.case = play.case
    view = sight(closed.regime, closed.the_case, bank_of(closed), closed.world)
    assert {"matter.goods", "evidence"} <= view.secret <= view.hidden
    assert evidence_of(closed.regime, closed.the_case, bank_of(closed), view.hidden) == ()


def _sections(play: Desk) -> dict[str, Any]:
    bank = {"title": "委托银行", "reached_by": "link", "sees": list(play.regime.roles["bank"].sees)}
    roles = {
        "units": {"desk": "办公室", "ward": {"title": "科室", "many": True}},
        "posts": {"ward-head": {"title": "科室主任", "many": True, "of": "ward"}, "leader": "分管领导"},
        "outside": {"bank": bank},
    }
    return {"roles": roles, "intake": INTAKE, "forms": FORMS, "notices": NOTICES, "flow": STEPS}


def test_papers_made_out_to_it_waiting_for_its_signature_or_sent_to_it_are_read() -> None:
    play = with_bank()
    play.step("ward-head", "handle", fields={"found": "查实", "guess": "像是系统出错"})
    assert papers(play) == ["协查函", "协议"]  # the handler has signed by doing it, the bank is next
    play.do(bank_of(play), cmd.Sign(form="agreement"))
    play.step("ward-head", "reply")
    assert papers(play) == ["协查函", "协议", "结果报告"]  # the report came with the notice
    play.do("desk", cmd.Reissue(document="request-1", text="写错了日期"))
    assert papers(play) == ["协议", "结果报告", "协查函"]  # the later version stands in the place of the earlier


def test_a_listed_form_is_read_and_the_house_reads_everything() -> None:
    play = with_bank(sees=["forms.inner-note"])
    play.step("ward-head", "handle")
    assert papers(play) == ["内部记录", "协查函", "协议"]
    head = play.world.actor("ward-head@内科")
    assert all(may_read(play.regime, play.the_case, each, head, play.world) for each in play.the_case.documents.values())


def test_it_is_told_what_it_did_and_what_was_said_to_it_alone() -> None:
    play = with_bank()
    play.step("ward-head", "handle")
    play.do(bank_of(play), cmd.AskBack(text="哪一笔？"))
    play.do("desk", cmd.TellOutside(invitation="1", text="五月那一笔"))
    play.do("desk", cmd.Record(kind_of_act="note", text="银行很急"))
    play.step("ward-head", "reply")
    known = [as_known(play.regime, play.the_case, event, bank_of(play), play.world) for event in play.events]
    told = [event for event in known if event is not None]
    assert [_words(event) for event in told] == [
        "OutsideInvited", "协查函", "协议", "哪一笔？", "五月那一笔", "结果报告", "现将结果反馈贵行。",
    ]  # fmt: skip


def _words(event: Event) -> str:
    return str(getattr(event, "text", "") or getattr(event, "form_title", "") or type(event).__name__)


def test_what_follows_from_its_own_act_is_not_its_to_know() -> None:
    play = with_bank()
    play.do(bank_of(play), cmd.AskBack(text="哪一笔？"))
    notice = next(event for event in play.events if isinstance(event, NoticeQueued) and event.about == "asked-back")
    assert notice.by == "outside:1"
    assert as_known(play.regime, play.the_case, notice, bank_of(play), play.world) is None
