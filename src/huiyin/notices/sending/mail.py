"""E-mail through the organisation's own server."""

import hashlib
import smtplib
import socket
import ssl
from collections.abc import Iterable, Iterator, Mapping
from email.charset import BASE64, Charset
from email.header import Header
from email.utils import parseaddr
from functools import partial
from itertools import chain
from typing import Any

import requests
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.smtp import EmailBackend
from django.utils.translation import gettext_noop

from huiyin.store.sentences import kept

from .letter import as_html
from .message import Message
from .outcome import ACCEPTED, AGAIN, DOWN, NEVER, Outcome
from .targets import TargetRefusedError, address_for

SECONDS_TO_CONNECT = 10
SECONDS = 30
"""For each answer of the server; one that looks a message over for viruses takes its time (RFC 5321, 4.5.3.2)."""

_ASCII_ON_THE_WAY = Charset("utf-8")
_ASCII_ON_THE_WAY.body_encoding = BASE64
"""Not every server on the way carries eight bits (RFC 6152)."""

PORTS = {"tls": 465, "starttls": 587, "none": 25}


def send_mail(settings: Mapping[str, str], messages: Iterable[Message]) -> Iterator[Outcome]:
    """Send over one connection.

    Settings: host, port, security (tls, starttls, none), user, password, sender; reply_to (where answers go), bounces
    (where the servers on the way report what they could not deliver; else the sender's address).
    """
    waiting = iter(messages)
    first = next(waiting, None)
    if first is None:
        return
    server = None
    try:
        server = _connected(settings)
        for message in chain((first,), waiting):
            outcome = _send(server, settings, message)
            yield outcome
            if outcome.result == DOWN:
                return
    except _NO_CONNECTION as error:
        yield Outcome(DOWN, why_not_connected(error, settings["host"]), handed_over=False)
    finally:
        if server is not None:
            _close(server)


_NO_CONNECTION = (TargetRefusedError, OSError, smtplib.SMTPException, requests.RequestException)


class _AtAddress:
    """A connection to an address that was looked at before, while certificates are still checked against the name."""

    def __init__(self, *arguments: Any, address: str, **named: Any) -> None:
        self._address = address
        super().__init__(*arguments, **named)

    def _get_socket(self, _host: str, port: int, _timeout: float) -> socket.socket:
        found: socket.socket = super()._get_socket(self._address, port, SECONDS_TO_CONNECT)  # type: ignore[misc]
        found.settimeout(SECONDS)
        return found


class _Plain(_AtAddress, smtplib.SMTP):
    """Without encryption, or with STARTTLS."""


class _Encrypted(_AtAddress, smtplib.SMTP_SSL):
    """TLS from the first byte."""


class _Server(EmailBackend):
    """The organisation's server at an address that was looked at."""

    def __init__(self, *, address: str, **settings: Any) -> None:
        super().__init__(timeout=SECONDS, fail_silently=False, **settings)
        self._address = address

    @property
    def connection_class(self) -> Any:
        """What opens the connection, given the host's name and port."""
        return partial(_Encrypted if self.use_ssl else _Plain, address=self._address)


def _connected(settings: Mapping[str, str]) -> EmailBackend:
    """A connection that has been opened and signed in. Raises TargetRefusedError, OSError, SMTPException, RequestException."""
    host, security = settings["host"], settings.get("security", "none")
    port = int(settings.get("port") or PORTS[security])
    server = _Server(
        address=address_for(host, port),
        host=host,
        port=port,
        username=settings.get("user", ""),
        password=settings.get("password", ""),
        use_tls=security == "starttls",
        use_ssl=security == "tls",
    )
    try:
        server.open()
    except BaseException:
        _close(server)
        raise
    return server


def _close(server: EmailBackend) -> None:
    """Say goodbye; what was accepted is accepted, whatever the server answers to that."""
    try:
        server.close()
    except (OSError, smtplib.SMTPException):
        server.connection = None


