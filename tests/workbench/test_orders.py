"""督办和交办: an order is given on a form, stands on the addressee's day, is reported with a file, accepted, and listed."""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.workbench.rehearsal import MONDAY, account, rehearsal_of, set_clock, variant_of

from huiyin.application.order_lists import OrderFilter, list_orders
from huiyin.application.standing import enter, open_due
from huiyin.application.upkeep import rebuild, verify
from huiyin.application.world import world_of
from huiyin.cases.people import Actor
from huiyin.organisations.models import Organisation
from huiyin.store.models import CaseRow, OrderRow

SUPERVISE = "supervise.supervise"


def text_of(response):
    return response.content.decode()


def do(desk, number, name, **data):
    """Send the form of an act; the answer."""
    return desk.post(f"/desk/cases/{number}/do/{name}/", {"based_on": "", "key": f"{name}{len(data)}", **data})


@pytest.fixture
def supervised(assigned, desk_of):
    """何晚吟 of the relations office supervises the complaint that 夏芷柔 handles."""
    receipt = assigned()
    answer = do(desk_of("he-wanyin"), receipt.number, SUPERVISE, text="请报排班记录", **{"o-to": "handler"})
    assert answer.status_code == 302, text_of(answer)[-2000:]
    return receipt


def test_the_form_asks_to_whom_and_until_when(assigned, desk_of):
    receipt = assigned()
    form = text_of(desk_of("he-wanyin").get(f"/desk/cases/{receipt.number}/do/{SUPERVISE}/"))
    for words in ("交给谁", "承办人", "承办部门负责人", "哪天以前报告", "不填时按制度的时限", "办理后出具《督办单》"):
        assert words in form
    assert "报告交来后，由交办人、医患关系办公室认可或者退回" in form


def test_a_day_that_cannot_be_read_or_is_past_is_said_at_its_place(assigned, desk_of):
    receipt, desk = assigned(), desk_of("he-wanyin")
    for typed, words in (("下周", "请填写日期"), ("2026-09-01", "日期已经过去")):
        answer = do(desk, receipt.number, SUPERVISE, text="请办", **{"o-to": "handler", "o-due": typed})
        assert (answer.status_code, words in text_of(answer)) == (422, True)
    assert not OrderRow.objects.exists()


def test_it_stands_on_the_addressees_day_with_its_due_time_and_on_the_case(supervised, desk_of):
    desk = desk_of("xia-zhirou")
    day = text_of(desk.get("/desk/"))
    assert "报告督办件：请报排班记录" in day
    assert f"/desk/cases/{supervised.number}/do/answer-order.answer-order.order-1/" in day
    page = text_of(desk.get(f"/desk/cases/{supervised.number}/"))
    for words in ("督办和交办", "请报排班记录", "待报告", "督办件：交承办人办理", "督办单"):
        assert words in page
    assert "报告督办件" in page


def test_it_is_reported_with_a_file_sent_back_reported_again_and_accepted(supervised, desk_of):
    handler, office = desk_of("xia-zhirou"), desk_of("he-wanyin")
    name = "answer-order.answer-order.order-1"
    form = text_of(handler.get(f"/desk/cases/{supervised.number}/do/{name}/"))
    assert "请报排班记录" in form
    assert 'type="file"' in form
    files = SimpleUploadedFile("排班.txt", "九月排班".encode())
    assert do(handler, supervised.number, name, text="排班记录见附件", files=files).status_code == 302
    assert "审核督办件的报告" in text_of(office.get("/desk/"))
    back = do(office, supervised.number, "return-report.return-report.order-1", text="缺夜班")
    assert back.status_code == 302
    assert "退回重报" in text_of(handler.get("/desk/orders/"))
    assert do(handler, supervised.number, name, text="已补夜班").status_code == 302
    assert do(office, supervised.number, "accept-report.accept-report.order-1", text="").status_code == 302
    page = text_of(office.get(f"/desk/cases/{supervised.number}/"))
    for words in ("退回报告，须重报：督办件", "缺夜班", "已补夜班", "认可报告：督办件", "排班.txt"):
        assert words in page
    assert OrderRow.objects.get().state == "done"


