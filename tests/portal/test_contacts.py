"""Numbers and addresses that an organisation fills in: shown once they are there, left out before, never a note to itself."""

import re
from datetime import date

import pytest
from django.utils.html import strip_tags
from tests.portal.conftest import COMPANY, MONDAY, NETWORK

from huiyin.organisations.models import Organisation
from huiyin.organisations.services import install_pack
from huiyin.regime import packs

NOTE_TO_ITSELF = re.compile("由.{0,4}(公司|医院|单位|科室|平台|中心|机关|省站)(分别)?填写|待公布|尚未填写")


@pytest.fixture
def open_house(db):
    """An organisation that has just taken the packs as they ship and filled in nothing."""
    organisation = Organisation.objects.create(slug="open", title="望山公司", rehearsal=True, rehearsal_clock=MONDAY)

    def take(pack, **answers):
        install_pack(organisation, pack, answers, effective_on=date(2026, 1, 1))
        return organisation

    return take


def way(page, title):
    """What stands beside a channel or a way beyond the organisation: its words after the title."""
    found = re.search(rf"<b[^>]*>{title}</b>(.*?)</li>", page, re.DOTALL)
    return strip_tags(found.group(1)).strip() if found else None


def test_an_unfilled_number_is_left_out_and_the_channel_stays_with_its_hours(open_house, client):
    open_house(COMPANY)
    for path in ("/o/open/", f"/o/open/regimes/{COMPANY}/"):
        page = client.get(path).content.decode()
        assert way(page, "消费者协会") == ""
        assert way(page, "市场监督管理部门") == "，全国 12315 热线和平台"
    assert way(client.get(f"/o/open/regimes/{COMPANY}/").content.decode(), "电话") == "工作时间"


def test_a_filled_number_is_shown_with_the_hours(open_house, client):
    open_house(COMPANY, complaint_phone="0571-00000001", consumers_phone="0571-00000002")
    page = client.get(f"/o/open/regimes/{COMPANY}/").content.decode()
    assert way(page, "消费者协会") == "，0571-00000002"
    assert way(page, "电话") == "0571-00000001工作时间"


def test_the_demo_shows_its_invented_numbers(visitor, company, network):
    assert "0571-00000105" in visitor.get(f"/regimes/{COMPANY}/").text
    assert re.search("行政复议，本市望海路20号，0571-00000114", visitor.get(f"/regimes/{NETWORK}/").text)


@pytest.mark.parametrize("pack", sorted(packs()))
def test_no_pack_tells_the_public_what_the_organisation_is_to_fill_in(open_house, client, pack):
    open_house(pack)
    for path in ("", f"regimes/{pack}/", f"file/{pack}/"):
        answer = client.get(f"/o/open/{path}")
        assert answer.status_code == 200
        assert NOTE_TO_ITSELF.findall(strip_tags(answer.content.decode())) == []


def test_a_note_to_itself_would_be_found():
    assert NOTE_TO_ITSELF.search("消费者协会，由公司填写")
    assert not NOTE_TO_ITSELF.search("安装验收单随产品发出，由顾客填写")
