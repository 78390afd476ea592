"""An administrator registers a bank that files itself, and gives, renews and revokes its code."""

import re
from datetime import date

import pytest
from django.db.models import QuerySet
from django.test import Client
from django.urls import reverse
from tests.workbench.rehearsal import account

from huiyin.application.world import world_of
from huiyin.organisations import demo
from huiyin.organisations.models import RegimeVersion, Source, SourceEntry, Staff
from huiyin.regime import packs
from huiyin.store.models import CaseRow

PACK, PLACE, BANK = "debt-collection", "debt-collection/bank", "江海银行"


@pytest.fixture
def administrator(hospital, desk_of):
    """何婉吟 as an administrator of an organisation that also collects debts for banks."""
    demo.add_pack(PACK, packs()[PACK])
    QuerySet(RegimeVersion).update(effective_on=date(2026, 1, 1))
    Staff.objects.filter(organisation=hospital, person="he-wanyin").update(administrator=True)
    return desk_of("he-wanyin")


def text(answer):
    return answer.content.decode()


def register(client, **said):
    return client.post(reverse("desk-source-new"), {"name": BANK, "channels": [PLACE], "hourly": 60, "daily": 300, **said})


def code_in(answer):
    return re.search(r"data-code>([A-Z0-9-]+)<", text(answer))[1]


def enter(hospital, source, code):
    """The status of the bank's page for this code."""
    address = reverse("portal-source", args=(hospital.slug, source.pk))
    return Client().post(address, {"code": code}).status_code


def test_registering_shows_address_and_code_once(administrator, hospital):
    page = administrator.get(reverse("desk-source-new"))
    assert "合作银行反馈（合作银行）" in text(page)
    answer = register(administrator)
    assert answer["Cache-Control"] == "no-store"
    source, code = Source.objects.get(), code_in(answer)
    assert f"/source/{source.pk}/" in text(answer)
    assert enter(hospital, source, code) == 302
    for page in (reverse("desk-sources"), reverse("desk-source", args=(source.pk,))):
        assert code not in text(administrator.get(page))


def test_the_list_shows_the_last_use_and_wrong_codes(administrator, hospital):
    source, code = None, code_in(register(administrator))
    source = Source.objects.get()
    assert "还没有进入过" in text(administrator.get(reverse("desk-sources")))
    enter(hospital, source, "AAAA")
    enter(hospital, source, code)
    page = text(administrator.get(reverse("desk-sources")))
    assert "最近进入" in page
    assert "发码以后输错1次" in page
    page = text(administrator.get(reverse("desk-source", args=(source.pk,))))
    assert page.index("进入</span>") < page.index("单位码不对</span>") < page.index("发码</span>")


def test_renewing_voids_the_old_code_and_revoking_closes_the_door(administrator, hospital):
    old = code_in(register(administrator))
    source = Source.objects.get()
    new = code_in(administrator.post(reverse("desk-source-renew", args=(source.pk,))))
    assert (enter(hospital, source, old), enter(hospital, source, new)) == (422, 302)
    page = administrator.post(reverse("desk-source-revoke", args=(source.pk,)), follow=True)
    assert "停用" in text(page)
    assert enter(hospital, source, new) == 422
    again = code_in(administrator.post(reverse("desk-source-renew", args=(source.pk,))))
    assert enter(hospital, source, again) == 302
    assert list(SourceEntry.objects.filter(kind="issued").values_list("by__person", flat=True)) == ["he-wanyin"] * 3


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"name": ""}, "请写明单位名称"),
        ({"channels": []}, "请至少选一个"),
        ({"channels": ["patient-relations/web"]}, "patient-relations/web"),
        ({"until": "2020-01-01"}, "有效期应在今天之后"),
    ],
)
def test_what_cannot_be_is_refused(administrator, said, words):
    answer = register(administrator, **said)
    assert answer.status_code == 422
    assert words in text(answer)
    assert not Source.objects.exists()


def test_a_name_is_given_once(administrator):
    register(administrator)
    answer = register(administrator)
    assert answer.status_code == 422
    assert "已经登记过" in text(answer)


