"""The complainant reads, takes away and signs papers on the tracking page: those made out to the complainant, no others."""

import pytest
from tests.portal.conftest import HOSPITAL, Visitor
from tests.workbench.rehearsal import rehearsal_of, variant_of

from huiyin.application.loading import open_case
from huiyin.application.tracking import COMPLAINANT
from huiyin.cases.commands import Reissue

VARIANT = f"{HOSPITAL}-variant"


@pytest.fixture
def rehearsal(db, tmp_path):
    """A hospital whose answers are signed by the office, then by the complainant, and whose record stays inside."""
    forms = {"reply-letter": {"signed_by": ["relations-office", "complainant"]}}
    return rehearsal_of(HOSPITAL, variant=variant_of(HOSPITAL, tmp_path, forms=forms))


@pytest.fixture
def filed(visitor):
    """林晓雨 has filed with the hospital."""
    visitor.fill(VARIANT).submit()
    return visitor.receipt


@pytest.fixture
def tracking(answered):
    """林晓雨's browser on the tracking page, after the answer."""
    browser = Visitor()
    browser.post("/track/", number=answered.number, code=answered.code)
    return browser


def papers(rehearsal, receipt):
    return open_case(rehearsal, COMPLAINANT, receipt.case_id).case.documents


def key_of(rehearsal, receipt, form):
    return next(key for key, each in papers(rehearsal, receipt).items() if each.form == form)


def test_the_answer_waits_for_the_complainants_signature_and_can_be_read_before(tracking, answered, rehearsal):
    key = key_of(rehearsal, answered, "reply-letter")
    assert "签名：《投诉答复书》" in tracking.text
    assert "待签名" in tracking.text
    form = tracking.get(f"/track/case/do/{key}/")
    assert "先看《投诉答复书》" in form.text
    paper = tracking.get(f"/track/case/papers/{key}/")
    assert "多收的 340 元已原路退回" in paper.text
    assert f"/track/case/do/{key}/" in paper.html


def test_signing_is_put_to_what_was_read_and_told_from_a_signature_on_paper(tracking, answered, rehearsal):
    key = key_of(rehearsal, answered, "reply-letter")
    page = tracking.post(f"/track/case/do/{key}/")
    assert "已经办好：签名：《投诉答复书》" in page.text
    document = papers(rehearsal, answered)[key]
    assert document.signatures[-1] == ("complainant", "complainant")
    assert document.signed[-1][1] == document.digest
    assert document.missing() == {}
    paper = tracking.get(f"/track/case/papers/{key}/")
    assert "本人凭查询码签名" in paper.text
    assert f"/track/case/do/{key}/" not in paper.html
    assert tracking.get(f"/track/case/do/{key}/").status == 404


def test_the_paper_is_taken_away_as_pdf(tracking, answered, rehearsal):
    answer = tracking.get(f"/track/case/papers/{key_of(rehearsal, answered, 'reply-letter')}/pdf/").answer
    assert answer.content.startswith(b"%PDF-")
    assert answer["Content-Type"] == "application/pdf"


def test_papers_of_the_house_and_earlier_versions_are_not_handed_out(tracking, answered, rehearsal, do):
    inside = [key for key, each in papers(rehearsal, answered).items() if each.form != "reply-letter"]
    key = key_of(rehearsal, answered, "reply-letter")
    assert inside
    do("he-wanyin", answered, Reissue(document=key, text="写错了金额"))
    for closed in (*inside, key, "nothing"):
        assert tracking.get(f"/track/case/papers/{closed}/").status == 404
        assert tracking.get(f"/track/case/papers/{closed}/pdf/").status == 404
