"""The living sheet of components: every component is there, readable by everybody, and within its page."""

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PAGES = ["/_components/", "/_components/desk/", "/_components/portal/", "/accounts/sign-in/"]
LOOKS = [(1440, False), (1440, True), (390, False), (390, True), (320, False)]


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize(("width", "dark"), LOOKS)
def test_nobody_is_shut_out_by_a_component(open_page, accessibility_faults, path, width, dark):
    page = open_page(path, width=width, dark=dark)
    assert accessibility_faults(page) == []


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("width", [320, 390, 768, 1440])
def test_no_component_makes_the_page_scroll_sideways(open_page, path, width):
    page = open_page(path, width=width)
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_colours_say_the_same_in_both_themes(open_page):
    overdue = "getComputedStyle(document.querySelector('.due[data-state=overdue]')).color"
    assert open_page("/_components/").evaluate(overdue) == "rgb(177, 47, 30)"  # 朱砂
    assert open_page("/_components/", dark=True).evaluate(overdue) == "rgb(245, 158, 139)"


def test_the_theme_button_turns_the_colours_and_the_next_page_remembers(open_page):
    page = open_page("/_components/")
    page.click("[data-theme-switch]")
    assert page.get_attribute("html", "data-theme") == "huiyin-dark"
    page.goto("/accounts/sign-in/")
    assert page.get_attribute("html", "data-theme") == "huiyin-dark"


def test_a_dialog_opens_takes_the_focus_and_closes_with_escape(open_page):
    page = open_page("/_components/")
    page.click("text=打开真的对话框")
    expect(page.locator("#extend-why")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("dialog#extend")).to_be_hidden()


def test_keys_walk_the_list_and_select_rows(open_page):
    page = open_page("/_components/")
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(page.locator(":focus")).to_have_text("答复投诉人")
    page.keyboard.press("x")
    expect(page.locator("[data-row] input:checked")).to_have_count(1)
    page.keyboard.press("k")
    expect(page.locator(":focus")).to_have_text("催收《医院投诉调查表》")


def test_controls_are_large_enough_for_a_thumb_on_the_phone(open_page):
    page = open_page("/_components/", width=390)
    small = page.evaluate(
        "[...document.querySelectorAll('.portal :is(.input, .select, .choice)')].filter(e => e.offsetHeight < 48).length"
    )
    assert page.locator(".portal .choice").count() > 4
    assert small == 0


def test_the_sheet_shows_its_words_without_scripts(open_page):
    page = open_page("/_components/", javascript=False)
    expect(page.get_by_text("今天没有到期的事")).to_be_visible()