def test_the_reporter_corrects_it_and_takes_it_back_until_it_is_accepted(supervised, desk_of):
    handler, office = desk_of("xia-zhirou"), desk_of("he-wanyin")
    answer, put_right = "answer-order.answer-order.order-1", "amend-report.amend-report.order-1"
    assert do(handler, supervised.number, answer, text="九月排班已核对").status_code == 302
    form = text_of(handler.get(f"/desk/cases/{supervised.number}/do/{put_right}/"))
    assert "九月排班已核对</textarea>" in form
    assert do(handler, supervised.number, put_right, report="八月、九月排班已核对", text="漏写八月").status_code == 302
    page = text_of(office.get(f"/desk/cases/{supervised.number}/"))
    for words in ("更正报告：督办件", "漏写八月", "九月排班已核对", "八月、九月排班已核对"):
        assert words in page
    assert OrderRow.objects.get().report == "八月、九月排班已核对"
    assert do(handler, supervised.number, "withdraw-report.withdraw-report.order-1", text="还要问夜班").status_code == 302
    assert OrderRow.objects.get().state == "waiting"
    assert "撤回报告：督办件" in text_of(office.get(f"/desk/cases/{supervised.number}/"))
    assert do(handler, supervised.number, answer, text="夜班也已核对", key="second").status_code == 302
    assert do(office, supervised.number, "accept-report.accept-report.order-1", text="").status_code == 302
    assert handler.get(f"/desk/cases/{supervised.number}/do/{put_right}/").status_code == 302  # to the case: too late


def test_the_list_is_narrowed_by_how_far_they_are(supervised, desk_of, hospital):
    desk = desk_of("he-wanyin")
    assert "请报排班记录" in text_of(desk.get("/desk/orders/"))
    assert "请报排班记录" in text_of(desk.get("/desk/orders/?mine=1&regime=patient-relations&kind=supervision"))
    assert "请报排班记录" not in text_of(desk.get("/desk/orders/?view=overdue"))
    assert "请报排班记录" not in text_of(desk.get("/desk/orders/?view=over"))
    assert "请报排班记录" not in text_of(desk_of("ye-changfeng").get("/desk/orders/?view=all"))
    assert desk.get("/desk/orders/?view=nonsense&kind=nonsense&regime=nonsense").status_code == 200
    assert desk.get("/desk/orders/?after=nonsense").status_code in (200, 400, 404)
    set_clock(hospital, MONDAY + timedelta(days=3))
    assert "请报排班记录" in text_of(desk.get("/desk/orders/?view=overdue"))
    assert '待报告<span class="num">1</span>' in text_of(desk.get("/desk/orders/"))


def test_the_list_asks_the_same_number_of_questions_whatever_its_length(supervised, desk_of):
    desk = desk_of("he-wanyin")
    desk.get("/desk/orders/")
    with CaptureQueriesContext(connection) as one:
        desk.get("/desk/orders/")
    for number in range(5):
        do(desk, supervised.number, SUPERVISE, text=f"再报第{number}项", **{"o-to": "handler", "key": f"again{number}"})
    with CaptureQueriesContext(connection) as many:
        assert "再报第4项" in text_of(desk.get("/desk/orders/"))
    assert len(many) == len(one)


def test_pages_of_the_list_follow_each_other_without_gaps(supervised, desk_of, hospital):
    for number in range(4):
        given = {"o-to": "handler", "key": f"more{number}"}
        do(desk_of("he-wanyin"), supervised.number, SUPERVISE, text=f"第{number}项", **given)
    seen, after = [], ""
    for expected in (2, 2, 1):
        page = list_orders(hospital, Actor("he-wanyin"), OrderFilter("open"), after, 2)
        assert len(page.items) == expected
        seen, after = [*seen, *(row.text for row in page.items)], page.next
    assert (sorted(seen), after) == (sorted({"请报排班记录", "第0项", "第1项", "第2项", "第3项"}), "")


def test_it_is_taken_back_by_whoever_gave_it(supervised, desk_of):
    desk = desk_of("he-wanyin")
    assert do(desk, supervised.number, "recall-order.recall-order.order-1", text="已不需要").status_code == 302
    assert "已收回" in text_of(desk.get("/desk/orders/?view=over"))
    assert "报告督办件" not in text_of(desk_of("xia-zhirou").get("/desk/"))


def test_the_chain_the_list_and_a_rebuild_agree(supervised, hospital):
    before = list(OrderRow.objects.values())
    assert not verify(hospital)
    OrderRow.objects.update(text="改过")
    assert any("交办事项与事件不符" in finding.message_zh for finding in verify(hospital))
    rebuild(hospital)
    assert list(OrderRow.objects.values()) == before


