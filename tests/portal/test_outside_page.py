"""What the page of a party outside shows and takes: notices, papers, files, questions; and the life of its code."""

import re
from datetime import UTC, datetime

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.portal.conftest import MALL, Visitor, set_clock
from tests.portal.merchants import code, link

from huiyin.application.loading import open_case
from huiyin.application.tracking import COMPLAINANT
from huiyin.cases.commands import RenewLink, TellOutside
from huiyin.regime import packs
from huiyin.store.models import AccessRow, AttachmentRow, NoticeRow

PHOTO = ("退款凭证.png", b"\x89PNG\r\n\x1a\n" + b"\1" * 64)


def looks(receipt):
    return [(row.person, row.what) for row in AccessRow.objects.filter(case_id=receipt.case_id).order_by("id")]


def files_of(receipt):
    return {row.name: row for row in AttachmentRow.objects.filter(case_id=receipt.case_id)}


def test_the_door_speaks_english(waiting):
    browser = Visitor()
    browser.client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    assert "验证码" not in browser.get(link(waiting)).text


def test_a_link_with_characters_no_number_has_is_a_wrong_one(rehearsal):
    assert Visitor().post("/outside/2026%00/1/", code="ABCD").status == 422


def test_notices_to_the_party_stand_on_the_page_with_their_day_and_are_acknowledged(merchant, waiting, rehearsal):
    assert "经查属您店铺的原因" in merchant.text
    assert "今天 9:00" in merchant.text
    assert "确认确认" not in merchant.get("/outside/case/do/acknowledge.to-merchant/").text
    page = merchant.post("/outside/case/do/acknowledge.to-merchant/")
    assert "已经办好" in page.text
    assert "确认收到：请商家答复" in page.text.partition("您已办理")[2]
    assert open_case(rehearsal, COMPLAINANT, waiting.case_id).case.acknowledgements == {}
    assert merchant.get("/outside/case/do/acknowledge.to-merchant/").status == 404


def test_the_day_is_counted_out(merchant):
    assert "这一天是怎么算的？" in merchant.text
    assert "5个工作日" in merchant.text
    assert "国庆节" in merchant.text


def test_the_complainants_photo_is_not_the_merchants_to_see(merchant, waiting):
    photo = files_of(waiting)["结块的牛奶.png"]
    assert "结块的牛奶" not in merchant.text
    assert merchant.get(f"/outside/case/files/{photo.id}/").status == 404


def test_what_the_merchant_gave_it_can_look_at_again(merchant, waiting):
    page = merchant.send("/outside/case/say/", {"text": "", "file-proof": [SimpleUploadedFile(*PHOTO)]})
    assert "收到了，已经放进案件" in page.text
    assert "退款凭证.png投诉证据（商品照片、订单截图、检验报告等），您交来的" in re.sub(r"\s", "", page.text)
    file = files_of(waiting)["退款凭证.png"]
    answer = merchant.get(f"/outside/case/files/{file.id}/").answer
    assert (answer.status_code, answer["X-Content-Type-Options"]) == (200, "nosniff")
    assert answer["Content-Disposition"].startswith("attachment")
    assert b"".join(answer.streaming_content) == PHOTO[1]
    assert ("outside:1", "download") in looks(waiting)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("凭证.png", b"MZ\x90\0" + b"\0" * 64),  # a program
        ("凭证.txt", b"<html><script>alert(1)</script>"),  # a page
        ("凭证.pdf", b"\x89PNG\r\n\x1a\n" + b"\0" * 64),  # a name that lies
        ("凭证.png", b""),
    ],
)
def test_hostile_files_are_refused_and_nothing_is_kept(merchant, waiting, name, content):
    before = set(files_of(waiting))
    page = merchant.send("/outside/case/say/", {"text": "见附件", "files": [SimpleUploadedFile(name, content)]})
    assert page.status == 422
    assert page.wrong
    assert set(files_of(waiting)) == before
    assert "见附件" not in merchant.get("/outside/case/").text


