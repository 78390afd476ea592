"""Pieces of evidence: what the regime asks about each, sealed and opened on record, weighed with its article."""

import json
from datetime import timedelta

from huiyin.cases import commands as cmd
from huiyin.cases.codec import event_from_text, event_to_text
from huiyin.cases.events import DocumentProduced, EvidenceAdded, EvidenceOpened, EvidenceSealed, EvidenceWeighed
from huiyin.cases.evidence import is_closed_to, may_read, suggested_force
from huiyin.cases.evolve import evolve
from huiyin.cases.state import Case, Evidence

from .desk import Desk, desk, flow

INTAKE = {
    "channels": {"phone": "电话", "web": "网络"},
    "fields": {"account": "经过"},
    "force": {"strong": "强", "weak": "弱", "none": {"title": "不作证据", "counts": False}},
    "evidence": {
        "receipt": {
            "title": "购货凭证",
            "fields": {
                "seller": {"title": "销售方", "required": True},
                "amount": {"title": "金额", "type": "money", "required": True},
                "bought_on": {"title": "日期", "type": "date"},
                "reason": {"title": "日期为什么缺", "required": "!given(evidence('receipt').bought_on)"},
            },
            "force": {
                "dated": {"title": "记载齐全", "when": "given(evidence('receipt').bought_on)", "is": "strong", "cite": "六"},
                "rest": {"title": "没有日期", "is": "weak", "cite": "六"},
            },
        },
        "package": {
            "title": "包装",
            "physical": True,
            "fields": {"opened": {"title": "已经开启", "type": "yes-no"}, "batch": "批号"},
            "force": {
                "opened": {"title": "已经开启", "when": "evidence('package').opened", "is": "none", "cite": "七"},
                "bare": {"title": "没有购货凭证", "when": "!has_evidence('receipt')", "is": "weak", "cite": "七"},
                "rest": {"is": "strong", "cite": "七"},
            },
        },
        "letter": {"title": "检举信", "sealed_for": "leader", "cite": "九"},
    },
}
STEPS = flow(
    reply={
        "requires": [
            {"that": "evidence('receipt').amount < 1000", "otherwise": "一千元以上的另行报批", "cite": "七"},
            {"that": "evidence_count('package') == 1", "otherwise": "没有可以采信的包装", "cite": "七"},
        ]
    },
)
RECEIPT = Evidence("r1", "receipt", "小票", data={"seller": "青屿鲜果铺", "amount": "286", "bought_on": "2026-09-20"})
PACKAGE = Evidence("p1", "package", "米糕", data={"opened": False, "batch": "B7"}, place="三楼物证柜2号")


def assigned(*pieces: Evidence) -> Desk:
    play = desk(intake=INTAKE, flow=STEPS).assigned()
    if pieces:
        play.do("desk", cmd.AddEvidence(evidence=pieces))
    return play


# -- what is asked about a piece ---------------------------------------------------------------------------------------


def test_a_piece_says_what_the_regime_asks_about_its_kind_in_checked_form() -> None:
    (piece,) = assigned(RECEIPT).the_case.evidence
    assert piece.data == {"seller": "青屿鲜果铺", "amount": 286.0, "bought_on": "2026-09-20"}


def test_what_is_missing_or_wrong_is_said_field_by_field() -> None:
    play = assigned()
    bare = play.refused("desk", cmd.AddEvidence(evidence=(Evidence("r1", "receipt", "小票"),)))
    assert bare.code == "missing-field"
    assert bare.fields == {
        "evidence.receipt.fields.seller": "请填写“销售方”",
        "evidence.receipt.fields.amount": "请填写“金额”",
        "evidence.receipt.fields.reason": "请填写“日期为什么缺”",  # a condition about the very piece
    }
    much = Evidence("r1", "receipt", "小票", data={"seller": "青屿鲜果铺", "amount": "很多"})
    assert "请填写数字" in play.refused("desk", cmd.AddEvidence(evidence=(much,))).fields["evidence.receipt.fields.amount"]


def test_it_is_asked_at_filing_and_of_what_comes_along_as_well() -> None:
    play = desk(intake=INTAKE, flow=STEPS)
    bare = (Evidence("r1", "receipt", "小票"),)
    command = cmd.File(kind="complaint", channel="phone", matter={"account": "发霉"}, evidence=bare)
    assert "evidence.receipt.fields.amount" in play.refused("first-receiver", command).fields
    assert "evidence.receipt.fields.amount" in assigned().refused("ward-head", cmd.Accompany(evidence=bare)).fields


