"""Quick intake: what the form says becomes a filing, and what is wrong is told without losing anything."""

import pytest
from django.urls import reverse

from huiyin.store.models import CaseRow

TYPED = {
    "kind": "complaint",
    "channel": "phone",
    "f-subject": "service",
    "category": "service",
    "f-account": "换药等了两小时，没有人说明原因",
    "phone": "13800005521",
    "name": "林晓雨",
    "unit": "orthopaedics-ward",
    "points": "说明原因\n改进排班",
    "key": "first-try",
}


@pytest.fixture
def send(desk_of):
    """`send(phone="…")` sends the form as 蒋旭白 with these changes."""
    client = desk_of("jiang-xubai")

    def send_(**changes):
        return client.post(reverse("desk-intake-regime", args=["patient-relations"]), {**TYPED, **changes}, follow=True)

    return send_


def test_a_filed_call_shows_number_code_and_the_sentence_to_read_out(send):
    shown = send().content.decode()
    row = CaseRow.objects.get()
    assert row.number in shown
    assert "10月10日 周六17:30前" in shown
    assert (row.first_receiver, row.respondent_unit, row.category) == ("jiang-xubai", "orthopaedics-ward", "service")


def test_sending_twice_files_once(send):
    send()
    send()
    assert CaseRow.objects.count() == 1


def test_an_earlier_receipt_needs_its_reason(send):
    answer = send(received_at="2026-09-25T16:00")
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert "换药等了两小时" in shown
    assert not CaseRow.objects.exists()
    send(received_at="2026-09-25T16:00", late_reason="周五下班前来电", key="second-try")
    assert CaseRow.objects.get().received_at.isoformat() == "2026-09-25T08:00:00+00:00"


def test_the_code_is_shown_to_the_first_receiver_alone(send, desk_of):
    send()
    address = reverse("desk-filed", args=[CaseRow.objects.get().number])
    assert desk_of("he-wanyin").get(address).status_code == 302
    assert "查询码" in desk_of("jiang-xubai").get(address).content.decode()


def test_earlier_calls_from_the_same_telephone_are_shown(complaint, desk_of):
    number = complaint().number
    shown = desk_of("jiang-xubai").post(reverse("desk-intake-similar"), {"phone": "138 0000 5521"}).content.decode()
    assert number in shown


def test_the_forecast_asks_the_regime_and_writes_nothing(desk_of):
    answer = desk_of("jiang-xubai").post(reverse("desk-intake-forecast", args=["patient-relations"]), TYPED)
    assert "10月10日 周六17:30" in answer.content.decode()
    assert not CaseRow.objects.exists()


def test_a_danger_to_health_sets_its_limit_at_once(desk_of):
    typed = TYPED | {"f-danger": "yes"}
    answer = desk_of("jiang-xubai").post(reverse("desk-intake-forecast", args=["patient-relations"]), typed)
    assert "立即采取保护措施" in answer.content.decode()
    assert "可能危及健康" in answer.content.decode()


def test_what_to_say_to_the_caller_stands_beside_the_form_and_follows_category_and_channel(desk_of):
    client = desk_of("jiang-xubai")
    page = client.get(reverse("desk-intake-regime", args=["patient-relations"])).content.decode()
    assert "“请坐，您慢慢说，我记下来。”" in page
    assert "不说“这不归我们管”，改为：这件事由医患办统一受理，我带您过去。" in page
    there = reverse("desk-intake-forecast", args=["patient-relations"])
    by_phone = client.post(there, {**TYPED, "category": "fee", "f-subject": "fee"}).content.decode()
    assert "我向科室核实后给您回电" in by_phone
    assert "请把票据或清单给我看一下" not in by_phone
