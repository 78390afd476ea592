"""Channels, messages given up, wordings and jobs, as an administrator meets them in a real browser, wide and narrow."""

import pytest
from playwright.sync_api import expect
from tests.browser.desk import Desk
from tests.notices.sinks import mail_server
from tests.workbench.rehearsal import rehearsal_of

from huiyin.application.filing import file_case
from huiyin.cases.commands import File
from huiyin.cases.people import Actor, Respondent
from huiyin.jobs.models import Job, State
from huiyin.jobs.running import Runner
from huiyin.notices.delivering import Sender
from huiyin.notices.models import Wording
from huiyin.organisations.models import Staff

pytestmark = pytest.mark.django_db(transaction=True)
WIDTHS = (1440, 390)


@pytest.fixture
def hospital(settings):
    """The hospital of the pack with 何婉吟 as its administrator, on a machine whose operator allows the mail server here."""
    settings.HUIYIN_PRIVATE_TARGETS = ["127.0.0.1"]
    organisation = rehearsal_of("patient-relations")
    Staff.objects.filter(organisation=organisation, person="he-wanyin").update(administrator=True)
    return organisation


@pytest.fixture
def desk(hospital, open_page):
    """`desk("/desk/…", width=390)`: 何婉吟's window."""
    return lambda path, **options: Desk(open_page, "he-wanyin", path, **options).page


@pytest.fixture
def send():
    """`send()` sends what waits."""
    sender = Sender()
    yield lambda: sender.round(patience=15)
    sender.close()


@pytest.fixture
def complaint(hospital):
    """A complaint taken by telephone."""
    command = File(kind="complaint", channel="phone", category="service", respondent=Respondent("unit", "orthopaedics-ward"),
                   matter={"account": "换药等了两小时", "subject": "service"})  # fmt: skip
    return file_case(hospital, "patient-relations", Actor("jiang-xubai"), command)


def fits(page):
    """Whether nothing sticks out at the side."""
    return page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize(
    "path",
    ["/desk/notices/", "/desk/notices/ways/", "/desk/notices/channels/", "/desk/notices/channels/new/email/",
     "/desk/notices/channels/new/sms/", "/desk/notices/outgoing/", "/desk/notices/wordings/", "/desk/jobs/",
     "/desk/jobs/import/", "/desk/background/"],
)  # fmt: skip
def test_every_page_can_be_read_and_used_by_everybody(desk, complaint, path, width, accessibility_faults):
    page = desk(path, width=width)
    assert accessibility_faults(page) == []
    assert fits(page)


@pytest.mark.parametrize("width", WIDTHS)
def test_a_message_given_up_says_why_and_is_sent_again(desk, send, width, accessibility_faults):
    with mail_server() as (box, port):
        page = desk("/desk/notices/channels/", width=width)
        page.get_by_role("link", name="电子邮件").click()
        page.get_by_label("邮件服务器").fill("127.0.0.1")
        page.get_by_label("端口").fill(str(port))
        page.get_by_label("加密").select_option("none")
        page.get_by_label("发件人").fill("投诉办公室")
        page.get_by_role("button", name="保存").click()
        expect(page.get_by_text("请写完整的电子邮件地址")).to_be_visible()
        page.get_by_label("发件人").fill("投诉办公室 <tousu@example.cn>")
        page.get_by_role("button", name="保存").click()
        box.refused = {"gone@example.cn": 550}
        page.get_by_label("发到").fill("gone@example.cn")
        page.get_by_role("button", name="发测试消息").click()
        expect(page.get_by_text("测试消息已交给后台发送")).to_be_visible()
        expect(page.locator("#tests").get_by_text("待发送")).to_be_visible()
        send()
        expect(page.locator("#tests").get_by_text("发送失败")).to_be_visible()      # the page asks by itself
        page.get_by_role("link", name="渠道", exact=True).click()
        page.get_by_role("link", name="1条失败").click()
        expect(page.get_by_text("邮件服务器不接收这个地址（550）")).to_be_visible()
        assert accessibility_faults(page) == []
        assert fits(page)
        box.refused = {}
        page.get_by_role("button", name="重新发送选中的").click()
        expect(page.get_by_text("没有发送失败的消息")).to_be_visible()
        send()
        page.get_by_role("link", name="已接收").click()
        expect(page.get_by_text("测试消息").first).to_be_visible()
        assert accessibility_faults(page) == []
        assert [mail["To"] for mail in box.mails] == ["gone@example.cn"]


@pytest.mark.parametrize("width", WIDTHS)
def test_words_with_an_unknown_content_are_refused_then_previewed_on_a_case_and_kept(desk, complaint, width):
    page = desk("/desk/notices/wordings/?message=complainant&open=1", width=width)
    page.get_by_label("正文").fill("{recipient}您好：{titel}")
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_text("没有“{titel}”这项内容")).to_be_visible()
    expect(page.get_by_text("“{recipient}”含有个人信息或案情")).to_be_visible()
    page.get_by_label("正文").fill("您反映的{case.number}有进展：\n{title}")
    page.get_by_label("用哪件案件预览").fill("没有这件")
    page.get_by_role("button", name="预览").click()
    expect(page.get_by_text("没有找到这件案件")).to_be_visible()
    page.get_by_label("用哪件案件预览").fill(complaint.number)
    page.get_by_role("button", name="预览").click()
    preview = page.get_by_role("region", name="预览")
    expect(preview.get_by_text(f"您反映的{complaint.number}有进展：")).to_be_visible()
    expect(preview.get_by_text("作为短信分1条")).to_be_visible()
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_text("已保存，以后发出的消息这样说。")).to_be_visible()
    assert Wording.objects.get().text == "您反映的{case.number}有进展：\n{title}"


@pytest.mark.parametrize("width", WIDTHS)
def test_a_job_is_cancelled_tried_again_watched_and_fetched(desk, complaint, width, accessibility_faults):
    page = desk("/desk/cases/", width=width)
    page.get_by_role("button", name="导出").click()
    expect(page.get_by_text("等待", exact=True)).to_be_visible()
    page.get_by_role("button", name="取消：").click()
    expect(page.get_by_text("已取消", exact=True)).to_be_visible()
    page.get_by_role("button", name="再试：").click()
    Job.objects.update(state=State.RUNNING, done=1, total=3)      # a worker is at it
    expect(page.get_by_text("1 / 3")).to_be_visible()
    assert page.get_by_role("progressbar", name="进度").get_attribute("max") == "3"
    assert accessibility_faults(page) == []
    assert fits(page)
    Job.objects.update(state=State.WAITING, done=0, total=0)
    while Runner().round():
        pass
    with page.expect_download() as fetched:
        page.get_by_role("link", name="下载文件").click()      # the page has asked for the list again by itself
    assert fetched.value.suggested_filename.endswith(".xlsx")
