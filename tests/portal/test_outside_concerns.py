"""A party outside says what it has to say to a finding and to a measure against it: after reading, with files, in time."""

from datetime import UTC, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.portal.conftest import Visitor
from tests.portal.merchants import code, link
from tests.workbench.rehearsal import rehearsal_of, set_clock, variant_of

from huiyin.application.filing import file_case
from huiyin.application.loading import open_case
from huiyin.application.running import run
from huiyin.application.sweeping import sweep
from huiyin.application.tracking import COMPLAINANT
from huiyin.cases.commands import Approve, File, Invite, Perform
from huiyin.cases.people import Actor, Respondent
from huiyin.store.files.storage import Upload
from huiyin.store.models import AttachmentRow
from huiyin.store.personal.data import PersonalData

MALL = "platform-food-safety"
PROOF = ("冷链记录.png", b"\x89PNG\r\n\x1a\n" + b"\2" * 64)
PARTS = {
    "settings": {"late_merchant": {"default": True}},
    "forms": {"cause-letter": {"title": "原因告知书", "fields": ["cause_facts"], "to": "merchant", "cite": "八"}},
    "flow": {"find-cause": {"produces": "cause-letter"}},
    "acts": {
        "dispute-cause": {
            "title": "对查明的原因提出异议", "by": "merchant", "open_for": "5 days after find-cause", "at_most": 1,
            "reads": "cause-letter", "fields": {"dispute": {"title": "异议和理由", "type": "long-text"}}, "required": ["dispute"],
            "cite": "八",
        }
    },
}  # fmt: skip


def on(day, hour=1):
    return datetime(2026, day[0], day[1], hour, tzinfo=UTC)


@pytest.fixture
def mall(db, tmp_path):
    return rehearsal_of(MALL, variant=variant_of(MALL, tmp_path, **PARTS))


@pytest.fixture
def receipt(mall):
    return complain(mall)


def complain(mall):
    """A complaint about 禾丰食品商行, whose fault it was found to be; the merchant has a link."""
    matter = {
        "account": "牛奶结块", "product": "鲜牛奶", "specification": "1升", "produced_on": "2026-09-20", "merchant": "禾丰食品商行",
        "order": "QY20260105001", "unlawful_act": "销售变质食品",
    }  # fmt: skip
    about = Respondent(kind="outside", unit="merchant-hefeng", name="禾丰食品商行")
    command = File(kind="complaint", channel="phone", matter=matter, respondent=about)
    person, photo = PersonalData(name="林晓雨", phone="13800005521"), Upload("结块的牛奶.png", PROOF[1], "proof")
    filed = file_case(mall, f"{MALL}-variant", Actor("bao-qinghe"), command, personal=person, uploads=[photo])
    for who, step in (
        ("pei-xiaoran", Perform(work="receive")),
        ("luo-mingzhou", Perform(work="assess")),
        ("luo-mingzhou", Perform(work="find-cause", outcome="merchant", fields={"cause_facts": "冷链断链"})),
        ("luo-mingzhou", Invite(role="merchant", name="禾丰食品商行 客服")),
    ):
        run(mall, Actor(who), filed.case_id, step)
    return filed


@pytest.fixture
def merchant(receipt):
    browser = Visitor()
    browser.post(link(receipt), code=code(receipt))
    assert browser.status == 200
    return browser


def case_of(mall, receipt):
    return open_case(mall, COMPLAINANT, receipt.case_id).case


def test_an_act_of_the_party_has_its_paper_its_time_and_takes_files(merchant, mall, receipt):
    assert "对查明的原因提出异议" in merchant.text
    assert "请在10月8日 周四前提出。" in merchant.text  # the fifth day falls into the holidays
    act = "/outside/case/do/perform.dispute-cause/"
    page = merchant.get(act)
    assert "先看《原因告知书》" in page.text
    assert merchant.get("/outside/case/papers/cause-letter-1/").status == 200
    page = merchant.send(act, {"field-dispute": "出库时温度正常", "files": [SimpleUploadedFile(*PROOF)]})
    assert "已经办好：对查明的原因提出异议" in page.text
    assert case_of(mall, receipt).facts["dispute"] == "出库时温度正常"
    assert AttachmentRow.objects.filter(case_id=receipt.case_id, name="冷链记录.png").exists()
    assert merchant.get(act).status == 404  # once only


def test_the_act_is_over_with_its_time(merchant, mall):
    set_clock(mall, on((10, 20)))
    assert merchant.get("/outside/case/do/perform.dispute-cause/").status == 404
    assert "对查明的原因提出异议" not in merchant.get("/outside/case/").text


@pytest.fixture
def proposed(merchant, mall):
    """The merchant has not answered in time; a point is proposed against it."""
    set_clock(mall, on((10, 15)))
    sweep(mall)
    return merchant.get("/outside/case/")


def test_a_measure_proposed_against_it_is_shown_and_it_states_its_view_with_files(proposed, merchant, mall, receipt):
    assert "处理建议：商家逾期不答复" in proposed.text
    assert "商家违规记分1分" in proposed.text.replace(" ", "")
    (pending,) = case_of(mall, receipt).approvals.values()
    say = f"/outside/case/concern/proposed.{pending.key}/"
    assert "陈述意见" in merchant.get(say).text
    assert merchant.send(say, {"text": " "}).status == 422
    page = merchant.send(say, {"text": "客服系统停了三天", "files": [SimpleUploadedFile(*PROOF)]})
    assert "已经交给作出决定的人：陈述意见" in page.text
    assert "客服系统停了三天" in page.text
    (pending,) = case_of(mall, receipt).approvals.values()
    assert pending.payload["stated"] == "客服系统停了三天"
    assert AttachmentRow.objects.filter(case_id=receipt.case_id, name="冷链记录.png").exists()


def test_it_objects_to_the_decision_within_its_time(proposed, merchant, mall, receipt):
    (pending,) = case_of(mall, receipt).approvals.values()
    merchant.send(f"/outside/case/concern/proposed.{pending.key}/", {"text": "客服系统停了三天"})
    run(mall, Actor("tong-yueqi"), receipt.case_id, Approve(key=pending.key, text="仍属逾期"))
    page = merchant.get("/outside/case/")
    assert "处理决定：商家逾期不答复" in page.text
    (number,) = case_of(mall, receipt).sanctions
    page = merchant.send(f"/outside/case/concern/decided.{number}/", {"text": "停机有公告"})
    assert "已提出异议，等待处理" in page.text
    assert case_of(mall, receipt).sanctions[number].objection == "停机有公告"
    assert merchant.get(f"/outside/case/concern/decided.{number}/").status == 404  # once only


def test_nothing_about_anybody_else_is_there_to_speak_to(proposed, merchant, mall, receipt):
    for name in ("proposed.nothing", "decided.1", "decided.x", "other"):
        assert merchant.get(f"/outside/case/concern/{name}/").status == 404
    stranger = Visitor()
    assert stranger.get("/outside/case/concern/proposed.approval-1/").status == 403
