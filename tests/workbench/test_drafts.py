"""Drafts at the desk: the text with its problems, answers, changes in words, approval, publishing."""

import time
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from tests.regime.test_hostile_files import HOSTILE

from huiyin.organisations.drafts import draft_of_version
from huiyin.organisations.models import RegimeDraft, RegimeVersion, Staff
from huiyin.organisations.services import regime_in_force

MANAGER, ADMINISTRATOR = "he-wanyin", "qi-anlan"


@pytest.fixture
def administrator(desk_of):
    return desk_of(ADMINISTRATOR)


@pytest.fixture
def draft(hospital):
    """A draft of the next version, in which the follow-up limit is longer."""
    row = RegimeVersion.objects.get(organisation=hospital, regime="patient-relations")
    return draft_of_version(row, by=Staff.objects.get(organisation=hospital, person=ADMINISTRATOR))


def saved(client, draft, source, **more):
    draft.refresh_from_db()
    return client.post(reverse("desk-draft", args=[draft.pk]), {"source": source, "edition": draft.edition, **more})


def next_version(draft):
    return draft.source.replace('version: "1.0"', 'version: "1.1"')


def test_a_draft_begins_from_a_published_version(administrator, hospital):
    answer = administrator.post(reverse("desk-regime-draft", args=["patient-relations"]), {"version": "1.0"})
    made = RegimeDraft.objects.get()
    assert answer.headers["Location"] == reverse("desk-draft", args=[made.pk])
    assert (made.regime, made.ready) == ("patient-relations", True)


def test_packs_are_offered_by_their_titles(administrator):
    shown = administrator.get(reverse("desk-drafts")).content.decode()
    assert "公司客户投诉处理制度（本公司）</option>" in shown
    assert ">company-quality<" not in shown


def test_a_draft_begins_from_a_pack_or_from_a_file(administrator):
    administrator.post(reverse("desk-drafts"), {"pack": "lab-appeals"})
    file = SimpleUploadedFile("regime.yaml", "regime: 坏\n".encode())
    administrator.post(reverse("desk-drafts"), {"pack": "", "file": file})
    assert sorted(RegimeDraft.objects.values_list("regime", flat=True)) == ["lab-appeals", "坏"]
    nothing = administrator.post(reverse("desk-drafts"), {"pack": ""})
    assert nothing.status_code == 422
    assert "请选择一个制度包，或上传文件。" in nothing.content.decode()


def test_every_message_leads_to_its_line_with_the_mend(administrator, draft):
    spoiled = next_version(draft).replace("marks: closed", "marks: clossed", 1)
    line = spoiled[: spoiled.index("clossed")].count("\n") + 1
    saved(administrator, draft, spoiled)
    shown = administrator.get(reverse("desk-draft", args=[draft.pk])).content.decode()
    assert f'href="#line-{line}"' in shown
    assert f'id="line-{line}" data-tone="error"' in shown
    assert "clossed" in shown
    assert "还有错误" in shown


def test_what_somebody_else_saved_meanwhile_is_not_overwritten_and_nothing_typed_is_lost(administrator, draft):
    stale = {"source": "regime: mine", "edition": draft.edition}
    saved(administrator, draft, next_version(draft))
    answer = administrator.post(reverse("desk-draft", args=[draft.pk]), stale)
    assert answer.status_code == 422
    assert "regime: mine" in answer.content.decode()
    assert "没有保存" in answer.content.decode()


def test_the_organisation_answers_the_settings_in_a_form(administrator, draft):
    there = reverse("desk-draft-answers", args=[draft.pk])
    shown = administrator.get(there).content.decode()
    assert "退费须院领导审批的金额" in shown
    assert "制度给的是 30分钟" in shown
    assert "制度给的是 收到投诉之日" in shown
    answer = administrator.post(there, {"setting-refund_approval": "2000", "setting-fee_limit": "2个工作日", "edition": draft.edition})
    assert answer.status_code == 302
    draft.refresh_from_db()
    assert draft.answers == {"refund_approval": 2000.0, "fee_limit": "2 workdays"}
    assert 'value="2个工作日"' in administrator.get(there).content.decode()
    administrator.post(there, {"setting-fee_limit": "soonish", "edition": draft.edition})
    draft.refresh_from_db()
    assert not draft.ready
    assert any(each["code"] == "E22" for each in draft.problems)


def test_what_is_still_to_be_filled_in_is_hinted_at_and_does_not_keep_from_publishing(administrator, hospital):
    administrator.post(reverse("desk-drafts"), {"pack": "opinion-box"})
    draft = RegimeDraft.objects.get()
    there, answers = reverse("desk-draft-review", args=[draft.pk]), reverse("desk-draft-answers", args=[draft.pk])
    assert "可以先不填；不填的，门户和文书不显示这一项" in administrator.get(answers).content.decode()
    shown = administrator.get(there).content.decode()
    assert "还没有填写：投诉举报专线号码、卫生健康行政部门电话" in shown
    assert f'href="{answers}">现在填写' in shown
    administrator.post(answers, {"setting-hotline": "0571-00000001", "edition": draft.edition})
    assert "还没有填写：卫生健康行政部门电话" in administrator.get(there).content.decode()
    draft.refresh_from_db()
    said = {"effective_on": "2026-10-09", "reason": "试行", "announcement": "", "edition": draft.edition}
    assert administrator.post(there, said).status_code == 302
    assert RegimeVersion.objects.get(regime="opinion-box").answers == {"hotline": "0571-00000001"}


