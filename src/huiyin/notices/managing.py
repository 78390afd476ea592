"""Setting up channels, and looking after what could not be delivered: for administrators of an organisation."""

import base64
import json
import re
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.utils import parseaddr
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from huiyin.organisations.models import Organisation, Staff
from huiyin.organisations.uuid7 import uuid7

from .kinds import DINGTALK, EMAIL, FEISHU, SMS, TEST, WAYS, WEBHOOK, WECOM
from .models import ALONE, NOWHERE, Channel, Delivery, State
from .resting import wake


@dataclass(frozen=True, slots=True)
class SettingOf:
    """Something to be entered for a channel. `secret`: never shown again. `needed`: without it nothing can be sent."""

    name: str
    title: Promise
    hint: Promise | str = ""
    needed: bool = True
    secret: bool = False
    long: bool = False
    choices: Mapping[str, Promise] | None = None


_NOT_IN_A_HOST = re.compile(r"[\s/@?#\\]")
_TOKEN = SettingOf("token", _("机器人的令牌"), _("机器人地址最后的一段。"), secret=True)

SETTINGS: Mapping[str, Sequence[SettingOf]] = {
    EMAIL: (
        SettingOf("host", _("邮件服务器"), _("例如 smtp.example.cn")),
        SettingOf("port", _("端口")),
        SettingOf(
            "security", _("加密"), choices={"tls": _("TLS"), "starttls": _("STARTTLS"), "none": _("不加密（只用于内网）")}
        ),
        SettingOf("user", _("用户名"), needed=False),
        SettingOf("password", _("密码"), needed=False, secret=True),
        SettingOf("sender", _("发件人"), _("例如：投诉办公室 <tousu@example.cn>")),
        SettingOf("reply_to", _("回复地址"), _("收信人点“回复”时写给谁；不填就是发件人。"), needed=False),
        SettingOf("bounces", _("退信地址"), _("送不到的信退到这里；不填就退给发件人。"), needed=False),
    ),
    SMS: (
        SettingOf("url", _("网关地址")),
        SettingOf("format", _("请求格式"), choices={"json": _("JSON"), "form": _("表单")}),
        SettingOf("headers", _("请求头"), _('JSON 对象，例如 {"X-Key": "…"}'), needed=False, secret=True, long=True),
        SettingOf("body", _("请求内容"), _("JSON 对象，用 {phone}、{text}、{key} 表示号码、内容和不重复的编号。"), long=True),
        SettingOf("success_path", _("应答中表示成功的位置"), _("例如 code；不填时应答 2xx 就算成功。"), needed=False),
        SettingOf("success_value", _("成功时的值"), needed=False),
        SettingOf("answer_path", _("应答中消息编号的位置"), _("例如 data.id"), needed=False),
    ),
    DINGTALK: (_TOKEN, SettingOf("secret", _("加签密钥"), needed=False, secret=True)),
    WECOM: (_TOKEN,),
    FEISHU: (_TOKEN,),
    WEBHOOK: (
        SettingOf("url", _("接收地址")),
        SettingOf("secret", _("签名密钥"), _("不填就新生成一个，保存后显示一次。"), needed=False, secret=True),
    ),
}
"""What is entered for each way."""


class ChannelRefusedError(ValueError):
    """A channel cannot be kept so; `problems`: setting → why, `title` and empty for the whole."""

    def __init__(self, problems: Mapping[str, Promise | str]) -> None:
        super().__init__("; ".join(problems))
        self.problems = problems


def new_secret() -> str:
    """A signing secret as Standard Webhooks writes it."""
    return "whsec_" + base64.b64encode(secrets.token_bytes(24)).decode()


def save_channel(
    organisation: Organisation,
    by: Staff,
    way: str,
    title: str,
    settings: Mapping[str, str],
    *,
    audience: Sequence[str] = (),
    kinds: Sequence[str] = (),
    channel: Channel | None = None,
) -> Channel:
    """Set up a channel, or change one; secrets left empty stay as they are.

    Raises:
        ChannelRefusedError: something is missing or cannot be used, or there is a mail server (SMS gateway) already.
    """
    kept = channel.settings(organisation.pk) if channel else {}
    values = {
        each.name: settings.get(each.name, "").strip() or (kept.get(each.name, "") if each.secret else "")
        for each in SETTINGS[way]
    }
    if way == WEBHOOK and not values["secret"]:
        values["secret"] = new_secret()
    problems = _problems(way, values)
    if problems:
        raise ChannelRefusedError(problems)
    row = channel or Channel(organisation=organisation, way=way)
    row.title, row.audience, row.kinds, row.set_by = title, list(audience), list(kinds), by
    row.rests, row.rest_until, row.trouble = 0, None, ""      # tried at once with the new settings
    row.put(organisation.pk, {name: value for name, value in values.items() if value})
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise ChannelRefusedError({"": _("已经有一个在用的，请修改它，或先停用它。")}) from error
    return row


