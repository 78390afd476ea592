"""制度库: a regime to read, part by part."""

import re

import pytest
from django.urls import reverse

from huiyin.organisations.services import install_pack
from huiyin.regime import load, packs
from huiyin.workbench.pages.library.shelf import PARTS

READER = "he-wanyin"
PARTS_OF_THE_REGIME = list(PARTS)


def page(client, part="", regime="patient-relations", **query):
    there = reverse("desk-regime-part", args=[regime, part]) if part else reverse("desk-regime", args=[regime])
    answer = client.get(there, query)
    assert answer.status_code == 200
    return answer.content.decode()


def anchors(html):
    return set(re.findall(r'\bid="([^"]+)"', html))


@pytest.mark.parametrize("part", PARTS_OF_THE_REGIME)
def test_every_part_shows_itself_and_leads_to_the_others(part, desk_of):
    shown = page(desk_of(READER), part)
    assert shown.count('aria-current="page"') == 1
    for other in PARTS:
        assert f'/desk/regimes/patient-relations/{other + "/" if other else ""}"' in shown


def test_each_article_stands_beside_its_rules_and_each_rule_leads_to_its_card(desk_of):
    client = desk_of(READER)
    shown = page(client)
    assert load(packs()["patient-relations"]).articles["二(1)"] in shown
    assert 'href="/desk/regimes/patient-relations/flow/#rule-flow.register"' in shown
    assert "rule-flow.register" in anchors(page(client, "flow"))
    back = re.search(r'id="rule-flow\.register".*?</li>', page(client, "flow"), re.DOTALL)
    assert "/desk/regimes/patient-relations/#article-" in back.group()


def test_every_link_to_a_card_finds_its_card(desk_of):
    client = desk_of(READER)
    pages = {part: anchors(page(client, part)) for part in PARTS_OF_THE_REGIME}
    links = re.findall(r'href="/desk/regimes/patient-relations/(?:([a-z]+)/)?#(rule-[^"]+)"', page(client))
    assert len(links) > 40
    assert {(part, anchor) for part, anchor in links if anchor not in pages[part]} == set()


def test_the_flow_is_drawn_and_said_in_words(desk_of):
    shown = page(desk_of(READER), "flow")
    regime = load(packs()["patient-relations"])
    for step in regime.flow:
        assert f'<a href="#rule-flow.{step}">' in shown
    assert "style=" not in shown
    assert "用文字说流程" in shown
    assert "答复投诉人，由医患关系办公室、承办人，之后是" in shown


def test_limits_say_from_to_within_and_what_happens_when_they_pass(desk_of):
    shown = page(desk_of(READER), "limits")
    for words in ("当事科室说明情况", "2个工作日", "不能延长", "到期前1个工作日提醒承办人"):
        assert words in shown


def test_settings_show_the_organisations_answers(desk_of):
    shown = page(desk_of(READER), "settings")
    assert "退费须院领导审批的金额" in shown
    assert "1000元" in shown


def test_what_the_organisation_has_not_filled_in_yet_is_listed_with_links(desk_of, hospital):
    install_pack(hospital, "opinion-box")
    shown = page(desk_of(READER), "settings", "opinion-box")
    assert "还没有填写" in shown
    assert "2项还没有填写" in shown
    assert '<a href="#rule-settings.hotline">投诉举报专线号码</a>' in shown
    assert "rule-settings.hotline" in anchors(shown)


def test_nothing_is_listed_where_all_is_filled_in(desk_of, hospital):
    install_pack(hospital, "opinion-box", {"hotline": "0571-00000001", "authority_phone": "0571-00000002"})
    shown = page(desk_of(READER), "settings", "opinion-box")
    assert "0571-00000001" in shown
    assert "还没有填写" not in shown


def test_a_form_is_previewed_as_a_blank_sheet(desk_of):
    client = desk_of(READER)
    assert reverse("desk-regime-form", args=["patient-relations", "register-form"]) in page(client, "papers")
    shown = client.get(reverse("desk-regime-form", args=["patient-relations", "register-form"]))
    assert shown.status_code == 200
    assert "样张" in shown.content.decode()


def test_what_is_not_there_is_not_found(desk_of):
    client = desk_of(READER)
    assert client.get(reverse("desk-regime-part", args=["patient-relations", "nothing"])).status_code == 404
    assert client.get(reverse("desk-regime", args=["no-such-regime"])).status_code == 404
    assert client.get(reverse("desk-regime", args=["patient-relations"]), {"version": "9.9"}).status_code == 404
    assert client.get(reverse("desk-regime-form", args=["patient-relations", "no-form"])).status_code == 404


@pytest.mark.parametrize("pack", sorted(packs()))
def test_every_pack_can_be_read(pack, desk_of, hospital):
    install_pack(hospital, pack)
    client = desk_of(READER)
    for part in PARTS_OF_THE_REGIME:
        assert page(client, part, pack)
    for form in load(packs()[pack]).forms.values():
        if form.of == "case":
            assert client.get(reverse("desk-regime-form", args=[pack, form.id])).status_code == 200


def test_the_number_of_a_paper_is_shown_as_it_will_look_and_not_as_it_is_written(desk_of):
    shown = page(desk_of(READER), "papers")
    assert "如“督2026-001”" in shown
    assert "{serial" not in shown
