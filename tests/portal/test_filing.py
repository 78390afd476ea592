"""Filing: the regime's own form, what is wrong beside its field, nothing lost, nothing twice."""

from uuid import UUID

import pytest
from django.conf import settings
from django.db import OperationalError
from tests.portal.conftest import BILL, HOSPITAL, MALL, NETWORK

from huiyin.application.loading import open_case
from huiyin.application.tracking import COMPLAINANT
from huiyin.portal import drafts
from huiyin.store.availability import LOCKED, NO_ANSWER
from huiyin.store.errors import StoreUnavailable
from huiyin.store.models import AttachmentRow, CaseRow, EventRow, PersonalRow
from huiyin.store.personal.records import records_of

CAKE = {
    "kind": "complaint", "matter-account": "米糕拆开有霉点。", "matter-product": "手工米糕", "name": "韩晚晴", "phone": "13800008095",
}  # fmt: skip


def test_the_form_asks_what_the_regime_asks(visitor):
    page = visitor.get(f"/file/{HOSPITAL}/")
    for title in ("您反映的是哪方面的问题", "事情经过", "就诊卡号或住院号", "收费票据或费用清单"):
        assert title in page.text
    assert "内部投诉" not in page.text      # staff bring those up at work


def test_what_is_missing_is_said_beside_each_field_and_what_was_typed_stays(visitor):
    page = visitor.fill(HOSPITAL, **{"matter-account": "", "name": ""})
    assert page.status == 422
    assert page.wrong == ["请填写“事情经过”", "请填写“姓名”"]
    assert page.value("points") == "核对单侧还是双侧\n多收的退还"
    assert page.value("matter-subject") == "fee"


def test_the_core_says_what_is_wrong_in_its_own_words(visitor):
    page = visitor.fill(HOSPITAL, **{"matter-disputed_amount": "很多", "matter-happened_on": "昨天"})
    assert page.status == 422
    assert "请填写数字，例如 286.00" in page.wrong
    assert "请填写日期，例如 2026-09-28" in page.wrong
    assert page.value("matter-disputed_amount") == "很多"


def test_evidence_the_regime_requires_is_asked_for_with_its_article(visitor, mall):
    page = visitor.fill(MALL, **CAKE)
    assert page.status == 422
    assert page.wrong == ["请提供投诉证据（商品照片、订单截图、检验报告等）；没有的，可用情况说明代替"]
    assert "第三条" in page.text


def test_the_check_page_gives_the_day_of_the_answer_counted_over_the_holiday(visitor):
    page = visitor.fill(HOSPITAL)
    assert page.status == 200
    assert "核对提交" in page.text
    # 3 workdays after Monday 28 September: 29, 30, then 国庆 until the 7th, so 8 October
    assert "10月8日前 反馈投诉人收费二(2)" in page.text
    assert "3个工作日；10月1日至10月7日放假，不算" in page.text
    assert "可以要求再处理补充一" in page.text
    assert CaseRow.objects.count() == 0


def test_the_check_page_shows_what_was_typed_in_words(visitor):
    page = visitor.fill(HOSPITAL, **{"matter-happened_on": "2026-09-27", "matter-disputed_amount": "340", "matter-danger": "on"})
    assert "发生日期9月27日 周日" in page.text
    assert "您认为多收了多少元340 元" in page.text
    assert "患者的健康现在仍可能受到危害是" in page.text
    assert "收费、价格" in page.text


def test_going_back_from_the_check_page_keeps_everything(visitor):
    page = visitor.fill(HOSPITAL, files=[("bill", *BILL)])
    page.send(f"/file/{HOSPITAL}/", {**page.hidden, "do": "edit"})
    assert page.status == 200
    assert page.value("name") == "林晓雨"
    assert page.value("matter-subject") == "fee"
    assert "缴费单据.png" in page.text
    assert page.wrong == []


def test_handing_in_gives_a_number_and_a_code_and_says_what_comes_next(visitor, rehearsal):
    page = visitor.fill(HOSPITAL, files=[("bill", *BILL)]).submit()
    receipt = page.receipt
    assert receipt.number == "YH2026-0001"
    assert len(receipt.code) == 9
    assert "10月8日前" in page.text
    opened = open_case(rehearsal, COMPLAINANT, receipt.case_id)
    assert opened.case.channel == "web"
    assert opened.case.points == ("核对单侧还是双侧", "多收的退还")
    assert [(item.kind, item.title) for item in opened.case.evidence] == [("bill", "缴费单据.png")]