def _problems(way: str, values: Mapping[str, str]) -> dict[str, Promise | str]:
    problems: dict[str, Promise | str] = {
        each.name: _("请填写") for each in SETTINGS[way] if each.needed and not values[each.name]
    }
    if way == EMAIL and "port" not in problems and not (values["port"].isdecimal() and 0 < int(values["port"]) < 65536):
        problems["port"] = _("端口是 1 到 65535 的整数")
    for name in ("sender", "reply_to", "bounces"):
        if values.get(name) and not _is_mailbox(values[name], named=name != "bounces"):
            problems[name] = _("请写完整的电子邮件地址")
    for name in ("headers", "body"):
        if values.get(name) and not _is_object(values[name], of_texts=name == "headers"):
            problems[name] = _("请写一个 JSON 对象，名称和内容都用双引号")
    if "body" in values and "body" not in problems and not all(place in values["body"] for place in ("{phone}", "{text}")):
        problems["body"] = _("请求内容里要有 {phone} 和 {text}")
    if way == WEBHOOK and not _is_key(values["secret"]):
        problems["secret"] = _("密钥是 Base64 文字，可以以 whsec_ 开头")
    where = {EMAIL: "host", SMS: "url", WEBHOOK: "url"}.get(way)
    if where and not problems.keys() & {where, "port"}:
        problems |= _address_problem(where, values[where], values.get("port", ""))
    return problems


def _address_problem(name: str, value: str, port: str) -> dict[str, Promise | str]:
    import requests  # with what makes requests, of use only where a channel is set up or used

    from .sending.targets import TargetRefusedError, address_for, host_and_port

    try:
        host, number = host_and_port(value) if name == "url" else (value, int(port))
    except TargetRefusedError:
        host, number = "", 0
    if not host or (name == "host" and _NOT_IN_A_HOST.search(host)):
        return {name: _("请写完整的地址，例如 https://example.cn/notify") if name == "url" else _("请写服务器的名称或地址")}
    try:
        address_for(host, number)
    except (TargetRefusedError, requests.ConnectionError):
        return {name: _("这个地址连不上，或者指向本机、内部网络；内部地址须由系统运维人员写入 HUIYIN_PRIVATE_TARGETS。")}
    return {}


def _is_mailbox(text: str, *, named: bool) -> bool:
    """`a@b.cn`, or with a name before it; nothing that could begin another header."""
    name, address = parseaddr(text)
    try:
        validate_email(address)
    except ValidationError:
        return False
    return text.isprintable() and (not name or named)


def _is_object(text: str, *, of_texts: bool) -> bool:
    try:
        found = json.loads(text)
    except ValueError:
        return False
    return isinstance(found, dict) and not (of_texts and any(not isinstance(value, str) for value in found.values()))


def _is_key(text: str) -> bool:
    try:
        return bool(base64.b64decode(text.removeprefix("whsec_") + "==", validate=False))
    except ValueError:
        return False


def stop_channel(channel: Channel) -> None:
    """No more goes out over it; what waits is dropped, and stays readable in the log."""
    with transaction.atomic():
        Channel.objects.filter(pk=channel.pk).update(active=False)
        Delivery.objects.filter(channel=channel, state=State.WAITING).update(
            state=State.DROPPED, ended_at=timezone.now(), lease_until=None
        )


def send_test(channel: Channel, address: str, now: datetime) -> Delivery:
    """Put a test message on its way, which comes first, also when the channel rests; `address` is needed for e-mail and SMS."""
    wake(channel)
    return Delivery.objects.create(
        id=uuid7(),
        organisation_id=channel.organisation_id,
        case_id=NOWHERE,
        channel=channel,
        key=f"test:{uuid7()}",
        message=TEST,
        recipient="test",
        open=WAYS[channel.way].open,
        contents={"organisation": channel.organisation.title, "title": "测试消息", "address": address},
        state=State.WAITING,
        made_at=now,
        not_before=now,
    )


def send_again(organisation: Organisation, ids: Sequence[UUID], now: datetime) -> int:
    """Try messages given up once more from the beginning; gives how many. Those folded into one message go together."""
    mine = Delivery.objects.filter(organisation_id=organisation.pk, state=State.DEAD, channel__active=True)
    folds = list(mine.filter(id__in=ids).exclude(folded__in=("", ALONE)).values_list("folded", flat=True).distinct())
    dead = mine.filter(Q(id__in=ids) | Q(folded__in=folds))
    return dead.update(state=State.WAITING, attempts=0, not_before=now, ended_at=None, lease_until=None)


def drop(organisation: Organisation, ids: Sequence[UUID], now: datetime) -> int:
    """Let messages given up rest for good; gives how many."""
    dead = Delivery.objects.filter(organisation_id=organisation.pk, id__in=ids, state=State.DEAD)
    return dead.update(state=State.DROPPED, ended_at=now)
