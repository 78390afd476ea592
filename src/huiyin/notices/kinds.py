"""What can be told, and the ways it can go out."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

NOTICE, REMINDER, ORDER, APPROVAL, TEST = "notice", "reminder", "order", "approval", "test"

KINDS: dict[str, Promise] = {
    NOTICE: _("制度规定的告知"),
    REMINDER: _("到期提醒"),
    ORDER: _("督办和交办"),
    APPROVAL: _("审批：等您决定的，和您报请的结果"),
}
"""Kinds of things told to staff that a person can choose a way for, with their titles."""

EMAIL, SMS, DINGTALK, WECOM, FEISHU, WEBHOOK = "email", "sms", "dingtalk", "wecom", "feishu", "webhook"


@dataclass(frozen=True, slots=True)
class Way:
    """A way out of the house.

    `personal`: goes to one person's address; otherwise to a group or a system that the organisation set up.
    `open`: others than the person meant can read it, so that nothing personal goes this way unless the organisation says
    the way is closed. `most`: characters of a message, 0 without bound; an SMS of 300 goes as five (67 each).
    """

    id: str
    title: Promise
    personal: bool
    open: bool
    most: int = 0


WAYS: dict[str, Way] = {
    way.id: way
    for way in (
        Way(EMAIL, _("电子邮件"), personal=True, open=False),
        Way(SMS, _("短信"), personal=True, open=True, most=300),
        Way(DINGTALK, _("钉钉群机器人"), personal=False, open=True),
        Way(WECOM, _("企业微信群机器人"), personal=False, open=True, most=450),     # 2048 bytes
        Way(FEISHU, _("飞书群机器人"), personal=False, open=True),
        Way(WEBHOOK, _("对接系统（webhook）"), personal=False, open=True),
    )
}
PERSONAL = tuple(way.id for way in WAYS.values() if way.personal)
