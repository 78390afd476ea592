"""Lists: cases with filters and search, ledgers, regimes; and a rehearsal's clock."""

import re

import pytest
from django.urls import reverse

from huiyin.application import case_lists, order_lists, turn_lists
from huiyin.application.world import world_of
from huiyin.site.templatetags import huiyin
from huiyin.store.models import CaseRow


@pytest.fixture
def listed(desk_of):
    """`listed("he-wanyin", q="…")` are the numbers on the page."""

    def numbers(person, **asked):
        shown = desk_of(person).get(reverse("desk-cases"), asked).content.decode()
        return re.findall(r"data-open-case>([^<]+)</a>", shown)

    return numbers


@pytest.fixture
def two(complaint):
    """Numbers of a complaint about service and one about fees."""
    return complaint("换药等了两小时").number, complaint("监护费重复收取", subject="fee", unit="cardiology-ward").number


def test_cases_are_found_by_number_name_tail_and_words(listed, two):
    assert listed("he-wanyin", q=two[0]) == [two[0]]
    assert listed("he-wanyin", q="林晓雨") == [two[1], two[0]]
    assert listed("he-wanyin", q="5521") == [two[1], two[0]]
    assert listed("he-wanyin", q="监护费") == [two[1]]


def test_filters_narrow_and_can_be_taken_off(listed, desk_of, two):
    assert listed("he-wanyin", regime="patient-relations", category="fee") == [two[1]]
    shown = desk_of("he-wanyin").get(reverse("desk-cases"), {"state": "closed"}).content.decode()
    assert "没有找到这样的案件" in shown
    assert "状态：已办结" in shown


def test_an_empty_list_does_not_say_that_there_are_no_cases(desk_of, two):
    shown = desk_of("qi-anlan").get(reverse("desk-cases")).content.decode()
    assert "没有您能查看的案件" in shown
    assert "别的案件不显示" in shown
    assert "没有您承办的案件" in desk_of("qi-anlan").get(reverse("desk-cases"), {"view": "mine"}).content.decode()


def test_a_list_says_where_its_counting_stopped(desk_of, complaint, monkeypatch):
    for module in (case_lists, huiyin):
        monkeypatch.setattr(module, "MOST_COUNTED" if module is case_lists else "COUNTED_TO", 2)
    for _ in range(3):
        complaint()
    shown = desk_of("he-wanyin").get(reverse("desk-cases")).content.decode()
    assert '全部<span class="num">2+</span>' in shown
    assert '我承办<span class="num">0</span>' in shown


def test_lists_and_pages_agree_where_counting_stops():
    assert case_lists.MOST_COUNTED == turn_lists.MOST_COUNTED == order_lists.MOST_COUNTED == huiyin.COUNTED_TO


def test_one_character_is_too_short_to_search_for(desk_of, two):
    shown = desk_of("he-wanyin").get(reverse("desk-cases"), {"q": "等"}).content.decode()
    assert "搜索内容至少两个字" in shown


def test_a_page_leads_to_the_next(listed, desk_of, complaint):
    for _ in range(51):
        complaint()
    shown = desk_of("he-wanyin").get(reverse("desk-cases")).content.decode()
    after = re.search(r'rel="next" href="\?after=([^"]+)"', shown)[1]
    assert len(listed("he-wanyin")) == 50
    assert listed("he-wanyin", after=after) == [CaseRow.objects.order_by("id").first().number]


def test_a_list_costs_the_same_however_long(desk_of, complaint, django_assert_max_num_queries):
    client = desk_of("he-wanyin")
    for _ in range(20):
        complaint()
    client.get(reverse("desk-cases"))
    with django_assert_max_num_queries(40):
        client.get(reverse("desk-cases"))


def test_the_regime_says_which_rule_carries_out_which_article(desk_of):
    shown = desk_of("he-wanyin").get(reverse("desk-regime", args=["patient-relations"])).content.decode()
    assert 'id="article-%E5%85%AB%281%29"' in shown or 'id="article-%E5%85%AB(1)"' in shown
    assert "limits.feedback" in shown
    assert "3个工作日" in shown


def test_an_unknown_regime_is_told_apart_from_a_broken_page(desk_of):
    answer = desk_of("he-wanyin").get(reverse("desk-regime", args=["nothing"]))
    assert answer.status_code == 404
    assert "本单位没有这项制度" in answer.content.decode()


def test_only_an_administrator_sets_the_clock_of_a_rehearsal_and_time_then_passes(desk_of, hospital, complaint):
    complaint()
    assert desk_of("he-wanyin").get(reverse("desk-clock")).status_code == 403
    client = desk_of("qi-anlan")
    answer = client.post(reverse("desk-clock"), {"to": "2026-10-12T09:00"}, follow=True)
    assert "演练：时钟在2026年10月12日 周一 9:00" in answer.content.decode()
    hospital.refresh_from_db()
    assert world_of(hospital).today.isoformat() == "2026-10-12"
    assert CaseRow.objects.get().overdue


def test_the_clock_never_goes_back(desk_of, hospital):
    answer = desk_of("qi-anlan").post(reverse("desk-clock"), {"to": "2026-01-01T09:00"})
    assert answer.status_code == 422
    assert "演练时间只能往后调" in answer.content.decode()


def test_every_page_says_that_it_is_a_rehearsal(desk_of):
    client = desk_of("he-wanyin")
    for name in ("desk-day", "desk-cases", "desk-approvals", "desk-ledgers", "desk-regimes"):
        assert "这里的事都不算数" in client.get(reverse(name)).content.decode()
