"""The front page and the published regimes."""

import pytest
from django.test import Client
from tests.portal.conftest import COMPANY, HOSPITAL


def test_every_matter_is_offered_by_the_branch_that_handles_it(visitor):
    page = visitor.get("/")
    assert page.status == 200
    assert "青屿医院" in page.text
    assert "患者及家属的投诉" in page.text
    assert f'href="/o/qingyu-rehearsal/file/{HOSPITAL}/"' in page.html


def test_a_matter_without_an_online_channel_says_how_else(visitor, company):
    assert f"/file/{COMPANY}/" not in visitor.get("/").html
    page = visitor.get(f"/file/{COMPANY}/")
    assert "这一项不在网上受理" in page.text
    assert "电话" in page.text


def test_promises_cite_the_article_they_rest_on(visitor):
    page = visitor.get("/")
    assert "可能危及患者健康的，立即采取措施。" in page.text
    assert f"/regimes/{HOSPITAL}/#article-八-1-" in page.html


@pytest.mark.parametrize("path", ["/", "/track/", f"/file/{HOSPITAL}/", f"/regimes/{HOSPITAL}/"])
def test_every_page_of_a_rehearsal_says_so(visitor, path):
    assert "演练单位：时钟在9月28日 周一 9:00" in visitor.get(path).html


def test_the_real_organisation_stands_at_the_root_and_is_no_rehearsal(rehearsal):
    page = Client().get("/").content.decode()
    assert "青屿市公共服务集团（演示）" in page
    assert "演练单位" not in page


def test_a_published_regime_shows_its_articles_and_how_long_things_take(visitor):
    page = visitor.get(f"/regimes/{HOSPITAL}/")
    assert 'id="article-八-3-"' in page.html
    assert "情况较复杂、需要调查核实的，五个工作日内反馈。" in page.text
    assert "1.0 版，2026-01-01 起施行" in page.text
    assert "其余5个工作日" in page.text


def test_a_limit_the_organisation_chose_not_to_use_is_not_shown(visitor):
    assert "反馈投诉人（自受理起算）" not in visitor.get(f"/regimes/{HOSPITAL}/").text


@pytest.mark.parametrize("path", ["/regimes/no-such-regime/", "/file/no-such-regime/", "/nothing/"])
def test_an_unknown_address_is_not_found(visitor, path):
    assert visitor.get(path).status == 404


def test_an_unknown_organisation_is_not_found(rehearsal):
    assert Client().get("/o/nobody/").status_code == 404


def test_nobody_needs_to_sign_in_and_english_is_complete_enough_to_track(visitor):
    visitor.client.cookies["huiyin_language"] = "en"
    page = visitor.get("/track/")
    assert page.status == 200
    assert "Case number" in page.text
