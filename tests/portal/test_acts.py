"""What a complainant does on the case: add, complete, rate, ask for a second look, withdraw."""

from datetime import UTC, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.portal.conftest import BILL, HOSPITAL, NETWORK

from huiyin.application.loading import open_case
from huiyin.application.tracking import COMPLAINANT
from huiyin.calendars import parse_span
from huiyin.cases.commands import AskMore
from huiyin.store.models import AttachmentRow


def case_of(rehearsal, receipt):
    return open_case(rehearsal, COMPLAINANT, receipt.case_id).case


def test_a_word_and_a_file_join_the_case(visitor, filed, rehearsal):
    page = visitor.post("/track/case/say/", text="还有急诊的收据。", files=SimpleUploadedFile("急诊收据.png", BILL[1]))
    assert "收到了，已经放进您的案件。" in page.html
    assert "还有急诊的收据。" in page.text
    assert "急诊收据.png" in page.text
    assert [item.title for item in case_of(rehearsal, filed).evidence][1:] == ["还有急诊的收据。", "急诊收据.png"]


def test_an_empty_word_asks_for_one(visitor, filed):
    page = visitor.post("/track/case/say/", text="  ")
    assert page.status == 422
    assert page.wrong == ["请写一句话，或者选一个文件。"]


def test_a_forbidden_file_is_refused_with_the_reason_and_the_word_stays(visitor, filed):
    page = visitor.post("/track/case/say/", text="见附件", files=SimpleUploadedFile("看.exe", b"MZ\x90\x00"))
    assert page.status == 422
    assert "类型不能上传" in page.wrong[0]
    assert page.answer.context["say"]["text"].value() == "见附件"
    assert AttachmentRow.objects.count() == 1


def test_what_was_asked_for_is_completed_on_a_page_of_its_own(visitor, filed, do, rehearsal):
    do("he-wanyin", filed, AskMore(text="请补交收费清单", within=parse_span("5 workdays")))
    page = visitor.get("/track/case/")
    assert "请您补充材料" in page.text
    assert "请补交收费清单" in page.text
    page = visitor.get("/track/case/complete/")
    assert "请补交收费清单" in page.text
    page = visitor.send("/track/case/complete/", {
        "field-place": "放射科", "text": "清单见附件", "files": SimpleUploadedFile("清单.png", BILL[1]),
    })  # fmt: skip
    assert "补充好了，我们接着办。" in page.html
    case = case_of(rehearsal, filed)
    assert case.state == "open"
    assert case.matter["place"] == "放射科"
    assert case.evidence[-1].title == "清单.png"


def test_completing_is_offered_only_when_asked_for(visitor, filed):
    assert visitor.get("/track/case/complete/").answer.url == "/o/qingyu-rehearsal/track/case/"


def test_nothing_is_rated_before_the_reply(visitor, filed):
    assert "您满意吗" not in visitor.get("/track/case/").text
    page = visitor.post("/track/case/rate/", **{"question-result": "5"})
    assert "现在还不到评价的时候" in page.html


def test_no_rating_is_chosen_beforehand(visitor, answered):
    form = visitor.get("/track/case/").html.partition('id="rate"')[2].partition("</form>")[0]
    assert form.count('type="radio"') == 10
    assert "checked" not in form


def test_the_question_that_decides_must_be_answered(visitor, answered):
    page = visitor.post("/track/case/rate/", **{"question-manner": "4", "question-words": "等太久"})
    assert page.status == 422
    assert page.wrong == ["请选择“对处理结果是否满意（1至5分）”"]
    assert page.answer.context["rating"]["question-words"].value() == "等太久"


def test_a_rating_is_given_once_and_shown_in_words(visitor, answered, rehearsal):
    page = visitor.post("/track/case/rate/", **{"question-result": "2", "question-manner": "4", "question-words": "等太久"})
    assert "谢谢您的评价。" in page.html
    assert "不满意" in page.text
    assert "这样处理，您满意吗" not in page.text
    assert case_of(rehearsal, answered).answers == {"result": 2, "manner": 4, "words": "等太久"}


