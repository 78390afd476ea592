"""Evidence: of known kinds, sealed once, and counted only when it is admissible."""

from dataclasses import replace

from huiyin.cases import commands as cmd
from huiyin.cases.acts import evidence_waiting
from huiyin.cases.state import Evidence

from .desk import Desk, desk, flow

INTAKE = {
    "channels": {"phone": "电话"},
    "fields": {"account": "经过", "opened": {"title": "包装已开启", "type": "yes-no"}},
    "evidence": {"report": {"title": "检验报告", "admissible": "!given(facts.opened) || !facts.opened", "cite": "七"}},
}
STEPS = flow(
    handle={
        "fields": {"opened": {"title": "包装已开启", "type": "yes-no"}},
        "required": ["opened"],
    },
    reply={"requires": [{"that": "has_evidence('report')", "otherwise": "没有可以采信的检验报告", "cite": "七"}]},
)


def with_report(kind: str = "report") -> Desk:
    play = desk(intake=INTAKE, flow=STEPS).assigned()
    play.do("complainant", cmd.AddEvidence(evidence=(Evidence("e1", kind, "报告"),)))
    return play


def test_a_report_counts_until_it_is_known_not_to() -> None:
    play = with_report()
    play.step("ward-head", "handle", fields={"opened": False})
    play.step("ward-head", "reply")


def test_a_report_on_an_opened_sample_does_not_count() -> None:
    play = with_report()
    play.step("ward-head", "handle", fields={"opened": True})
    refused = play.refused("ward-head", cmd.Perform(work="reply"))
    assert (refused.code, refused.cite, refused.message) == ("unmet-requirement", ("七",), "没有可以采信的检验报告。")


def test_evidence_is_of_a_kind_the_regime_knows_or_of_none() -> None:
    play = with_report(kind="")
    wrong = cmd.AddEvidence(evidence=(Evidence("e2", "rumour", "传言"),))
    assert play.refused("desk", wrong).code == "wrong-value"
    assert play.refused("desk", cmd.AddEvidence(evidence=())).code == "missing-field"


def test_a_piece_is_sealed_once() -> None:
    play = with_report()
    play.do("desk", cmd.SealEvidence(evidence="e1", present=("投诉人",)))
    assert play.the_case.evidence[0].sealed
    assert play.refused("desk", cmd.SealEvidence(evidence="e1")).code == "wrong-value"


def test_a_closed_case_takes_no_more_of_it() -> None:
    play = desk().assigned().answered()
    play.step("desk", "close")
    more = cmd.AddEvidence(evidence=(Evidence("e9", "", "照片"),))
    assert play.refused("complainant", more).cite == ("通则七",)


GUARDED = {"add-evidence": {"by": "desk", "with": ["complainant"], "fields": {"source": "来源"}, "required": ["source"],
                            "approval": "leader", "cite": "八"}}  # fmt: skip
PHOTO = (Evidence("p1", "", "照片"),)


def test_what_comes_with_another_command_need_not_do_what_is_asked_of_adding_evidence() -> None:
    play = desk(acts=GUARDED).assigned()
    play.do("ward-head", cmd.Accompany(evidence=PHOTO))
    assert [item.title for item in play.the_case.evidence] == ["照片"]
    assert play.refused("desk", cmd.AddEvidence(evidence=PHOTO)).code == "missing-field"


def test_nothing_comes_along_where_the_regime_takes_none_or_the_case_is_closed() -> None:
    none_taken = desk(acts={"add-evidence": {"allowed": False, "cite": "八"}}).assigned()
    assert none_taken.refused("ward-head", cmd.Accompany(evidence=PHOTO)).code == "forbidden-here"
    closed = desk().assigned().answered()
    closed.step("desk", "close")
    assert closed.refused("desk", cmd.Accompany(evidence=PHOTO)).cite == ("通则七",)


def test_what_is_added_waits_for_its_approval_and_is_known_meanwhile() -> None:
    play = desk(acts=GUARDED).assigned()
    play.do("desk", cmd.AddEvidence(evidence=PHOTO, present=("complainant",), fields={"source": "投诉人当面提交"}))
    assert (play.the_case.evidence, evidence_waiting(play.the_case)) == ((), PHOTO)
    play.do("leader", cmd.Approve())
    assert (play.the_case.evidence, evidence_waiting(play.the_case)) == ((replace(PHOTO[0], added_by="desk"),), ())
