"""What an operator meets with a mail server: encryption, signing in, who is refused, headers, and one message in trouble."""

import ssl
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy

import pytest
from aiosmtpd.smtp import AuthResult
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from django.utils import timezone
from tests.notices.conftest import MEI, states
from tests.notices.sinks import mail_server, words_of

from huiyin.cases.commands import Supervise
from huiyin.notices.delivering import MOST_ATTEMPTS
from huiyin.notices.managing import send_test
from huiyin.notices.models import Channel, Delivery
from huiyin.notices.sending.mail import letter, send_mail
from huiyin.notices.sending.message import Message
from huiyin.store.models import PersonalRow
from huiyin.store.personal.data import PersonalData
from huiyin.store.sentences import read

LIN_WITH_MAIL = PersonalData(name="林晓雨", phone="13800005521", email="lin@example.cn")
MESSAGE = Message("email", "key", "lin@example.cn", "您的投诉已受理", "林晓雨：\n\n您的投诉已受理\nhttps://tousu.example.cn/track/")
SENDER = {"sender": "投诉办公室 <tousu@example.cn>"}


@pytest.fixture
def certificate(tmp_path, monkeypatch):
    """`certificate("localhost")` makes a certificate for a name, trusted by this machine; gives the server's context."""

    def certificate_(name):
        key, subject = ec.generate_private_key(ec.SECP256R1()), x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        now = datetime.now(UTC)
        made = (
            x509.CertificateBuilder().subject_name(subject).issuer_name(subject).public_key(key.public_key())
            .serial_number(x509.random_serial_number()).not_valid_before(now - timedelta(days=1))
            .not_valid_after(now + timedelta(days=1))
            .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
            .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
            .sign(key, hashes.SHA256())
        )  # fmt: skip
        file = tmp_path / "server.pem"
        unencrypted = serialization.NoEncryption()
        private = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, unencrypted)
        file.write_bytes(private + made.public_bytes(serialization.Encoding.PEM))
        monkeypatch.setenv("SSL_CERT_FILE", str(file))
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(file)
        return context

    return certificate_


def sign_in(_server, _session, _envelope, _mechanism, data):
    return AuthResult(success=data.password == b"geheim-0", handled=False)


def sent(settings, host="localhost", *, password="geheim-0"):
    """What sending to a server that wants STARTTLS and a password comes to."""
    account = {"host": host, "user": "tousu", "password": password, "security": "starttls"}
    (outcome,) = send_mail({**SENDER, **account, **settings}, [MESSAGE])
    return outcome


def test_with_starttls_and_a_password(settings, certificate):
    settings.HUIYIN_PRIVATE_TARGETS = ["localhost"]
    context = certificate("localhost")
    with mail_server(tls_context=context, require_starttls=True, authenticator=sign_in, auth_required=True) as (box, port):
        assert sent({"port": str(port)}).result == "accepted"
        wrong = sent({"port": str(port)}, password="falsch")
        plain = sent({"port": str(port), "security": "none"})
    assert len(box.mails) == 1
    assert (wrong.result, read(wrong.trouble)) == ("down", "邮件服务器不接受用户名或密码（535）。")
    assert (plain.result, wrong.handed_over, plain.handed_over) == ("down", False, False)


def test_a_certificate_of_another_name_is_not_trusted(settings, certificate):
    settings.HUIYIN_PRIVATE_TARGETS = ["localhost"]
    with mail_server(tls_context=certificate("elsewhere.example.cn"), authenticator=sign_in) as (box, port):
        outcome = sent({"port": str(port)})
    assert box.mails == []
    assert "证书核对不通过" in read(outcome.trouble)


def test_a_server_without_starttls_is_named_so(settings):
    settings.HUIYIN_PRIVATE_TARGETS = ["localhost"]
    with mail_server() as (box, port):
        assert "不支持所选的加密方式" in read(sent({"port": str(port)}).trouble)
        assert "没有建立" in read(sent({"port": str(port), "security": "tls"}).trouble)
    assert box.mails == []


def parsed(message=MESSAGE, **settings):
    """The mail as a mail program reads it."""
    return message_from_bytes(letter({**SENDER, **settings}, message).message().as_bytes(), policy=policy.default)


def test_it_is_marked_as_sent_by_a_machine_and_says_where_answers_and_bounces_go(mailbox, settings):
    settings.HUIYIN_PRIVATE_TARGETS = ["127.0.0.1"]
    server = {**SENDER, "host": "127.0.0.1", "port": str(mailbox.port), "security": "none"}
    list(send_mail({**server, "reply_to": "jiedai@example.cn", "bounces": "tuixin@example.cn"}, [MESSAGE]))
    (mail,) = mailbox.mails
    assert mailbox.senders == ["tuixin@example.cn"]
    assert (mail["From"].addresses[0].display_name, mail["From"].addresses[0].addr_spec) == ("投诉办公室", "tousu@example.cn")
    assert mail["Reply-To"] == "jiedai@example.cn"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["X-Auto-Response-Suppress"] == "All"
    assert mail["List-Unsubscribe"] is None


def test_staff_find_in_the_header_where_they_choose(mail, mailbox, reachable, assigned, do, round_):
    reachable("gu", email="gu@example.cn")
    do(MEI, assigned("护士态度差"), Supervise(text="请两天内报告"))
    round_()
    assert mailbox.mails[0]["List-Unsubscribe"] == "<https://tousu.example.cn/desk/notices/ways/>"


def test_words_come_as_text_and_as_html_with_links_and_nothing_in_it_is_code():
    mail = parsed(Message("email", "k", "a@example.cn", "题", "<script>甲</script>\n查看：https://tousu.example.cn/track/。"))
    assert words_of(mail).startswith("<script>甲</script>")
    page = mail.get_body(("html",)).get_content()
    assert "<script>" not in page
    assert '<a href="https://tousu.example.cn/track/"' in page
    assert 'lang="zh-hans"' in page


