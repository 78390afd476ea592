"""The case page: what it shows, what can be done, and what happens when that is not allowed."""

import re

import pytest
from django.urls import reverse

from huiyin.application.filing import file_case
from huiyin.application.tracking import COMPLAINANT
from huiyin.cases.commands import File, Record
from huiyin.store.models import AccessRow, EventRow


def page(client, receipt):
    return client.get(reverse("desk-case", args=[receipt.number]))


def act(receipt, name):
    return reverse("desk-act", args=[receipt.number, name])


def hidden(response, name):
    """The value of a hidden input of the form on the page."""
    return re.search(rf'name="{name}" value="([^"]*)"', response.content.decode())[1]


def test_the_due_day_is_explained_over_the_holidays(desk_of, complaint):
    shown = page(desk_of("he-wanyin"), complaint()).content.decode()
    assert "10月10日 周六17:30" in shown
    assert "补班5" in shown
    assert "国庆7天" in shown


def test_how_it_came_in_is_said_without_saying_complaint_twice(desk_of, complaint, hospital):
    assert "收到来电投诉，登记为" in page(desk_of("he-wanyin"), complaint()).content.decode()
    command = File(kind="complaint", channel="web", matter={"account": "等候太久", "subject": "service"}, category="service")
    online = file_case(hospital, "patient-relations", COMPLAINANT, command)
    assert "收到网上投诉，登记为" in page(desk_of("he-wanyin"), online).content.decode()


def test_names_are_masked_until_somebody_looks_with_a_reason(desk_of, complaint):
    receipt, client = complaint(), desk_of("he-wanyin")
    shown = page(client, receipt).content.decode()
    assert "林**" in shown
    assert "林晓雨" not in shown
    looked = client.post(reverse("desk-look", args=[receipt.number]), {"reason": "回电核实"})
    assert "林晓雨" in looked.content.decode()
    assert AccessRow.objects.get(case_id=receipt.case_id).reason == "回电核实"


def test_looking_without_a_reason_shows_nothing_and_is_not_logged(desk_of, complaint):
    receipt, client = complaint(), desk_of("he-wanyin")
    answer = client.post(reverse("desk-look", args=[receipt.number]), {"reason": " "}, follow=True)
    assert "林晓雨" not in answer.content.decode()
    assert "请写明查看的理由" in answer.content.decode()
    assert not AccessRow.objects.exists()


def test_somebody_without_part_in_the_case_does_not_find_it(desk_of, complaint):
    answer = page(desk_of("hao-dingbang"), complaint())
    assert answer.status_code == 404
    assert "林" not in answer.content.decode()


def test_the_next_step_is_the_one_primary_button(desk_of, complaint):
    receipt = complaint()
    shown = page(desk_of("jiang-xubai"), receipt).content.decode()
    primary = re.findall(r'class="btn btn-sm btn-primary" href="([^"]+)"', shown)
    assert primary == [act(receipt, "perform.receive")]


def test_a_missing_field_is_told_at_its_place_and_nothing_typed_is_lost(desk_of, complaint, do):
    receipt, client = complaint(), desk_of("he-wanyin")
    do("jiang-xubai", receipt, "receive", outcome="guided")
    answer = client.post(act(receipt, "perform.register"), {"f-checked_facts": "当日排班不足"})
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert "请选择“是”或“否”：“属于医疗损害争议”" in shown
    assert "当日排班不足" in shown
    assert 'title="接待人员认真倾听' in shown


def test_a_done_step_leads_back_to_the_case(desk_of, complaint):
    receipt, client = complaint(), desk_of("jiang-xubai")
    answer = client.post(act(receipt, "perform.receive"), {"outcome": "guided"})
    assert answer.status_code == 302
    assert "接待：引导到医患办" in client.get(answer.url).content.decode()


def test_htmx_is_sent_on_and_gets_refusals_as_a_dialog(desk_of, complaint):
    receipt, client = complaint(), desk_of("jiang-xubai")
    refused = client.post(act(receipt, "record.note"), {"text": ""}, headers={"HX-Request": "true"})
    assert refused.status_code == 422
    assert "<dialog" in refused.content.decode()
    assert "<html" not in refused.content.decode()
    done = client.post(act(receipt, "record.note"), {"text": "已记"}, headers={"HX-Request": "true"})
    assert (done.status_code, done.headers["HX-Redirect"]) == (204, reverse("desk-case", args=[receipt.number]))


def test_the_same_form_sent_twice_counts_once(desk_of, complaint):
    receipt, client = complaint(), desk_of("jiang-xubai")
    key = hidden(client.get(act(receipt, "record.note")), "key")
    for _ in range(2):
        client.post(act(receipt, "record.note"), {"text": "只记一次", "key": key})
    assert EventRow.objects.filter(case_id=receipt.case_id, kind="ActDone").count() == 1