@pytest.fixture
def replied(visitor, do, rehearsal, network):
    """A complaint about a construction bureau that was answered; its rating is waited for."""
    visitor.fill(NETWORK, **{
        "matter-subject": "construction", "matter-title": "电梯", "matter-account": "没有答复。", "matter-body": "市住房建设局",
    }).submit()  # fmt: skip
    receipt = visitor.receipt
    do("zhu-qinghe", receipt, "review", fields={"not_covered": False, "not_listed": False, "major": False, "complex": False})
    handler = case_of(rehearsal, receipt)
    assert handler.handling_unit == "housing-bureau"
    do("ge-xiaotian", receipt, "handle", fields={"established": "搁置四十六天", "measures": "专人接手"})
    do("ge-xiaotian", receipt, "reply", fields={"answer": "月底前批复。"})
    approve_if_needed(do, receipt, rehearsal)
    return receipt


def test_where_the_regime_waits_for_the_rating_it_is_a_step_of_the_case(visitor, replied, rehearsal):
    page = visitor.get("/track/case/")
    assert "已经答复您，请您评价" in page.text
    visitor.post("/track/case/rate/", **{"question-result": "1"})
    assert case_of(rehearsal, replied).steps["rate"].outcome == "dissatisfied"


def test_after_asking_for_a_second_look_the_page_no_longer_says_that_the_rating_comes_next(visitor, replied, do):
    page = visitor.post("/track/case/do/appeal/", text="没有解决")
    assert "正在再次处理，您不用做什么" in page.text
    assert "请您评价" not in page.text
    do("zhu-qinghe", replied, "recheck", outcome="upheld", fields={"view": "原答复适当"})
    do("zhu-qinghe", replied, "answer-again", fields={"final_answer": "原答复已说明理由。"})
    assert "正在再次处理" not in visitor.get("/track/case/").text


def approve_if_needed(do, receipt, rehearsal):
    from huiyin.cases.commands import Approve
    from huiyin.organisations.services import directory

    heads = directory(rehearsal, NETWORK).holders_of("agency-head", "housing-bureau")
    for pending in tuple(case_of(rehearsal, receipt).approvals):
        do(heads[0], receipt, Approve(key=pending))


def test_a_second_look_says_its_last_day_and_reopens_the_case(visitor, answered, rehearsal):
    page = visitor.get("/track/case/")
    assert "10月28日 周三前要求再处理" in page.text       # 30 days after 28 September
    page = visitor.get("/track/case/do/appeal/")
    assert page.status == 200
    page = visitor.post("/track/case/do/appeal/", text="只退了钱，没有说明原因")
    assert "正在再次处理，您不用做什么" in page.text
    assert case_of(rehearsal, answered).happened("appeal")


def test_a_second_look_needs_a_reason(visitor, answered):
    page = visitor.post("/track/case/do/appeal/", text=" ")
    assert page.status == 422
    assert page.wrong == ["请写明理由"]


def test_after_the_last_day_a_second_look_is_refused_with_its_article(visitor, answered, at):
    at(datetime(2026, 10, 29, 1, 0, tzinfo=UTC))
    page = visitor.get("/track/case/")
    assert "现在不能再提" in page.text
    assert "补充一" in page.text
    assert visitor.get("/track/case/do/appeal/").status == 404


def test_withdrawing_ends_the_case(visitor, filed, rehearsal):
    page = visitor.get("/track/case/do/withdraw/")
    assert "撤回以后我们不再办理这件事" in page.text
    page = visitor.post("/track/case/do/withdraw/")
    assert "您已经撤回，这件事到此为止" in page.text
    assert case_of(rehearsal, filed).happened("withdrawn")


def test_the_same_press_twice_withdraws_once(visitor, filed, rehearsal):
    key = "4f0c9a52-0d6b-4c9e-9a55-6a3a6f6f6d10"
    visitor.post("/track/case/do/withdraw/", key=key)
    before = case_of(rehearsal, filed).version
    visitor.post("/track/case/do/withdraw/", key=key)
    assert case_of(rehearsal, filed).version == before


def test_what_is_for_staff_is_not_found(visitor, filed):
    for work in ("register", "assign", "supervise", "note", "no-such-act"):
        assert visitor.get(f"/track/case/do/{work}/").status == 404


def test_another_visitor_cannot_act_on_the_case(filed, another, rehearsal):
    another.fill(HOSPITAL, identity="anonymous").submit()
    another.post("/track/case/do/withdraw/")
    assert not case_of(rehearsal, filed).happened("withdrawn")