def test_a_long_chinese_subject_arrives_whole_in_lines_that_servers_take():
    subject = "【青屿市公共服务集团医患关系办公室】" + "您反映的换药等候时间过长一事已经受理" * 8
    mail = parsed(Message("email", "k", "a@example.cn", subject, "文"))
    assert mail["Subject"] == subject
    for text in ("文", "文" * 3000):
        raw = letter(SENDER, Message("email", "k", "a@example.cn", subject, text)).message().as_bytes()
        assert max(len(line) for line in raw.splitlines()) <= 998      # RFC 5322, 2.1.1
        assert raw.isascii()


@pytest.mark.parametrize("breaking", ["\r\nBcc: x@example.cn", "\nBcc: x@example.cn", "\rBcc: x@example.cn"])
def test_no_name_address_or_subject_begins_another_header(mail, mailbox, file, round_, breaking):
    file("护士态度差", personal=PersonalData(name="林晓雨" + breaking, email="lin@example.cn"))
    file("收费不明", subject="fee", personal=PersonalData(name="林", email="lin@example.cn" + breaking))
    round_()
    assert {each["Bcc"] for each in mailbox.mails} == {None}
    assert all(each["To"].startswith("lin@example.cn") for each in mailbox.mails)
    assert len(mailbox.mails) < len(states())      # the address with a break is refused, not cut


def test_a_sender_the_server_refuses_costs_a_delay_and_no_message(mail, mailbox, file, round_):
    mailbox.refused_sender = 553
    file("护士态度差", personal=LIN_WITH_MAIL)
    round_()
    waiting, channel = Delivery.objects.order_by("id")[0], Channel.objects.get()
    assert (waiting.state, waiting.attempts) == ("waiting", 0)
    assert "发件人（553）" in channel.why
    assert channel.rest_until > timezone.now()


def test_a_server_that_is_down_for_a_long_weekend_uses_up_no_try(channel, file, round_, unused_port):
    channel("email", host="127.0.0.1", port=unused_port, security="none", sender="tousu@example.cn")
    file("护士态度差", personal=LIN_WITH_MAIL)
    for _ in range(MOST_ATTEMPTS + 5):
        round_()
    waiting = Delivery.objects.order_by("id")[0]
    assert (waiting.state, waiting.attempts) == ("waiting", 0)
    assert Channel.objects.get().rests == MOST_ATTEMPTS + 5


def test_a_message_at_which_the_server_breaks_off_lets_the_others_pass_and_is_given_up(mail, mailbox, file, round_):
    mailbox.cut_at = {"poison@example.cn"}
    file("护士态度差", personal=PersonalData(name="甲", email="poison@example.cn"))
    file("收费不明", subject="fee", personal=LIN_WITH_MAIL)
    for _ in range(MOST_ATTEMPTS * 3):
        round_()
    assert {mail["To"] for mail in mailbox.mails} == {"lin@example.cn"}
    assert Delivery.objects.filter(state="dead").exists()
    assert not Delivery.objects.filter(state="waiting").exists()


def test_a_test_goes_first_and_wakes_a_channel_that_rests(mail, mailbox, file, round_):
    mailbox.refused_sender = 553
    file("护士态度差", personal=LIN_WITH_MAIL)
    round_()
    mailbox.refused_sender = 0
    send_test(Channel.objects.get(), "mei@example.cn", timezone.now())
    round_()
    round_()
    assert [mail["To"] for mail in mailbox.mails][:2] == ["mei@example.cn", "lin@example.cn"]
    assert Channel.objects.get().why == ""


def test_the_log_keeps_the_words_without_the_name(mail, mailbox, file, round_):
    file("护士态度差", personal=LIN_WITH_MAIL)
    round_()
    noted = Delivery.objects.order_by("id")[0]
    assert "林晓雨" in words_of(mailbox.mails[0])
    assert noted.text.startswith("…：")
    assert "林晓雨" not in noted.subject + noted.text


def test_a_record_that_cannot_be_opened_holds_up_nobody(mail, mailbox, file, round_):
    broken = file("护士态度差", personal=PersonalData(name="甲", email="jia@example.cn"))
    file("收费不明", subject="fee", personal=LIN_WITH_MAIL)
    from tests.notices.conftest import in_office_hours

    from huiyin.application.telling import tell_once

    tell_once(in_office_hours())
    PersonalRow.objects.filter(case_id=broken.case_id).update(sealed=b"broken")
    round_()
    assert {mail["To"] for mail in mailbox.mails} == {"lin@example.cn"}
    dead = Delivery.objects.filter(state="dead")
    assert {row.case_id for row in dead} == {broken.case_id}
    assert "解不开" in dead[0].why


def test_nor_does_it_before_messages_are_planned(mail, mailbox, file, round_):
    broken = file("护士态度差", personal=PersonalData(name="甲", email="jia@example.cn"))
    file("收费不明", subject="fee", personal=LIN_WITH_MAIL)
    PersonalRow.objects.filter(case_id=broken.case_id).update(sealed=b"broken")
    round_()
    assert {mail["To"] for mail in mailbox.mails} == {"lin@example.cn"}


def test_settings_that_cannot_be_opened_are_told_on_the_channel(mail, mailbox, file, round_):
    file("护士态度差", personal=LIN_WITH_MAIL)
    Channel.objects.update(sealed=b"broken")
    round_()
    assert "解不开" in Channel.objects.get().why
    assert Delivery.objects.filter(state="waiting").exists()
