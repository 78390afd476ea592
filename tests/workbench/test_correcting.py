"""Putting a value right: one of many is picked, its own control stands there, the old value stays in the story."""

from django.urls import reverse

from huiyin.store.models import EventRow


def form_of(receipt):
    return reverse("desk-act", args=[receipt.number, "correct.correct"])


def case_page(client, receipt):
    return client.get(reverse("desk-case", args=[receipt.number])).content.decode()


def test_the_form_shows_what_stands_there_now(desk_of, complaint):
    shown = desk_of("he-wanyin").get(form_of(complaint())).content.decode()
    assert "更正哪一项" in shown
    assert "现在是：服务态度" in shown


def test_another_value_is_picked_without_scripts_and_nothing_is_done_yet(desk_of, complaint):
    receipt, client = complaint(), desk_of("he-wanyin")
    before = EventRow.objects.count()
    answer = client.post(form_of(receipt), {"pick": "1", "path": "respondent.unit", "text": "登记时听错"})
    shown = answer.content.decode()
    assert answer.status_code == 200
    assert "现在是：骨科病区" in shown
    assert '<option value="护理部">' in shown
    assert "登记时听错" in shown
    assert EventRow.objects.count() == before


def test_the_respondents_unit_is_put_right_by_its_name(desk_of, complaint):
    receipt, client = complaint(), desk_of("he-wanyin")
    right = {"path": "respondent.unit", "value": "护理部", "text": "登记时听错"}
    assert client.post(form_of(receipt), right).status_code == 302
    shown = case_page(client, receipt)
    assert "更正“被投诉部门”：骨科病区 → 护理部" in shown
    assert "登记时听错" in shown


def test_the_respondent_is_named_later_by_the_beginning_of_the_name(desk_of, complaint):
    receipt, client = complaint(), desk_of("he-wanyin")
    right = {"path": "respondent.person", "value": "夏芷柔", "text": "查看排班后确认"}
    assert client.post(form_of(receipt), right).status_code == 302
    assert "更正“被投诉人”：（空） → 夏芷柔" in case_page(client, receipt)


def test_who_was_named_sees_the_case_no_more(desk_of, assigned):
    receipt = assigned()
    named = desk_of("xia-zhirou")
    assert named.get(reverse("desk-case", args=[receipt.number])).status_code == 200
    right = {"path": "respondent.person", "value": "夏芷柔", "text": "查看排班后确认"}
    desk_of("he-wanyin").post(form_of(receipt), right)
    assert named.get(reverse("desk-case", args=[receipt.number])).status_code == 404


def test_a_name_nobody_has_is_told_at_its_place_and_stays(desk_of, complaint):
    receipt, client = complaint(), desk_of("he-wanyin")
    wrong = {"path": "respondent.person", "value": "查无此人", "text": "听说的"}
    answer = client.post(form_of(receipt), wrong)
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert "请选择人员" in shown
    assert 'value="查无此人"' in shown


def test_a_choice_is_put_right_by_choosing(desk_of, complaint):
    receipt, client = complaint(), desk_of("he-wanyin")
    picked = client.post(form_of(receipt), {"pick": "1", "path": "matter.subject"}).content.decode()
    assert 'name="value" value="quality"' in picked
    client.post(form_of(receipt), {"path": "matter.subject", "value": "quality", "text": "实为医疗质量"})
    assert "服务态度 → 医疗质量和安全" in case_page(client, receipt)


def test_a_private_value_is_put_right_without_standing_in_an_event(desk_of, complaint):
    receipt, client = complaint(patient_name="许清和"), desk_of("he-wanyin")
    picked = client.post(form_of(receipt), {"pick": "1", "path": "matter.patient_name"}).content.decode()
    assert "许清和" not in picked
    client.post(form_of(receipt), {"path": "matter.patient_name", "value": "许清河", "text": "身份证为准"})
    assert not EventRow.objects.filter(body__contains="许清").exists()
    full = client.post(reverse("desk-look", args=[receipt.number]), {"reason": "核对"}).content.decode()
    assert "许清河" in full
    assert "许清和" not in full