def test_the_changes_are_said_and_the_version_is_published_with_day_reason_and_announcement(administrator, draft, hospital):
    saved(administrator, draft, next_version(draft).replace("default: 3 workdays", "default: 2 workdays"))
    there = reverse("desk-draft-review", args=[draft.pk])
    assert "由3个工作日改为2个工作日" in administrator.get(there).content.decode()
    draft.refresh_from_db()
    said = {"effective_on": "2026-10-09", "reason": "缩短时限", "announcement": "自10月9日起，时限缩短。", "edition": draft.edition}
    assert administrator.post(there, {**said, "effective_on": "2026-09-27"}).status_code == 422
    assert "第1.1版已发布，2026年10月9日起施行。" in administrator.post(there, said, follow=True).content.decode()
    row = RegimeVersion.objects.get(version="1.1")
    assert (row.effective_on, row.announcement) == (date(2026, 10, 9), "自10月9日起，时限缩短。")
    assert regime_in_force(hospital, "patient-relations").version == "1.0"
    shown = administrator.get(reverse("desk-regime-versions", args=["patient-relations"]), {"old": "1.0", "new": "1.1"})
    for words in ("待施行", "缩短时限", "自10月9日起，时限缩短。", "由3个工作日改为2个工作日"):
        assert words in shown.content.decode()
    old = administrator.get(reverse("desk-regime", args=["patient-relations"]), {"version": "1.1"}).content.decode()
    assert "?version=1.1" in old


def test_publishing_waits_for_the_approval_that_the_regime_names(administrator, desk_of, draft):
    text = next_version(draft)
    assert "governance:" in text
    approved = text.replace("governance:", "governance:\n  approval: relations-office", 1)
    saved(administrator, draft, approved)
    draft.refresh_from_db()
    assert draft.ready, draft.problems
    # the version in force names no approval, so nobody is asked; a regime that is new is ruled by itself
    RegimeVersion.objects.filter(version="1.0").update(active=False)
    there = reverse("desk-draft-review", args=[draft.pk])
    said = {"effective_on": "2026-10-09", "reason": "修订", "announcement": "", "edition": draft.edition}
    assert administrator.post(there, said).status_code == 422
    stranger = desk_of("hao-dingbang")
    assert stranger.get(there).status_code == 403
    assert stranger.post(reverse("desk-draft-approve", args=[draft.pk]), {"edition": draft.edition}).status_code == 403
    head = desk_of(MANAGER)
    assert "批准发布" in head.get(there).content.decode()
    head.post(reverse("desk-draft-approve", args=[draft.pk]), {"edition": draft.edition})
    assert administrator.post(there, said).status_code == 302
    assert RegimeVersion.objects.get(version="1.1").approvals[0]["person"] == MANAGER


def test_a_version_that_takes_open_cases_along_is_not_published_while_one_of_them_could_not_go_on(
    administrator, draft, complaint
):
    receipt = complaint()
    text = next_version(draft).replace("  service: {title: 服务态度", "  manner: {title: 服务态度")
    saved(administrator, draft, text.replace("open_cases: stay", "open_cases: move"))
    draft.refresh_from_db()
    assert draft.ready, draft.problems
    there = reverse("desk-draft-review", args=[draft.pk])
    said = {"effective_on": "2026-10-09", "reason": "修订", "announcement": "", "edition": draft.edition}
    answer = administrator.post(there, said)
    assert answer.status_code == 422
    assert f"{receipt.number}（新版没有案件现在的类别" in answer.content.decode()
    assert not RegimeVersion.objects.filter(version="1.1").exists()


def test_a_draft_is_thrown_away(administrator, draft):
    administrator.post(reverse("desk-draft-delete", args=[draft.pk]))
    assert not RegimeDraft.objects.exists()


@pytest.mark.parametrize("name", ["desk-draft", "desk-draft-answers", "desk-draft-review"])
def test_drafts_are_closed_to_everybody_else(name, desk_of, draft):
    assert desk_of(MANAGER).get(reverse(name, args=[draft.pk])).status_code == 403


@pytest.mark.parametrize("name", ["deep mappings", "a billion laughs", "a tag that builds an object", "no as a word",
                                  "a deep expression", "steps that all follow all", "a figure of a million digits"])  # fmt: skip
def test_a_hostile_text_is_answered_with_its_faults_at_once(name, administrator, draft):
    begun = time.process_time()
    saved(administrator, draft, HOSTILE[name])
    assert time.process_time() - begun < 2, "check, page and database"
    draft.refresh_from_db()
    assert not draft.ready
    assert draft.problems


def test_bad_input_is_answered_and_keeps_nothing(administrator, draft):
    there = reverse("desk-draft", args=[draft.pk])
    assert administrator.post(there, {"source": "x"}).status_code == 422
    assert administrator.post(there, {"source": "x", "edition": "viele"}).status_code == 422
    not_text = SimpleUploadedFile("regime.yaml", b"\xff\xfe\x00")
    assert administrator.post(there, {"source": "x", "edition": draft.edition, "file": not_text}).status_code == 422
    too_large = SimpleUploadedFile("regime.yaml", b"a: b\n" * 250_000)
    assert administrator.post(there, {"source": "x", "edition": draft.edition, "file": too_large}).status_code == 422
    review = reverse("desk-draft-review", args=[draft.pk])
    assert administrator.post(review, {"effective_on": "gestern", "reason": "", "edition": draft.edition}).status_code == 422
    assert administrator.post(reverse("desk-draft-approve", args=[draft.pk]), {"edition": "x"}).status_code == 302
    before = draft.edition
    draft.refresh_from_db()
    assert draft.edition == before
