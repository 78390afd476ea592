"""The front page and the published regimes."""

import re

import pytest
from django.test import Client
from tests.portal.conftest import COMPANY, HOSPITAL, MALL, NETWORK


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
    assert "1.0版，2026年1月1日起施行" in page.text
    assert "其余5个工作日" in page.text


def test_a_published_regime_says_who_issued_and_interprets_it_what_fills_its_gaps_and_what_it_replaces(visitor, mall):
    page = visitor.get(f"/regimes/{MALL}/")
    assert "起施行，平台运营公司" in page.text
    assert "提升消费者的购物体验" in page.text
    for title, words in [
        ("没有规定的", "平台交易争议处理规则"),
        ("由本制度代替的", "以前与本制度不一致的规定"),
        ("修改后告知", "商家、公众"),
        ("解释", "平台运营公司"),
    ]:
        assert re.search(rf"<dt[^>]*>{title}</dt><dd[^>]*>{words}</dd>", page.html)


def test_a_published_regime_says_what_it_rests_on_and_who_gets_copies(visitor, company):
    page = visitor.get(f"/regimes/{COMPANY}/")
    assert "公司与客户服务有关的各部门。" in page.text
    for title, words in [
        ("依据", "质量方针、质量目标、质量管理体系有关规定"),
        ("印发份数", "9"),
        ("抄送", "受理部门"),
    ]:
        assert re.search(rf"<dt[^>]*>{title}</dt><dd[^>]*>{words}</dd>", page.html)


def test_a_regime_issued_by_several_names_them_its_purpose_and_whom_it_covers(visitor, network):
    page = visitor.get(f"/regimes/{NETWORK}/")
    assert "起施行，纪检监察机关、投诉中心、效能办、新闻网站联合" in page.text
    assert "规范效能投诉网的运行和管理" in page.text
    assert "公民、法人和其他组织通过效能投诉网" in page.text
    assert "县（区）政府" in page.text


def test_where_and_when_one_is_received_is_shown_to_everybody(visitor):
    for page in (visitor.get("/"), visitor.get(f"/regimes/{HOSPITAL}/")):
        assert "医患关系办公室（门诊楼一层）" in page.text
        assert "工作日8:00至12:00、14:00至17:30" in page.text
        assert "号码见院内公示牌" in page.text
        assert "职工内部反映" not in page.text  # a channel for staff only


@pytest.mark.parametrize("path", ["/", f"/regimes/{HOSPITAL}/"])
def test_the_other_ways_to_settle_a_dispute_are_shown_to_everybody(visitor, path):
    text = visitor.get(path).text
    for way in ("尸检", "医疗事故技术鉴定", "司法鉴定", "第三方调解", "诉讼"):
        assert way in text
    assert "当地医疗纠纷人民调解委员会" in text


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