def test_a_stale_form_says_who_was_quicker_and_keeps_what_was_typed(desk_of, assigned, do):
    receipt, client = assigned(), desk_of("xia-zhirou")
    form = client.get(act(receipt, "record.contact"))
    do("he-wanyin", receipt, Record(kind_of_act="note", text="请尽快"))
    typed = {"text": "已电话说明进展", "based_on": hidden(form, "based_on"), "key": hidden(form, "key")}
    answer = client.post(act(receipt, "record.contact"), typed)
    shown = answer.content.decode()
    assert answer.status_code == 409
    assert "已电话说明进展" in shown
    assert "何婉吟" in shown
    again = {"text": "已电话说明进展", "based_on": hidden(answer, "based_on"), "key": hidden(answer, "key")}
    assert client.post(act(receipt, "record.contact"), again).status_code == 302


def test_an_act_that_is_not_ones_own_leads_back_with_a_word(desk_of, complaint):
    receipt = complaint()
    answer = desk_of("he-wanyin").get(act(receipt, "perform.receive"), follow=True)
    assert "这一步现在不能办" in answer.content.decode()


def test_a_refused_file_is_told_at_the_file_field(desk_of, complaint):
    from django.core.files.uploadedfile import SimpleUploadedFile

    receipt, client = complaint(), desk_of("jiang-xubai")
    liar = SimpleUploadedFile("票据.png", b"MZ\x90\x00 not a picture")
    answer = client.post(act(receipt, "add-evidence.add-evidence"), {"files": liar})
    assert answer.status_code == 422
    assert "票据.png" in answer.content.decode()


def test_a_file_comes_back_as_a_download(desk_of, complaint):
    from django.core.files.uploadedfile import SimpleUploadedFile

    receipt, client = complaint(), desk_of("jiang-xubai")
    client.post(act(receipt, "add-evidence.add-evidence"), {"files": SimpleUploadedFile("说明.txt", "经过".encode())})
    address = re.search(r'href="([^"]*/evidence/[^"]*)"', page(client, receipt).content.decode())[1]
    answer = client.get(address)
    assert b"".join(answer.streaming_content).decode() == "经过"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_a_paper_is_printed_with_its_signature_and_logged(desk_of, assigned):
    receipt, client = assigned(), desk_of("he-wanyin")
    address = re.search(r'href="([^"]*/papers/[^"]*)"', page(client, receipt).content.decode())[1]
    shown = client.get(address).content.decode()
    assert "医院投诉登记表" in shown
    assert "何婉吟" in shown
    assert AccessRow.objects.get(case_id=receipt.case_id, what="print")


@pytest.mark.parametrize("group", ["decision", "contact", "system"])
def test_the_story_can_be_narrowed(desk_of, assigned, group):
    receipt, client = assigned(), desk_of("he-wanyin")
    answer = client.get(reverse("desk-case", args=[receipt.number]) + f"?story={group}", headers={"HX-Request": "true"})
    shown = answer.content.decode()
    assert ("交由护理部办理" in shown) == (group == "decision")
    assert "<html" not in shown


def test_the_page_costs_the_same_however_long_the_story(desk_of, assigned, do, django_assert_max_num_queries):
    receipt, client = assigned(), desk_of("he-wanyin")
    for number in range(12):
        do("xia-zhirou", receipt, Record(kind_of_act="note", text=f"第{number}次"))
    page(client, receipt)
    with django_assert_max_num_queries(26):
        assert page(client, receipt).status_code == 200


def test_similar_cases_come_after_the_page_and_without_scripts_on_request(desk_of, complaint):
    complaint("换药等了三小时，没有人说明原因")
    receipt, client = complaint(), desk_of("he-wanyin")
    address = reverse("desk-similar", args=[receipt.number])
    assert f'hx-get="{address}"' in page(client, receipt).content.decode()
    fetched = client.get(address, headers={"HX-Request": "true"}).content.decode()
    assert "换药等了三小时" in fetched
    assert "<html" not in fetched
    assert "换药等了三小时" in client.get(address, follow=True).content.decode()


def test_what_was_found_on_a_demand_reads_as_one_sentence(desk_of, assigned, do):
    receipt = assigned(points=("换药等了两小时",))
    found = {"point_finding": "当日只有一名护士在岗。", "sources": "排班表、当班护士"}
    do("xia-zhirou", receipt, "investigate", member="1", outcome="founded", fields=found)
    assert "当日只有一名护士在岗；排班表、当班护士" in page(desk_of("xia-zhirou"), receipt).content.decode()
