"""通知: the inbox with its bell, ways of being told, channels, messages given up, wordings."""

import pytest
from django.template.loader import render_to_string
from django.utils import timezone

from huiyin.application.telling import tell_once
from huiyin.cases.commands import Supervise
from huiyin.notices.choosing import reach_of
from huiyin.notices.models import Channel, Delivery, Wording
from huiyin.organisations.models import Staff
from huiyin.store.models import NoticeRow


@pytest.fixture
def administrator(hospital, desk_of):
    """何婉吟 as an administrator."""
    Staff.objects.filter(organisation=hospital, person="he-wanyin").update(administrator=True)
    return desk_of("he-wanyin")


@pytest.fixture
def told(assigned, do):
    """A case of the nursing office that is supervised, and everybody told."""
    receipt = assigned()
    do("he-wanyin", receipt, Supervise(text="请三日内报告"))
    tell_once()
    return receipt


def test_the_bell_says_that_there_may_be_more_than_it_counts():
    shown = {unread: render_to_string("components/bell.html", {"notices_href": "/", "unread": unread}) for unread in (98, 99)}
    assert ">98<" in shown[98]
    assert ">99+<" in shown[99]


def test_what_i_was_told_is_unread_until_i_have_seen_it(told, desk_of):
    desk = desk_of("xia-zhirou")
    assert "条未读" in desk.get("/desk/").content.decode()
    page = desk.get("/desk/notices/").content.decode()
    assert told.number in page
    assert "请三日内报告" in page
    assert "未读</span>" in page
    assert "未读</span>" not in desk.get("/desk/notices/").content.decode()
    assert "0条未读" in desk.get("/desk/notices/bell/").content.decode()


def test_the_articles_are_named_as_everywhere_else(told, desk_of):
    NoticeRow.objects.filter(number=told.number).update(cite=["十四", "收费四"])
    page = desk_of("xia-zhirou").get("/desk/notices/").content.decode()
    assert '<span class="cite">第十四条</span><span class="cite">收费四</span>' in page


def test_others_are_not_told(told, desk_of):
    assert "请三日内报告" not in desk_of("jiang-xubai").get("/desk/notices/").content.decode()


def test_the_inbox_costs_the_same_however_long(told, assigned, do, desk_of, connection_queries):
    desk = desk_of("xia-zhirou")
    few = connection_queries(lambda: desk.get("/desk/notices/"))
    for number in range(5):
        receipt = assigned(words=f"第{number}次换药等了很久")
        do("he-wanyin", receipt, Supervise(text="请报告"))
    tell_once()
    desk.get("/desk/notices/")
    assert connection_queries(lambda: desk.get("/desk/notices/")) <= few


