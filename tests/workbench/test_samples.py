"""A re-test at the laboratory, on the pages: the original fetched, handed on, coded, tested by two, compared, the report recalled."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from tests.workbench.rehearsal import account, rehearsal_of

from huiyin.api.showing.cases import case_out
from huiyin.application.filing import file_case
from huiyin.application.loading import open_case
from huiyin.application.running import run
from huiyin.cases.commands import Approve, File, Perform
from huiyin.cases.people import Actor, Respondent
from huiyin.store.personal.data import PersonalData

ROOM, MANAGER, LIN, SU = "kong-lingwei", "mo-qingci", "ruan-lingyu", "xin-weiming"
REPORT = "水202609001"
CHECKED = dict.fromkeys(("records_check", "instrument_check", "process_check"), "存疑")
TAKEN = {"f-sample_name": "总排口水样", "f-sample_quantity": "500毫升", "f-sample_place": "样品库三号柜"}


@pytest.fixture
def lab(db):
    return rehearsal_of("lab-appeals")


@pytest.fixture
def receipt(lab):
    return appeal_to_be_tested_again(lab)


def appeal_to_be_tested_again(lab, regime="lab-appeals"):
    """An appeal against a report; the original sample is to be tested again."""
    matter = {"report_number": REPORT, "report_received_on": "2026-09-24", "reason": "总磷偏高", "basis": "平行样"}
    command = File(
        kind="objection", channel="letter", matter=matter, respondent=Respondent(kind="unit", unit="lab-chemistry")
    )
    filed = file_case(lab, regime, Actor("bai-luzhou"), command, personal=PersonalData(name="青屿印染有限公司"))
    steps = [
        ("bai-luzhou", Perform(work="accept-appeal")),
        (ROOM, Perform(work="assign")),
        (MANAGER, Perform(work="preside", fields={"guidance_given": "复查后复检"})),
        (LIN, Perform(work="check-records", fields=CHECKED, present=("technical-room",))),
        (ROOM, Perform(work="review", outcome="retest", fields={"review_opinion": "用原样复检"})),
        (MANAGER, Approve()),
        (ROOM, Perform(work="choose-sample", fields={"failure": "none"})),
    ]
    for who, step in steps:
        run(lab, Actor(who), filed.case_id, step)
    return filed


def page(person, receipt):
    return desk(person).get(reverse("desk-case", args=[receipt.number])).content.decode()


def desk(person):
    client = Client(HTTP_HOST="127.0.0.1")
    client.force_login(account(person))
    return client


def do(person, receipt, act, **data):
    """Send the form of an act as the page shows it; gives the answer."""
    return desk(person).post(reverse("desk-act", args=[receipt.number, act]), data)


def fetched(receipt):
    assert do(ROOM, receipt, "perform.fetch-original", **TAKEN).status_code == 302


def coded(lab, receipt):
    fetched(receipt)
    assert do(ROOM, receipt, "perform.blind-code").status_code == 302
    return open_case(lab, Actor(ROOM), receipt.case_id).case.samples["original-1"].code


def result(person, receipt, value):
    return do(person, receipt, "perform.retest", **{"f-retest_value": value, "f-retest_unit": "毫克每升"})


def test_the_sample_is_on_the_case_page_with_its_way_from_hand_to_hand(receipt):
    fetched(receipt)
    form = {"f-handed_to": "制样间", "f-sample_condition": "四摄氏度冷藏"}
    assert do(ROOM, receipt, "perform.hand-over-sample", **form).status_code == 302
    shown = page(ROOM, receipt)
    for words in ("原2026-001 总排口水样", "孔令未在样品库三号柜采取", "孔令未交制样间", "四摄氏度冷藏", "交接不断"):
        assert words in shown


def test_a_gap_in_the_chain_stands_out(receipt):
    fetched(receipt)
    do(ROOM, receipt, "perform.hand-over-sample", **{"f-handed_to": "制样间", "f-handed_from": "司机班"})
    shown = page(ROOM, receipt)
    assert "与上一保管人不符，其间没有交接记录" in shown
    assert "交接有缺" in shown


def test_what_is_missing_is_asked_for_with_its_article(receipt):
    answer = do(ROOM, receipt, "perform.fetch-original", **{"f-sample_name": "总排口水样"})
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert "请填写“采取地点”" in shown


def test_the_code_is_given_by_the_system_and_differs_from_the_number_of_the_sample(lab, receipt):
    code = coded(lab, receipt)
    assert re.fullmatch(r"M\d{5}", code)
    assert code in page(ROOM, receipt)


def test_a_tester_sees_the_code_what_it_is_and_nothing_of_where_it_came_from(lab, receipt):
    code = coded(lab, receipt)
    shown = page(LIN, receipt)
    assert code in shown
    assert "总排口水样" in shown
    for hidden in ("原2026-001", "样品库三号柜", REPORT, "青屿印染", "总磷偏高"):
        assert hidden not in shown


def test_a_tester_enters_a_result_that_nobody_else_sees_until_all_are_in(lab, receipt):
    coded(lab, receipt)
    assert result(LIN, receipt, "0.187").status_code == 302
    assert "0.187" in page(LIN, receipt)
    for other in (SU, ROOM, MANAGER):
        assert "0.187" not in page(other, receipt)
    assert "还差1份检验结果" in page(ROOM, receipt)
    assert result(SU, receipt, "0.191").status_code == 302
    shown = page(ROOM, receipt)
    for words in ("0.187", "0.191", "阮菱屿", "辛未鸣"):
        assert words in shown


def test_nobody_is_offered_a_second_result(lab, receipt):
    coded(lab, receipt)
    result(LIN, receipt, "0.187")
    assert reverse("desk-act", args=[receipt.number, "perform.retest"]) not in page(LIN, receipt)
    result(LIN, receipt, "0.190")
    assert len(open_case(lab, Actor(ROOM), receipt.case_id).case.samples["original-1"].results) == 1


def test_the_way_of_the_sample_is_printed_and_the_tester_reads_it_without_its_origin(lab, receipt):
    coded(lab, receipt)
    result(LIN, receipt, "0.187")
    result(SU, receipt, "0.191")
    do(ROOM, receipt, "perform.compare", **{"f-comparison": "两份一致", "outcome": "wrong"})
    address = reverse("desk-paper", args=[receipt.number, "custody-record-1"])
    paper = desk(ROOM).get(address).content.decode()
    for words in ("样品流转单", "原2026-001", "样品库三号柜", "编为盲样"):
        assert words in paper
    blind = desk(LIN).get(address).content.decode()
    assert "样品库三号柜" not in blind
    assert "原2026-001" not in blind


def test_a_report_from_elsewhere_is_recalled_voided_and_named_by_the_corrected_one(lab, receipt):
    coded(lab, receipt)
    result(LIN, receipt, "0.187")
    result(SU, receipt, "0.191")
    do(ROOM, receipt, "perform.compare", **{"f-comparison": "原结果0.81，书写颠倒", "outcome": "wrong"})
    correction = {"f-new_report_number": f"{REPORT}改", "f-change_reason": "书写颠倒", "f-loss": "0"}
    early = do(ROOM, receipt, "perform.correct-report", **correction)
    assert "请先收回原报告并加盖作废章" in early.content.decode()
    for stage, text in (("asked", "函告客户"), ("returned", ""), ("voided", "已盖章")):
        assert do(ROOM, receipt, "recall.recall", paper=REPORT, stage=stage, text=text).status_code == 302
    shown = page(ROOM, receipt)
    for words in ("收回的文书", REPORT, "已作废", "函告客户"):
        assert words in shown
    assert do(ROOM, receipt, "perform.correct-report", **correction).status_code == 302
    run(lab, Actor("huo-mingde"), receipt.case_id, Approve())
    address = reverse("desk-paper", args=[receipt.number, "corrected-report-1"])
    assert f"更改1：代替编号{REPORT}的文书" in desk(ROOM).get(address).content.decode()
    for shown in (desk(LIN).get(address).content.decode(), page(LIN, receipt)):
        assert REPORT not in shown.replace(f"{REPORT}改", "")


def test_the_api_gives_testers_no_more_than_the_page_does(lab, receipt):
    coded(lab, receipt)
    result(LIN, receipt, "0.187")
    told = case_out(open_case(lab, Actor(SU), receipt.case_id)).model_dump_json()
    assert "总排口水样" in told
    for hidden in ("0.187", "原2026-001", "样品库三号柜", REPORT):
        assert hidden not in told
    assert "样品库三号柜" in case_out(open_case(lab, Actor(ROOM), receipt.case_id)).model_dump_json()