RESOLUTION = {
    "resolution": {"title": "例会决议", "to": ["all-staff"], "list": True, "latest": "2 months", "accepted_by": "relations-office",
                   "cite": "十(2)"},
}  # fmt: skip
MINUTES = {
    "minutes": {
        "title": "周会纪要",
        "lines": [{"section": "上次未了"}, {"each": "carried"}, {"section": "本次决议"}, {"each": "orders", "show": ["text", "to"]}],
    }
}
MEETING = {
    "weekly": {"title": "医患办周会", "every": "week", "by": "relations-office", "orders": "resolution", "produces": "minutes",
               "cite": "十(2)"},
}  # fmt: skip


@pytest.fixture
def first_meeting(db, tmp_path):
    """The weekly meeting under a variant of the pack has fallen due."""
    pack = variant_of("patient-relations", tmp_path, duties=MEETING, orders=RESOLUTION, forms=MINUTES)
    hospital = rehearsal_of("patient-relations", variant=pack)
    enter(world_of(hospital), since=MONDAY - timedelta(hours=9))
    open_due(hospital)
    return CaseRow.objects.get(regime=f"{pack.parent.name}/weekly")


@pytest.fixture
def office(first_meeting):
    desk = Client(HTTP_HOST="127.0.0.1")
    desk.force_login(account("he-wanyin"))
    return desk


def next_meeting(first):
    """A week passes; the next meeting falls due."""
    hospital = Organisation.objects.get(pk=first.organisation_id)
    set_clock(hospital, MONDAY + timedelta(days=8))
    open_due(hospital)
    return CaseRow.objects.filter(regime=first.regime).exclude(pk=first.pk).get()


def test_resolutions_of_a_meeting_are_filled_in_line_by_line_and_carried_to_the_next(first_meeting, office):
    form = text_of(office.get(f"/desk/cases/{first_meeting.number}/do/perform.weekly/"))
    assert "例会决议 1" in form
    assert "例会决议 8" in form
    data = {"o1-text": "修订接待流程", "o1-person": "xia-zhirou", "o1-due": "2026-10-20", "o3-text": "", "o2-text": ""}
    answer = do(office, first_meeting.number, "perform.weekly", **data)
    assert answer.status_code == 302, text_of(answer)[-2000:]
    assert OrderRow.objects.get().person == "xia-zhirou"
    second = next_meeting(first_meeting)
    page = text_of(office.get(f"/desk/cases/{second.number}/"))
    assert "上期未了" in page
    assert "修订接待流程" in page
    assert CaseRow.objects.get(pk=first_meeting.pk).state == "open"


def test_the_minutes_print_what_the_last_meeting_left_its_state_and_who_reports(first_meeting, office):
    data = {"o1-text": "修订接待流程", "o1-person": "xia-zhirou", "o1-due": "2026-10-20",
            "o2-text": "核对投诉电话", "o2-person": "jiang-xubai", "o2-due": "2026-10-12"}  # fmt: skip
    assert do(office, first_meeting.number, "perform.weekly", **data).status_code == 302
    assert "上次未了 序号 事项 由谁报告" in minutes_of(office, first_meeting)
    reporter = Client(HTTP_HOST="127.0.0.1")
    reporter.force_login(account("jiang-xubai"))
    assert do(reporter, first_meeting.number, "answer-order.answer-order.order-2", text="三处电话都对").status_code == 302
    second = next_meeting(first_meeting)
    assert do(office, second.number, "perform.weekly", **{"o1-text": "", "o2-text": ""}).status_code == 302
    paper = minutes_of(office, second)
    left = paper.partition("上次未了")[2].partition("本次决议")[0]
    assert "1 修订接待流程 夏芷柔 2026年10月20日" in left
    assert "待报告" in left
    assert "2 核对投诉电话 蒋旭白 2026年10月12日" in left
    assert "三处电话都对" in left
    assert "已报告，待认可" in left
    assert first_meeting.number in left
    assert "修订接待流程" not in paper.partition("本次决议")[2]


def minutes_of(desk, meeting):
    """The words of the meeting's minutes, one blank between."""
    page = desk.get(f"/desk/cases/{meeting.number}/papers/minutes-1/").content.decode()
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())
