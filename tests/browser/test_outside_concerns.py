"""A merchant with a link reads what was found, objects in time, and speaks to a measure against it; on a desk and a phone."""

import pytest
from playwright.sync_api import expect
from tests.portal.merchants import code, link
from tests.portal.test_outside_concerns import MALL, PARTS, complain, on
from tests.workbench.rehearsal import rehearsal_of, set_clock, variant_of

from huiyin.application.sweeping import sweep

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def proposed(transactional_db, tmp_path):
    """A complaint the merchant has not answered in time; a point is proposed against it."""
    mall = rehearsal_of(MALL, variant=variant_of(MALL, tmp_path, **PARTS))
    receipt = complain(mall)
    set_clock(mall, on((10, 15)))
    sweep(mall)
    return f"/o/{mall.slug}{link(receipt)}", code(receipt)


@pytest.mark.parametrize("width", [1440, 390])
def test_the_merchant_states_its_view_on_its_page(proposed, open_page, accessibility_faults, width):
    address, its_code = proposed
    page = open_page(address, width=width)
    page.get_by_label("验证码").fill(its_code)
    page.get_by_role("main").get_by_role("button").last.click()
    expect(page.get_by_role("heading", name="与您有关的处理")).to_be_visible()
    assert accessibility_faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.get_by_role("link", name="陈述意见").click()
    expect(page.get_by_role("heading", name="陈述意见")).to_be_visible()
    assert accessibility_faults(page) == []
    page.get_by_label("您的意见和理由").fill("客服系统停了三天，公告在附件里")
    page.get_by_role("button", name="确认陈述意见").click()
    expect(page.get_by_text("客服系统停了三天，公告在附件里").first).to_be_visible()
