"""回访与承诺: figures with their articles, and the cases that are still to be followed up."""

from datetime import date

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.workbench.rehearsal import MONDAY, account, set_clock

from huiyin.application.standing import open_due
from huiyin.organisations import demo
from huiyin.organisations.models import RegimeVersion
from huiyin.regime import load, packs

ANSWERING = (
    ("xia-zhirou", "statement", {"fields": {"statement": "已说明"}}),
    ("xia-zhirou", "investigate", {"outcome": "founded", "fields": {"point_finding": "属实"}}),
    ("xia-zhirou", "propose", {"fields": {"facts_found": "属实", "liability": "staff", "proposal": "道歉"}}),
    ("he-wanyin", "reply", {"fields": {"reply_text": "已道歉", "reply_way": "by-phone"}}),
)
SATISFIED = {"result": 5, "manner": 5}


def text_of(response):
    return response.content.decode()


@pytest.fixture
def replied(assigned, do):
    """`replied()` gives a complaint that has been answered and waits to be followed up."""

    def replied_(**options):
        receipt = assigned(**options)
        for who, work, given in ANSWERING:
            do(who, receipt, work, **given)
        return receipt

    return replied_


def test_a_promise_stands_with_its_figure_target_and_article(desk_of, hospital, replied):
    desk = desk_of("he-wanyin")
    assert "还没有统计" in text_of(desk.get("/desk/commitments/"))
    replied()
    open_due(hospital)
    page = text_of(desk.get("/desk/commitments/"))
    for words in ("五个工作日反馈", "100%", "1/1件", "不低于95%", "达到", "第八条(3)", "2026年第3季度"):
        assert words in page


def test_what_waits_for_its_follow_up_is_listed_until_it_is_done(desk_of, replied, do):
    receipt = replied()
    office = desk_of("he-wanyin")
    page = text_of(office.get("/desk/commitments/?view=mine"))
    assert receipt.number in page
    assert f"/desk/cases/{receipt.number}/do/perform.follow-up/" in page
    form = text_of(office.get(f"/desk/cases/{receipt.number}/do/perform.follow-up/"))
    assert "电话" in form
    assert "上门" in form
    do("he-wanyin", receipt, "follow-up", answers=SATISFIED, via=("visit",))
    assert receipt.number not in text_of(office.get("/desk/commitments/?view=waiting"))
    assert "上门" in text_of(office.get(f"/desk/cases/{receipt.number}/"))


def test_nobody_sees_in_the_list_what_he_may_not_see(desk_of, replied):
    receipt = replied()
    assert receipt.number not in text_of(desk_of("ye-changfeng").get("/desk/commitments/?view=waiting"))


def test_odd_questions_are_answered(desk_of, hospital):
    desk = desk_of("he-wanyin")
    for query in ("view=nonsense", "regime=nonsense", "view=waiting&regime=nonsense", "view=mine&after=nonsense"):
        assert desk.get(f"/desk/commitments/?{query}").status_code in (200, 400)


def test_the_pages_ask_a_constant_number_of_queries(desk_of, hospital, replied, django_assert_num_queries):
    desk = desk_of("he-wanyin")
    replied()
    open_due(hospital)
    for address in ("/desk/commitments/", "/desk/commitments/?view=mine", "/desk/commitments/?view=waiting"):
        desk.get(address)
        with CaptureQueriesContext(connection) as few:
            desk.get(address)
        for number in range(3):
            replied(words=f"等候太久，第{number}次")
        with django_assert_num_queries(len(few)):
            desk.get(address)


class TestSeveralRegimes:
    """An organisation that runs many regimes shows each person the commitments of those they work under."""

    PACKS = ("patient-relations", "property-staff-service")

    @pytest.fixture
    def page_of(self, db):
        _live, organisation = demo.prepare({pack: packs()[pack] for pack in self.PACKS})
        QuerySet(RegimeVersion).filter(organisation=organisation).update(effective_on=date(2026, 1, 1))
        set_clock(organisation, MONDAY)

        def page(person, query=""):
            client = Client(HTTP_HOST="127.0.0.1")
            client.force_login(account(person))
            return text_of(client.get(f"/desk/commitments/{query}"))

        return page

    def test_each_sees_those_of_their_own_regime_and_no_others(self, page_of):
        hospital, property_management = load(packs()[self.PACKS[0]]), load(packs()[self.PACKS[1]])
        assert "五个工作日反馈" in page_of("he-wanyin")
        assert property_management.title not in page_of("he-wanyin")
        other = page_of("wen-jiahe")
        assert "五个工作日反馈" not in other
        assert hospital.title not in other
        assert "五个工作日反馈" not in page_of("wen-jiahe", "?regime=patient-relations")

    def test_administrators_look_after_all_of_them(self, page_of):
        page = page_of("qi-anlan")
        assert all(load(packs()[pack]).title in page for pack in self.PACKS)
