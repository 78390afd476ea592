"""Cases that belong together name each other, to those who may see both."""

import re

from django.urls import reverse


def case_page(client, receipt):
    return client.get(reverse("desk-case", args=[receipt.number])).content.decode()


def fact(page, label):
    """The value beside a label in the list of facts."""
    found = re.search(rf"<dt>{label}</dt><dd>(.*?)</dd>", page)
    return found[1] if found else ""


def act(client, receipt, name, **typed):
    return client.post(reverse("desk-act", args=[receipt.number, f"{name}.{name}"]), typed)


def test_a_linked_case_is_named_and_leads_there(desk_of, complaint):
    one, other, client = complaint(), complaint("同病房又等了三小时"), desk_of("he-wanyin")
    assert act(client, one, "link", other=other.number).status_code == 302
    assert reverse("desk-case", args=[other.number]) in fact(case_page(client, one), "关联")


def test_a_merged_case_names_the_one_that_goes_on(desk_of, complaint):
    one, other, client = complaint(), complaint("同病房又等了三小时"), desk_of("he-wanyin")
    assert act(client, one, "merge", into=other.number, text="同一件事").status_code == 302
    assert other.number in fact(case_page(client, one), "并入")


def test_a_case_one_may_not_see_is_not_named(desk_of, assigned, complaint):
    one, other = assigned(), complaint("药费多收", subject="fee", unit="")
    act(desk_of("he-wanyin"), one, "link", other=other.number)
    assert fact(case_page(desk_of("xia-zhirou"), one), "关联") == ""


def test_a_number_nobody_has_and_ones_own_are_told_at_their_place(desk_of, complaint):
    one, client = complaint(), desk_of("he-wanyin")
    assert "没有找到这件案件" in act(client, one, "link", other="YH2026-9999").content.decode()
    assert "请填写另一件案件的编号" in act(client, one, "merge", into=one.number).content.decode()