@pytest.fixture
def connection_queries():
    """`connection_queries(work)` counts the queries of `work`."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def count(work):
        with CaptureQueriesContext(connection) as captured:
            work()
        return len(captured)

    return count


def test_i_leave_an_address_and_choose(hospital, desk_of):
    desk = desk_of("xia-zhirou")
    answer = desk.post(
        "/desk/notices/ways/",
        {"email": "xia@example.cn", "phone": "", "language": "zh-hans", "reminder-email": "on"},
    )
    assert answer.status_code == 302
    reach = reach_of(hospital.pk, ["xia-zhirou"])["xia-zhirou"]
    assert reach.contact.email == "xia@example.cn"
    assert reach.wants("reminder", "email")
    assert not reach.wants("notice", "email")


def test_a_way_without_an_address_is_refused_and_keeps_what_was_typed(desk_of):
    answer = desk_of("xia-zhirou").post(
        "/desk/notices/ways/", {"email": "xia@example.cn", "phone": "", "language": "en", "order-sms": "on"}
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "请写上地址" in page
    assert "xia@example.cn" in page


def test_addresses_lie_encrypted(hospital, desk_of):
    from django.db import connection

    desk_of("xia-zhirou").post("/desk/notices/ways/", {"email": "xia@example.cn", "language": "zh-hans"})
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM notices_staffcontact")
        assert b"xia@example" not in repr(cursor.fetchall()).encode()


MAIL = {"title": "本院邮箱", "host": "mail.example.cn", "port": "465", "security": "tls", "sender": "tousu@example.cn",
        "user": "tousu", "password": "geheim-0"}


@pytest.fixture
def allowed(settings):
    """The operator allows the addresses of these tests, which exist nowhere."""
    settings.HUIYIN_PRIVATE_TARGETS = ["mail.example.cn", "hook.example.cn"]


def test_an_administrator_sets_up_the_mail_server_whose_password_is_never_shown_again(administrator, allowed):
    answer = administrator.post("/desk/notices/channels/new/email/", MAIL)
    assert answer.status_code == 302
    page = administrator.get(answer.url).content.decode()
    assert "mail.example.cn" in page
    assert "geheim-0" not in page
    assert "<span>邮件服务器</span></label>" in page      # needed now as before; the password is not
    administrator.post(answer.url, {**MAIL, "password": "", "port": "587"})
    row = Channel.objects.get()
    assert row.settings(row.organisation_id)["password"] == "geheim-0"
    assert row.settings(row.organisation_id)["port"] == "587"


def test_a_second_mail_server_is_refused(administrator, allowed):
    administrator.post("/desk/notices/channels/new/email/", MAIL)
    answer = administrator.post("/desk/notices/channels/new/email/", MAIL)
    assert answer.status_code == 422
    assert "已经有一个在用的" in answer.content.decode()


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"port": "99999"}, "1 到 65535"),
        ({"sender": "投诉办公室"}, "完整的电子邮件地址"),
        ({"host": "127.0.0.1"}, "HUIYIN_PRIVATE_TARGETS"),
        ({"host": ""}, "请填写"),
        ({"title": ""}, "起个名称"),
    ],
)
def test_a_wrong_setting_is_named_and_nothing_is_lost(administrator, allowed, wrong, says):
    answer = administrator.post("/desk/notices/channels/new/email/", {**MAIL, **wrong})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert says in page
    assert 'value="tousu"' in page
    assert not Channel.objects.exists()


def test_a_webhook_without_a_secret_gets_one_that_is_shown_once(administrator, allowed):
    hook = {"title": "数据平台", "url": "https://hook.example.cn/in", "kinds": ["order"]}
    answer = administrator.post("/desk/notices/channels/new/webhook/", hook, follow=True)
    assert "whsec_" in answer.content.decode()
    assert "whsec_" not in administrator.get(answer.redirect_chain[-1][0]).content.decode()


def test_without_an_address_of_the_site_messages_have_no_links_and_the_page_says_so(administrator, settings):
    settings.HUIYIN_URL = ""
    assert "HUIYIN_URL" in administrator.get("/desk/notices/channels/").content.decode()
    settings.HUIYIN_URL = "https://tousu.example.cn"
    assert "HUIYIN_URL" not in administrator.get("/desk/notices/channels/").content.decode()


def test_only_administrators_see_channels(desk_of):
    assert desk_of("xia-zhirou").get("/desk/notices/channels/").status_code == 403


def test_no_channel_of_another_organisation(administrator, hospital, allowed):
    administrator.post("/desk/notices/channels/new/email/", MAIL)
    row = Channel.objects.get()
    other = type(hospital).objects.create(slug="other", title="别的单位")
    Channel.objects.update(organisation=other)
    for path in ("", "try/", "stop/"):
        assert administrator.post(f"/desk/notices/channels/{row.pk}/{path}").status_code == 404


@pytest.fixture
def given_up(administrator, allowed, hospital):
    """A message that was given up."""
    administrator.post("/desk/notices/channels/new/email/", MAIL)
    row = Channel.objects.get()
    administrator.post(f"/desk/notices/channels/{row.pk}/try/", {"address": "he@example.cn"})
    Delivery.objects.update(state="dead", trouble="邮件服务器拒绝（550）", attempts=12, ended_at=timezone.now())
    return Delivery.objects.get()


def test_what_was_given_up_is_seen_and_sent_again(administrator, given_up):
    assert "邮件服务器拒绝（550）" in administrator.get("/desk/notices/outgoing/").content.decode()
    assert "1条失败" in administrator.get("/desk/notices/channels/").content.decode()
    administrator.post("/desk/notices/outgoing/", {"message": [str(given_up.pk)], "do": "again"})
    given_up.refresh_from_db()
    assert (given_up.state, given_up.attempts) == ("waiting", 0)


def test_what_was_given_up_is_dropped(administrator, given_up):
    administrator.post("/desk/notices/outgoing/", {"message": [str(given_up.pk), "nonsense"], "do": "drop"})
    given_up.refresh_from_db()
    assert given_up.state == "dropped"


def test_a_channel_out_of_use_sends_no_more(administrator, given_up):
    Delivery.objects.update(state="waiting")
    administrator.post(f"/desk/notices/channels/{given_up.channel_id}/stop/")
    given_up.refresh_from_db()
    assert given_up.state == "dropped"
    assert not Channel.objects.get().active


def test_words_are_checked_previewed_on_a_real_case_and_kept(administrator, told):
    here = "/desk/notices/wordings/?message=order&language=zh-hans&open=0&regime="
    words = {"subject": "{organisation}督办", "text": "{recipient}，请办{case.number}。"}
    page = administrator.post(here, {**words, "do": "preview", "case": told.number}).content.decode()
    assert f"何婉吟，请办{told.number}。" in page
    assert not Wording.objects.exists()
    administrator.post(here, {**words, "do": "save"})
    assert Wording.objects.get().text == words["text"]
    administrator.post(here, {"do": "restore"})
    assert not Wording.objects.exists()


def test_a_text_with_an_unknown_content_is_refused_at_saving(administrator):
    here = "/desk/notices/wordings/?message=order&language=zh-hans&open=1&regime="
    answer = administrator.post(here, {"subject": "", "text": "{case.numbr} {text}", "do": "save"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "没有“{case.numbr}”" in page
    assert "“{text}”含有个人信息或案情" in page
    assert not Wording.objects.exists()


def test_the_case_shows_what_was_sent_to_whom(administrator, hospital, allowed, assigned, do, desk_of):
    administrator.post("/desk/notices/channels/new/email/", MAIL)
    desk_of("xia-zhirou").post(
        "/desk/notices/ways/", {"email": "xia@example.cn", "language": "zh-hans", "order-email": "on"}
    )
    receipt = assigned()
    do("he-wanyin", receipt, Supervise(text="请三日内报告"))
    tell_once()
    page = administrator.get(f"/desk/cases/{receipt.number}/").content.decode()
    assert "夏芷柔" in page
    assert "演练，没有发出" in page
