"""How to reach us: the channels a regime opens to the public."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from huiyin.regime.model import Regime

_ICONS = {
    "phone": "phone", "hotline": "phone", "visit": "pin", "letter": "mail", "email": "mail", "box": "box",
    "web": "pen", "online": "chat", "wechat": "chat", "app": "chat",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Way:
    """One channel: where, when, how."""

    icon: str
    title: str
    contact: str
    hours: str


def online_channel(regime: Regime) -> str | None:
    """The channel a filing on this portal comes through; None where the regime takes nothing in writing online."""
    return regime.intake.online_channel


def ways_to(regime: Regime) -> list[Way]:
    """All channels of a regime that are open to the public."""
    return [
        Way(_ICONS.get(channel.id, "chat"), channel.title, channel.contact or _("、").join(channel.locations), channel.hours)
        for channel in regime.intake.channels.values()
        if channel.public
    ]
