"""What the regime asks about evidence, on the filing form and on the case page: checked, looked over, kept."""

from django.core.files.uploadedfile import SimpleUploadedFile
from tests.portal.conftest import BILL, HOSPITAL

from huiyin.application.loading import open_case
from huiyin.application.running import run
from huiyin.application.tracking import COMPLAINANT
from huiyin.cases.commands import SealEvidence
from huiyin.cases.people import Actor
from huiyin.store.models import AttachmentRow, CaseRow

ABOUT_THE_BILL = {"e-bill-issued_on": "2026-09-25", "e-bill-charged": "340"}


def evidence_of(rehearsal, receipt):
    return open_case(rehearsal, COMPLAINANT, receipt.case_id).case.evidence


def test_the_form_asks_about_each_kind_what_the_regime_asks(visitor):
    page = visitor.get(f"/file/{HOSPITAL}/")
    for title in ("开具日期", "票面金额", "什么时候拍录的", "有实物，先由我保管", "批号"):
        assert title in page.text


def test_what_was_said_about_a_file_is_looked_over_and_kept_with_it(visitor, rehearsal):
    page = visitor.fill(HOSPITAL, files=[("bill", *BILL)], **ABOUT_THE_BILL)
    assert "收费票据或费用清单开具日期：9月25日 周五" in page.text
    assert "票面金额：340 元" in page.text
    (piece,) = evidence_of(rehearsal, page.submit().receipt)
    assert (piece.title, piece.data) == ("缴费单据.png", {"issued_on": "2026-09-25", "charged": 340.0})


def test_a_wrong_value_is_said_beside_its_control_and_stays(visitor):
    page = visitor.fill(HOSPITAL, files=[("bill", *BILL)], **{"e-bill-charged": "很多"})
    assert page.status == 422
    assert "请填写数字，例如 286.00" in page.wrong
    assert page.value("e-bill-charged") == "很多"


def test_words_about_evidence_that_did_not_come_are_asked_about(visitor):
    page = visitor.fill(HOSPITAL, **ABOUT_THE_BILL)
    assert page.status == 422
    assert page.wrong == ["写了内容，还没有选文件。"]
    assert CaseRow.objects.count() == 0


def test_a_thing_without_a_file_is_evidence_and_stays_with_the_visitor(visitor, rehearsal):
    thing = {"thing-article": "on", "e-article-article_name": "输液袋", "e-article-batch": "H0925"}
    (piece,) = evidence_of(rehearsal, visitor.fill(HOSPITAL, **thing).submit().receipt)
    assert (piece.kind, piece.digest, piece.place) == ("article", "", "由投诉人保管")
    assert piece.data == {"article_name": "输液袋", "opened": False, "batch": "H0925"}


def test_pressing_twice_with_other_words_about_the_same_file_is_another_filing(visitor):
    page = visitor.fill(HOSPITAL, files=[("bill", *BILL)], **ABOUT_THE_BILL)
    form = {**page.hidden, "do": "submit"}
    visitor.send(f"/file/{HOSPITAL}/", form)
    again = visitor.send(f"/file/{HOSPITAL}/", {**form, "e-bill-charged": "341"})
    assert "这张表已经交过一次" in again.text


def test_material_is_added_later_on_with_its_words(visitor, rehearsal):
    receipt = visitor.fill(HOSPITAL).submit().receipt
    upload = SimpleUploadedFile(BILL[0], BILL[1])
    page = visitor.send("/track/case/say/", {"text": "补上票据", "file-bill": [upload], **ABOUT_THE_BILL})
    assert page.status == 200
    said, bill = evidence_of(rehearsal, receipt)
    assert (said.title, bill.kind, bill.data["charged"]) == ("补上票据", "bill", 340.0)
    wrong = visitor.send("/track/case/say/", {"text": "再补", "e-bill-charged": "340"})
    assert (wrong.status, "写了内容，还没有选文件。" in wrong.text) == (422, True)


def test_a_sealed_file_is_not_handed_out_to_the_complainant_either(visitor, rehearsal):
    receipt = visitor.fill(HOSPITAL, files=[("bill", *BILL)]).submit().receipt
    attachment = AttachmentRow.objects.get()
    there = f"/track/case/files/{attachment.id}/"
    assert there in visitor.get("/track/case/").html
    run(rehearsal, Actor("he-wanyin"), receipt.case_id, SealEvidence(evidence="file-1"))
    assert visitor.get(there).status == 404
    assert there not in visitor.get("/track/case/").html
