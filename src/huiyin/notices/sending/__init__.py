"""Sending messages over a channel: e-mail, SMS gateway, group robots, webhooks. Nothing here touches the database."""

from collections.abc import Callable, Iterable, Iterator, Mapping

from django.utils.module_loading import import_string

from huiyin.notices.kinds import DINGTALK, EMAIL, FEISHU, SMS, WEBHOOK, WECOM

from .message import Message
from .outcome import Outcome

Send = Callable[[Mapping[str, str], Iterable[Message]], Iterator[Outcome]]
"""Settings of the channel, messages → an outcome for each message, in order, as it comes about."""

_SENDERS: Mapping[str, str] = {
    EMAIL: "mail.send_mail",
    SMS: "sms.send_sms",
    DINGTALK: "chat.send_chat",
    WECOM: "chat.send_chat",
    FEISHU: "chat.send_chat",
    WEBHOOK: "webhook.send_webhooks",
}


def sender_of(way: str) -> Send:
    """What sends over channels of this kind; loaded, with the libraries it needs, where something is to be sent."""
    send: Send = import_string(f"{__name__}.{_SENDERS[way]}")
    return send


__all__ = ["Message", "Outcome", "Send", "sender_of"]