def test_conditions_read_the_last_piece_and_count_those_that_are_evidence() -> None:
    play = assigned(RECEIPT, PACKAGE)
    play.step("ward-head", "handle")
    dear = Evidence("r2", "receipt", "小票", data={"seller": "青屿鲜果铺", "amount": 1200, "bought_on": "2026-09-21"})
    play.do("desk", cmd.AddEvidence(evidence=(dear,)))
    assert play.refused("ward-head", cmd.Perform(work="reply")).message == "一千元以上的另行报批。"
    play.do("desk", cmd.AddEvidence(evidence=(RECEIPT,)))
    play.do("desk", cmd.WeighEvidence(evidence="p1", force="none", text="换过包装"))
    assert play.refused("ward-head", cmd.Perform(work="reply")).message == "没有可以采信的包装。"


def test_a_key_that_is_taken_gets_another_number() -> None:
    play = assigned(RECEIPT, RECEIPT)
    assert [item.key for item in play.the_case.evidence] == ["r1", "r-2"]


def test_a_thing_has_a_place_or_stays_with_the_complainant() -> None:
    play = assigned()
    nowhere = Evidence("p1", "package", "米糕", data={"opened": False})
    assert play.refused("desk", cmd.AddEvidence(evidence=(nowhere,))).fields == {"evidence.package.place": "请写明“包装”保管在哪里"}
    play.do("complainant", cmd.AddEvidence(evidence=(nowhere,)))
    assert play.the_case.evidence[0].place == "由投诉人保管"


# -- sealing and opening -----------------------------------------------------------------------------------------------


def test_pieces_lie_under_one_seal_and_are_opened_together_on_record() -> None:
    play = assigned(RECEIPT, PACKAGE)
    play.do("desk", cmd.SealEvidence(evidence="r1", together_with=("p1",), present=("投诉人韩女士",), place="院办保险柜"))
    (first, second) = play.the_case.evidence
    assert (first.sealed, second.sealed, first.seals == second.seals, second.place) == (True, True, True, "院办保险柜")
    assert first.seals[0].number == f"{play.the_case.number}封1"
    assert play.refused("desk", cmd.OpenEvidence(evidence="p1")).fields == {"text": "请写明为什么启封"}
    play.do("desk", cmd.OpenEvidence(evidence="p1", text="送检", present=("投诉人韩女士",)))
    (first, second) = play.the_case.evidence
    assert (first.sealed, second.sealed) == (False, False)
    assert [(each.text, each.present) for each in first.seals[0].openings] == [("送检", ("投诉人韩女士",))]
    assert "unsealed" in play.the_case.signals


def test_a_seal_number_is_used_once_and_a_piece_sealed_again_keeps_its_history() -> None:
    play = assigned(RECEIPT)
    play.do("desk", cmd.SealEvidence(evidence="r1", seal="A-0731"))
    play.do("desk", cmd.OpenEvidence(evidence="r1", text="复印"))
    assert play.refused("desk", cmd.SealEvidence(evidence="r1", seal="A-0731")).fields == {"seal": "封条编号“A-0731”已经用过"}
    play.do("desk", cmd.SealEvidence(evidence="r1", seal="A-0732"))
    assert [seal.number for seal in play.the_case.evidence[0].seals] == ["A-0731", "A-0732"]


def test_the_file_of_a_sealed_piece_is_handed_to_nobody() -> None:
    play = assigned(RECEIPT)
    play.do("desk", cmd.SealEvidence(evidence="r1"))
    directory, actor = play.world.context(play.world.actor("desk"), play.now).directory, play.world.actor("desk")
    assert not may_read(play.regime, play.the_case, actor, directory, play.the_case.evidence[0], play.now)
    play.do("desk", cmd.OpenEvidence(evidence="r1", text="复印"))
    assert may_read(play.regime, play.the_case, actor, directory, play.the_case.evidence[0], play.now)


def test_a_letter_comes_in_sealed_and_only_its_role_opens_it_each_time_on_record() -> None:
    play = assigned()
    play.do("complainant", cmd.AddEvidence(evidence=(Evidence("l1", "letter", "实名检举.pdf", "d" * 64),)))
    (letter,) = play.the_case.evidence
    assert (letter.sealed, letter.for_some, letter.seals[0].text) == (True, True, "收件时即封存")
    refused = play.refused("desk", cmd.OpenEvidence(evidence="l1", text="看看"))
    assert (refused.code, refused.cite, refused.rule) == ("not-yours", ("九",), "intake.evidence.letter.sealed_for")
    leader, other = play.world.actor("leader"), play.world.actor("desk")
    directory = play.world.context(leader, play.now).directory

    def may(who: object) -> bool:
        return may_read(play.regime, play.the_case, who, directory, play.the_case.evidence[0], play.now)  # type: ignore[arg-type]

    assert not may(leader)
    play.do("leader", cmd.OpenEvidence(evidence="l1", text="核查"))
    assert (may(leader), may(other), play.the_case.evidence[0].sealed) == (True, False, True)
    play.now += timedelta(hours=2)
    assert not may(leader)
    assert is_closed_to(play.regime, play.the_case, other, directory, letter)
    play.do("leader", cmd.OpenEvidence(evidence="l1", text="再核对一处"))
    assert [each.text for each in play.the_case.evidence[0].seals[0].openings] == ["核查", "再核对一处"]


