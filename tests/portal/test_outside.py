"""A merchant works on a case through a link with a code: without an account, on this case alone, until it is ended."""

import re
from urllib.parse import quote

from django.test import Client
from django.urls import reverse
from tests.portal.conftest import Visitor
from tests.portal.merchants import code, link
from tests.workbench.rehearsal import account

from huiyin.application.loading import open_case
from huiyin.application.tracking import COMPLAINANT
from huiyin.cases.commands import Invite, Uninvite
from huiyin.cases.state import Evidence
from huiyin.organisations.models import Staff
from huiyin.store.log import events_of
from huiyin.store.models import AccessRow


def test_the_link_alone_tells_nothing(waiting):
    page = Visitor().get(link(waiting))
    assert page.status == 200
    assert "验证码" in page.text
    assert "牛奶" not in page.text


def test_the_merchant_sees_its_task_its_time_and_the_matter(merchant):
    assert "请您办理" in merchant.text
    assert "商家答复并解决" in merchant.text
    assert "10月10日 周六前" in merchant.text
    assert "牛奶结块" in merchant.text


def test_names_and_numbers_of_the_complainant_never_show(merchant):
    assert "林晓雨" not in merchant.html
    assert "5521" not in merchant.html


def test_the_merchant_answers_and_the_answer_is_on_record(merchant, waiting, rehearsal):
    task = re.search(r'href="[^"]*(/outside/case/do/perform\.merchant-answers[^"]*)"', merchant.html)[1]
    page = merchant.post(task, **{"outcome": "solved", "field-solution": "refund"})
    assert page.status == 422
    page = merchant.post(
        task, **{"outcome": "solved", "field-merchant_answer": "抱歉，已退款。", "field-solution": "refund"}
    )
    assert "已经办好：商家答复并解决" in page.text
    opened = open_case(rehearsal, COMPLAINANT, waiting.case_id)
    assert opened.case.steps["merchant-answers"].done_by == "outside:1"
    assert opened.case.facts["merchant_answer"] == "抱歉，已退款。"


def test_the_merchant_adds_words_and_files(merchant, waiting, rehearsal):
    page = merchant.post("/outside/case/say/", text="已联系快递核查")
    assert "收到了，已经放进案件" in page.text
    opened = open_case(rehearsal, COMPLAINANT, waiting.case_id)
    assert any(isinstance(item, Evidence) and item.title == "已联系快递核查" for item in opened.case.evidence)
    assert merchant.post("/outside/case/say/", text=" ").status == 422


def test_a_task_that_is_not_the_merchants_is_not_found(merchant):
    for name in ("perform.close", "perform.find-cause", "supervise.supervise", "invite.invite"):
        assert merchant.get(f"/outside/case/do/{name}/").status == 404


def test_ended_is_ended_even_in_an_open_browser(merchant, waiting, do):
    do("luo-mingzhou", waiting, Uninvite(invitation="1"))
    page = merchant.get("/outside/case/")
    assert (page.status, "链接已经停用" in page.text, "牛奶" in page.html) == (403, True, False)
    assert merchant.post(link(waiting), code=code(waiting)).status == 422


def test_a_code_opens_its_own_invitation_alone(waiting, do):
    do("luo-mingzhou", waiting, Invite(role="merchant", name="云池干果店 客服"))
    assert code(waiting, "1") != code(waiting, "2") != waiting.code
    assert Visitor().post(link(waiting, "2"), code=code(waiting, "1")).status == 422
    assert Visitor().post(link(waiting), code=waiting.code).status == 422


def test_guessing_is_locked_out(waiting):
    browser = Visitor()
    for _ in range(5):
        assert browser.post(link(waiting), code="AAAA-AAAA").status == 422
    assert browser.post(link(waiting), code=code(waiting)).status == 429


def test_number_and_code_of_the_complainant_open_nothing_for_the_merchant(merchant):
    assert merchant.get("/track/case/").answer.status_code == 302


def test_no_code_is_kept_in_the_log(waiting):
    plain = code(waiting).replace("-", "")
    assert not [row for row in events_of(waiting.case_id) if code(waiting) in row.body or plain in row.body]


def at_the_desk(person):
    browser = Client()
    browser.force_login(Staff.objects.get(person=person, organisation__rehearsal=True).user)
    return browser


def test_whoever_handles_the_case_passes_link_and_code_on(waiting):
    page = at_the_desk("luo-mingzhou").get(f"/desk/cases/{waiting.number}/outside/1/").content.decode()
    assert code(waiting) in page
    assert f"/o/qingyu-rehearsal{quote(link(waiting))}" in page
    assert AccessRow.objects.get(case_id=waiting.case_id).what == "print"


def test_others_on_the_case_do_not_see_the_code(waiting):
    assert at_the_desk("ning-zhe").get(f"/desk/cases/{waiting.number}/outside/1/").status_code == 404
    assert at_the_desk("cao-xingjian").get(f"/desk/cases/{waiting.number}/outside/1/").status_code == 404


def test_the_case_page_names_the_party_that_is_awaited(waiting):
    desk = Client(HTTP_HOST="127.0.0.1")
    desk.force_login(account("luo-mingzhou"))
    shown = desk.get(reverse("desk-case", args=[waiting.number])).content.decode()
    assert "禾丰食品商行 客服" in shown.partition("<main")[2]
    assert "尚无人负责" not in shown


def test_the_merchant_is_not_offered_what_only_its_delay_makes_possible(merchant):
    task = re.search(r'href="[^"]*(/outside/case/do/perform\.merchant-answers[^"]*)"', merchant.html)[1]
    form = merchant.get(task).text
    assert "商家逾期，平台介入答复" not in form
