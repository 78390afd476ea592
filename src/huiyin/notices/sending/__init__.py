"""Sending messages over a channel: e-mail, SMS gateway, group robots, webhooks. Nothing here touches the database."""

from collections.abc import Callable, Iterable, Iterator, Mapping

from huiyin.notices.kinds import DINGTALK, EMAIL, FEISHU, SMS, WEBHOOK, WECOM

from .chat import send_chat
from .mail import send_mail
from .message import Message
from .outcome import Outcome
from .sms import send_sms
from .webhook import send_webhooks

Send = Callable[[Mapping[str, str], Iterable[Message]], Iterator[Outcome]]
"""Settings of the channel, messages → an outcome for each message, in order, as it comes about."""

SENDERS: Mapping[str, Send] = {
    EMAIL: send_mail,
    SMS: send_sms,
    DINGTALK: send_chat,
    WECOM: send_chat,
    FEISHU: send_chat,
    WEBHOOK: send_webhooks,
}

__all__ = ["SENDERS", "Message", "Outcome", "Send"]