def test_pressing_twice_files_once_and_shows_the_same_receipt(visitor):
    visitor.fill(HOSPITAL)
    form = {**visitor.hidden, "do": "submit"}
    first = visitor.send(f"/file/{HOSPITAL}/", form).receipt
    second = visitor.send(f"/file/{HOSPITAL}/", form).receipt
    assert first == second
    assert CaseRow.objects.count() == 1


def test_another_matter_under_the_same_form_is_not_filed_by_mistake(visitor):
    visitor.fill(HOSPITAL)
    form = {**visitor.hidden, "do": "submit"}
    visitor.send(f"/file/{HOSPITAL}/", form)
    page = visitor.send(f"/file/{HOSPITAL}/", {**form, "matter-account": "另一件事"})
    assert page.status == 422
    assert "这张表已经交过一次" in page.text
    assert page.value("matter-account") == "另一件事"
    assert page.hidden["key"] != form["key"]
    assert CaseRow.objects.count() == 1


def test_the_printed_receipt_carries_number_code_and_the_way_back(visitor, filed):
    page = visitor.get("/receipt/print/")
    assert filed.number in page.html
    assert filed.code in page.html
    assert f"/o/qingyu-rehearsal/track/?number={filed.number}" in page.html


def test_a_receipt_is_only_shown_to_the_browser_that_filed(filed, another):
    page = another.get("/receipt/")
    assert page.answer.url == "/o/qingyu-rehearsal/track/"


# -- files -------------------------------------------------------------------------------------------------------------


def test_a_file_that_lies_about_its_kind_is_refused_and_the_others_stay(visitor):
    page = visitor.fill(HOSPITAL, files=[("bill", *BILL), ("other", "照片.jpg", b"%PDF-1.4 ...")])
    assert page.status == 422
    assert page.wrong == ["“照片.jpg”的内容是PDF 文件，与后缀“.jpg”不符；请改成正确的后缀再传。"]
    assert len(page.hidden["kept"]) == 1


def test_a_program_is_refused_with_the_kinds_we_take(visitor):
    page = visitor.fill(HOSPITAL, files=[("other", "看病.exe", b"MZ\x90\x00\x03")])
    assert page.status == 422
    assert "类型不能上传；可以上传图片、PDF" in page.wrong[0]


def test_a_file_that_is_too_large_is_refused_unread(visitor, monkeypatch):
    monkeypatch.setattr(drafts, "LARGEST", 60)
    page = visitor.fill(HOSPITAL, files=[("bill", *BILL)])
    assert "太大" in page.wrong[0]
    assert "kept" not in page.hidden


def test_no_more_files_than_one_filing_may_have(visitor, monkeypatch):
    monkeypatch.setattr(drafts, "MOST", 1)
    page = visitor.fill(HOSPITAL, files=[("bill", *BILL), ("bill", "第二张.png", BILL[1])])
    assert page.wrong == ["一次最多上传 1 个文件；提交以后还可以再补。"]


def test_files_wait_while_the_rest_is_put_right(visitor):
    page = visitor.fill(HOSPITAL, files=[("bill", *BILL)], **{"matter-account": ""})
    assert page.status == 422
    page.fill(HOSPITAL, kept=page.hidden["kept"]).submit()
    assert AttachmentRow.objects.get().name == "缴费单据.png"


def test_a_file_is_sent_ahead_without_finding_fault_with_the_rest(visitor):
    page = visitor.fill(HOSPITAL, do="upload", files=[("bill", *BILL)], **{"matter-account": "", "name": ""})
    assert page.status == 200
    assert page.wrong == []
    assert "已传好" in page.text
    assert page.value("phone") == LIN_PHONE


LIN_PHONE = "138 0000 5521"


def test_a_file_can_be_taken_out_again(visitor):
    page = visitor.fill(HOSPITAL, do="upload", files=[("bill", *BILL)])
    kept = drafts.of_ticket(page.hidden["kept"][0])
    page.fill(HOSPITAL, do=f"remove-{kept.file}", kept=page.hidden["kept"])
    assert "kept" not in page.hidden
    assert drafts.of_ticket(kept.ticket) is None


def test_a_ticket_somebody_made_up_opens_nothing(visitor):
    page = visitor.fill(HOSPITAL, kept=["eyJmIjoiLi4vc2VjcmV0In0:made:up"])
    assert page.status == 422
    assert page.wrong == ["有一个文件放得太久，已经清除，请重新选择。"]


