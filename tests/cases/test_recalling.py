"""Papers that turned out wrong: copies fetched back, voided, replaced by one that says what it replaces."""

import pytest

from huiyin.cases import commands as cmd
from huiyin.cases.documents.content import sheet_from_json
from huiyin.cases.events import DocumentProduced

from .desk import BASE, Desk, desk, flow

INTAKE = {**BASE["intake"], "fields": {**BASE["intake"]["fields"], "report_number": "原报告编号"}}
FORMS = {"new-report": {"title": "更正报告", "fields": ["account"], "replaces": "matter.report_number"}}
STEPS = flow(
    handle={
        "produces": "new-report",
        "requires": [{"that": "voided(matter.report_number)", "otherwise": "请先收回原报告并作废", "cite": "七"}],
    }
)
OLD = "水2026-010"


def wrong_report() -> Desk:
    """A complaint about a report from outside, known by its number only."""
    play = desk(intake=INTAKE, forms=FORMS, flow=STEPS)
    return play.assigned(matter={"account": "结果偏高", "report_number": OLD})


def recall(play: Desk, stage: str, text: str = "", paper: str = OLD) -> None:
    play.do("ward-head", cmd.Recall(paper=paper, stage=stage, text=text))  # type: ignore[arg-type]


def test_a_report_is_asked_back_returned_and_voided_and_the_case_says_when_and_by_whom() -> None:
    play = wrong_report()
    recall(play, "asked", "已电话通知客户交回")
    play.at("2026-03-04T10:00")
    recall(play, "returned")
    recall(play, "voided", "已加盖作废章")
    steps = play.the_case.recalls[OLD].steps
    assert [(stage, at.day, by) for stage, at, by, _text in steps] == [
        ("asked", 2, "ward-head"),
        ("returned", 4, "ward-head"),
        ("voided", 4, "ward-head"),
    ]
    assert play.the_case.happened("voided")
    assert play.the_case.happened("recalled")


def test_no_corrected_report_before_the_old_one_is_void() -> None:
    play = wrong_report()
    recall(play, "returned")
    refused = play.refused("ward-head", cmd.Perform(work="handle"))
    assert (refused.code, refused.cite) == ("unmet-requirement", ("七",))
    recall(play, "voided")
    play.step("ward-head", "handle")


def test_what_did_not_come_back_is_not_stamped() -> None:
    play = wrong_report()
    recall(play, "asked")
    refused = play.refused("ward-head", cmd.Recall(paper=OLD, stage="voided"))
    assert refused.code == "unmet-requirement"


def test_why_a_copy_did_not_come_back_is_written_down() -> None:
    play = wrong_report()
    refused = play.refused("ward-head", cmd.Recall(paper=OLD, stage="lost"))
    assert (refused.code, list(refused.fields)) == ("missing-field", ["text"])
    recall(play, "lost", "客户已遗失，登报声明作废")
    recall(play, "voided")
    assert play.the_case.recalls[OLD].is_void


@pytest.mark.parametrize("stage", ["asked", "returned", "lost", "voided"])
def test_a_void_paper_is_not_recalled_again(stage: str) -> None:
    play = wrong_report()
    recall(play, "returned")
    recall(play, "voided")
    refused = play.refused("ward-head", cmd.Recall(paper=OLD, stage=stage, text="再收"))  # type: ignore[arg-type]
    assert refused.code == "not-open-now"


def corrected() -> Desk:
    play = wrong_report()
    recall(play, "returned")
    recall(play, "voided")
    play.step("ward-head", "handle")
    return play


def content_of(play: Desk, key: str) -> DocumentProduced:
    return next(each for each in play.events if isinstance(each, DocumentProduced) and each.key == key)


def change_of(event: DocumentProduced) -> str:
    return "".join(run.text for run in sheet_from_json(event.content).change)


def test_the_corrected_report_says_what_it_replaces() -> None:
    event = content_of(corrected(), "new-report-1")
    assert event.stands_for == OLD
    assert change_of(event) == f"更改1：代替编号{OLD}的文书；原件2026年3月2日已作废"


def test_a_document_issued_again_voids_the_one_before_with_who_when_and_why() -> None:
    play = corrected()
    play.at("2026-03-05T09:00")
    play.do("desk", cmd.Reissue(document="new-report-1", text="单位名称有误"))
    old, new = play.the_case.documents["new-report-1"], play.the_case.documents["new-report-2"]
    assert old.is_void
    assert old.voided_at is not None
    assert (old.voided_by, old.voided_at.day, old.void_reason) == ("desk", 5, "单位名称有误")
    assert not new.is_void
    assert change_of(content_of(play, new.key)) == "更改2：代替第1版（2026年3月2日出具）；单位名称有误"


def test_a_document_of_ours_is_recalled_and_counts_no_more() -> None:
    play = corrected()
    play.do("desk", cmd.Recall(paper="new-report-1", stage="returned"))
    play.do("desk", cmd.Recall(paper="new-report-1", stage="voided", text="依据不足"))
    document = play.the_case.documents["new-report-1"]
    assert document.is_void
    assert document.missing() == {}
    assert document.void_reason == "依据不足"


def test_recall_is_offered_while_there_is_something_to_fetch_back() -> None:
    play = wrong_report()
    assert "recall.recall" in play.offers("ward-head")
    recall(play, "returned")
    recall(play, "voided")
    assert "recall.recall" not in play.offers("ward-head")