# -- weighing ----------------------------------------------------------------------------------------------------------


def suggestion(play: Desk, key: str) -> tuple[str, tuple[str, ...]]:
    item = next(each for each in play.the_case.evidence if each.key == key)
    context = play.world.context(play.world.actor("desk"), play.now)
    rule = suggested_force(play.regime, play.the_case, context, item)
    assert rule is not None
    return rule.level, rule.cite


def test_each_piece_has_a_force_suggested_by_its_own_data() -> None:
    opened = Evidence("p2", "package", "另一盒", data={"opened": True}, place="窗口")
    play = assigned(PACKAGE, opened)
    assert suggestion(play, "p1") == ("weak", ("七",))  # no receipt yet
    assert suggestion(play, "p2") == ("none", ("七",))
    play.do("desk", cmd.AddEvidence(evidence=(RECEIPT,)))
    assert suggestion(play, "p1") == ("strong", ("七",))
    assert suggestion(play, "r1") == ("strong", ("六",))


def test_the_force_is_decided_by_a_person_and_other_than_suggested_only_with_a_reason() -> None:
    play = assigned(RECEIPT)
    refused = play.refused("desk", cmd.WeighEvidence(evidence="r1", force="weak"))
    assert (refused.cite, refused.fields) == (("六",), {"text": "制度建议“强”（记载齐全），另作认定请写明理由"})
    play.do("desk", cmd.WeighEvidence(evidence="r1", force="weak", text="印章模糊"))
    event = play.events[-1]
    assert isinstance(event, EvidenceWeighed)
    assert (event.force, event.suggested, event.why and event.why.rule) == ("weak", "strong", "intake.evidence.receipt.force.dated")
    assert play.the_case.evidence[0].force == "weak"
    assert play.refused("desk", cmd.WeighEvidence(evidence="r1", force="huge")).code == "wrong-value"


# -- what is stored ----------------------------------------------------------------------------------------------------


def test_events_of_earlier_days_are_read_as_they_were_written() -> None:
    stamp = {"at": "2026-09-28T09:00:00+08:00", "by": "梅"}
    piece = {"key": "e1", "kind": "receipt", "title": "小票", "digest": "", "added_by": "梅", "sealed": False}
    added = event_from_text("EvidenceAdded", json.dumps({**stamp, "evidence": [piece]}))
    sealed = event_from_text("EvidenceSealed", json.dumps({**stamp, "evidence": "e1", "present": ["投诉人"], "text": ""}))
    assert isinstance(added, EvidenceAdded)
    assert isinstance(sealed, EvidenceSealed)
    case = folded(assigned().the_case, added, sealed)
    assert (case.evidence[0].sealed, case.evidence[0].data, case.evidence[0].seals[0].number) == (True, {}, "")
    assert "data" not in json.loads(event_to_text(added))["evidence"][0]


def test_what_was_sealed_and_opened_is_stored_losslessly() -> None:
    play = assigned(RECEIPT, PACKAGE)
    play.do("desk", cmd.SealEvidence(evidence="p1", seal="A-1"))
    play.do("desk", cmd.OpenEvidence(evidence="p1", text="送检"))
    play.do("desk", cmd.WeighEvidence(evidence="p1", force="strong"))
    assert {EvidenceSealed, EvidenceOpened, EvidenceWeighed} <= {type(event) for event in play.events}
    stored = [event_from_text(type(event).__name__, event_to_text(event)) for event in play.events]
    assert stored == play.events
    assert evolve(None, tuple(stored)).evidence == play.the_case.evidence


def test_the_catalogue_lists_what_each_piece_is_where_it_is_and_its_seals() -> None:
    form = {"title": "证据目录", "lines": [{"each": "evidence"}], "cite": "六"}
    steps = flow(reply={"produces": ["catalogue"]})
    play = desk(intake=INTAKE, flow=steps, forms={"catalogue": form}).assigned()
    play.do("desk", cmd.AddEvidence(evidence=(RECEIPT, PACKAGE, Evidence("l1", "letter", "实名检举.pdf", "d" * 64))))
    play.do("desk", cmd.SealEvidence(evidence="p1", seal="A-1"))
    play.do("desk", cmd.WeighEvidence(evidence="r1", force="strong"))
    play.step("ward-head", "handle")
    play.step("ward-head", "reply")
    (document,) = play.the_case.documents.values()
    said = event_to_text(next(each for each in play.events if isinstance(each, DocumentProduced)))
    assert document.form == "catalogue"
    for words in ("销售方：青屿鲜果铺；金额：286", "三楼物证柜2号", "A-1，", "证明力", "检举信"):
        assert words in said
    assert "实名检举" not in said


def folded(case: Case, *events: EvidenceAdded | EvidenceSealed) -> Case:
    return evolve(case, events)