def test_channels_and_time_can_be_changed(administrator):
    register(administrator)
    address = reverse("desk-source", args=(Source.objects.get().pk,))
    assert administrator.post(address, {"channels": []}).status_code == 422
    said = {"channels": [PLACE], "until": "2030-06-30", "hourly": 60, "daily": 300}
    assert "在用，到" in text(administrator.post(address, said, follow=True))
    assert 'value="2030-06-30"' in text(administrator.get(address))


def test_others_do_not_come_in(administrator, desk_of):
    register(administrator)
    clerk = desk_of("jiang-xubai")
    source = Source.objects.get()
    assert clerk.get(reverse("desk-sources")).status_code == 403
    for name in ("desk-source-renew", "desk-source-revoke"):
        assert clerk.post(reverse(name, args=(source.pk,))).status_code == 403
    assert "来文单位" not in text(clerk.get(reverse("desk-day")))


def test_the_case_says_who_filed_it(administrator, hospital):
    code = code_in(register(administrator))
    source, bank = Source.objects.get(), Client()
    bank.post(reverse("portal-source", args=(hospital.slug, source.pk)), {"code": code})
    form = reverse("portal-source-file", args=(hospital.slug, PACK, "bank"))
    said = {"kind": "complaint", "matter-account": "催收电话太多", "identity": "anonymous", "do": "submit"}
    assert bank.post(form, said).status_code == 302
    number = CaseRow.objects.get(source=BANK).number
    holder = world_of(hospital).directory(PACK).holders_of("complaint-handler")[0]
    handler = Client()
    handler.force_login(account(holder))
    page = text(handler.get(reverse("desk-case", args=(number,))))
    assert "合作银行反馈" in page
    assert "自己提交，在自己的页面上查看、办理" in page
    assert "outside:1" not in page
    assert page.count(BANK) >= 2


def test_address_and_bounds_are_kept(administrator):
    register(administrator, email="tousu@jianghai.example.cn", hourly=5, daily=20)
    address = reverse("desk-source", args=(Source.objects.get().pk,))
    page = text(administrator.get(address))
    assert 'value="tousu@jianghai.example.cn"' in page
    assert 'value="5"' in page
    assert 'value="20"' in page
    answer = administrator.post(address, {"channels": [PLACE], "email": "x", "hourly": 5, "daily": 4})
    assert answer.status_code == 422
    answer = administrator.post(address, {"channels": [PLACE], "hourly": 5, "daily": 4})
    assert "每天的件数不能少于每小时的" in text(answer)


def test_a_source_that_files_too_much_is_told_on_every_page_until_noted(administrator, desk_of):
    code = code_in(register(administrator, hourly=1, daily=1))
    source, bank = Source.objects.get(), Client()
    bank.post(reverse("portal-source", args=(source.organisation.slug, source.pk)), {"code": code})
    form = reverse("portal-source-file", args=(source.organisation.slug, PACK, "bank"))
    said = {"kind": "complaint", "matter-account": "催收电话太多", "identity": "anonymous", "do": "submit"}
    assert [bank.post(form, said).status_code for _ in range(2)] == [302, 429]
    page = text(administrator.get(reverse("desk-day")))
    assert f"{BANK}提交的件数到了上限" in page
    assert reverse("desk-source", args=(source.pk,)) in page
    assert "提交的件数到了上限" not in text(desk_of("jiang-xubai").get(reverse("desk-day")))
    page = text(administrator.get(reverse("desk-source", args=(source.pk,))))
    assert "每小时1件、每天1件" in page
    assert "提交太多，暂不收" in page
    administrator.post(reverse("desk-source-noted", args=(source.pk,)))
    assert "提交的件数到了上限" not in text(administrator.get(reverse("desk-day")))


def test_where_no_regime_has_such_a_channel_the_page_says_how_and_where(hospital, desk_of):
    Staff.objects.filter(organisation=hospital, person="he-wanyin").update(administrator=True)
    client = desk_of("he-wanyin")
    for page in (reverse("desk-sources"), reverse("desk-source-new")):
        answer = text(client.get(page))
        assert "现在还没有一项施行的制度让外部单位自己提交" in answer
        href = re.search(r'href="([^"]*#rule-intake\.channels\.[^"]*)"', answer)[1]
        there, _, anchor = href.partition("#")
        assert f'id="{anchor}"' in text(client.get(there))
