"""My day: what is due when, with make-up days named, and approvals decided beside it."""

import re
from datetime import UTC, datetime

import pytest
from django.urls import reverse
from tests.workbench.rehearsal import set_clock

from huiyin.application.sweeping import sweep


@pytest.fixture
def day(desk_of):
    """`day("he-wanyin", scope="unit")` is the page in words."""

    def shown(person, **asked):
        return desk_of(person).get(reverse("desk-day"), asked).content.decode()

    return shown


def figures(shown):
    """The five counters by their words."""
    found = re.findall(r'href="#(overdue|today|soon|later|paused)".*?<b class="mt-0.5 block text-2xl[^>]*>(\d+)</b>', shown, re.DOTALL)
    return {name: int(figure) for name, figure in found}


def test_an_empty_day_says_so_and_leads_on(day):
    shown = day("he-wanyin")
    assert "没有到期的事" in shown
    assert figures(shown) == {"overdue": 0, "today": 0, "soon": 0, "later": 0, "paused": 0}


def test_what_i_owe_stands_under_the_day_it_is_due(day, hospital, complaint):
    receipt = complaint()
    assert receipt.number in day("jiang-xubai")
    set_clock(hospital, datetime(2026, 10, 9, 2, 0, tzinfo=UTC))
    shown = day("he-wanyin")
    assert figures(shown)["soon"] == 1
    assert "10月10日 周六，补班，算工作日，下班17:30" in shown
    assert "明天（补班）" in shown


def test_what_is_late_stands_first_with_its_working_days(day, hospital, complaint):
    complaint()
    set_clock(hospital, datetime(2026, 10, 13, 2, 0, tzinfo=UTC))
    sweep(hospital)
    shown = day("he-wanyin")
    assert figures(shown)["overdue"] == 1
    assert "超期2个工作日" in shown


def test_a_row_leads_to_the_form_of_what_is_owed(desk_of, complaint, do):
    receipt = complaint()
    do("jiang-xubai", receipt, "receive", outcome="guided")
    client = desk_of("he-wanyin")
    address = reverse("desk-act", args=[receipt.number, "perform.register"])
    assert address in client.get(reverse("desk-day")).content.decode()
    assert "登记和受理审查" in client.get(address).content.decode()


def test_other_peoples_work_is_only_shown_where_it_is_asked_for(day, complaint):
    receipt = complaint()
    assert receipt.number not in day("shen-huaijin")
    assert receipt.number in day("shen-huaijin", scope="all")


def test_a_key_of_another_list_is_refused_with_a_word(desk_of):
    answer = desk_of("he-wanyin").get(reverse("desk-day"), {"after": "x"})
    assert answer.status_code == 400
    assert "翻页位置无效" in answer.content.decode()


def test_later_rows_come_as_a_fragment(desk_of, complaint):
    for _ in range(25):
        complaint()  # each is owed twice: the reception and the answer
    client = desk_of("jiang-xubai")
    shown = client.get(reverse("desk-day")).content.decode()
    more = re.search(r'href="(\?after=[^"]+)"', shown)[1]
    rest = client.get(reverse("desk-day") + more, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in rest
    counted = {key: int(count) for key, count in re.findall(r'id="(\w+)"><h2.*?</h2><span class="count">(\d+)', shown)}
    assert sum(counted.values()) == 50        # of all there are, though this page has forty
    assert counted.items() <= figures(shown).items()
    assert '<span class="count">' not in rest
    assert shown.count("data-row") + rest.count("data-row") == 50


def test_an_account_without_a_post_is_kept_out(hospital, django_user_model, client):
    client.force_login(django_user_model.objects.create_user("stranger"))
    assert client.get(reverse("desk-day"), headers={"Host": "127.0.0.1"}).status_code == 403
