"""Where work begins in a dialog, and that a slip of the mouse loses nothing."""

import pytest
from playwright.sync_api import expect
from tests.browser.desk import Desk
from tests.workbench.rehearsal import rehearsal_of

from huiyin.application.filing import file_case
from huiyin.cases.commands import File
from huiyin.cases.people import Actor, Respondent
from huiyin.organisations.drafts import draft_of_version
from huiyin.organisations.models import RegimeDraft, RegimeVersion, Staff

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def number(transactional_db):
    """A complaint about the orthopaedic ward, taken by 蒋旭白."""
    command = File(
        kind="complaint",
        channel="phone",
        matter={"account": "换药等了两小时", "subject": "service"},
        respondent=Respondent(kind="unit", unit="orthopaedics-ward"),
    )
    return file_case(rehearsal_of("patient-relations"), "patient-relations", Actor("jiang-xubai"), command).number


def note(desk):
    """Press 记录 and give the dialog that opens."""
    desk.page.get_by_role("group", name="现在可以做的事").get_by_role("link", name="记录").click()
    return desk.page.get_by_role("dialog")


def test_at_a_desk_the_first_field_waits_for_the_keyboard_and_then_what_was_refused(number, open_page):
    desk = Desk(open_page, "jiang-xubai").open(number)
    dialog = note(desk)
    expect(dialog.get_by_label("内容")).to_be_focused()
    dialog.get_by_role("button", name="确定").click()
    dialog.get_by_text("请写明理由").wait_for()
    expect(dialog.get_by_label("内容")).to_be_focused()


def test_on_a_phone_the_heading_is_read_first_so_that_no_keyboard_covers_the_article(number, open_page):
    dialog = note(Desk(open_page, "jiang-xubai", width=390).open(number))
    expect(dialog.get_by_role("heading", name="记录")).to_be_focused()


def test_a_click_beside_the_dialog_closes_it_only_while_it_is_empty(number, open_page):
    desk = Desk(open_page, "jiang-xubai").open(number)
    dialog = note(desk)
    dialog.wait_for()
    desk.page.mouse.click(5, 5)
    expect(dialog).to_be_hidden()
    dialog = note(desk)
    dialog.get_by_label("内容").fill("来电人情绪激动")
    desk.page.mouse.click(5, 5)
    expect(dialog.get_by_label("内容")).to_have_value("来电人情绪激动")
    desk.page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()


@pytest.mark.parametrize("width", [1440, 390])
def test_a_draft_is_deleted_only_after_a_second_yes(transactional_db, open_page, accessibility_faults, width):
    row = RegimeVersion.objects.get(organisation=rehearsal_of("patient-relations"), regime="patient-relations")
    draft = draft_of_version(row, by=Staff.objects.get(organisation=row.organisation, person="qi-anlan"))
    page = Desk(open_page, "qi-anlan", f"/desk/drafts/{draft.pk}/", width=width).page
    page.get_by_role("button", name="删去草稿").click()
    sure = page.get_by_role("dialog", name="删去这份草稿？")
    expect(sure.get_by_role("heading")).to_be_focused()
    assert accessibility_faults(page) == []
    sure.get_by_role("button", name="取消").click()
    expect(sure).to_be_hidden()
    assert RegimeDraft.objects.filter(pk=draft.pk).exists()
    page.get_by_role("button", name="删去草稿").click()
    sure.get_by_role("button", name="删去").click()
    page.wait_for_url("**/desk/drafts/")
    assert not RegimeDraft.objects.filter(pk=draft.pk).exists()