def test_what_waits_too_long_is_cleared_away(visitor, monkeypatch):
    page = visitor.fill(HOSPITAL, do="upload", files=[("bill", *BILL)])
    kept = drafts.of_ticket(page.hidden["kept"][0])
    monkeypatch.setattr(drafts, "KEPT_FOR", -1)
    page.fill(HOSPITAL, do="upload", files=[("bill", "新的.png", BILL[1])])
    assert not (settings.HUIYIN_DATA / "drafts" / kept.file).exists()


# -- who one is --------------------------------------------------------------------------------------------------------


def test_a_name_is_sealed_beside_the_case_and_never_in_its_events(visitor, filed):
    data = records_of([filed.case_id])[filed.case_id]["complainant"]
    assert (data.name, data.phone) == ("林晓雨", "138 0000 5521")
    assert not EventRow.objects.filter(body__contains="林晓雨").exists()


def test_a_private_field_is_sealed_as_well(visitor):
    visitor.fill(HOSPITAL, **{"matter-visit_number": "MZ20260928007"}).submit()
    assert not EventRow.objects.filter(body__contains="MZ20260928007").exists()
    assert "MZ20260928007" not in visitor.get("/track/case/").html


def test_somebody_anonymous_leaves_no_personal_data_even_when_typed(visitor, rehearsal):
    page = visitor.fill(HOSPITAL, identity="anonymous")
    assert "我们联系不上您" in page.text
    receipt = page.submit().receipt
    assert open_case(rehearsal, COMPLAINANT, receipt.case_id).case.complainant.anonymous
    assert not PersonalRow.objects.filter(case_id=receipt.case_id).exists()


def test_no_way_to_be_known_is_chosen_beforehand(visitor):
    page = visitor.get(f"/file/{HOSPITAL}/")
    assert " checked>" not in page.html
    assert visitor.fill(HOSPITAL, identity="").wrong == ["请选择“要不要让人知道您是谁”"]


def test_where_nobody_may_stay_unknown_a_way_to_reach_them_is_needed(visitor, mall):
    page = visitor.get(f"/file/{MALL}/")
    assert "匿名" not in page.text
    page = visitor.fill(MALL, files=[("proof", *BILL)], **{**CAKE, "phone": ""})
    assert page.wrong == ["请留下电话或者邮箱，至少一样"]


def test_confidential_is_what_the_regime_makes_of_it(visitor, rehearsal, network):
    visitor.fill(NETWORK, identity="confidential", **{
        "matter-subject": "construction", "matter-title": "加装电梯没有答复", "matter-account": "交了两个月。",
    }).submit()  # fmt: skip
    opened = open_case(rehearsal, COMPLAINANT, visitor.receipt.case_id)
    assert opened.case.matter["confidential"] is True


@pytest.mark.parametrize("key", ["", "1", "../../etc", "00000000-0000-0000-0000-00000000000g"])
def test_a_key_that_is_none_is_replaced(visitor, key):
    assert UUID(visitor.fill(HOSPITAL, key=key).hidden["key"][0])


def test_when_the_database_is_busy_nothing_typed_is_lost(visitor, monkeypatch):
    def busy(*_arguments, **_options):
        raise StoreUnavailable(LOCKED)

    visitor.fill(HOSPITAL, files=[("bill", *BILL)])
    monkeypatch.setattr("huiyin.portal.views.filing.file_case", busy)
    page = visitor.submit()
    assert page.status == 503
    assert LOCKED in page.text
    assert page.value("matter-account") == "膝关节磁共振按单侧开单，扣费却是双侧的价格。"
    monkeypatch.undo()
    assert page.fill(HOSPITAL, kept=page.hidden["kept"], key=page.hidden["key"]).submit().receipt.number == "YH2026-0001"


def test_when_the_database_does_not_answer_at_all_one_press_sends_what_was_typed_again(visitor, monkeypatch):
    def silent(_slug):
        raise OperationalError("no answer from the database within 20 s")

    visitor.fill(HOSPITAL, files=[("bill", *BILL)])
    monkeypatch.setattr("huiyin.portal.views.common.place_of", silent)
    page = visitor.submit()
    assert (page.status, page.answer.headers["Retry-After"]) == (503, "5")
    assert NO_ANSWER in page.text
    assert f'action="{page.answer.request["PATH_INFO"]}"' in page.html
    monkeypatch.undo()
    assert page.submit().receipt.number == "YH2026-0001"
    assert AttachmentRow.objects.count() == 1
