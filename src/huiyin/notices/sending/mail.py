"""E-mail through the organisation's own server."""

import hashlib
import smtplib
from collections.abc import Iterable, Iterator, Mapping
from email.utils import parseaddr
from itertools import chain

from django.core.mail import EmailMessage
from django.core.mail.backends.smtp import EmailBackend

from .message import Message
from .outcome import ACCEPTED, AGAIN, DOWN, NEVER, Outcome
from .targets import TargetRefusedError, refuse_private

SECONDS = 10


def send_mail(settings: Mapping[str, str], messages: Iterable[Message]) -> Iterator[Outcome]:
    """Send over one connection. Settings: host, port, security (tls, starttls, none), user, password, sender."""
    waiting = iter(messages)
    first = next(waiting, None)
    if first is None:
        return
    host, port = settings["host"], int(settings.get("port") or 25)
    server = EmailBackend(
        host=host,
        port=port,
        username=settings.get("user", ""),
        password=settings.get("password", ""),
        use_tls=settings.get("security") == "starttls",
        use_ssl=settings.get("security") == "tls",
        timeout=SECONDS,
        fail_silently=False,
    )
    try:
        refuse_private(host, port)
        server.open()
    except TargetRefusedError:
        yield Outcome(DOWN, f"邮件服务器 {host} 指向本机或内部网络，未获系统运维人员允许。")
        return
    except smtplib.SMTPAuthenticationError:
        yield Outcome(DOWN, "邮件服务器不接受用户名或密码")
        return
    except (OSError, smtplib.SMTPException) as error:
        yield Outcome(DOWN, f"连接不上邮件服务器：{type(error).__name__}")
        return
    try:
        for message in chain((first,), waiting):
            outcome = _send(server, settings["sender"], message)
            yield outcome
            if outcome.result == DOWN:
                return
    finally:
        server.close()


def _send(server: EmailBackend, sender: str, message: Message) -> Outcome:
    identity = message_id(message.key, sender)
    mail = EmailMessage(
        message.subject,
        message.text,
        sender,
        [message.to],
        headers={"Message-ID": identity, "Auto-Submitted": "auto-generated"},
    )
    try:
        server.send_messages([mail])
    except smtplib.SMTPRecipientsRefused as refused:
        code = min((code for code, _ in refused.recipients.values()), default=550)
        return Outcome(AGAIN if code < 500 else NEVER, f"邮件服务器不接收这个地址（{code}）")
    except smtplib.SMTPResponseException as refused:
        return Outcome(AGAIN if refused.smtp_code < 500 else NEVER, f"邮件服务器拒绝（{refused.smtp_code}）")
    except smtplib.SMTPServerDisconnected:
        return Outcome(DOWN, "邮件服务器断开了连接")
    except OSError as error:
        return Outcome(DOWN, f"与邮件服务器的连接出错：{type(error).__name__}")
    except (ValueError, smtplib.SMTPException) as error:
        return Outcome(NEVER, f"邮件发不出：{type(error).__name__}")
    return Outcome(ACCEPTED, answer=identity)


def message_id(key: str, sender: str) -> str:
    """The same for every copy of one message, so that mail programs show it once (RFC 5322, 3.6.4)."""
    domain = parseaddr(sender)[1].rpartition("@")[2] or "localhost"
    return f"<{hashlib.sha256(key.encode()).hexdigest()[:40]}@{domain}>"
