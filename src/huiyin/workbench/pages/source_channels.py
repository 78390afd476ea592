"""Where no regime lets a body outside file itself: the channels that could, each with its place in the library."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from huiyin.regime.model import Regime, RoleGroup
from huiyin.workbench.pages.library.shelf import PART_OF, card_anchor


@dataclass(frozen=True, slots=True)
class PassedOn:
    """A channel through which a role outside passes cases on; `paper`: the role is reached on paper alone, so far."""

    regime: str
    channel: str
    role: str
    paper: bool
    href: str


def nowhere_words(regimes: Sequence[Regime]) -> dict[str, Any]:
    """Channels that come from a role outside; where there are none, the regimes with their channels."""
    channels = [
        PassedOn(
            regime.title, channel.title, sender.title, sender.reached_by == "paper",
            _href(regime, f"intake.channels.{channel.id}"),
        )
        for regime in regimes
        for channel in regime.intake.channels.values()
        if (sender := regime.roles.get(channel.passed_on_by or "")) is not None and sender.group is RoleGroup.OUTSIDE
    ]  # fmt: skip
    first = [(regime, next(iter(regime.intake.channels.values()), None)) for regime in regimes]
    shown = [
        {"regime": regime.title, "href": _href(regime, f"intake.channels.{channel.id}")} for regime, channel in first if channel
    ]
    return {"channels": channels, "regimes": shown}


def _href(regime: Regime, path: str) -> str:
    return reverse("desk-regime-part", args=[regime.id, PART_OF["intake"]]) + f"#{card_anchor(path)}"