def why_not_connected(error: Exception, host: str) -> str:
    """The sentence for an administrator: what to look at."""
    match error:
        case TargetRefusedError():
            return kept(gettext_noop("邮件服务器 %(host)s 指向本机或内部网络，未获系统运维人员允许。"), host=host)
        case requests.RequestException() | socket.gaierror():
            return kept(gettext_noop("连接不上邮件服务器：找不到 %(host)s。"), host=host)
        case smtplib.SMTPAuthenticationError():
            return kept(gettext_noop("邮件服务器不接受用户名或密码（%(code)s）。"), code=error.smtp_code)
        case smtplib.SMTPNotSupportedError():
            return kept(gettext_noop("邮件服务器不支持所选的加密方式或登录，请核对加密方式和端口。"))
        case ssl.SSLCertVerificationError():
            return kept(gettext_noop("邮件服务器的证书核对不通过：%(why)s。"), why=error.verify_message)
        case ssl.SSLError():
            return kept(gettext_noop("与邮件服务器的加密连接没有建立，请核对加密方式和端口。"))
        case TimeoutError():
            return kept(gettext_noop("邮件服务器在规定时间内没有应答。"))
        case _:
            return kept(gettext_noop("连接不上邮件服务器：%(why)s。"), why=type(error).__name__)


def _send(server: EmailBackend, settings: Mapping[str, str], message: Message) -> Outcome:
    mail = letter(settings, message)
    try:
        server.send_messages([mail])
    except smtplib.SMTPRecipientsRefused as refused:
        code = min((code for code, _ in refused.recipients.values()), default=550)
        said = kept(gettext_noop("邮件服务器不接收这个地址（%(code)s）。"), code=code)
        return Outcome(AGAIN if code < 500 else NEVER, said)
    except smtplib.SMTPSenderRefused as refused:   # it will refuse the next one, too: nothing is wrong with this message
        said = kept(gettext_noop("邮件服务器不接受这个发件人（%(code)s），请核对发件人和登录。"), code=refused.smtp_code)
        return Outcome(DOWN, said, handed_over=False)
    except smtplib.SMTPResponseException as refused:
        said = kept(gettext_noop("邮件服务器拒绝（%(code)s）。"), code=refused.smtp_code)
        return Outcome(AGAIN if refused.smtp_code < 500 else NEVER, said)
    except smtplib.SMTPServerDisconnected:
        return Outcome(DOWN, kept(gettext_noop("邮件服务器断开了连接。")))
    except OSError as error:
        return Outcome(DOWN, kept(gettext_noop("与邮件服务器的连接出错：%(why)s。"), why=type(error).__name__))
    except (ValueError, smtplib.SMTPException) as error:
        return Outcome(NEVER, kept(gettext_noop("邮件发不出：%(why)s。"), why=type(error).__name__))
    return Outcome(ACCEPTED, answer=str(mail.extra_headers["Message-ID"]))


def letter(settings: Mapping[str, str], message: Message) -> EmailMultiAlternatives:
    """The mail: text and HTML, marked as sent by a machine so that no machine answers it (RFC 3834)."""
    sender = settings["sender"]
    headers = {
        "Message-ID": message_id(message.key, sender),
        "From": sender,
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",      # Exchange and Outlook do not know RFC 3834
    }
    if message.ways_href:
        headers["List-Unsubscribe"] = f"<{message.ways_href}>"
    mail = EmailMultiAlternatives(
        _encoded(message.subject),
        message.text,
        settings.get("bounces") or sender,      # the envelope's sender; the reader sees `From`
        [message.to],
        reply_to=[settings["reply_to"]] if settings.get("reply_to") else None,
        headers=headers,
    )
    mail.encoding = _ASCII_ON_THE_WAY
    mail.attach_alternative(as_html(message), "text/html")
    return mail


def _encoded(subject: str) -> str:
    """A subject whose first words stand on the header's own line: left to Django, a long Chinese one begins with a break."""
    return subject if subject.isascii() else Header(subject, "utf-8", header_name="Subject").encode(linesep="")


def message_id(key: str, sender: str) -> str:
    """The same for every copy of one message, so that mail programs show it once (RFC 5322, 3.6.4)."""
    domain = parseaddr(sender)[1].rpartition("@")[2] or "localhost"
    return f"<{hashlib.sha256(key.encode()).hexdigest()[:40]}@{domain}>"
