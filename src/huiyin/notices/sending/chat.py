"""Group robots of DingTalk, WeCom and Feishu, through Apprise, which knows their interfaces."""

import logging
from collections.abc import Iterable, Iterator, Mapping
from urllib.parse import quote

from django.utils.translation import gettext_noop

from huiyin.notices.kinds import DINGTALK, FEISHU, WECOM
from huiyin.store.sentences import kept

from .message import Message
from .outcome import ACCEPTED, AGAIN, NEVER, Outcome


def address_of(way: str, settings: Mapping[str, str]) -> str:
    """The robot's address as Apprise writes it. Settings: token, and for DingTalk the secret of its signature."""
    token, secret = quote(settings["token"].strip(), safe=""), quote(settings.get("secret", "").strip(), safe="")
    match way:
        case _ if way == DINGTALK:
            return f"dingtalk://{secret}@{token}/" if secret else f"dingtalk://{token}/"
        case _ if way == WECOM:
            return f"wecombot://{token}/"
        case _ if way == FEISHU:
            return f"feishu://{token}/"
        case _:
            raise ValueError(way)


def send_chat(settings: Mapping[str, str], messages: Iterable[Message]) -> Iterator[Outcome]:
    """One call for each message. The robots' addresses are fixed ones of their makers."""
    from apprise import Apprise, AppriseAsset, LogCapture, NotifyFormat

    for message in messages:
        robot = Apprise(asset=AppriseAsset(app_id="Huiyin", http_redirects=False))
        if not robot.add(address_of(message.way, settings)):
            yield Outcome(NEVER, kept(gettext_noop("机器人的令牌不对。")))
            continue
        with LogCapture(level=logging.WARNING) as log:
            taken = robot.notify(title=message.subject, body=message.text, body_format=NotifyFormat.TEXT)
            said = " ".join(log.getvalue().split())[:200]
        yield Outcome(ACCEPTED) if taken else Outcome(AGAIN, kept(gettext_noop("机器人没有接收：%(said)s"), said=said))