def test_files_may_come_with_an_answer(merchant, waiting):
    answer = {"outcome": "solved", "field-merchant_answer": "抱歉，已退款。", "field-solution": "refund"}
    task = "/outside/case/do/perform.merchant-answers/"
    page = merchant.send(task, {**answer, "files": [SimpleUploadedFile("凭证.png", b"MZ\0\0")]})
    assert page.status == 422
    page = merchant.send(task, {**answer, "files": [SimpleUploadedFile(*PHOTO)]})
    assert "退款凭证.png" in page.text
    done = page.text.partition("您已办理")[2]
    assert "商家答复并解决：已答复并解决" in done
    assert "抱歉，已退款。" in done


def test_the_merchant_asks_back_and_reads_the_answer(merchant, waiting, do):
    assert merchant.post("/outside/case/ask/", text=" ").status == 422
    page = merchant.post("/outside/case/ask/", text="订单是哪一天签收的？")
    assert "问题已经交给办理人员" in page.text
    do("luo-mingzhou", waiting, TellOutside(invitation="1", text="一月七日签收。"))
    page = merchant.get("/outside/case/")
    assert "一月七日签收。" in page.text
    assert "订单是哪一天签收的？" in page.text


def test_whoever_handles_the_case_is_told_of_the_question(merchant, at):
    merchant.post("/outside/case/ask/", text="订单是哪一天签收的？")
    at(datetime(2026, 9, 28, 1, 5, tzinfo=UTC))
    assert NoticeRow.objects.filter(title="禾丰食品商行 客服提问").exists()


def test_a_question_does_not_show_what_the_house_says_to_itself(merchant, waiting, do):
    merchant.post("/outside/case/ask/", text="订单是哪一天签收的？")
    assert "禾丰食品商行 客服提问" not in merchant.get("/outside/case/").text


@pytest.fixture
def punished(waiting, do, rehearsal):
    """The merchant's decision has been made out to it; the record of the filing has not."""
    return open_case(rehearsal, COMPLAINANT, waiting.case_id).case.documents


def test_papers_of_the_house_are_not_the_merchants(merchant, punished):
    assert [each.form for each in punished.values()] == ["intake-record"]
    key = next(iter(punished))
    for path in (f"/outside/case/papers/{key}/", f"/outside/case/papers/{key}/pdf/", "/outside/case/papers/nothing/"):
        assert merchant.get(path).status == 404


def test_a_code_runs_out_with_the_link_and_a_new_one_voids_the_old(merchant, waiting, do, rehearsal):
    assert "请在12月28日 周一前使用这个链接" in merchant.text  # the ninetieth day is a Sunday
    set_clock(rehearsal, datetime(2026, 12, 29, 1, 0, tzinfo=UTC))
    assert merchant.get("/outside/case/").status == 403
    assert Visitor().post(link(waiting), code=code(waiting)).status == 422
    do("luo-mingzhou", waiting, RenewLink(invitation="1", text="过期了"))
    assert Visitor().post(link(waiting), code=code(waiting)).status == 422
    assert Visitor().post(link(waiting), code=code(waiting, issue=1)).status == 200


class TestWording:
    """The regime advises on what a merchant answers; the advice is shown, and what it discourages comes back once."""

    @pytest.fixture
    def changed_packs(self, tmp_path):
        file = tmp_path / MALL / "regime.yaml"
        file.parent.mkdir()
        advice = '  answering: {at: merchant-answers, say: [先道歉，再说怎样解决], avoid: {与我无关: 我们来核实}, cite: "八"}'
        text = packs()[MALL].read_text(encoding="utf-8")
        file.write_text(text.replace("\nguidance:\n", f"\nguidance:\n{advice}\n"), encoding="utf-8")
        return {MALL: file}

    def test_the_draft_comes_back_once(self, merchant):
        task = "/outside/case/do/perform.merchant-answers/"
        assert "先道歉，再说怎样解决" in merchant.get(task).text
        answer = {"outcome": "solved", "field-merchant_answer": "这与我无关，已退款。", "field-solution": "refund"}
        page = merchant.post(task, **answer)
        assert page.status == 422
        assert "“与我无关”，建议改为：我们来核实" in page.text
        assert "已经办好" in merchant.post(task, **answer, wording="kept").text
